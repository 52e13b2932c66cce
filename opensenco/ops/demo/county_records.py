"""What the settings' other systems know of the drawn pupils: attendance by term, and tests."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from opensenco.ops.demo import terms
from opensenco.ops.demo.files import Row
from opensenco.ops.demo.scene import school_day_before
from opensenco.ops.demo.world import Desk, World
from opensenco.support.operations import records

#: terms of which attendance is told, and the fewest days of a term that are worth telling
TERMS, FEWEST_DAYS = 3, 10
HALVES = 2
#: of a hundred half days missed on average, by status
MISSED = {"N": 5, "K": 9, "E": 11}
#: points below a hundred on average in tests, by status
BELOW = {"N": -2, "K": 14, "E": 20}


def make(world: World) -> None:
    """Record everything as lists would bring it, setting by setting."""
    if not world.whole:
        return
    for desk in world.desks():
        drawn = [
            row
            for row in world.told.values()
            if row["setting"] == desk.at and "drawn" in row and row["year"] >= 0
        ]
        if drawn and "in_class" in desk.row:
            _record(world, desk, drawn)


def _record(world: World, desk: Desk, drawn: list[Row]) -> None:
    spans = [(row, span) for row in drawn for span in _attendance(world, row)]
    results = [(row, one) for row in drawn if row["year"] > 1 for one in _results(world, row)]
    day = world.today
    with world.acting(world.senco(desk.at, day), day, at=desk.at) as actor:
        records.record_attendance(
            actor=actor,
            pupils=[world.pupils[row["id"]] for row, _span in spans],
            spans=[span for _row, span in spans],
        )
        if results and "estab" in desk.row and desk.at != "SET-CAN":
            records.record_results(
                actor=actor,
                pupils=[world.pupils[row["id"]] for row, _one in results],
                results=[one for _row, one in results],
            )


def _attendance(world: World, row: Row) -> list[dict[str, Any]]:
    found = []
    for number, (first, last) in enumerate(_terms(world)[:TERMS]):
        days = [d for d in terms.between(first, last) if terms.is_school_day(d)]
        if len(days) < FEWEST_DAYS or first < world.came(row):
            continue
        possible = HALVES * len(days)
        share = MISSED[row["sen"]] * (0.4 + 1.2 * _chance(row, number)) / 100
        missed = round(possible * share)
        without = missed // 3
        found.append({
            "starts": days[0], "ends": days[-1], "possible": possible,
            "attended": possible - missed, "authorised": missed - without,
            "unauthorised": without, "late": round(5 * _chance(row, number + 7)),
        })  # fmt: skip
    return found


def _terms(world: World) -> list[tuple[date, date]]:
    yesterday = world.today - timedelta(days=1)
    years = (world.when.year, terms.Year(world.when.year.starts - 1))
    spans = [span for year in years for span in reversed(year.terms)]
    return [(first, min(last, yesterday)) for first, last in spans if first < yesterday]


def _results(world: World, row: Row) -> list[dict[str, Any]]:
    """Give a reading score of the autumn's check and one since, where a term lies between them."""
    on = school_day_before(world.today, 15)
    middle = 100 - BELOW[row["sen"]]
    score = max(69, min(131, round(middle + 30 * (_chance(row, 3) - 0.5))))
    return [{"on": on, "test": "Reading", "measure": "standardised", "number": Decimal(score)}]


def _chance(row: Row, number: int) -> float:
    """Give the pupil's own number between 0 and 1, another for each question."""
    own: float = row["drawn"]
    return (own * (number + 3) * 7.31) % 1
