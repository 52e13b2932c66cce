"""Who can see what: at a place by role, and about one pupil by name.

What is said here must be what the registry allows. It is worked out for everybody in a few
questions instead of asking the registry once for each person and verb; a test holds the two
together for the whole cast.
"""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor, held
from opensenco.access.cover_models import SencoCover
from opensenco.access.models import Membership, Organisation
from opensenco.access.reach import REACH_WORDS, Grants, Reach, Role
from opensenco.access.registry import visible
from opensenco.access.roles import BY_CODE
from opensenco.access.roles_in_words import SIGHT, Can, can, roles_of_tier, seen, spelled
from opensenco.people.covers import of_membership
from opensenco.people.models import Assignment, Contact, GroupPupil, GroupStaff, OutOfDutyOpening
from opensenco.people.models import Pupil as PupilRow
from opensenco.people.policy import LENT, come, on_day
from opensenco.people.states import StaffPart

#: guests whose names staff are not shown in a list: it would say whose child is known here
UNNAMED = {"PARENT", "PUPIL"}


@dataclass(frozen=True)
class Sees:
    """What of a child is seen, over which children."""

    over: str
    what: tuple[str, ...]


@dataclass(frozen=True)
class RoleHere:
    """One role at a place: who is in it today, and what they see and can do."""

    name: str
    says: str
    people: tuple[str, ...]
    named: bool
    sees: list[Sees]
    can: list[Can]


@dataclass(frozen=True)
class PlaceSight:
    """Who can see what at one organisation."""

    name: str
    roles: list[RoleHere]


@dataclass(frozen=True)
class Seer:
    """One person who can see something of one pupil today, and how they reach them.

    Args:
        until: the last day on which they reach the pupil so; None where no end is set.
    """

    name: str
    role: str
    how: str
    sees: tuple[str, ...]
    until: date | None = None


@dataclass
class _Near:
    """How one person is close to a pupil: through groups, by name, by a reason given today."""

    groups: list[GroupStaff] = field(default_factory=list)
    named: list[Assignment] = field(default_factory=list)
    reason_today: bool = False


def at_places(actor: Actor) -> list[PlaceSight]:
    """Give, for each organisation of the actor's hat, its roles with people, sight and verbs."""
    places = Organisation.objects.filter(pk__in=actor.hat.orgs).order_by("name", "id")
    rows = _today(actor).order_by("starts", "person__last_name", "person__first_name", "id")
    standing_in = of_membership(actor)
    by_place: dict[int, list[Membership]] = {}
    for row in rows:
        by_place.setdefault(row.org_id, []).append(row)
    return [
        PlaceSight(place.name, _roles(place, by_place.get(place.pk, []), standing_in))
        for place in places
    ]


def _today(actor: Actor) -> QuerySet[Membership]:
    """Give the roles of today; whoever has not come through their link yet sees nothing."""
    return (
        visible(actor, Action.WHO_SEES, Membership)
        .filter(on_day(actor.today), come(), person__is_active=True)
        .select_related("person", "part", "local_role", "org")
    )


def _roles(
    place: Organisation, rows: list[Membership], standing_in: dict[int, SencoCover]
) -> list[RoleHere]:
    """Give the roles that somebody holds today, in the order of the set of roles, guests last."""
    groups: dict[str, list[Membership]] = {}
    for row in rows:
        key = f"local:{row.local_role_id}" if row.local_role_id else row.role
        groups.setdefault(key, []).append(row)
    order = {role.code: number for number, role in enumerate(BY_CODE.values())}
    staff = [group for group in groups.values() if not _guest(group[0])]
    staff.sort(key=lambda group: (order.get(group[0].role, len(order)), group[0].pk))
    roles = [_role_here(place, group, standing_in) for group in staff]
    guests = [role for role in roles_of_tier(place.kind, guests=True) if role.guest]
    return roles + [_guests_here(role, groups.get(role.code, [])) for role in guests]


def _guest(row: Membership) -> bool:
    role = BY_CODE.get(row.role)
    return role is not None and role.guest


def _role_here(
    place: Organisation, rows: list[Membership], standing_in: dict[int, SencoCover]
) -> RoleHere:
    name, grants = held(rows[0])
    role = BY_CODE.get(rows[0].role)
    says = spelled(role.says, place.senco_word) if role and not rows[0].local_role else ""
    people = dict.fromkeys(_name_and_part(row, standing_in.get(row.pk)) for row in rows)
    return RoleHere(
        name, says, tuple(people), True, _sees(grants), can(grants, place.senco_word)
    )  # fmt: skip


def _guests_here(role: Role, rows: list[Membership]) -> RoleHere:
    named = role.code not in UNNAMED
    people = tuple(dict.fromkeys(row.person.name for row in rows)) if named else ()
    return RoleHere(
        str(role.name), str(role.says), people, named, _sees(role.grants), can(role.grants)
    )  # fmt: skip


def _name_and_part(row: Membership, stands_in: SencoCover | None) -> str:
    name = f"{row.person.name} ({row.part.name})" if row.part else row.person.name
    if stands_in is None or row.ends is None:
        return name
    return _("%(name)s, stands in for %(away)s until %(until)s") % {
        "name": name, "away": stands_in.away.name, "until": date_format(row.ends, "j F Y"),
    }  # fmt: skip


def _sees(grants: Grants) -> list[Sees]:
    lines = []
    for reach in sorted(Reach, reverse=True):
        what = seen(action for action, given in grants.items() if given is reach)
        if what:
            lines.append(Sees(str(REACH_WORDS[reach]), tuple(what)))
    return lines


def about_pupil(actor: Actor, pupil: PupilRow) -> list[Seer]:
    """Give who can see what about one pupil today: narrowest reach first, then by surname.

    Contacts are named only to those who may see the pupil's contacts. What people wrote themselves
    is left out: everybody may read their own.
    """
    near = _near(pupil, actor.today)
    contacts = _contacts(actor, pupil)
    found: list[tuple[Reach, str, Seer]] = []
    for row in _today(actor):
        if row.org_id != pupil.org_id:
            continue
        close = near.get(row.person_id, _Near())
        line = (
            _guest_line(row, close, contacts.get(row.person_id))
            if _guest(row)
            else _staff_line(row, pupil.part_on(actor.today), close)
        )
        if line is not None:
            found.append((line[0], row.person.last_name, line[1]))
    found.sort(key=lambda one: (one[0], one[1], one[2].name, one[2].role))
    return [seer for _reach, _surname, seer in found]


def _near(pupil: PupilRow, today: date) -> dict[int, _Near]:
    """Give who works with the pupil today, or opened the record today with a reason."""
    near: dict[int, _Near] = {}
    inside = GroupPupil.objects.filter(on_day(today), pupil=pupil).values("group")
    staff = GroupStaff.objects.filter(on_day(today), group__in=inside).select_related("group")
    for one in staff.order_by("group__name", "id"):
        near.setdefault(one.person_id, _Near()).groups.append(one)
    for named in Assignment.objects.filter(on_day(today), pupil=pupil).order_by("id"):
        near.setdefault(named.person_id, _Near()).named.append(named)
    for opened in OutOfDutyOpening.objects.filter(pupil=pupil, day=today).order_by("id"):
        near.setdefault(opened.person_id, _Near()).reason_today = True
    return near


def _contacts(actor: Actor, pupil: PupilRow) -> dict[int, Contact]:
    rows = visible(actor, Action.CONTACT_VIEW, Contact).filter(
        pupil=pupil, person__isnull=False, may_see=True, barred=False, in_error_at__isnull=True
    )
    return {row.person_id: row for row in rows if row.person_id}


def _staff_line(row: Membership, part: int | None, near: _Near) -> tuple[Reach, Seer] | None:
    name, grants = held(row)
    runs_only = grants.get(Action.PUPIL_VIEW) is Reach.ASSIGNED
    groups = [g for g in near.groups if not runs_only or g.does == StaffPart.RUNS]
    close = bool(groups or near.named)
    reached = {a: _covers(row, part, grants.get(a), close) for a in SIGHT}
    lent = near.reason_today and Action.OUT_OF_DUTY_OPEN in grants
    sees = [a for a in SIGHT if reached[a] or (lent and a in LENT and a in grants)]
    if not sees:
        return None
    widest = max(grants[a] for a in sees)
    ends = [row.ends]
    if any(reached.values()):
        how, spans = _how(widest, row, groups, near.named)
        ends += spans
    else:
        how = _("opened it today, outside their duty, with a reason")
    until = min((end for end in ends if end), default=None)
    return widest, Seer(row.person.name, name, how, tuple(seen(sees)), until)


def _covers(row: Membership, part: int | None, reach: Reach | None, close: bool) -> bool:
    if reach is Reach.ALL:
        return True
    if reach is Reach.PART:
        return row.part_id is not None and row.part_id == part
    return close and reach in (Reach.TEACHES, Reach.ASSIGNED)


def _how(
    widest: Reach, row: Membership, groups: list[GroupStaff], named: list[Assignment]
) -> tuple[str, list[date | None]]:
    """Say how somebody reaches the pupil, and when that ends: with the last way that is open."""
    if widest is Reach.ALL:
        return str(REACH_WORDS[Reach.ALL]), []
    if widest is Reach.PART:
        return row.part.name if row.part else "", []
    words = [f"{g.get_does_display()} {g.group.name}" for g in groups]
    if named:
        words.append(_("by name"))
    spans = [g.ends for g in groups] + [n.ends for n in named]
    open_ended = any(end is None for end in spans)
    return ", ".join(words), [] if open_ended else [max(end for end in spans if end)]


def _guest_line(row: Membership, near: _Near, contact: Contact | None) -> tuple[Reach, Seer] | None:
    """Give the line of a parent, pupil or visiting professional."""
    name, grants = held(row)
    if contact is not None:
        how, spans = contact.relation, list[date | None]()
    elif near.named and row.role not in UNNAMED:
        how, spans = _how(Reach.CHILD, row, [], near.named)
    else:
        return None
    ends = [end for end in (row.ends, *spans) if end]
    what = _("what is shared of it: %(list)s") % {"list": ", ".join(seen(grants))}
    return Reach.CHILD, Seer(row.person.name, name, how, (what,), min(ends, default=None))
