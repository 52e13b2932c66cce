"""What was taught: written down, found again beside questions, and what came of it."""

from typing import Any

import pytest
from django.urls import reverse

from opensenco.threads.models import Advice
from tests.client import signed_in
from tests.pages.asking.test_round import as_it_stands
from tests.pages.concerns.walking import text_of
from tests.pages.threads.test_thread import idris
from tests.people import acting_as
from tests.support.asking import asks

pytestmark = pytest.mark.django_db
LIST = "/advice/"


def send(key: str, address: str, **given: Any) -> Any:
    client = signed_in(key)
    return client.post(address, as_it_stands(client.get(address), **given), follow=True)


def latest() -> Advice:
    with acting_as("senco", write=False):
        return Advice.objects.order_by("-id")[0]


def search(key: str, words: str) -> str:
    return text_of(signed_in(key).post(LIST, {"q": words}, follow=True))


@pytest.mark.requirement("S3-40")
@pytest.mark.rule("APD-06")
def test_what_a_professional_taught_for_a_pupil_is_found_again_by_those_who_work_with_him():
    about = reverse("threads:advise_about", args=[idris().ref])
    page = signed_in("ta").get(reverse("pupils:show", args=[idris().ref])).text
    assert f"{LIST}?pupil=" in page
    sent = send("ta", about, kind="advice", who="Gemma Stone, speech therapist",
                to_whom="Jo Birkett", words="Sign the word while you say it.")  # fmt: skip
    assert "Everybody who works with this pupil finds it." in text_of(sent)
    for key in ("teacher", "senco"):
        found = search(key, "gemma sign idris")
        assert "Sign the word while you say it." in found
        assert "Advice from a professional" in found
    assert "Sign the word" not in search("other_teacher", "sign")
    right = reverse("threads:advice_right", args=[latest().ref])
    assert f'href="{right}"' in signed_in("ta").get(LIST).text
    assert f'href="{right}"' not in signed_in("teacher").get(LIST).text
    send("ta", right, came_of="He signs drink now.")
    assert "What came of it: He signs drink now." in text_of(signed_in("teacher").get(LIST))
    told = text_of(signed_in("senco").get(reverse("pupils:show", args=[idris().ref])))
    assert "Advice from a professional: Gemma Stone, speech therapist" in told


@pytest.mark.requirement("S1-22")
def test_coaching_in_general_is_read_by_all_staff_beside_the_questions():
    page = signed_in("senco").get("/ask-senco/").text
    assert f'href="{LIST}"' in page
    send("senco", "/advice/new/", kind="drop-in", words="Wait ten seconds after each question.")
    shown = text_of(signed_in("other_teacher").get(f"{LIST}?kind=drop-in"))
    assert "Wait ten seconds after each question." in shown
    assert "Amara Okafor" in shown
    assert "Wait ten" not in text_of(signed_in("other_teacher").get(f"{LIST}?kind=training"))
    assert "Wait ten" in signed_in("senco").get(f"{LIST}?file=csv").text
    wrong = reverse("threads:advice_in_error", args=[latest().ref])
    assert "Marked as made in error." in text_of(send("senco", wrong, reason="Said it twice."))
    assert "Wait ten" not in text_of(signed_in("senco").get(LIST))
    send("senco", "/advice/new/", kind="coaching", words="We planned the first minute together.")
    assert "the first minute" in text_of(signed_in("other_teacher").get(f"{LIST}?kind=coaching"))


def test_a_refusal_keeps_what_was_typed_and_the_list_asks_a_fixed_number_of_times():
    refused = send("senco", "/advice/new/", words="Wait.", on="1/4/2028")
    assert "This is a day to come." in text_of(refused)
    assert "Wait." in refused.text
    senco = signed_in("senco")
    with asks(8):
        senco.get(LIST)
    send("senco", "/advice/new/", kind="drop-in", words="Wait ten seconds.")
    with asks(8):
        senco.get(LIST)
