"""The staff of a place: who holds a role now, who will, who did, and for whom a link waits."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from opensenco.access.actions import Action
from opensenco.access.actor import Actor, held
from opensenco.access.models import Invitation, LocalRole, Membership, Organisation
from opensenco.access.reach import Grants, Role
from opensenco.access.registry import visible
from opensenco.access.roles import combined
from opensenco.access.roles_in_words import Can, can, roles_of_tier
from opensenco.gate.rows import find
from opensenco.kernel.refs import RefConverter
from opensenco.people.joining import role_name
from opensenco.people.policy import come, on_day

#: these come and go with a contact's rights, on the pupil's page
WITH_A_CONTACT = ("PARENT", "PUPIL")
NOW, COMING, ENDED, WAITING = "now", "coming", "ended", "waiting"
#: how long an invitation that was taken, or taken back, stands in the list, and how many do
KEPT_IN_SIGHT = timedelta(days=60)
MOST_SETTLED = 50


@dataclass(frozen=True)
class Line:
    """One role that somebody holds, will hold or held, or that waits for them."""

    ref: uuid.UUID
    name: str
    email: str
    role: str
    part: str
    place: str
    starts: date
    ends: date | None
    own: bool
    #: until when the link works; none where no link is
    until: datetime | None = None


@dataclass(frozen=True)
class Settled:
    """An invitation that waits for nobody any more."""

    name: str
    email: str
    role: str
    came: bool
    at: datetime


@dataclass(frozen=True)
class OwnRole:
    """A school's own role and what it can do."""

    ref: uuid.UUID
    name: str
    place: str
    combines: tuple[str, ...]
    can: list[Can]


def places(actor: Actor) -> list[Organisation]:
    """Give the organisations of the actor's hat, by name."""
    return list(Organisation.objects.filter(pk__in=actor.hat.orgs).order_by("name", "id"))


def place(actor: Actor, ref: uuid.UUID) -> Organisation:
    """Give one organisation of the actor's hat, as it is now."""
    return find(actor, Action.SETTING_EDIT, Organisation, ref)


def _held(actor: Actor, which: str) -> QuerySet[Membership]:
    rows = visible(actor, Action.PEOPLE_MANAGE, Membership).filter(come(), withdrawn=False)
    return rows.exclude(role__in=WITH_A_CONTACT).filter(_when(which, actor.today))


def _when(which: str, today: date) -> Q:
    return {
        NOW: on_day(today),
        COMING: Q(starts__gt=today),
        ENDED: Q(ends__lt=today),
    }[which]


def _open(actor: Actor) -> QuerySet[Invitation]:
    rows = visible(actor, Action.PEOPLE_MANAGE, Invitation)
    return rows.filter(taken_at__isnull=True, withdrawn_at__isnull=True)


def counts(actor: Actor) -> dict[str, int]:
    """Give how many roles there are of each kind."""
    rows = visible(actor, Action.PEOPLE_MANAGE, Membership).filter(come(), withdrawn=False)
    found: dict[str, int] = rows.exclude(role__in=WITH_A_CONTACT).aggregate(
        **{which: Count("pk", filter=_when(which, actor.today)) for which in (NOW, COMING, ENDED)}
    )
    return {**found, WAITING: _open(actor).count()}


def lines(actor: Actor, which: str, start: int, stop: int) -> list[Line]:
    """Give one page of roles, by surname; those that ended, the last to end first."""
    if which == WAITING:
        waiting = _open(actor).select_related("part", "local_role", "org")
        return [
            _waits(row) for row in waiting.order_by("last_name", "first_name", "id")[start:stop]
        ]
    order = ["person__last_name", "person__first_name", "id"]
    rows = _held(actor, which).select_related("person", "part", "local_role", "org")
    rows = rows.order_by(*(["-ends", *order] if which == ENDED else order))
    return [_stands(actor, row) for row in rows[start:stop]]


def _stands(actor: Actor, row: Membership) -> Line:
    own = row.person_id == actor.person.pk
    return Line(
        row.ref, row.person.name, row.person.email, held(row)[0], row.part.name if row.part else "",
        row.org.name, row.starts, row.ends, own,
    )  # fmt: skip


def _waits(row: Invitation) -> Line:
    return Line(
        row.ref, row.name, row.email, role_name(row, row.org), row.part.name if row.part else "",
        row.org.name, row.starts, row.ends, False, row.key_until,
    )  # fmt: skip


def settled(actor: Actor) -> list[Settled]:
    """Give the invitations of the last weeks that were taken, or taken back, the latest first."""
    since = actor.at - KEPT_IN_SIGHT
    rows = (
        visible(actor, Action.PEOPLE_MANAGE, Invitation)
        .filter(Q(taken_at__gte=since) | Q(withdrawn_at__gte=since))
        .select_related("org", "local_role")
        .order_by(Coalesce("taken_at", "withdrawn_at").desc(), "-id")[:MOST_SETTLED]
    )
    return [
        Settled(row.name, row.email, role_name(row, row.org), at is row.taken_at, at)
        for row in rows
        if (at := row.taken_at or row.withdrawn_at)
    ]


def membership(actor: Actor, ref: uuid.UUID) -> Membership:
    """Give the role of a reference that this actor may end."""
    return find(actor, Action.PEOPLE_MANAGE, Membership, ref, "person", "org", "local_role", "part")


def invitation(actor: Actor, ref: uuid.UUID) -> Invitation:
    """Give the waiting role of a reference that this actor may take back."""
    return find(actor, Action.PEOPLE_MANAGE, Invitation, ref, "org", "local_role", "part")


def waiting_among(actor: Actor, refs: Sequence[str]) -> list[Invitation]:
    """Give those of some references for whom a link waits, by surname. References as addresses
    have them."""
    wanted = [RefConverter().to_python(ref) for ref in refs]
    rows = _open(actor).filter(ref__in=wanted).select_related("org", "local_role", "part")
    return list(rows.order_by("last_name", "first_name", "id"))


def role_of(row: Invitation) -> str:
    """Give the role that waits, as the place calls it."""
    return role_name(row, row.org)


def parts(actor: Actor) -> list[Organisation]:
    """Give the parts of the actor's settings, by name."""
    rows = Organisation.objects.filter(kind=Organisation.Kind.PART, parent__in=actor.hat.orgs)
    return list(rows.order_by("name", "id"))


def local_roles(actor: Actor, action: Action = Action.WHO_SEES) -> list[LocalRole]:
    """Give the own roles of the actor's settings, by name."""
    return list(
        visible(actor, action, LocalRole).select_related("org").order_by("org__name", "name", "id")
    )


def local_role(actor: Actor, ref: uuid.UUID) -> LocalRole:
    """Give the own role of a reference that this actor may change."""
    return find(actor, Action.ROLE_NARROW, LocalRole, ref, "org")


def own_roles(actor: Actor) -> list[OwnRole]:
    """Give a school's own roles with what each can do."""
    return [own_role(row) for row in local_roles(actor, Action.ROLE_NARROW)]


def own_role(row: LocalRole) -> OwnRole:
    """Give one own role with what it can do."""
    word = row.org.senco_word
    names = [role.label(word) for role in roles_of_tier(row.org.kind) if role.code in row.combines]
    grants: Grants = combined(row.combines, row.without)
    return OwnRole(row.ref, row.name, row.org.name, tuple(names), can(grants, word))


def staff_roles(actor: Actor) -> Sequence[Role]:
    """Give the shipped roles that the actor's kind of organisation has, without guests."""
    kinds = {place.kind for place in places(actor)}
    found = {role.code: role for kind in sorted(kinds) for role in roles_of_tier(kind)}
    return list(found.values())
