"""What the law costs: `python -m bench.law [--pupils 100000] [--times 2000]`.

Prints the median time of computing every due date of one pupil with a full history, and the time
that so many pupils take in one process. Exits 1 where the median is over a millisecond or the whole
over two minutes. The history is made from the worked examples of docs/law: for each timetable the
example with the most facts, so that a new timetable counts by itself.
"""

import argparse
import gc
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from time import perf_counter

from opensenco.law import rules
from opensenco.law.computing import Surroundings, Timetable, compute, parse
from opensenco.law.due import state
from tests.law.pages import CALENDARS, HEADING, Example, examples, headings, timetable_of
from tests.law.test_worked_examples import words

MOST_MS = 1.0
MOST_SECONDS = 120.0
TODAY = date(2027, 3, 1)


@dataclass(frozen=True, slots=True)
class Part:
    """One timetable of a pupil's history, with the facts as they are typed and as they are read."""

    timetable: Timetable
    given: tuple[str, ...]
    facts: object
    around: Surroundings


def _fullest(timetable: Timetable, rows: Sequence[Example]) -> Example:
    return max(rows, key=lambda row: len(words(timetable, row)))


def history() -> tuple[Part, ...]:
    """A pupil to whom everything has happened that the pages of the law have examples of."""
    rows: dict[str, list[Example]] = {}
    for page, heading in headings():
        found = examples(page, f"{HEADING}{heading}")
        usable = [row for row in found if not row.get("refused")]
        rows.setdefault(timetable_of(heading), []).extend(usable)
    parts = []
    for name, found in sorted(rows.items()):
        timetable = rules.timetable(name)
        row = _fullest(timetable, found)
        calendar = row.get("calendar")
        around = Surroundings(
            calendar=CALENDARS[calendar]() if calendar else None,
            proposed=timetable.only_proposed,
        )
        given = tuple(words(timetable, row))
        parts.append(Part(timetable, given, parse(timetable, given), around))
    return tuple(parts)


def pupil(parts: Sequence[Part]) -> int:
    """Compute every step of one pupil and its state; give the number of steps."""
    steps = 0
    for part in parts:
        for due in compute(part.timetable, part.facts, part.around):
            state(due, TODAY)
            steps += 1
    return steps


def typed(parts: Sequence[Part]) -> int:
    """The same, the facts read from their words each time."""
    return sum(
        len(compute(part.timetable, parse(part.timetable, part.given), part.around))
        for part in parts
    )


def timed(times: int, parts: Sequence[Part]) -> list[float]:
    """Milliseconds of each of so many runs over one pupil."""
    found = []
    for _ in range(times):
        start = perf_counter()
        pupil(parts)
        found.append((perf_counter() - start) * 1000)
    return found


def main() -> int:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pupils", type=int, default=100_000)
    options.add_argument("--times", type=int, default=2000)
    given = options.parse_args()
    parts = history()
    steps = pupil(parts)
    print(f"one pupil: {len(parts)} timetables, {steps} steps with their states")
    timed(100, parts)
    found = sorted(timed(given.times, parts))
    middle = median(found)
    print(f"one pupil: median {middle:.3f} ms, 95th {found[int(len(found) * 0.95)]:.3f} ms")
    start = perf_counter()
    for _ in range(100):
        typed(parts)
    print(f"one pupil, facts read from words: {(perf_counter() - start) * 10:.3f} ms")
    gc.collect()
    start = perf_counter()
    total = sum(pupil(parts) for _ in range(given.pupils))
    seconds = perf_counter() - start
    print(f"{given.pupils:,} pupils: {seconds:.1f} s, {total:,} steps")
    allowed = MOST_SECONDS * given.pupils / 100_000
    return 0 if middle <= MOST_MS and seconds <= allowed else 1


if __name__ == "__main__":
    sys.exit(main())
