"""What a provider told us of whoever signed in there, and how far it is believed."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from opensenco.access.elsewhere.providers import SignInProvider

#: RFC 8176: what somebody knows, what they have, what they are. Two kinds are two steps.
KNOWN = frozenset({"pwd", "pin", "kba"})
HAD = frozenset({"otp", "hwk", "swk", "sc", "sms", "tel", "pop"})
ARE = frozenset({"fpt", "face", "iris", "retina", "vbm"})
MOST_WORDS = 20


class NotBelieved(Exception):
    """What the provider sent does not hold together; nobody is signed in by it."""


@dataclass(frozen=True)
class Told:
    """Who somebody is at a provider.

    Args:
        provider: its short name.
        uid: the hash of issuer and subject, which is all that is kept of them.
        email: the address it gave, in small letters; empty where it gave none.
        verified: whether that address is proven: the provider says so, or the installation takes
            its word for addresses of that domain.
        second_step: whether the provider asked for a second step, by `amr` or `acr`.
        nonce: what our question carried, given back.
    """

    provider: str
    uid: str
    email: str
    verified: bool
    second_step: bool
    nonce: str = ""

    def kept(self) -> dict[str, Any]:
        """Give this as a session keeps it."""
        return asdict(self)


def read(provider: SignInProvider, answer: Mapping[str, Any]) -> Told:
    """Read what a provider answered: the verified ID token, and what it says about the user.

    Raises:
        NotBelieved: there is no token, it is another issuer's, or both are about two people.
    """
    token, user = answer.get("id_token") or {}, answer.get("userinfo") or {}
    issuer, subject = token.get("iss"), token.get("sub")
    if not issuer or not subject or not isinstance(subject, str):
        raise NotBelieved("it says neither who issued this nor about whom")
    if plain(str(issuer)) != plain(provider.issuer):
        raise NotBelieved("it was issued by somebody else")
    if user and user.get("sub") != subject:
        raise NotBelieved("its two answers are about two people")
    # address and proof of one answer, never of two
    claims = token if token.get("email") else user
    email = _address(claims.get("email"))
    said = any(_yes(claims.get(name)) for name in ("email_verified", "xms_edov"))
    return Told(
        provider=provider.key,
        uid=uid_of(str(issuer), subject),
        email=email,
        verified=bool(email) and (said or provider.proves(email)),
        # of the signed token alone
        second_step=was_second_step(token.get("amr"), token.get("acr"), provider.strong),
        nonce=str(token.get("nonce", "")),
    )


def plain(issuer: str) -> str:
    """Give an issuer without what two spellings of the same differ in: a slash, the usual port."""
    return issuer.rstrip("/").removesuffix(":443")


def uid_of(issuer: str, subject: str) -> str:
    """Give what is kept of issuer and subject: neither can be read from it."""
    return hashlib.sha256(f"{plain(issuer)}\n{subject}".encode()).hexdigest()


def was_second_step(amr: object, acr: object, strong: Sequence[str] = ()) -> bool:
    """Tell whether a second step was done at the provider (RFC 8176, OpenID Connect Core 2).

    Args:
        amr: the methods it names; "mfa", or methods of two kinds.
        acr: the level it names.
        strong: levels that this installation takes for two steps.
    """
    listed = amr if isinstance(amr, list) else []
    methods = {word for word in listed[:MOST_WORDS] if isinstance(word, str)}
    kinds = sum(bool(methods & kind) for kind in (KNOWN, HAD, ARE))
    return "mfa" in methods or kinds > 1 or (isinstance(acr, str) and acr in strong)


def _address(said: object) -> str:
    address = said.strip().lower() if isinstance(said, str) else ""
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address


def _yes(said: object) -> bool:
    """Tell whether a claim says yes; Microsoft writes its own as words or numbers."""
    return said is True or said in ("true", "True", "1", 1)
