"""Time to co-ordinate that is short week after week is told to the head until it is mended."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from opensenco.cases.models import Task, TimeEntry
from opensenco.cases.operations import time_log
from opensenco.ops.protected_time import tell_of_shortfalls
from opensenco.people.models import Pupil
from opensenco.staffing.models import Shortfall
from opensenco.staffing.operations.hours import set_hours
from tests.cast import TODAY
from tests.client import signed_in
from tests.pages.concerns.walking import text_of
from tests.pages.provision.hands import link_to, send
from tests.people import acting_as, person

pytestmark = [pytest.mark.django_db, pytest.mark.worker]
WORDS = "See to the time of Amara Okafor to co-ordinate: short for 3 weeks"


def recorded(minutes: int, on: date) -> None:
    with acting_as("senco") as actor:
        org = Pupil.objects.select_related("org").get(first_name="Idris").org
        time_log.record_time(actor=actor, org=org, work="papers", minutes=minutes, on=on)


@pytest.mark.requirement("S2-33")
@pytest.mark.rule("ROL-12")
def test_the_head_is_told_once_after_the_schools_own_weeks_and_it_is_settled_when_mended():
    head = signed_in("head")
    page = head.get(link_to(head.get(reverse("staffing:hours")), "When time to co-ordinate is"))
    assert 'value="5"' in page.text, "what the world's school has said"
    assert "Error" in send(head, page, weeks="13").text
    send(head, page, weeks="3")
    with acting_as("head") as actor:
        org = Pupil.objects.select_related("org").get(first_name="Idris").org
        set_hours(
            actor=actor, org=org, who=person("senco"), post="SENCO", does="co-ordinates",
            week=1_800, send=600, first=TODAY - timedelta(days=80),
        )  # fmt: skip
    # a fortnight ago all of it was there; since then two weeks were short, and two are not three
    monday = TODAY - timedelta(days=TODAY.weekday())
    for back in (3, 2, 1):
        recorded(200 if back < 3 else 300, monday - timedelta(days=7 * back))
    recorded(300, monday - timedelta(days=20))
    assert tell_of_shortfalls() == 0
    with acting_as("senco") as actor:
        row = TimeEntry.objects.filter(minutes=300).latest("on")
        time_log.time_in_error(actor=actor, entry=row, reason="Another week.", version=None)
    assert tell_of_shortfalls() == 1
    assert tell_of_shortfalls() == 0, "it is told once"
    home = signed_in("head").get("/")
    assert WORDS in home.text
    assert "to co-ordinate" not in signed_in("governor").get("/").text
    told = head.get(link_to(home, WORDS))
    assert "It is still so." in told.text
    assert "10 h 3 h 20 min" in text_of(told)
    with acting_as("head", write=False):
        task = Task.objects.get(kind="staffing.short", settled_at__isnull=True)
    assert task.role_action == "report.approve", "it is for the head to do"
    # a whole week that has what is set aside mends it
    for _day in range(2):
        recorded(200, monday - timedelta(days=5))
    assert tell_of_shortfalls() == 0
    assert WORDS not in signed_in("head").get("/").text
    assert "It has been mended since" in head.get(told.request["PATH_INFO"]).text
    with acting_as("head", write=False):
        assert Shortfall.objects.filter(found_on=TODAY).count() == 1
