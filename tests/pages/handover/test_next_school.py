"""A school without OpenSENCO is asked by a link whether it is ready for a pupil who comes."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from opensenco.network.operations.papers import Wanted, put_on_paper
from opensenco.network.states import Part
from opensenco.notices.models import Mail
from opensenco.notices.sending import message
from opensenco.people.operations.enrolment import record_leaving
from tests.cast import TODAY
from tests.client import signed_in
from tests.domain.people.test_turning import child
from tests.domain.support.steps import on_support
from tests.packs import idris
from tests.pages.asking.test_round import as_it_stands, latest
from tests.pages.concerns.walking import text_of
from tests.pages.handover.test_offered import ASKED
from tests.people import acting_as
from tests.support.asking import asks

pytestmark = pytest.mark.django_db
HOME_LEFT = "1 pupil leaves, and nothing has been sent to another school."
HOME_WAITS = "Of 1 pupil who leaves, the next school has not said that it is ready."
NOT_YET = "For 1 of them it says: not yet."
THERE = {"outside_name": "Rosa Hart", "outside_email": "office@millbrook.example"}


def leaves(days: int = 2, who: str = "Idris") -> None:
    with acting_as("senco") as actor:
        record_leaving(
            actor=actor, pupil=child(who), version=None, on=TODAY + timedelta(days=days),
            to="Millbrook School",
        )  # fmt: skip


def new(who: str = "Idris") -> str:
    with acting_as("senco", write=False):
        return reverse("asking:new", args=[child(who).ref]) + "?questions=next-school"


def mailed() -> str:
    """Give the last mail to the next school as it is handed over."""
    with acting_as("senco", write=False):
        return str(message(Mail.objects.filter(to=THERE["outside_email"]).latest("id")).body)


def answers(said: dict[str, str]) -> Any:
    """Come by the link that was sent last, with a code, and answer."""
    found = re.search(r"/link/[\w-]+/[\w-]+/", mailed())
    assert found
    browser, address = Client(), found[0]
    browser.post(f"{address}code/")
    code = re.search(r"\d{8}", mailed())
    assert code
    page = browser.post(f"{address}enter/", {"code": code[0]}, follow=True)
    assert "Are you ready for Idris’s first day?" in text_of(page)
    sent = as_it_stands(page)
    assert "1 thing to mend" in text_of(browser.post(address, sent)), "whether is to be said"
    return browser.post(address, {**sent, **{f"a_{k}": v for k, v in said.items()}}, follow=True)


def asks_there(senco: Any, who: str = "Idris", **given: Any) -> Any:
    page = senco.get(new(who))
    return senco.post(new(who), {**as_it_stands(page), **given}, follow=True)


@pytest.mark.requirement("S4-14")
@pytest.mark.rule("TRA-03")
def test_a_next_school_without_opensenco_is_asked_says_not_yet_and_then_that_it_is_ready():
    leaves()
    senco = signed_in("senco")
    assert HOME_LEFT in text_of(senco.get("/"))
    offered = senco.get(ASKED)
    assert new() in offered.text
    with acting_as("senco") as actor:
        wanted = Wanted(audience="setting", for_whom="Millbrook School", parts=(Part.ABOUT,))
        paper = put_on_paper(actor=actor, pupil=idris(), wanted=wanted)
        led_from = [reverse(where, args=[idris().ref]) for where in ("pupils:show", "school:roll")]
        led_from.append(reverse("packs:edition", args=[paper.ref]))
    for address in led_from:
        assert new() in senco.get(address).text, address

    form = senco.get(new())
    assert "Ask the next school whether it is ready for Idris Hassan-Cole" in text_of(form)
    sent = as_it_stands(form)
    assert [*sent["questions"], *sent["outside_place"]] == ["next-school", "Millbrook School"]
    assert not sent.get("people"), "no colleague is asked unless somebody ticks them"
    refused = text_of(senco.post(new(), {**sent, "outside_name": "Rosa Hart"}))
    assert "Write the address" in refused
    assert "Asked." in text_of(asks_there(senco, **THERE))
    assert "Idris" not in mailed(), "no child is named in a mail"

    first = latest()
    home = text_of(senco.get("/"))
    assert HOME_LEFT not in home
    assert HOME_WAITS in home
    asked = text_of(senco.get(ASKED))
    assert "Millbrook School, asked on 10 March 2027." in asked
    twice = as_it_stands(senco.get(new()))
    assert not any(twice["outside_email"]), "who is waited for is reminded instead"
    assert "nothing has been sent" not in asked

    thanks = answers({"ready": "not yet", "missing": "A lift that works."})
    assert "Thank you" in text_of(thanks)
    home = text_of(senco.get("/"))
    assert f"{HOME_WAITS} {NOT_YET}" in home, "not yet is no end"
    page = senco.get(ASKED)
    told = (
        "Rosa Hart, Millbrook School answered on 10 March 2027: not ready yet. "
        "Missing: A lift that works."
    )
    assert told in text_of(page)
    assert reverse("asking:round", args=[first.ref]) in page.text

    again = as_it_stands(senco.get(new()))
    assert again["outside_email"] == [THERE["outside_email"]], "nobody types it twice"
    asks_there(senco)
    both = text_of(senco.get(ASKED))
    assert (
        "asked on 10 March 2027. Rosa Hart, Millbrook School answered on 10 March 2027: not" in both
    )

    answers({"ready": "yes", "co-ordinates": "Rosa Hart, 01632 960001"})
    home = text_of(senco.get("/"))
    assert HOME_WAITS not in home
    assert HOME_LEFT not in home
    page = senco.get(ASKED)
    assert "The next school says that it is ready" in text_of(page)
    assert reverse("asking:round", args=[latest().ref]) in page.text
    assert "01632 960001" in text_of(senco.get(reverse("asking:round", args=[latest().ref])))
    with acting_as("senco", write=False):
        show = reverse("pupils:show", args=[idris().ref])
    told = text_of(senco.get(show))
    assert "asked 1 person: “Next school: ready for this pupil”" in told
    assert "Rosa Hart answered “Next school: ready for this pupil”" in told


@pytest.mark.requirement("S4-14")
def test_what_was_asked_before_the_last_day_is_answered_after_it_and_silence_is_counted(settings):
    leaves()
    asks_there(signed_in("senco"), **THERE)
    later = TODAY + timedelta(days=7)
    settings.FROZEN_TODAY = later.isoformat()
    senco = signed_in("senco")
    assert "Silent for 5 school days." in text_of(senco.get(ASKED))
    with asks(15):
        senco.get(ASKED)
    with acting_as("senco") as actor:
        on_support(actor, child("Grace"))
    leaves(9, "Grace")
    asks_there(senco, "Grace", **{**THERE, "outside_email": "senco@other.example"})
    with asks(15):
        two = text_of(senco.get(ASKED))
    assert "Atherton, Grace" in two, "more who leave ask no more of the record"
    assert "Of 2 pupils who leave" in text_of(senco.get("/"))
    assert "Thank you" in text_of(answers({"ready": "yes"}))
    assert HOME_WAITS in text_of(senco.get("/")), "of Grace alone"
    settings.FROZEN_TODAY = (TODAY + timedelta(days=60)).isoformat()
    assert "Millbrook" not in text_of(signed_in("senco").get(ASKED)), "they left long ago"
