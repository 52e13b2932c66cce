"""A pupil's stays on the roll as the office sees them: coming, leaving, and coming back."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from opensenco.people.models import DualRegistration, Pupil
from tests.client import signed_in
from tests.pages.school.test_school_year import child, plain, sent
from tests.people import acting_as

pytestmark = pytest.mark.django_db


def days(name: str, day: date) -> dict[str, str]:
    return {
        f"{name}-day": str(day.day),
        f"{name}-month": str(day.month),
        f"{name}-year": str(day.year),
    }


def at(page: str, pupil: Pupil) -> str:
    return reverse(f"school:{page}", args=[pupil.ref])


def test_a_pupil_leaves_stays_after_all_leaves_and_comes_back():
    client = signed_in("admin")
    idris = child("Idris")

    def send(page: str, **fields: Any) -> str:
        return sent(client, at(page, idris), version=child("Idris").version, **fields)

    page = plain(client.get(reverse("pupils:show", args=[idris.ref])).text)
    assert "First and last day, other settings" in page
    page = send("leave_roll", **days("on", date(2027, 3, 9)), to="Hill School")
    assert "9 March 2027" in page
    assert "has left" in page
    assert "Left on 9 March 2027" in plain(
        client.get(reverse("pupils:show", args=[idris.ref])).text
    )
    send("stay_on_roll")
    assert child("Idris").left_on is None
    send("leave_roll", **days("on", date(2027, 3, 9)), to="Hill School")
    page = send("come_back", **days("on", date(2027, 4, 12)), year_group="4")
    assert "has not begun" in page
    assert "Went to Hill School" in page
    found = client.post(reverse("pupils:find"), {"q": "Hassan"}, follow=True).text
    assert "begins on 12 April 2027" in plain(found)
    assert "1 pupil is coming" in plain(client.get(reverse("school:year")).text)
    send("not_coming", reason="The family stays there.")
    assert child("Idris").left_on == date(2027, 3, 9)


def test_a_joiner_is_entered_beforehand_and_does_not_come():
    client = signed_in("admin")
    fields = {
        "first_name": "Nadia", "last_name": "Brook", "sex": "F", "year_group": "0",
        **days("birth_date", date(2023, 2, 28)), **days("joined_on", date(2027, 9, 2)),
    }  # fmt: skip
    assert "has been added" in sent(client, reverse("pupils:add"), **fields)
    page = plain(client.get(reverse("school:year")).text)
    assert "Brook, Nadia 2 September 2027 Reception No class yet" in page
    nadia = child("Nadia")
    sent(client, at("not_coming", nadia), version=nadia.version, reason="They moved away.")
    assert "Brook" not in client.get(reverse("school:year")).text


def test_another_setting_is_recorded_and_ends():
    client = signed_in("senco")
    idris = child("Idris")
    page = sent(
        client, at("dual", idris), registration="M", other_name="Hill Unit", other_urn="123456",
        **days("starts", date(2027, 3, 1)),
    )  # fmt: skip
    assert "Hill Unit , URN 123456 We are the main setting. From 1 March 2027" in page
    with acting_as("senco", write=False):
        row = DualRegistration.objects.get(pupil=idris)
    end = reverse("school:end_dual", args=[row.ref])
    page = sent(client, end, version=row.version, **days("on", date(2027, 4, 1)))
    assert "1 March 2027 to 1 April 2027" in page
    refused = plain(client.post(at("dual", idris), {"registration": "M"}).text)
    assert "Name of the other setting" in refused
