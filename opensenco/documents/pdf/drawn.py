"""The line of a pupil's points towards the aim, drawn for a paper: numbers in, a picture out.

The picture holds numbers and days of ours alone, and nothing that anybody wrote. The table beside
it says the same, so whoever cannot see it misses nothing.
"""

import datetime as dt
import re
from collections.abc import Sequence
from contextlib import suppress

from django.utils.dates import MONTHS

from opensenco.ui.charts import Point, line, path_of
from opensenco.ui.words import day_short

BOX, MARGINS = (560, 170), (18, 30, 30, 50)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
#: as two points are the fewest that a line has
FEWEST = 2


def points_of(rows: Sequence[Sequence[str]]) -> tuple[list[Point], list[Point]]:
    """Read the points and the aim line from the rows of a table of points, oldest first.

    Args:
        rows: day, score (with "entry" or "exit" after it), what the aim line says that day.
    """
    scores: list[Point] = []
    aims: list[Point] = []
    for on, score, aim, *_rest in rows:
        day = _day(on)
        found = _NUMBER.match(score.replace(",", ""))
        if day is None or found is None:
            continue
        scores.append((day, float(found[0])))
        if told := _NUMBER.match(aim.replace(",", "")):
            aims.append((day, float(told[0])))
    return scores, aims


def _day(text: str) -> dt.date | None:
    """Read a day as papers write it, "14 February 2027"; None where it is written otherwise."""
    months = {str(name).casefold(): number for number, name in MONTHS.items()}
    day, _gap, rest = text.partition(" ")
    month, _gap, year = rest.rpartition(" ")
    with suppress(ValueError, KeyError):
        return dt.date(int(year), months[month.casefold()], int(day))
    return None


def line_drawn(rows: Sequence[Sequence[str]]) -> str:
    """Give the points with their aim line as an SVG picture; empty where they make no line."""
    scores, aims = points_of(rows)
    if len({day for day, _score in scores}) < FEWEST:
        return ""
    # the aims are laid on the same grid: one chart of both, taken apart again
    both = line([*scores, *aims], box=BOX, margins=MARGINS)
    marks, aimed = both.places[: len(scores)], both.places[len(scores) :]
    right = BOX[0] - MARGINS[1]
    parts = [
        *(f'<path d="M{MARGINS[3]} {step.y:g}H{right}" stroke="#c9cfcc"/>'
          f'<text x="{MARGINS[3] - 8}" y="{step.y + 4:g}" text-anchor="end" fill="#4a5552">'
          f"{step.value:g}</text>" for step in both.grid),
        f'<path d="{path_of(aimed)}" fill="none" stroke="#9a3d12" stroke-width="2" '
        f'stroke-dasharray="6 4"/>' if len(aimed) >= FEWEST else "",
        f'<path d="{path_of(marks)}" fill="none" stroke="#1d5c4a" stroke-width="2.5"/>',
        *(f'<circle cx="{one.x:g}" cy="{one.y:g}" r="4" fill="#1d5c4a"/>' for one in marks),
        *_days(scores, right),
    ]  # fmt: skip
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{BOX[0]}" height="{BOX[1]}" '
        f'viewBox="0 0 {BOX[0]} {BOX[1]}" font-family="Noto Sans" font-size="12">'
        f"{''.join(parts)}</svg>"
    )


def _days(scores: Sequence[Point], right: int) -> list[str]:
    foot = BOX[1] - 8
    ends = ((MARGINS[3], "start", scores[0][0]), (right, "end", scores[-1][0]))
    return [
        f'<text x="{x}" y="{foot}" text-anchor="{anchor}" fill="#4a5552">{day_short(day)}</text>'
        for x, anchor, day in ends
    ]
