"""A school's own reasons why a session was not held stand under kinds that every school has."""

import pytest
from django.urls import reverse

from opensenco.provision.models import OwnReason, Session
from tests.client import signed_in
from tests.domain.provision.steps import given, pupil
from tests.pages.provision.hands import link_to, send
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db


def offered(page) -> str:
    """Give the value with which a form offers the gala."""
    before = page.text.partition("Swimming gala")[0]
    return before.rpartition('value="')[2].partition('"')[0]


@pytest.mark.requirement("S1-10")
def test_a_school_adds_its_own_reason_and_totals_count_its_kind():
    senco = signed_in("senco")
    page = senco.get(link_to(senco.get(reverse("provision:ledger")), "Our own reasons"))
    wrong = send(senco, page, words="No suitable room", kind="room")
    assert "This reason is on the list already." in wrong.text
    page = send(senco, page, words="Swimming gala", kind="trip")
    assert "counted as: School trip or visit" in page.text
    assert (
        "This reason is on the list already."
        in send(senco, page, words="swimming gala", kind="exam").text
    )
    with acting_as("senco") as actor:
        (row,) = given(actor, pupil(), person=person("ta"))
        log = reverse("provision:log", args=[row.ref])
    sheet = senco.get(log)
    assert offered(sheet).startswith("trip:")
    done = send(senco, sheet, not_held=offered(sheet))
    assert "Swimming gala (School trip or visit)" in done.text
    with acting_as("senco", write=False):
        stood = Session.objects.get(allocation=row)
        assert (stood.reason, stood.own_words) == ("trip", "Swimming gala")
    told = senco.get(f"{reverse('provision:ledger')}?by=pupil").text
    assert "1 trip" in told.replace("</a>", "").replace("\n", " ")
    sessions = senco.get(f"{reverse('provision:ledger_sessions')}?why=trip")
    assert "Swimming gala (School trip or visit)" in sessions.text
    # out of the list it is chosen no more; what has it keeps it when something else is put right
    page = senco.get(link_to(senco.get(reverse("provision:reasons")), "Take Swimming gala out"))
    page = send(senco, page)
    assert "out of the list since 10 March 2027" in page.text
    assert "Swimming gala" not in senco.get(log + "?again=1").text
    again = senco.get(reverse("provision:correct", args=[stood.ref]))
    done = send(senco, again, not_held=offered(again), note="Moved to Friday.")
    assert "Swimming gala (School trip or visit). Moved to Friday." in done.text
    with acting_as("senco", write=False):
        assert OwnReason.objects.get(words="Swimming gala").ended_on is not None
    assert signed_in("ta").get(reverse("provision:reasons")).status_code == 403
