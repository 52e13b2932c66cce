"""What has gone quiet stands on the home page, by the provision and by the promise."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.cast import TODAY
from tests.client import signed_in
from tests.domain.provision import steps
from tests.pages.provision.hands import asked, link_to, send
from tests.people import acting_as

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("S1-10")
def test_whoever_co_ordinates_is_told_and_led_to_where_it_is_settled():
    with acting_as("senco") as actor:
        (row,) = steps.given(actor, starts=TODAY - timedelta(days=14))
        address = reverse("provision:show", args=[row.provision.ref])
    senco = signed_in("senco")
    home = senco.get("/")
    assert "Provision gone quiet" in home.text
    assert "No session has been logged." in home.text
    assert "9 school days ago." in home.text
    assert "This has gone quiet" in senco.get(address).text
    promise = senco.get(link_to(home, "Paired reading"))
    assert "Log what took place, or that it was not held and why." in promise.text
    sheet = senco.get(link_to(promise, "Log an earlier day"))
    send(senco, sheet, not_held="staff-vacancy")
    assert "Provision gone quiet" not in senco.get("/").text
    assert "This has gone quiet" not in senco.get(address).text


def test_more_that_is_quiet_asks_no_more():
    with acting_as("senco") as actor:
        (row,) = steps.given(actor, starts=TODAY - timedelta(days=14))
    senco = signed_in("senco")
    senco.get("/")
    before = asked(senco, "/")
    with acting_as("senco") as actor:
        earlier = TODAY - timedelta(days=21)
        steps.given(actor, steps.pupil("Idris"), provision=row.provision, starts=earlier)
    assert asked(senco, "/") == before
