"""Shared tablets of a place: added, enrolled by a code, used by six digits, cut off."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from django.contrib.auth.hashers import check_password, make_password
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation, Tablet, TabletPin
from opensenco.cases import spine
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.gate.tablet import hashed
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.notices import outbox

#: whose roles a tablet can be given to: those who are with children all day
ROLES = ("TA", "TEACHER")
#: how long the code that enrols a tablet works, and how often it may be typed wrongly
CODE_LASTS = timedelta(minutes=30)
CODE_TRIES = 5
CODE_DIGITS = 8
PIN_DIGITS = 6
#: from so many wrong tries on, one waits a minute after each; after so many it is locked
SLOW_FROM, LOCKED_AT = 3, 6
WAIT = timedelta(minutes=1)


@operation(Action.PEOPLE_MANAGE, on="org")
def add_tablet(
    *, actor: Actor, org: Organisation, name: str, roles: Sequence[str], code: str
) -> Tablet:
    """Add a tablet that people of a place share, with the code that enrols it.

    Args:
        roles: of ROLES, whose people may use it.
        code: of CODE_DIGITS digits, shown once and kept as a hash.

    Raises:
        Invalid: no name, one that is taken, or no role that may use a tablet.
    """
    if not name.strip():
        raise Invalid("name", _("Give the tablet a name."))
    if Tablet.objects.filter(org=org, name=name.strip(), cut_off_at__isnull=True).exists():
        raise Invalid("name", _("There is a tablet of this name here. Choose another name."))
    _check_roles(roles)
    tablet = Tablet(
        org=org, name=name.strip(), roles=list(roles), code=_hash_of_code(code),
        code_until=actor.at + CODE_LASTS, added_by=actor.person,
    )  # fmt: skip
    tablet.save()
    return tablet


def _check_roles(roles: Sequence[str]) -> None:
    if not roles or not set(roles) <= set(ROLES):
        raise Invalid("roles", _("Choose who may use it."))


@operation(Action.PEOPLE_MANAGE, on="tablet")
def renew_tablet_code(*, actor: Actor, tablet: Tablet, code: str) -> Tablet:
    """Give a tablet another code, because the first was too old or the device is another one.

    A device that was enrolled before is cut off by it.

    Raises:
        NotPossible: the tablet was cut off; add it anew.
    """
    _refuse_cut_off(tablet)
    return change(
        tablet, version=None, code=_hash_of_code(code), code_until=actor.at + CODE_LASTS,
        code_tries=0, key="", enrolled_at=None,
    )  # fmt: skip


@operation(Action.SIGNED_IN)
def enrol_tablet(*, actor: Actor, tablet: Tablet, code: str, secret: str) -> bool:
    """Let the device that the code is typed on be this tablet; tell whether the code was right.

    Args:
        actor: whoever added it, for the books: nobody is signed in on the device.
        secret: long and random, which the device keeps; here its hash is kept.
    """
    right = bool(tablet.code) and constant_time_compare(_hash_of_code(code), tablet.code)
    if tablet.code_tries >= CODE_TRIES or actor.at >= tablet.code_until or tablet.cut_off_at:
        right = False
    if not right:
        change(tablet, version=None, code_tries=min(tablet.code_tries + 1, CODE_TRIES))
        return False
    change(tablet, version=None, code="", key=hashed(secret), enrolled_at=actor.at)
    return True


@operation(Action.PEOPLE_MANAGE, on="tablet")
def cut_off_tablet(*, actor: Actor, tablet: Tablet, version: int | None) -> Tablet:
    """Let a tablet be used no more, from this moment: whoever is on it is signed out.

    Raises:
        NotPossible: it was cut off already.
        Stale: somebody else changed it in between.
    """
    _refuse_cut_off(tablet)
    return change(
        tablet, version=version, key="", code="", cut_off_at=actor.at, cut_off_by=actor.person
    )


def _refuse_cut_off(tablet: Tablet) -> None:
    if tablet.cut_off_at:
        raise NotPossible(_("This tablet was cut off already."))


@operation(Action.SIGNED_IN)
def set_pin(*, actor: Actor, org: Organisation, pin: str) -> TabletPin:
    """Choose the six digits with which one uses the shared tablets of a place.

    It also opens them again where they were locked.

    Raises:
        Invalid: it is not six digits, or is one of those that everybody tries first.
        NotPossible: one has no role there.
    """
    if org.pk not in actor.hat.orgs:
        raise NotPossible(_("You have no role there."))
    _check_pin(pin)
    values = {"pin": _hash_of_pin(actor, pin), "set_at": actor.at, "tries": 0,
              "wait_until": None, "locked": False}  # fmt: skip
    row = TabletPin.objects.filter(org=org, person=actor.person).first()
    if row is not None:
        return change(row, version=None, **values)
    row = TabletPin(org=org, person=actor.person, **values)
    row.save()
    return row


def _check_pin(pin: str) -> None:
    if len(pin) != PIN_DIGITS or not pin.isascii() or not pin.isdigit():
        raise Invalid("pin", _("Write six digits."))
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    halves = {pin[:2], pin[2:4], pin[4:]}, {pin[:3], pin[3:]}
    if len(steps) == 1 or any(len(half) == 1 for half in halves):
        raise Invalid("pin", _("This number is among the first that people try. Choose another."))


@operation(Action.SIGNED_IN)
def try_pin(*, actor: Actor, tablet: Tablet, pin: str) -> bool:
    """Come in on a tablet by six digits; tell whether they were right.

    Wrong ones are counted, slowed and in the end locked, and their person is told.

    Raises:
        NotPossible: none was chosen yet, it is locked, or a minute has to pass first.
    """
    row = TabletPin.objects.filter(org_id=tablet.org_id, person=actor.person).first()
    if row is None:
        raise NotPossible(_("You have no number yet. Choose one under “Your account” first."))
    if row.locked:
        raise NotPossible(_("Your number is locked. Choose another under “Your account”."))
    if row.wait_until and actor.at < row.wait_until:
        raise NotPossible(_("Too many tries. Wait a minute, then try again."))
    if check_password(_secret_of(actor, pin), row.pin):
        change(row, version=None, tries=0, wait_until=None)
        change(tablet, version=None, last_used_at=actor.at, last_used_by=actor.person)
        return True
    tries = row.tries + 1
    wait = actor.at + WAIT if tries >= SLOW_FROM else None
    locked = tries >= LOCKED_AT
    change(row, version=None, tries=tries, wait_until=wait, locked=locked)
    if locked:
        _tell_locked(actor, tablet)
    return False


def _tell_locked(actor: Actor, tablet: Tablet) -> None:
    org = Organisation.objects.get(pk=tablet.org_id)
    words = _(
        "Your number for the shared tablets was typed wrongly %(times)s times, and is locked. "
        "Choose another under “Your account”. If it was not you, tell whoever manages people."
    ) % {"times": LOCKED_AT}
    spine.tell(actor=actor, org=org, words=words, person=actor.person)
    outbox.post(
        org=org, to=actor.person.email, at=actor.at, person=actor.person,
        subject=_("Your number for the shared tablets is locked"), words=words,
    )  # fmt: skip


def _hash_of_code(code: str) -> str:
    return salted_hmac("opensenco.tablet.code", code, algorithm="sha256").hexdigest()


def _secret_of(actor: Actor, pin: str) -> str:
    """Give what is hashed: without the installation's own secret, a copy of the database does not
    lead from the hash to six digits."""
    return salted_hmac(
        "opensenco.tablet.pin", f"{actor.person.ref} {pin}", algorithm="sha256"
    ).hexdigest()


def _hash_of_pin(actor: Actor, pin: str) -> str:
    return make_password(_secret_of(actor, pin))
