"""What has hours in the timetable costs what its sessions of the year do, wherever it is shown."""

from datetime import date, time

import pytest
from django.urls import reverse

from opensenco.costing.place import of_all
from opensenco.costing.queries import for_pupil
from opensenco.provision.models import Allocation
from opensenco.provision.operations import rooms
from opensenco.provision.operations.timetables import At, set_timetable
from opensenco.provision.states import Turn
from opensenco.provision.timetable import Hour
from tests.client import signed_in
from tests.pages.concerns.walking import text_of
from tests.pages.costing.test_costs import give, of_pupil, over, pupil, rate
from tests.people import acting_as

pytestmark = pytest.mark.django_db


def timetabled(name: str, first: date, *hours: Hour) -> None:
    with acting_as("senco") as actor:
        row = Allocation.objects.get(pupil=pupil(name), provision__name="One to one")
        set_timetable(
            actor=actor, allocations=[row], hours=[At(one) for one in hours], starts=first
        )


@pytest.mark.requirement("S1-06")
@pytest.mark.rule("FUN-03")
def test_hours_of_the_timetable_count_with_their_sessions_and_other_days_by_the_week():
    rate(1200)
    give("Grace", 1, 60)
    assert "£456.00" in of_pupil(name="Grace"), "38 weeks at £12"
    timetabled("Grace", date(2026, 4, 1), Hour(0, time(9), time(9, 45)))
    shown = of_pupil(name="Grace")
    # 52 Mondays, of which six are bank holidays: 46 sessions of three quarters of an hour
    assert "By its hours 46 sessions of the year, 34.5 hours." in shown
    assert "days without hours count by the week" in shown
    assert "£414.00" in shown
    for elsewhere in (over(), totals()):
        assert "£414.00" in elsewhere
    idea = {"a-provision": "new", "a-times": "1", "a-minutes": "60", "a-pupils": "1"}
    here = reverse("costing:what_if_place")
    assert "£456.00" in text_of(signed_in("senco").get(here, {**idea, "a-first": "1/4/2026"}))
    # from November on the Tuesday: 26 Mondays of 45 minutes before, 22 hours from then on
    timetabled("Grace", date(2026, 11, 2), Hour(1, time(9), time(10)))
    assert "By its hours 48 sessions of the year, 41.5 hours." in of_pupil(name="Grace")
    assert "£498.00" in over()


def totals() -> str:
    return text_of(signed_in("senco").get(reverse("costing:totals"), {"by": "provision"}))


def test_an_hour_of_week_a_counts_in_the_weeks_that_the_school_calls_so():
    rate(1200)
    give("Grace", 1, 60)
    with acting_as("senco") as actor:
        rooms.say_turns(actor=actor, org=pupil().org, monday=date(2027, 3, 8))
    timetabled("Grace", date(2027, 3, 1), Hour(0, time(9), time(10), Turn.A))
    # 8 and 22 March until the end of the year; before March by the week
    shown = of_pupil(name="Grace")
    assert "By its hours 2 sessions of the year, 2 hours." in shown
    with acting_as("senco", write=False) as actor:
        [line] = for_pupil(actor, pupil("Grace"))[0].lines
        [row] = [one for one in of_all(actor) if one.pupil_id == pupil("Grace").pk]
    assert row.planned.pence == line.planned.pence > 2 * 1200
