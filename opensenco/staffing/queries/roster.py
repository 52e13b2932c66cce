"""The roster of those who give support: their week, hours, caseload, and what has no adult."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership, Organisation, Person
from opensenco.access.registry import visible
from opensenco.access.roles import BY_CODE
from opensenco.gate.rows import find
from opensenco.people.policy import come, on_day
from opensenco.provision.timetable import monday
from opensenco.staffing.contracted import Contract
from opensenco.staffing.models import Absence
from opensenco.staffing.queries.hours import contracts_of
from opensenco.staffing.queries.sessions import Planned, planned, planned_beyond
from opensenco.staffing.states import Does
from opensenco.support.queries.pupils import codes_of
from opensenco.support.states import Status

#: roles of those who give support, where nobody has entered hours
SUPPORTS = ("TA", "KEY_PERSON", "SEN_TEAM")
SCHOOL_DAYS = 5


@dataclass(frozen=True)
class Row:
    """One adult's week.

    Args:
        contract: None where no hours are entered.
        sessions: with an hour, in order; loose: some time of the week.
        pupils: how many have something from them; plans, support: of them by status.
        here: whether they have a role here today.
        membership: their own role, by which their page is addressed; None where they have left.
        elsewhere: minutes a week with pupils whom the reader does not reach.
    """

    person: Person
    contract: Contract | None
    sessions: tuple[Planned, ...]
    loose: tuple[Planned, ...]
    pupils: int
    plans: int
    support: int
    here: bool
    membership: Any = None
    away: tuple[Absence, ...] = ()
    elsewhere: int = 0

    @property
    def promised(self) -> int:
        """Minutes a week that are promised of them, to whomever."""
        return self.elsewhere + sum(one.a_week for one in (*self.sessions, *self.loose))

    @property
    def over(self) -> int:
        """Minutes a week beyond what they have for SEND; none where no hours are entered."""
        if self.contract is None or self.contract.does not in (Does.SUPPORTS, Does.TEACHES):
            return 0
        return max(0, self.promised - self.contract.send)

    def on(self, weekday: int) -> list[Planned]:
        """Give their sessions of a weekday; Monday is 0."""
        return [one for one in self.sessions if one.hour and one.hour.weekday == weekday]

    def away_on(self, day: date) -> Absence | None:
        """Give how they are away on a day, if they are."""
        return next((one for one in self.away if one.on == day), None)


@dataclass(frozen=True)
class Roster:
    """A week of all who give support.

    Args:
        nobody: sessions for which no adult is named. left: sessions of adults who have no role here
            any more.
    """

    first: date
    rows: list[Row]
    nobody: list[Planned]
    left: list[Planned]

    @property
    def over(self) -> list[Row]:
        """Adults of whom more is promised than they have hours for SEND."""
        return [row for row in self.rows if row.over]

    @property
    def days(self) -> list[date]:
        """Monday to Friday; with the weekend where something is given then."""
        last = max(
            (one.hour.weekday for row in self.rows for one in row.sessions if one.hour), default=0
        )
        return [self.first + timedelta(days=n) for n in range(max(SCHOOL_DAYS, last + 1))]


def roster(actor: Actor, org: Organisation, day: date) -> Roster:
    """Give the week of a day. Its questions do not grow with pupils or adults."""
    first = monday(day)
    every = planned(actor, org, max(day, first))
    here = {row.person_id: row for row in staff_here(actor, org).order_by("-starts", "-id")}
    contracts = contracts_of(actor, org)
    by_person: dict[int, list[Planned]] = defaultdict(list)
    for one in every:
        if one.person:
            by_person[one.person.pk].append(one)
    people = {one.person.pk: one.person for one in every if one.person}
    people |= {pk: row.person for pk, row in here.items() if _gives(row, contracts.on(pk, day))}
    codes = codes_of(actor, {promise.pupil_id for one in every for promise in one.promises})
    away, elsewhere = _away(actor, org, first), Counter[int]()
    for one in planned_beyond(actor, org, max(day, first)):
        if one.person:
            elsewhere[one.person.pk] += one.a_week
    rows = [
        replace(
            _row(person, contracts.on(pk, day), by_person[pk], codes, here.get(pk), away[pk]),
            elsewhere=elsewhere[pk],
        )
        for pk, person in people.items()
    ]
    rows.sort(key=lambda row: (row.person.last_name, row.person.first_name, row.person.pk))
    return Roster(
        first, rows, [one for one in every if one.person is None],
        [one for one in every if one.person and one.person.pk not in here],
    )  # fmt: skip


def staff_here(actor: Actor, org: Organisation) -> QuerySet[Membership]:
    """Give the roles that staff hold at a place today."""
    codes = [code for code, role in BY_CODE.items() if not role.guest]
    return (
        visible(actor, Action.STAFF_VIEW, Membership)
        .filter(on_day(actor.today), come(), org=org, withdrawn=False, person__is_active=True,
                role__in=codes)
        .select_related("person")
    )  # fmt: skip


def member(actor: Actor, ref: Any) -> Membership:
    """Give a role of a colleague, by which their page is addressed.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, Action.STAFF_VIEW, Membership, ref, "person", "org")


def week_of(actor: Actor, member: Membership, day: date) -> Row | None:
    """Give one adult's week; None where they give nothing and have no hours."""
    rows = roster(actor, member.org, day).rows
    return next((row for row in rows if row.person == member.person), None)


def _gives(row: Membership, contract: Contract | None) -> bool:
    return row.role in SUPPORTS or (contract is not None and contract.does == Does.SUPPORTS)


def _away(actor: Actor, org: Organisation, first: date) -> dict[int, tuple[Absence, ...]]:
    found: dict[int, tuple[Absence, ...]] = defaultdict(tuple)
    rows = visible(actor, Action.STAFF_VIEW, Absence).filter(
        org=org, on__range=(first, first + timedelta(days=6)), back_at__isnull=True
    )
    for row in rows.order_by("on", "id"):
        found[row.who_id] = (*found[row.who_id], row)
    return found


def _row(
    person: Person,
    contract: Contract | None,
    gives: list[Planned],
    codes: dict[int, str],
    here: Membership | None,
    away: tuple[Absence, ...],
) -> Row:
    pupils = {promise.pupil_id for one in gives for promise in one.promises}
    held = [codes.get(pk) for pk in pupils]
    return Row(
        person, contract, tuple(one for one in gives if one.hour is not None),
        tuple(one for one in gives if one.hour is None), len(pupils),
        held.count(Status.EHC_PLAN.value), held.count(Status.SEN_SUPPORT.value), here is not None,
        here, away,
    )  # fmt: skip
