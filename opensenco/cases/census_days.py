"""The days of the school census that the department published, kept as data."""

from collections.abc import Iterable, Mapping
from datetime import date

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.models import CensusDay
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid
from opensenco.law.calendar.years import AcademicYear
from opensenco.law.timetables.census_days import CensusFacts, Collection


def published_days(years: Iterable[AcademicYear]) -> dict[AcademicYear, dict[Collection, date]]:
    """Give what is known of some years, the last entry of each day; one question."""
    starts = [year.starts for year in years]
    found: dict[AcademicYear, dict[Collection, date]] = {AcademicYear(one): {} for one in starts}
    for row in CensusDay.objects.filter(starts__in=starts).order_by("at", "id"):
        found[AcademicYear(row.starts)][Collection(row.collection)] = row.day
    return found


@operation(Action.REGISTER_TAKE)
def enter_census_days(
    *, actor: Actor, year: AcademicYear, days: Mapping[Collection, date]
) -> list[CensusDay]:
    """Keep the days that the department published for a year; what is not named stays as it was.

    Raises:
        Invalid: no day; one outside the year; days out of their order.
    """
    if not days:
        raise Invalid("autumn", "Give at least one day.")
    known = published_days([year])[year]
    CensusFacts(year=year, published={**known, **days})
    rows = [
        CensusDay(starts=year.starts, collection=one.value, day=day, at=actor.at)
        for one, day in days.items()
    ]
    return CensusDay.objects.bulk_create(rows)
