"""Who acts: a person, the hat they wear, and the moment."""

import itertools
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from opensenco.access.actions import Action
from opensenco.access.grants import REACHES_NO_CHILD
from opensenco.access.models import LocalRole, Membership, Person
from opensenco.access.questions import Shaped, one_and_the_same, question
from opensenco.access.reach import Grants, Reach, Role
from opensenco.access.roles import BY_CODE, combined
from opensenco.access.scope import Scope, current_or_none, scope
from opensenco.kernel.clock import end_of_day, london_date


@dataclass(frozen=True)
class Hat:
    """One role in one or several organisations: what a person is at this moment.

    Args:
        key: what the switch stores ("SENCO", "local:7").
        orgs: ids of the organisations; only a shared role has several.
        parts: ids of the parts it is narrowed to; empty for the whole setting.
        pupils: for guests, the only pupils; empty for staff.
        sign_in_by: short names of the providers by which these places have their staff sign in.
        phases: what kinds of places these are, in the words of the register.
    """

    key: str
    role: Role
    name: str
    places: tuple[str, ...]
    orgs: frozenset[int]
    grants: dict[Action, Reach] = field(hash=False)
    parts: frozenset[int] = frozenset()
    pupils: frozenset[int] = frozenset()
    memberships: tuple[int, ...] = ()
    sign_in_by: frozenset[str] = frozenset()
    phases: frozenset[str] = frozenset()

    def reach(self, action: Action) -> Reach | None:
        """Tell how far this hat may do that, None for not at all."""
        if action is Action.SIGNED_IN:
            return Reach.ALL
        return self.grants.get(action)

    @property
    def needs_second_step(self) -> bool:
        """Whether it can see a child other than their own, so that a password is not enough."""
        return reaches_children(self.role, self.grants)

    @property
    def place(self) -> str:
        """Where, in words for the head of the page."""
        if len(self.places) > 1:
            return f"{self.places[0]} +{len(self.places) - 1}"
        return self.places[0] if self.places else ""


T = TypeVar("T")


@dataclass(frozen=True)
class Actor(Shaped):
    """A person with one hat on, at one moment. Built once for each request, job or command."""

    person: Person
    hat: Hat
    at: datetime
    _ticks: Iterator[int] = field(default_factory=itertools.count, compare=False, repr=False)
    # `init=False`: a copy with another hat or moment begins with nothing of this one's
    _made: dict[Hashable, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def next_moment(self) -> datetime:
        """Give the moment, a microsecond later each time: versions keep their order.

        The last moments of a day stay on it: what one operation writes is never half of it
        tomorrow's. Versions of one moment are told apart by the order in which they were written.
        """
        later = self.at + timedelta(microseconds=next(self._ticks))
        return later if london_date(later) == self.today else end_of_day(self.today)

    @cached_property
    def today(self) -> date:
        """The date in England at this moment."""
        return london_date(self.at)

    def to_ask(self) -> "Actor":
        """Give this actor as kept questions know them: person, hat and day, not the moment."""
        return _Asker(self)

    @cached_property
    def identity(self) -> Hashable:
        """All that this actor's rights hang on: the person, the hat with its grants, the day."""
        hat = self.hat
        key: Hashable = one_and_the_same(
            (
                self.person.pk,
                (hat.key, hat.role.code, hat.orgs, hat.parts, hat.pupils, hat.memberships),
                frozenset(hat.grants.items()),
                self.today,
            )
        )
        return key

    @property
    def scope(self) -> Scope:
        """The scope that this hat opens."""
        return Scope(
            orgs=self.hat.orgs,
            pupils=self.hat.pupils,
            kind="guest" if self.hat.role.guest else "staff",
            person=self.person.pk,
        )

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Make something that hangs on this actor and the open scope alone, and keep it.

        For conditions and lists that have not been asked yet, which cost more to put together than
        to ask; never for what the database answered.
        """
        known = (key, current_or_none())
        if known not in self._made:
            self._made[known] = make()
        made: T = self._made[known]
        return made

    def can_somewhere(self, action: Action) -> bool:
        """Tell whether this hat has the verb at all (for navigation; rows are asked one by one)."""
        return self.hat.reach(action) is not None


class _Asker(Actor):
    """An actor whose moment is not told, because it differs each time a question is asked."""

    def __init__(self, actor: Actor) -> None:
        vars(self).update(vars(actor), _day=actor.today, _made={})

    @property
    def today(self) -> date:
        """The date in England on which the question is asked."""
        day: date = vars(self)["_day"]
        return day

    def __getattribute__(self, name: str) -> Any:
        if name == "at":
            raise LookupError("A question is kept for a day and does not know the moment.")
        return super().__getattribute__(name)


GuestPupils = Callable[[Person, Iterable[Membership], date], dict[int, frozenset[int]]]
_guest_pupils: list[GuestPupils] = []


def register_guest_pupils(provider: GuestPupils) -> None:
    """Tell which pupils a guest membership reaches; `people` knows, and registers itself."""
    _guest_pupils[:] = [provider]


def hats_of(person: Person, today: date) -> list[Hat]:
    """Give the hats a person may wear today; ended and future memberships give none.

    Memberships of one shipped role in several settings make one hat for the shared roles and one
    hat for each setting otherwise. The person's own scope must be open.
    """
    rows = _memberships.ask(person.pk, today)
    _attach_local_roles(rows, person)
    groups: dict[str, list[Membership]] = {}
    for row in rows:
        groups.setdefault(_key(row), []).append(row)
    return [hat for key, members in groups.items() if (hat := _hat(person, key, members, today))]


@question
def _memberships(person: int, today: date) -> QuerySet[Membership]:
    held_today = Q(ends__isnull=True) | Q(ends__gte=today)
    rows = Membership.objects.filter(held_today, person=person, starts__lte=today)
    return rows.select_related("org", "part").order_by("starts", "id")


def _attach_local_roles(rows: list[Membership], person: Person) -> None:
    """Read the schools' own roles: they are the schools' rows, which a person's scope lacks."""
    shaped = [row for row in rows if row.local_role_id is not None]
    if not shaped:
        return
    with scope(Scope(orgs=frozenset(row.org_id for row in shaped), person=person.pk)):
        own = LocalRole.objects.in_bulk([row.local_role_id for row in shaped])
    for row in shaped:
        row.local_role = own.get(row.local_role_id)


def hat_for(person: Person, today: date, key: str | None = None) -> Hat | None:
    """Give the hat asked for, else the first; opens the person's own scope for it."""
    with scope(Scope(person=person.pk)):
        return chosen(hats_of(person, today), key)


def chosen(hats: list[Hat], key: str | None) -> Hat | None:
    """Give the hat of that key where the person still has it, else the first one."""
    for hat in hats:
        if hat.key == key:
            return hat
    return hats[0] if hats else None


def held(row: Membership) -> tuple[str, dict[Action, Reach]]:
    """Give what a membership is called here and what it grants, as the school has shaped it.

    Where the school's own role cannot be read, nothing is granted: never the shipped role instead.
    """
    if row.local_role_id is not None:
        own = row.local_role
        return (own.name, combined(own.combines, own.without)) if own else (row.role, {})
    role = BY_CODE.get(row.role)
    if role is None:
        return row.role, {}
    return role.label(row.org.senco_word), dict(role.grants)


def needs_second_step(row: Membership) -> bool:
    """Tell of a membership what `Hat.needs_second_step` tells of the hat that it makes."""
    role = BY_CODE.get(row.role)
    return role is not None and reaches_children(role, held(row)[1])


def reaches_children(role: Role, grants: Grants) -> bool:
    """Tell whether a role with these grants reaches a child other than its holder's own."""
    return not role.family and not grants.keys() <= REACHES_NO_CHILD


SEVERAL_PLACES = {"SENCO_SHARED", "SENCO_TRUST", "PARENT", "AGENCY_SENCO"}


def _key(row: Membership) -> str:
    if row.local_role_id:
        return f"local:{row.local_role_id}"
    if row.role in SEVERAL_PLACES:
        return row.role
    return f"{row.role}:{row.org_id}"


def _hat(person: Person, key: str, rows: list[Membership], today: date) -> Hat | None:
    first = rows[0]
    role = BY_CODE.get(first.role)
    if role is None:
        return None
    name, grants = held(first)
    pupils: frozenset[int] = frozenset()
    if role.guest:
        reached = _guest_pupils[0](person, rows, today) if _guest_pupils else {}
        rows = [row for row in rows if reached.get(row.org_id)]
        pupils = frozenset().union(*reached.values())
        if not rows:
            return None
    parts = frozenset(row.part_id for row in rows if row.part_id)
    return Hat(
        key=key,
        role=role,
        name=f"{name}, {first.part.name}" if first.part and len(parts) == 1 else name,
        places=tuple(row.org.name for row in rows),
        orgs=frozenset(row.org_id for row in rows),
        grants=grants,
        parts=parts,
        pupils=pupils,
        memberships=tuple(row.pk for row in rows),
        sign_in_by=frozenset(
            row.org.sign_in_by for row in rows if row.org.sign_in_by and not role.guest
        ),
        phases=frozenset(row.org.phase for row in rows),
    )
