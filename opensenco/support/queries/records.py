"""Reading attendance, results and the behaviour log of one pupil."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar, cast

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.cases.statements import Told
from opensenco.gate.rows import find
from opensenco.people.models import Pupil
from opensenco.support.models import AssessmentResult, Attendance, Incident
from opensenco.support.states import PERSISTENT, Measure
from opensenco.support.words import score_in_words

M = TypeVar("M", Attendance, AssessmentResult, Incident)
READ_BY: dict[type[Attendance | AssessmentResult | Incident], Action] = {
    Attendance: Action.ATTENDANCE_VIEW,
    AssessmentResult: Action.ASSESSMENT_VIEW,
    Incident: Action.BEHAVIOUR_VIEW,
}
#: how far back a plan looks for what was measured, and how much of it it shows
A_YEAR, MOST_RESULTS = 365, 8
_WHOLE = Decimal(100)
_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class AttendanceLine:
    """A span of attendance with its figure, to one place after the point."""

    row: Attendance

    @property
    def percent(self) -> Decimal:
        """The percentage attended."""
        row = self.row
        if row.possible and row.attended is not None:
            return (_WHOLE * row.attended / row.possible).quantize(_TENTH)
        return (row.percent or Decimal(0)).quantize(_TENTH)

    @property
    def low(self) -> bool:
        """Whether a tenth or more of the sessions was missed, by the exact figures."""
        return self.at_or_below(PERSISTENT)

    def at_or_below(self, percent: int | Decimal) -> bool:
        """Whether so many per cent were attended at most, by the exact figures."""
        row = self.row
        if row.possible and row.attended is not None:
            return _WHOLE * row.attended <= percent * row.possible
        return row.percent is not None and row.percent <= percent


@dataclass(frozen=True)
class ResultLine:
    """One result, in words."""

    row: AssessmentResult

    @property
    def name(self) -> str:
        """The test and its area."""
        return " ".join(filter(None, (self.row.test, self.row.area)))

    @property
    def reached(self) -> str:
        """What was reached, as people say it."""
        return score_in_words(Measure(self.row.measure), self.row.number, self.row.words)

    @property
    def measure(self) -> str:
        """The kind of value."""
        return str(Measure(self.row.measure).label)


@dataclass(frozen=True)
class Series:
    """The results of one test in one measure, the oldest first."""

    name: str
    measure: str
    lines: tuple[ResultLine, ...]

    @property
    def numbers(self) -> list[tuple[date, float]]:
        """Day and number of each, for a line; those that are words are left out."""
        return [
            (one.row.on, float(one.row.number)) for one in self.lines if one.row.number is not None
        ]


@dataclass(frozen=True)
class Records:
    """What other systems know of a pupil in a span of days, newest first.

    What this actor may not read is None; what is marked in error is left out.
    """

    attendance: tuple[AttendanceLine, ...] | None
    results: tuple[ResultLine, ...] | None
    incidents: tuple[Incident, ...] | None

    def series(self) -> list[Series]:
        """Give the results by test and measure, in the order of the alphabet."""
        found: dict[tuple[str, str], list[ResultLine]] = {}
        names: dict[str, str] = {}
        for one in reversed(self.results or ()):
            key = one.name.casefold()
            names[key] = one.name
            found.setdefault((key, one.row.measure), []).append(one)
        return [
            Series(names[key], str(Measure(measure).label), tuple(lines))
            for (key, measure), lines in sorted(found.items())
        ]


def records_of(
    actor: Actor, pupil: Pupil, since: date | None = None, until: date | None = None
) -> Records:
    """Give what is known of a pupil within some days, both included; None leaves an end open."""
    here = Q(pupil=pupil, in_error_at__isnull=True)
    within = {"on": Q(), "span": Q()}
    if since:
        within = {"on": Q(on__gte=since), "span": Q(ends__gte=since)}
    if until:
        within["on"] &= Q(on__lte=until)
        within["span"] &= Q(starts__lte=until)
    spans = _rows(actor, Attendance, here & within["span"], "-ends", "-starts")
    results = _rows(actor, AssessmentResult, here & within["on"], "-on", "test", "area", "id")
    return Records(
        tuple(map(AttendanceLine, spans)) if spans is not None else None,
        tuple(map(ResultLine, results)) if results is not None else None,
        _rows(actor, Incident, here & within["on"], "-on", "-id"),
    )


def results_before(
    actor: Actor, pupil: Pupil, day: date, days: int = A_YEAR, most: int = MOST_RESULTS
) -> list[ResultLine]:
    """Give the last results of a pupil in the days before a day, the newest first.

    Who may not read results is given none.
    """
    if not actor.can_somewhere(Action.ASSESSMENT_VIEW):
        return []
    rows = visible(actor, Action.ASSESSMENT_VIEW, AssessmentResult).filter(
        pupil=pupil, in_error_at__isnull=True, on__gt=day - timedelta(days=days), on__lte=day
    )
    return [ResultLine(row) for row in rows.order_by("-on", "test", "area", "id")[:most]]


def _rows(actor: Actor, model: type[M], which: Q, *order: str) -> tuple[M, ...] | None:
    action = READ_BY[model]
    if not actor.can_somewhere(action):
        return None
    found = visible(actor, action, model).filter(which).order_by(*order)
    return tuple(cast("Iterable[M]", found))


def attendance(actor: Actor, ref: uuid.UUID, action: Action = Action.RECORDS_EDIT) -> Attendance:
    """Give the span of attendance of a reference that this actor may do that to.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, action, Attendance, ref, "pupil")


def result(actor: Actor, ref: uuid.UUID, action: Action = Action.RECORDS_EDIT) -> AssessmentResult:
    """Give the result of a reference that this actor may do that to.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, action, AssessmentResult, ref, "pupil")


def incident(actor: Actor, ref: uuid.UUID, action: Action = Action.BEHAVIOUR_EDIT) -> Incident:
    """Give the entry of the behaviour log of a reference that this actor may do that to.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, action, Incident, ref, "pupil")


def to_name(actor: Actor, pupil: Pupil) -> list[AssessmentResult]:
    """Give the results that can show how far an outcome has come, the newest first."""
    return list(_standing_results(actor).filter(pupil=pupil)[:MOST_RESULTS])


def as_sources(actor: Actor, refs: frozenset[uuid.UUID]) -> dict[uuid.UUID, Told]:
    """Tell of results that show something, to who may read them."""
    rows = _standing_results(actor).filter(ref__in=refs)
    return {row.ref: Told(named(row), True) for row in rows}


def named(row: AssessmentResult) -> str:
    """Say which result is meant: the test, what was reached, and when."""
    line = ResultLine(row)
    return _("%(test)s: %(reached)s on %(on)s") % {
        "test": line.name, "reached": line.reached, "on": date_format(row.on, "j F Y"),
    }  # fmt: skip


def _standing_results(actor: Actor) -> QuerySet[AssessmentResult]:
    if not actor.can_somewhere(Action.ASSESSMENT_VIEW):
        return AssessmentResult.objects.none()
    rows = visible(actor, Action.ASSESSMENT_VIEW, AssessmentResult)
    return rows.filter(in_error_at__isnull=True).order_by("-on", "test", "area", "id")
