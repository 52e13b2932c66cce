"""What a shared tablet asks before anybody is signed in on it, and the tablets of a place.

The device names its place and itself and holds a long secret. That secret is the right to read one
row of that place, and the names of those who may use the device.
"""

import hmac
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db.models import F
from django.utils.crypto import salted_hmac

from opensenco.access.actions import Action
from opensenco.access.actor import Actor, Hat, hats_of
from opensenco.access.models import Membership, Organisation, Person, Tablet, TabletPin
from opensenco.access.registry import visible
from opensenco.access.roles import BY_CODE
from opensenco.access.scope import Scope, as_login, scope
from opensenco.cases.operations import tablets
from opensenco.gate import tablet as door
from opensenco.gate.rows import find
from opensenco.kernel.clock import london_date
from opensenco.kernel.refs import RefConverter, short
from opensenco.people.policy import on_day

#: names on one screen; a place with more gives its tablets to fewer roles
MOST_NAMES = 200


@dataclass(frozen=True)
class Device:
    """A tablet that is what it says: its row, and its place."""

    tablet: Tablet
    org: Organisation


@dataclass(frozen=True)
class Name:
    """Somebody who may use a tablet."""

    ref: uuid.UUID
    name: str


def known(words: str) -> Device | None:
    """Give the tablet that a device says it is; None where its secret opens nothing."""
    parts = words.split(".")
    if len(parts) != 3:
        return None
    try:
        place, ref = (RefConverter().to_python(part) for part in parts[:2])
    except ValueError:
        return None
    org = Organisation.objects.filter(ref=place).first()
    if org is None:
        return None
    with scope(Scope(orgs=frozenset({org.pk}))):
        tablet = Tablet.objects.filter(ref=ref).first()
    if tablet is None or not tablet.in_use:
        return None
    if not hmac.compare_digest(door.hashed(parts[2]), tablet.key):
        return None
    return Device(tablet, org)


def new_code(tablet: Tablet, code: str) -> None:
    """Remember for half an hour which tablet a code is of: the device knows neither place nor name.

    In the cache, by a keyed hash: nothing of it is an organisation's row.
    """
    with as_login():
        cache.set(
            _slot(code), (tablet.org_id, str(tablet.ref)), int(tablets.CODE_LASTS.total_seconds())
        )


def make_code() -> str:
    """Give a new code of eight digits."""
    return f"{secrets.randbelow(10**tablets.CODE_DIGITS):0{tablets.CODE_DIGITS}d}"


def enrol(code: str, at: datetime) -> str:
    """Let the device on which a code was typed be the tablet it is of; give what the device keeps.

    Empty where the code opens nothing, whatever the reason.
    """
    found = cache.get(_slot(code))
    if not found:
        return ""
    org_id, ref = found
    with scope(Scope(orgs=frozenset({org_id})), write=True):
        tablet = Tablet.objects.select_related("org", "added_by").filter(ref=ref).first()
        if tablet is None:
            return ""
        actor = Actor(tablet.added_by, _at_the_device(tablet), at)
        with scope(Scope(orgs=frozenset({org_id}), person=tablet.added_by_id), write=True):
            secret = secrets.token_urlsafe(32)
            if not tablets.enrol_tablet(actor=actor, tablet=tablet, code=code, secret=secret):
                return ""
        return f"{short(tablet.org.ref)}.{short(tablet.ref)}.{secret}"


def _at_the_device(tablet: Tablet) -> Hat:
    return Hat(
        key="tablet", role=BY_CODE["TA"], name=f"By the code of {tablet.name}"[: door.MOST_NAME],
        places=(tablet.org.name,), orgs=frozenset({tablet.org_id}), grants={},
    )  # fmt: skip


def names(device: Device, at: datetime) -> list[Name]:
    """Give who may use a tablet today, by surname."""
    with scope(Scope(orgs=frozenset({device.org.pk}))):
        rows = (
            Membership.objects.filter(on_day(london_date(at)), org=device.org, withdrawn=False)
            .filter(role__in=device.tablet.roles, person__is_active=True)
            .select_related("person")
            .order_by("person__first_name", "person__last_name", "id")[:MOST_NAMES]
        )
        found = {row.person_id: Name(row.person.ref, row.person.name) for row in rows}
    return list(found.values())


def somebody(device: Device, ref: uuid.UUID, at: datetime) -> Actor | None:
    """Give somebody who may use a tablet today, in the role they have on it; None for others."""
    person = Person.objects.filter(ref=ref, is_active=True).first()
    if person is None:
        return None
    with scope(Scope(person=person.pk)):
        hats = hats_of(person, london_date(at))
    fit = [hat for hat in hats if door.may_use(device.tablet, hat)]
    return Actor(person, fit[0], at) if fit else None


def come_in(device: Device, actor: Actor, pin: str) -> bool:
    """Try six digits; tell whether they were right.

    Raises:
        NotPossible: as `tablets.try_pin`.
    """
    with scope(actor.scope, write=True):
        tablet = Tablet.objects.get(pk=device.tablet.pk)
        return tablets.try_pin(actor=actor, tablet=tablet, pin=pin)


def list_of(actor: Actor) -> list[Tablet]:
    """Give the tablets of the actor's places, those in use first."""
    rows = visible(actor, Action.PEOPLE_MANAGE, Tablet).select_related("org", "last_used_by")
    return list(rows.order_by("org__name", F("cut_off_at").desc(nulls_first=True), "name", "id"))


def tablet(actor: Actor, ref: uuid.UUID) -> Tablet:
    """Give the tablet of a reference that this actor may cut off."""
    return find(actor, Action.PEOPLE_MANAGE, Tablet, ref, "org", "last_used_by")


def place_of_pin(actor: Actor) -> Organisation:
    """Give the place whose shared tablets one's number is for: the first of one's role."""
    return Organisation.objects.get(pk=min(actor.hat.orgs))


def can_use_tablets(actor: Actor) -> bool:
    """Tell whether people in this role may use shared tablets at all."""
    return actor.hat.role.code in tablets.ROLES


def own_pin(actor: Actor) -> TabletPin | None:
    """Give one's own number's row at the first place of one's role, None where there is none."""
    return TabletPin.objects.filter(person=actor.person, org_id=min(actor.hat.orgs)).first()


def _slot(code: str) -> str:
    keyed = salted_hmac("opensenco.tablet.slot", code, algorithm="sha256").hexdigest()
    return f"tablet-code:{keyed}"
