"""Points on the way from entry to exit: one field on a phone, an aim line, corrections."""

from datetime import timedelta
from decimal import Decimal

import pytest

from opensenco.kernel.refs import short
from opensenco.provision.models import Aim, Point
from opensenco.provision.operations import measuring
from tests.cast import TODAY
from tests.client import signed_in
from tests.domain.provision.steps import given, idris_has, pupil
from tests.pages.provision.hands import filled, link_to
from tests.people import acting_as

pytestmark = pytest.mark.django_db


def measured_grace() -> str:
    """Give Grace reading with words a minute; give the address of it."""
    with acting_as("senco") as actor:
        (hers,) = given(actor, pupil())
        measuring.set_scale(
            actor=actor, provision=hers.provision, name="Words a minute", lowest=Decimal(0),
            highest=Decimal(90),
        )  # fmt: skip
        measuring.record_point(actor=actor, allocation=hers, score=Decimal(30), on=hers.starts)
        return f"/allocations/{short(hers.ref)}/"


@pytest.mark.requirement("S1-05")
@pytest.mark.rule("APD-05")
def test_an_aim_is_set_and_one_field_says_where_the_pupil_is_against_it():
    here = measured_grace()
    client = signed_in("senco")
    day = TODAY + timedelta(days=18)
    to = {"by-day": str(day.day), "by-month": str(day.month), "by-year": str(day.year)}
    client.post(f"{here}aim/", {"score": "50", **to})
    page = client.get(here)
    address, fields = filled(page)
    assert address == f"{here}measure/"
    page = client.post(address, {**fields, "score": "31.5"}, follow=True)
    assert (
        "Began at 30. Latest 31.5 on 10 March 2027. That is 0.5 behind the aim line." in page.text
    )
    assert "Aim: 50 by 28 March 2027" in page.text
    assert "<svg" in page.text
    # the same day again is put right, not written twice, and nothing typed is lost
    again = client.post(address, {**fields, "score": "33", "source": "List B"})
    assert "There is a measure of 10 March 2027 already: 31.5." in again.text
    assert 'value="List B"' in again.text
    right = client.get(link_to(client.get(here), "put it right"))
    page = client.post(
        right.request["PATH_INFO"], {"score": "33", "source": "", "last": "on"}, follow=True
    )
    assert "From 30 at entry to 33 at exit: 3 better. That is 1 ahead of the aim line." in page.text
    assert "put right later" in page.text
    with acting_as("senco", write=False):
        assert Point.objects.filter(on=TODAY).count() == 2


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ({"score": "91"}, "Words a minute goes from 0 to 90. Check the score."),
        ({"score": "many"}, "Write a number, such as 4 or 4.5."),
        (
            {"score": "4", "on-day": "1", "on-month": "1", "on-year": "2027"},
            "at most 60 days older",
        ),
        (
            {"score": "4", "on-day": "11", "on-month": "3", "on-year": "2027"},
            "This is a day to come.",
        ),
        ({"score": ""}, "Write the score, such as 4 or 4.5."),
    ],
)
def test_what_cannot_be_is_refused_in_words(typed, answer):
    page = signed_in("senco").post(f"{measured_grace()}measure/", typed)
    assert "<title>Error: " in page.text
    assert answer in page.text


def test_what_was_taken_back_is_measured_anew_and_an_aim_is_better_than_the_beginning():
    here = measured_grace()
    client = signed_in("senco")
    client.post(f"{here}measure/", {"score": "35"})
    right = link_to(client.get(here), "put it right")
    page = client.post(right, {"score": "35", "mistake": "on"}, follow=True)
    assert "Latest 30 on 8 March 2027" in page.text
    assert "Latest 36" in client.post(f"{here}measure/", {"score": "36"}, follow=True).text
    page = client.post(
        f"{here}aim/", {"score": "30", "by-day": "30", "by-month": "3", "by-year": "2027"}
    )
    assert "The first score was 30. Aim for something better than that." in page.text
    with acting_as("senco", write=False):
        assert not Aim.objects.filter(pupil=pupil()).exists()


def test_whoever_runs_it_measures_and_who_only_reads_does_not():
    with acting_as("senco", write=False):
        here = f"/allocations/{short(idris_has().ref)}/"
    assert 'name="score"' in signed_in("ta").get(here).text
    page = signed_in("dsl").get(here).text
    assert "Steps retold" in page
    assert 'name="score"' not in page


def test_a_measure_is_said_once_for_the_provision():
    with acting_as("senco") as actor:
        (hers,) = given(actor, pupil())
        here = f"/allocations/{short(hers.ref)}/"
    client = signed_in("senco")
    page = client.get(here)
    assert "Nobody has said yet what is measured here." in page.text
    said = client.get(link_to(page, "Say what is measured"))
    address, fields = filled(said)
    wrong = client.post(
        address, {**fields, "name": "Words a minute", "lowest": "9", "highest": "9"}
    )
    assert "The highest score must be more than the lowest." in wrong.text
    page = client.post(address, {**fields, "name": "Words a minute", "highest": "90"}, follow=True)
    assert "Words a minute, from 0 to 90" in page.text
    assert "Nothing has been measured yet." in client.get(here).text
