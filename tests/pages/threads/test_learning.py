"""What people learned for their own work: their own list, and everybody's hours by year."""

from typing import Any

import pytest
from django.urls import reverse

from opensenco.threads.models import Learning
from tests.client import signed_in
from tests.pages.asking.test_round import as_it_stands
from tests.pages.concerns.walking import text_of
from tests.people import acting_as
from tests.support.asking import asks

pytestmark = pytest.mark.django_db
LIST, NEW, ALL = "/learning/", "/learning/new/", "/learning/everybody/"
GIVEN = {"how": "course", "title": "Signs in class", "provider": "The therapy service",
         "minutes": "95", "learned": "Sign and word together."}  # fmt: skip


def send(key: str, address: str, **given: Any) -> Any:
    client = signed_in(key)
    return client.post(address, as_it_stands(client.get(address), **given), follow=True)


@pytest.mark.requirement("S3-33", "S3-55")
def test_hours_source_what_was_learned_and_its_use_are_kept_and_added_up_by_year():
    assert f'href="{LIST}"' in signed_in("ta").get("/advice/").text
    kept = text_of(send("ta", NEW, **GIVEN))
    assert "1:35 hours in 2026/27." in kept
    assert "The therapy service" in kept
    with acting_as("ta", write=False):
        row = Learning.objects.order_by("-id")[0]
    right = reverse("threads:learning_right", args=[row.ref])
    assert "What came of it: We sign at lunch." in text_of(
        send("ta", right, used="We sign at lunch.")
    )
    # others read nothing of it but who leads the team
    assert "Signs in class" not in signed_in("teacher").get(LIST).text
    assert signed_in("teacher").get(right).status_code == 403
    assert signed_in("teacher").get(ALL).status_code == 403
    for key in ("senco", "head"):
        assert "Jo Birkett Teaching assistant 1 1:35 1" in text_of(signed_in(key).get(ALL))
    before = text_of(signed_in("senco").get(ALL, {"year": "2025"}))
    assert "Priya Raman Teacher 1 1:30 0" in before
    told = signed_in("senco").get(ALL, {"file": "csv"}).text
    assert "Jo Birkett" in told
    assert "Sign and word together." in told
    assert "95" in signed_in("ta").get(LIST, {"file": "csv"}).text
    wrong = reverse("threads:learning_in_error", args=[row.ref])
    assert "Marked as made in error." in text_of(send("ta", wrong, reason="Another day."))
    assert "0:00 hours in 2026/27." in text_of(signed_in("ta").get(LIST))


def test_a_refusal_keeps_what_was_typed_and_the_lists_ask_a_fixed_number_of_times():
    refused = send("ta", NEW, **{**GIVEN, "on": "1/4/2028"})
    assert "This is a day to come." in text_of(refused)
    assert "Signs in class" in refused.text
    counts = {("ta", LIST): 6, ("senco", ALL): 7}
    people = {key: signed_in(key) for key in ("ta", "senco")}
    send("ta", NEW, **GIVEN)
    for _again in range(2):
        for (key, address), count in counts.items():
            with asks(count):
                people[key].get(address)
        send("ta", NEW, **GIVEN)
