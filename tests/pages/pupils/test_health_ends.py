"""A health alert that was true ends as of a day, with who says so; it stays on the record."""

from datetime import timedelta

import pytest
from django.urls import reverse

from opensenco.people.looking_back import alerts_as_stood
from opensenco.people.models import HealthAlert
from opensenco.people.operations.pupils import add_health_alert
from opensenco.people.queries import alerts_of
from tests.cast import TODAY
from tests.client import signed_in
from tests.domain.support.steps import pupil
from tests.people import acting_as
from tests.support.asking import asks

pytestmark = pytest.mark.django_db
WHAT = "A wrist in plaster"


def made() -> HealthAlert:
    with acting_as("senco") as actor:
        return add_health_alert(actor=actor, pupil=pupil("Idris"), alert=WHAT)


def ends(on, words="The plaster is off, says his mother."):
    given = {"ended_on-day": str(on.day), "ended_on-month": str(on.month),
             "ended_on-year": str(on.year), "words": words, "version": "1"}  # fmt: skip
    row = made()
    address = reverse("pupils:end_health", args=[row.ref])
    return row, signed_in("senco").post(address, given)


def test_an_alert_that_is_over_is_shown_to_nobody_and_stands_among_what_was():
    row, answer = ends(TODAY)
    there = reverse("pupils:health", args=[row.pupil.ref])
    assert answer.headers["Location"] == there
    teacher = signed_in("teacher")
    assert WHAT not in teacher.get(reverse("plans:profile", args=[row.pupil.ref])).text
    assert WHAT not in teacher.get(there).text, "the page says that nobody is shown it"
    page = signed_in("senco").get(there).text
    assert "Since 10 March 2027: The plaster is off, says his mother." in page
    with acting_as("senco") as actor:
        assert WHAT not in [one.alert for one in alerts_of(actor, row.pupil)]
        # on the day before it held
        row = HealthAlert.objects.get(pk=row.pk)
        assert (row.ended_on, row.ended_by, row.in_error) == (TODAY, actor.person, False)
        assert WHAT not in [one.alert for one in alerts_as_stood(actor, row.pupil, TODAY)]
    assert teacher.post(there, {"again": str(row.ref)}).status_code == 403
    signed_in("senco").post(there, {"again": str(row.ref)})
    assert WHAT in teacher.get(reverse("plans:profile", args=[row.pupil.ref])).text
    with asks(8):
        teacher.get(there)
    senco = signed_in("senco")
    senco.get(there)
    with asks(10):
        senco.get(there)


def test_a_day_to_come_ends_it_then_and_words_are_needed():
    row, answer = ends(TODAY + timedelta(days=10))
    assert answer.status_code == 302
    page = signed_in("teacher").get(reverse("pupils:health", args=[row.pupil.ref])).text
    assert "Ends on 20 March 2027" in page
    _row, refused = ends(TODAY, words="")
    assert "Nothing is saved yet" in refused.text
    _row, refused = ends(TODAY + timedelta(days=500))
    assert "Give a day within a year." in refused.text
