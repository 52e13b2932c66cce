"""The days of the school census that the department published, kept as data."""

from collections.abc import Iterable
from datetime import date

from opensenco.cases.models import CensusDay
from opensenco.law.calendar.years import AcademicYear
from opensenco.law.timetables.census_days import Collection


def published_days(years: Iterable[AcademicYear]) -> dict[AcademicYear, dict[Collection, date]]:
    """Give what is known of some years, the last entry of each day; one question."""
    starts = [year.starts for year in years]
    found: dict[AcademicYear, dict[Collection, date]] = {AcademicYear(one): {} for one in starts}
    for row in CensusDay.objects.filter(starts__in=starts).order_by("at", "id"):
        found[AcademicYear(row.starts)][Collection(row.collection)] = row.day
    return found
