"""What the school's other systems know of the children: attendance, results, the behaviour log."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from opensenco.ops.demo import terms
from opensenco.ops.demo.files import Row, rows
from opensenco.ops.demo.world import SCHOOL, World
from opensenco.people.models import Pupil
from opensenco.support.operations import records

#: half days in a day, and how many days of a term there are before somebody looks at figures of it
HALVES, FEWEST_DAYS = 2, 10
ONE_DAY = timedelta(days=1)
#: terms that can be told of: those of this school year and the two before it
YEARS_BACK = 2
Given = list[tuple[Pupil, dict[str, Any]]]


def make(world: World) -> None:
    """Record everything as lists would bring it, in three operations."""
    spans = [
        (world.pupils[row["pupil"]], one)
        for row in rows("records", "attendance")
        for one in _spans(world, row)
    ]
    results = _dated(world, "result", ("test", "measure", "number", "words"))
    incidents = _dated(
        world, "incident", ("category", "praise", "points", "words", "done", "place")
    )
    with world.acting(world.senco(SCHOOL, world.today), world.today) as actor:
        pupils, told = _apart(spans)
        records.record_attendance(actor=actor, pupils=pupils, spans=told)
        pupils, told = _apart(results)
        records.record_results(actor=actor, pupils=pupils, results=told)
        pupils, told = _apart(incidents)
        records.record_incidents(actor=actor, pupils=pupils, incidents=told)


def _apart(given: Given) -> tuple[list[Pupil], list[dict[str, Any]]]:
    return [pupil for pupil, _values in given], [values for _pupil, values in given]


def _spans(world: World, row: Row) -> Iterator[dict[str, Any]]:
    """Give the attendance of a child term by term, the present one until yesterday first."""
    begins = world.came(world.told[row["pupil"]])
    for (first, last), (authorised, unauthorised, late) in zip(
        _terms(world), row["terms"], strict=False
    ):
        days = [d for d in terms.year_of(first).school_days() if first <= d <= last]
        if first < begins or len(days) < FEWEST_DAYS:
            continue
        possible = HALVES * len(days)
        yield {
            "starts": days[0], "ends": days[-1], "possible": possible,
            "attended": possible - authorised - unauthorised,
            "authorised": authorised, "unauthorised": unauthorised, "late": late,
        }  # fmt: skip


def _terms(world: World) -> Iterator[tuple[date, date]]:
    """Give terms that have begun, the latest first; the present one ends yesterday."""
    yesterday = world.today - ONE_DAY
    year = world.when.year
    for starts in range(year.starts, year.starts - YEARS_BACK - 1, -1):
        for first, last in reversed(terms.Year(starts).terms):
            if first < yesterday:
                yield first, min(last, yesterday)


def _dated(world: World, kind: str, names: tuple[str, ...]) -> Given:
    """Give rows with their day; what was before the child came here is left out."""
    found = []
    for row in rows("records", kind):
        pupil = row["pupil"]
        on = world.when.snapped(row["at"], "assessment.recorded", world.born(pupil))
        if on < world.came(world.told[pupil]):
            continue
        values: dict[str, Any] = {name: row[name] for name in names if name in row}
        if "number" in values:
            values["number"] = Decimal(values["number"])
        found.append((world.pupils[pupil], {**values, "on": on}))
    return found
