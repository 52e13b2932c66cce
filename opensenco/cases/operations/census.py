"""The days of the school census are kept as the department published them."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.census_days import published_days
from opensenco.cases.models import CensusDay
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid
from opensenco.law.calendar.years import AcademicYear
from opensenco.law.timetables.census_days import CensusFacts, Collection


@operation(Action.REGISTER_TAKE)
def enter_census_days(
    *, actor: Actor, year: AcademicYear, days: Mapping[Collection, date]
) -> list[CensusDay]:
    """Keep the days that the department published for a year; what is not named stays as it was.

    Raises:
        Invalid: no day; one outside the year; days out of their order.
    """
    if not days:
        raise Invalid("autumn", _("Give at least one day."))
    known = published_days([year])[year]
    CensusFacts(year=year, published={**known, **days})
    rows = [
        CensusDay(starts=year.starts, collection=one.value, day=day, at=actor.at)
        for one, day in days.items()
    ]
    return CensusDay.objects.bulk_create(rows)
