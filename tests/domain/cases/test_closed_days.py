"""Whether school is closed on a day hangs on that day alone, with term dates entered or without."""

from datetime import timedelta

import pytest

from opensenco.cases.calendar import calendar_of, is_closed
from opensenco.cases.models import CalendarDays
from tests.cast import TODAY
from tests.people import acting_as

pytestmark = pytest.mark.django_db


def test_a_day_alone_says_what_the_year_around_it_says():
    with acting_as("senco") as actor:
        org = min(actor.hat.orgs)
        assert CalendarDays.objects.filter(org_id=org).exists()
        # weekends, half-terms, Christmas, and days beyond what was entered
        days = [TODAY + timedelta(days=7 * week + week % 7) for week in range(-40, 25)]
        whole = {day: not calendar_of(org, day).calendar.is_school_day(day) for day in days}
        assert {day: is_closed(org, day) for day in days} == whole
        assert set(whole.values()) == {True, False}
