"""Well-being and involvement of many pupils, on their five steps: raw counts, see `figures`."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from opensenco.access.actor import Actor
from opensenco.law.calendar.years import AcademicYear
from opensenco.people.days import on_roll, year_on
from opensenco.support.models import AssessmentResult
from opensenco.support.queries.figures import check
from opensenco.support.states import Measure

#: low: steps 1 and 2; middle: 3; high: 4 and 5
LOW, MIDDLE, HIGH = range(3)
LEVELS = (LOW, MIDDLE, HIGH)
ROSE, SAME, FELL = range(3)
SCALES = (Measure.WELLBEING, Measure.INVOLVEMENT)


@dataclass(frozen=True)
class Scale:
    """One measure of this school year: each pupil counts once, by the newest result.

    Args:
        by_year: pupils by year group and level; None for a year group that is not known.
        moved: those with two results or more this year, by the first and the newest of them.
    """

    measure: Measure
    by_year: dict[int | None, tuple[int, int, int]]
    moved: tuple[int, int, int]


def scales(actor: Actor, org: int | None = None) -> list[Scale]:
    """Count the pupils on roll by level of well-being and involvement. One question.

    Not by class as well: what is small in a class could be told by its year group.

    Raises:
        NotAllowed: the role sees no figures of the whole place.
    """
    since = AcademicYear.of(actor.today).first
    rows = AssessmentResult.objects.filter(
        on_roll(actor.today, "pupil__"), org__in=check(actor, org), measure__in=SCALES,
        in_error_at__isnull=True, pupil__in_error_at__isnull=True, number__isnull=False,
        on__range=(since, actor.today),
    ).order_by("on", "id")  # fmt: skip
    found = list(rows.values_list("measure", "pupil", "number", year_on(actor.today, "pupil__")))
    return [_scale(one, [row[1:] for row in found if row[0] == one]) for one in SCALES]


def _scale(measure: Measure, rows: Iterable[tuple[int, float, int | None]]) -> Scale:
    steps: dict[int, list[int]] = {}
    years: dict[int, int | None] = {}
    for pupil, number, year in rows:
        steps.setdefault(pupil, []).append(round(number))
        years[pupil] = year
    by_year: Counter[tuple[int | None, int]] = Counter()
    moved = [0, 0, 0]
    for pupil, said in steps.items():
        level = _level(said[-1])
        by_year[years[pupil], level] += 1
        if len(said) > 1:
            way = ROSE if said[-1] > said[0] else FELL if said[-1] < said[0] else SAME
            moved[way] += 1
    in_order = sorted({year for year, _level in by_year}, key=lambda one: (one is None, one or 0))
    return Scale(
        measure,
        {year: _three(by_year[year, level] for level in LEVELS) for year in in_order},
        _three(moved),
    )


def _three(counts: Iterable[int]) -> tuple[int, int, int]:
    low, middle, high = counts
    return low, middle, high


def _level(step: int) -> int:
    return LOW if step < 3 else MIDDLE if step == 3 else HIGH
