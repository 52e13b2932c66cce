"""Who comes by a link: no account, one role that exists nowhere else, and the secret's hash."""

import base64
import hashlib
import secrets
import uuid
from datetime import timedelta

from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from opensenco.access.actions import Action
from opensenco.access.reach import Reach, Role
from opensenco.notices.links import address
from opensenco.ui import ways

#: nobody is given this role: the door of links makes it, for one request
BY_LINK = Role(
    "BY_LINK",
    _("By link, not an account"),
    _("Answers the one thing that a link was sent for."),
    {Action.ASK_ANSWER: Reach.OWN},
)

#: what a mail keeps a mark for until it is handed over
LINK, CODE = "ask-link", "ask-code"
#: a link opens nothing any more so long after the day by which the answer was wanted
HOLDS = timedelta(days=14)
#: how long a code holds, and how often it may be wrong
CODE_HOLDS = timedelta(minutes=10)
MOST_TRIES = 5
#: codes sent for one link within a while
MOST_CODES = 5
CODES_WHILE = timedelta(hours=1)
#: how long somebody may write once their code was right
STAYS = timedelta(minutes=60)


def new_nonce() -> str:
    """Give 128 random bits, of which a secret or a code is worked out."""
    return secrets.token_hex(16)


def secret_of(link: str, nonce: str) -> str:
    """Give the secret of a link, 192 bits in 32 letters, to stand in its address.

    It is worked out with the installation's own secret and kept nowhere: a copy of the database
    opens nothing, and a reminder can still hold the link that was sent first.

    Args:
        link: its reference.
    """
    worked_out = salted_hmac("opensenco.participation.link", f"{link}:{nonce}", algorithm="sha256")
    return base64.urlsafe_b64encode(worked_out.digest()[:24]).decode()


def address_of(names: str) -> str:
    """Give the whole address of a link, as it stands in a mail.

    Args:
        names: place, link and nonce with ":" between them, as `names_of` gives them.
    """
    place, link, nonce = names.split(":")
    return address(ways.place("by_link", uuid.UUID(place), secret_of(link, nonce)))


def names_of(place: uuid.UUID, link: uuid.UUID, nonce: str) -> str:
    """Give what the address of a link is worked out of."""
    return f"{place}:{link}:{nonce}"


def hashed(secret: str) -> str:
    """Give what is kept of a secret. It is long and random, so one round of hashing is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def code_of(names: str) -> str:
    """Give a code of eight digits, worked out as the secret of a link is.

    Args:
        names: the reference of the link and a nonce of its own, with ":" between them.
    """
    worked_out = salted_hmac("opensenco.participation.new_code", names, algorithm="sha256")
    return f"{int.from_bytes(worked_out.digest()[:8]) % 10**8:08d}"


def kept_code(link: str, code: str) -> str:
    """Give what is kept of a code.

    Six digits are tried through in a moment, so the hash is keyed with the installation's own
    secret: whoever reads the database alone learns nothing.

    Args:
        link: the reference of the link that it is for.
    """
    return salted_hmac(
        "opensenco.participation.code", f"{link}:{code}", algorithm="sha256"
    ).hexdigest()


def same_code(kept: str, link: str, code: str) -> bool:
    """Tell in constant time whether a code is the one that is kept."""
    return bool(kept) and constant_time_compare(kept, kept_code(link, code))
