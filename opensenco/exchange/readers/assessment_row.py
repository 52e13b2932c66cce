"""One row of a list of results, long or wide: its results, each with its test and day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from opensenco.exchange.readers.assessment_columns import BARE, MEASURES, claims, day_in, named_in
from opensenco.exchange.readers.cells import squeezed, tidy
from opensenco.exchange.readers.one_row import OneRow
from opensenco.exchange.readers.record_values import nothing_reached, read_result, read_who
from opensenco.exchange.readers.values import read_date
from opensenco.exchange.readers.words import Fault, Note, Unreadable
from opensenco.kernel.words import mark, sentence

ANY = "scale"
TO_COME = mark("This day is still to come.")
NO_DAY = mark("The row does not say on which day it was.")
GIVE_DAY = mark("Fill in the day, or give one for the whole list.")
NO_RESULT = mark("There is no result in this cell. It is left out.")
KEPT_AS_WORDS = mark("This is not what such a test gives. It is kept as words.")
TWO_IN_ROW = mark("Two columns say of the same test and day something else.")
CHOOSE_ONE = mark("Leave one of the columns out, or mend the row.")
Limits = Mapping[str, tuple[int, int]]
Result = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ResultColumn:
    """A column with results: where it stands, its measure, and what its heading names."""

    place: int
    measure: str
    heading: str
    test: str
    day: date | None
    bare: bool


def result_columns(
    header: Sequence[str], columns: Mapping[str, Sequence[int]]
) -> list[ResultColumn]:
    """Give the columns that hold results, from left to right."""
    found = []
    for code, measure in MEASURES.items():
        for place in columns.get(code, ()):
            heading = tidy(header[place])
            bare = squeezed(named_in(heading)) in BARE
            found.append(
                ResultColumn(place, measure, heading, named_in(heading), day_in(heading), bare)
            )
    return sorted(found, key=lambda one: one.place)


@dataclass(frozen=True, slots=True)
class Common:
    """What holds for all results of a list.

    Attributes:
        once: the day of every result that says none itself (ISO), or empty.
        limits: the ends of each measure.
    """

    today: date
    once: str
    limits: Limits
    several: Sequence[ResultColumn]


def read_results(row: OneRow, common: Common) -> list[Result]:
    """Give the results that a row says; a cell that cannot be read refuses the row."""
    on: date | None = row.must("on", read_date, None)
    test, area = row.must("test", read_who, ""), row.must("area", read_who, "")
    by: str = row.must("assessed_by", read_who, "")
    results: list[Result] = []
    for column in common.several:
        text = tidy(row.whole(column.place))
        if not text:
            continue
        if nothing_reached(text):
            row.notes.append(Note(column.heading, sentence(NO_RESULT), text))
            continue
        day = on or column.day
        result = _named(column, test, area) | {
            "on": day.isoformat() if day else common.once, "assessed_by": by,
        }  # fmt: skip
        _judge_day(row, result["on"], common)
        if value := _value(row, column, text, result, common.limits):
            results.append(result | value)
    _refuse_two(row, results)
    return results


def _named(column: ResultColumn, test: str, area: str) -> Result:
    """Give what was assessed: by the columns that name it, and by the heading."""
    if test:
        return {"test": test, "area": area or ("" if column.bare else column.test)}
    if area:
        return {"test": area if column.bare else column.test, "area": "" if column.bare else area}
    return {"test": column.test[:120], "area": ""}


def _judge_day(row: OneRow, day: str, common: Common) -> None:
    if not day:
        row.fault("on", sentence(NO_DAY), sentence(GIVE_DAY))
    elif day > common.today.isoformat():
        row.fault("on", sentence(TO_COME), sentence(GIVE_DAY))


def _value(
    row: OneRow, column: ResultColumn, text: str, result: Result, limits: Limits
) -> Result | None:
    measure = column.measure
    told = _told_measure(row, result) if measure == ANY else measure
    try:
        number, words = read_result(told, text, limits)
    except Unreadable as refusal:
        if told == measure:
            row.faults.append(Fault(column.heading, refusal.wrong, refusal.mend, text))
            return None
        # what the name of the test made us expect is no reason to refuse what a teacher wrote
        row.notes.append(Note(column.heading, sentence(KEPT_AS_WORDS), text))
        told, number, words = measure, None, text[:200]
    return {"measure": told, "number": number, "words": words}


def _told_measure(row: OneRow, result: Result) -> str:
    """Give the measure that the kind of score or the name of the test says; else words."""
    for text in (row.text("kind"), result["area"], result["test"]):
        key = squeezed(text)
        claim = claims(key)
        code = claim[1] if claim else BARE.get(key)
        if code:
            return MEASURES[code]
    return ANY


def _refuse_two(row: OneRow, results: Sequence[Result]) -> None:
    seen: dict[tuple[str, ...], Result] = {}
    for one in results:
        key = one["on"], one["test"].casefold(), one["area"].casefold(), one["measure"]
        other = seen.setdefault(key, one)
        if (other["number"], other["words"]) != (one["number"], one["words"]):
            row.faults.append(Fault("", sentence(TWO_IN_ROW), sentence(CHOOSE_ONE)))
            return
