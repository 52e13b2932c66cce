"""The approach of a place: its editions, who says to have read which, and who is to be asked."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When

from opensenco.access.actions import Action
from opensenco.access.actor import Actor, held
from opensenco.access.models import Membership, Organisation, Person
from opensenco.access.registry import visible
from opensenco.access.roles import BY_CODE
from opensenco.documents.files.kinds import KINDS
from opensenco.documents.keeping import store_of
from opensenco.documents.states import OPENED, Scan
from opensenco.gate.rows import find
from opensenco.kernel.dates import add_months
from opensenco.kernel.errors import NotFound
from opensenco.people.policy import come, on_day
from opensenco.staffing.models import ApproachEdition, ApproachReading, ApproachRefresher

NOT_YET, SIGNED = "not", "signed"
ORDERS = {
    "name": ("last_name", "first_name"),
    "asked": ("asked_on", "last_name"),
    "signed": ("signed_on", "last_name"),
}


@dataclass(frozen=True)
class Works:
    """Somebody who works at a place today, and in which roles."""

    person: Person
    roles: str


@dataclass(frozen=True)
class Wanted:
    """Which of the staff are chosen, by what they are sorted and of whom."""

    state: str = ""
    role: str = ""
    sort: str = "name"


def edition(actor: Actor, ref: uuid.UUID) -> ApproachEdition:
    """Give an edition of a reference, for all who work there.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, Action.SENCO_ASK, ApproachEdition, ref, "org", "file", "person")


def editions(actor: Actor, org: Organisation) -> list[ApproachEdition]:
    """Give the editions of a place, the newest first."""
    rows = visible(actor, Action.SENCO_ASK, ApproachEdition).filter(org=org)
    return list(rows.select_related("org", "file", "person").order_by("-number"))


def newest(org: int) -> ApproachEdition | None:
    """Give the edition of a place that counts, in whatever scope is open."""
    rows = ApproachEdition.objects.filter(org=org).select_related("org", "file")
    return rows.order_by("-number").first()


def months_of(org: int) -> int:
    """Give after how many months a place asks again; 0 for never."""
    row = ApproachRefresher.objects.filter(org=org).order_by("-id").first()
    return 0 if row is None else row.months


def works_here(org: int, today: date) -> dict[int, Works]:
    """Give all who work at a place today, by the number of the person: who is asked to sign.

    Governors and officers of other tiers do not work with children here, and are not asked.
    """
    rows = Membership.objects.filter(
        on_day(today) & come(), org=org, person__is_active=True, withdrawn=False
    )
    found: dict[int, Works] = {}
    for row in rows.select_related("person", "org", "local_role").order_by("starts", "id"):
        name, grants = held(row)
        role = BY_CODE.get(row.role)
        if role is None or role.guest or Action.SENCO_ASK not in grants:
            continue
        before = found.get(row.person_id)
        names = [*before.roles.split(", "), name] if before else [name]
        found[row.person_id] = Works(row.person, ", ".join(dict.fromkeys(names)))
    return found


def readings(edition: ApproachEdition, people: Iterable[int]) -> dict[int, list[ApproachReading]]:
    """Give what some people were asked of an edition and signed, by person, the first first."""
    found: dict[int, list[ApproachReading]] = {}
    rows = ApproachReading.objects.filter(edition=edition, person__in=list(people))
    for row in rows.order_by("number"):
        found.setdefault(row.person_id, []).append(row)
    return found


def wanted_number(rows: list[ApproachReading], months: int, today: date) -> int | None:
    """Give which reading somebody owes: the first, a refresher, or none.

    Args:
        rows: of one person and the edition that counts, the first first.
        months: after how many the place asks again; 0 for never.
    """
    signed = [row for row in rows if row.signed_on is not None]
    if not signed:
        return 1
    last = signed[-1]
    if months and last.signed_on is not None and add_months(last.signed_on, months) <= today:
        return last.number + 1
    return None


def owed(
    here: Iterable[int], known: dict[int, list[ApproachReading]], months: int, today: date
) -> dict[int, int]:
    """Give which reading each of some people owes, by person; who owes none is left out."""
    found = {}
    for who in here:
        number = wanted_number(known.get(who, []), months, today)
        if number is not None:
            found[who] = number
    return found


def own(actor: Actor, org: Organisation) -> list[ApproachReading]:
    """Give what this person was asked at a place and when they signed, the latest first."""
    rows = visible(actor, Action.SENCO_ASK, ApproachReading).filter(org=org)
    return list(rows.select_related("edition").order_by("-edition__number", "-number"))


def team(
    actor: Actor,
    edition: ApproachEdition,
    here: dict[int, Works],
    owing: Iterable[int],
    wanted: Wanted,
) -> QuerySet[Person]:
    """Give those who work here with `asked_on` and `signed_on` of an edition, and whether they are
    still to sign it (`waits`).

    Args:
        owing: who is, as `owed` says.
    """
    mine = visible(actor, Action.SUPERVISE, ApproachReading).filter(
        edition=edition, person=OuterRef("pk")
    )
    signed = mine.filter(signed_on__isnull=False).order_by("-number")
    ids = [pk for pk, one in here.items() if not wanted.role or wanted.role in _roles(one)]
    waits = Q(pk__in=list(owing))
    rows = Person.objects.filter(pk__in=ids).annotate(
        asked_on=Subquery(mine.order_by("-number").values("asked_on")[:1]),
        signed_on=Subquery(signed.values("signed_on")[:1]),
        waits=Case(When(waits, then=Value(True)), default=Value(False)),
    )
    if wanted.state:
        rows = rows.filter(waits if wanted.state == NOT_YET else ~waits)
    first, *rest = ORDERS.get(wanted.sort.removeprefix("-"), ORDERS["name"])
    column = F(first)
    down = wanted.sort.startswith("-")
    order = column.desc(nulls_last=True) if down else column.asc(nulls_last=True)
    return rows.order_by(order, *rest, "pk")


def _roles(one: Works) -> list[str]:
    return one.roles.split(", ")


def role_names(here: dict[int, Works]) -> list[str]:
    """Give the roles of those who work here, by name."""
    return sorted({name for one in here.values() for name in _roles(one)})


def can_be_opened(row: ApproachEdition) -> bool:
    """Tell whether there is a paper and a scanner that is set has let it through."""
    return row.file is not None and Scan(row.file.scan) in OPENED


def paper_of(row: ApproachEdition) -> tuple[Path, str]:
    """Give where the paper of an edition lies, and what it is for browsers.

    Raises:
        NotFound: there is none, or it cannot be opened.
        FileNotTaken: it is not where or as it was kept.
    """
    if row.file is None or not can_be_opened(row):
        raise NotFound
    return store_of(row.org).whole(row.file.digest), KINDS[row.file.kind].media
