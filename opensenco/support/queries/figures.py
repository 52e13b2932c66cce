"""A school's figures without names: how many, by need, and how reviews went.

They are raw counts. Whoever shows them hides the small ones first (`kernel.small_numbers`).
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.reach import Reach
from opensenco.kernel.errors import NotAllowed
from opensenco.law.calendar.years import AcademicYear
from opensenco.law.codes.sen import Area, area_of
from opensenco.people.days import on_roll, year_on
from opensenco.people.policy import standing
from opensenco.support.models import Cycle
from opensenco.support.queries.choosing import open_cycles, standing_needs, statuses
from opensenco.support.states import Stage, Status


@dataclass(frozen=True)
class SupportFigures:
    """How many pupils, all of them with an EHC plan or SEN support today.

    Args:
        by_status: pupils by the value of their status.
        by_area: the same pupils by the broad area of their first need; None for those without one
            or with one of no area.
        by_year: the same pupils by their year group; None for those of whom it is not known.
    """

    by_status: dict[str, int]
    by_area: dict[Area | None, int]
    by_year: dict[int | None, int]


@dataclass(frozen=True)
class ReviewFigures:
    """How many reviews of agreed plans: held since September, in time or late, and overdue now."""

    in_time: int
    late: int
    overdue: int


def check(actor: Actor, org: int | None = None) -> frozenset[int]:
    """Give the organisations whose figures this actor sees.

    Args:
        org: the one that is asked for; None for all of the hat's.

    Raises:
        NotAllowed: the role sees no figures of the whole place.
    """
    wanted = frozenset(actor.hat.orgs) if org is None else frozenset({org})
    if actor.hat.reach(Action.FIGURES_VIEW) is not Reach.ALL or not wanted <= set(actor.hat.orgs):
        raise NotAllowed
    return wanted


def support_figures(actor: Actor, org: int | None = None) -> SupportFigures:
    """Count the pupils on roll with an EHC plan or SEN support. Two questions to the database.

    Raises:
        NotAllowed: see `check`.
    """
    rows = (
        statuses(actor.today)
        .filter(
            on_roll(actor.today, "pupil__"),
            org__in=check(actor, org),
            code__in=[Status.EHC_PLAN, Status.SEN_SUPPORT],
        )
        .order_by("starts", "id")
        .values_list("pupil", "code", year_on(actor.today, "pupil__"))
    )
    held, year_of = {}, {}
    for pupil, code, year in rows:
        held[pupil], year_of[pupil] = code, year
    first = dict(standing_needs().filter(rank=1, pupil__in=held).values_list("pupil", "code"))
    # a pupil may be on SEN support before any need is ranked, as just after a list was imported
    areas = Counter(area_of(first[pupil]) if pupil in first else None for pupil in held)
    codes, years = Counter(held.values()), Counter(year_of.values())
    return SupportFigures(
        {code.value: codes[code.value] for code in (Status.EHC_PLAN, Status.SEN_SUPPORT)},
        {area: areas[area] for area in (*Area, None)},
        {year: years[year] for year in sorted(years, key=lambda one: (one is None, one or 0))},
    )


def review_figures(
    actor: Actor, org: int | None = None, since: date | None = None
) -> ReviewFigures:
    """Count reviews since 1 September or another day, and what is overdue now (APD-05).

    One question to the database.

    Raises:
        NotAllowed: see `check`.
    """
    held = Q(reviewed_on__gte=since or AcademicYear.of(actor.today).first)
    waits = Q(pk__in=open_cycles().exclude(stage=Stage.REVIEWED).values("pk"))
    found = Cycle.objects.filter(
        standing(), org__in=check(actor, org), in_error_at__isnull=True, review_on__isnull=False
    ).aggregate(
        in_time=Count("pk", filter=held & Q(reviewed_on__lte=F("review_on"))),
        late=Count("pk", filter=held & Q(reviewed_on__gt=F("review_on"))),
        overdue=Count("pk", filter=waits & Q(agreed_on__isnull=False, review_on__lt=actor.today)),
    )
    return ReviewFigures(**found)
