"""The staff of a setting, to be found by address or by name as lists write it."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q

from opensenco.access.actor import Actor, held
from opensenco.access.models import Invitation, Membership, Organisation, Person
from opensenco.exchange.readers.values import ADDRESSED
from opensenco.kernel.text import search_key
from opensenco.people.operations.joining import waiting


@dataclass(frozen=True, slots=True)
class Colleague:
    """One role that somebody has here, or that waits for them.

    Attributes:
        person: None for an address that has not come to us yet.
        ends: the last day of the role, as JSON holds it.
        part: id of the part of the school that the role is for; None for all of it.
    """

    pk: int
    email: str
    first_name: str = field(repr=False)
    last_name: str = field(repr=False)
    role: str
    role_name: str
    ends: str | None
    person: Person | None = field(repr=False)
    membership: Membership | None = field(repr=False)
    part: int | None = None

    @property
    def name(self) -> str:
        """First name and surname."""
        return f"{self.first_name} {self.last_name}".strip()


class StaffHere:
    """Everybody with a role today or to come, and everybody for whom a link waits."""

    def __init__(self, actor: Actor, org: Organisation) -> None:
        self.colleagues = [*_with_a_role(actor, org), *_waiting(org)]
        self._by_email: dict[str, list[Colleague]] = defaultdict(list)
        self._by_name: dict[str, list[Colleague]] = defaultdict(list)
        for one in self.colleagues:
            self._by_email[one.email].append(one)
            for key in _keys(one.first_name, one.last_name):
                self._by_name[key].append(one)

    def at(self, email: str) -> list[Colleague]:
        """Give the roles of an address."""
        return self._by_email.get(email.lower(), [])

    def called(self, name: str) -> list[Colleague]:
        """Give who could be meant by a name, each person once: "Mrs P Raman", "Raman, Priya"."""
        found: dict[str, Colleague] = {}
        for one in self._by_name.get(_plain(name), []):
            found.setdefault(one.email, one)
        return list(found.values())


def _with_a_role(actor: Actor, org: Organisation) -> list[Colleague]:
    rows = (
        Membership.objects.filter(Q(ends__isnull=True) | Q(ends__gte=actor.today), org=org)
        .filter(withdrawn=False)
        .exclude(role__in=("PARENT", "PUPIL"))
        .select_related("person", "org", "local_role")
        .order_by("starts", "id")
    )
    return [
        Colleague(
            row.pk, row.person.email, row.person.first_name, row.person.last_name, row.role,
            held(row)[0], row.ends.isoformat() if row.ends else None, row.person, row, row.part_id,
        )
        for row in rows
    ]  # fmt: skip


def _waiting(org: Organisation) -> list[Colleague]:
    """Roles of addresses that are not ours: they have no membership before they come."""
    rows = Invitation.objects.filter(waiting(), org=org, membership__isnull=True).order_by("id")
    return [
        Colleague(
            row.pk, row.email, row.first_name, row.last_name, row.role, row.role,
            row.ends.isoformat() if row.ends else None, None, None, row.part_id,
        )
        for row in rows
    ]  # fmt: skip


def name_key(first_name: str, last_name: str) -> str:
    """Give a name so that it can be compared."""
    return search_key(f"{first_name} {last_name}")


def _keys(first_name: str, last_name: str) -> set[str]:
    """Give the ways in which a list may write somebody: whole, with initial, surname alone."""
    first, last = search_key(first_name), search_key(last_name)
    return {f"{first} {last}", f"{first[:1]} {last}", last} - {"", " "}


def _plain(name: str) -> str:
    """Give a written name without its title, the first name first."""
    last, comma, first = name.partition(",")
    whole = search_key(f"{first} {last}" if comma else name)
    return " ".join(word for word in whole.split() if word not in ADDRESSED)
