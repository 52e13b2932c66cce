"""A round told by its pages: one button asks everybody, they answer, the answers stand together."""

import re
from typing import Any

import pytest
from django.urls import reverse

from opensenco.notices.models import Notice
from opensenco.participation.models import Asked, AskRound
from opensenco.people.models import Pupil
from tests.cast import TODAY
from tests.client import signed_in
from tests.domain.support.steps import agreed
from tests.pages.concerns.walking import record, text_of
from tests.people import acting_as, person
from tests.support.asking import asks
from tests.support.forms import forms_on

pytestmark = pytest.mark.django_db
COUNT = 11


def to(name: str, row: Any) -> str:
    return reverse(f"asking:{name}", args=[row.ref])


def idris() -> Pupil:
    with acting_as("senco", write=False):
        return Pupil.objects.get(first_name="Idris")


def latest() -> AskRound:
    with acting_as("senco", write=False):
        return AskRound.objects.order_by("-id")[0]


def part_of(key: str) -> Asked:
    who = person(key)
    with acting_as("senco", write=False):
        return Asked.objects.filter(person=who).order_by("-id")[0]


def as_it_stands(page: Any, **given: Any) -> dict[str, Any]:
    """Give what the first form of a page sends as it stands, with some answers filled in."""
    sent: dict[str, Any] = forms_on(page.content.decode())[0].sent(lambda _field: None)
    return {**sent, **given}


@pytest.mark.requirement("S4-39")
def test_everybody_who_teaches_a_pupil_is_asked_by_one_button_and_answered_side_by_side():
    senco = signed_in("senco")
    page = senco.get(reverse("pupils:show", args=[idris().ref])).content.decode()
    assert to("new", idris()) in page
    sent = as_it_stands(senco.get(to("new", idris())))
    asked = {str(person(key).ref) for key in ("teacher", "ta")}
    assert set(sent["people"]) == asked
    begun = text_of(senco.post(to("new", idris()), sent, follow=True))
    assert "Not answered yet: 2 of 2" in begun
    assert "Jo Birkett Runs or assists Language group" in begun

    teacher = signed_in("teacher")
    assert "Answer “Class teacher: what I see”" in text_of(teacher.get("/"))
    inbox = teacher.get(reverse("asking:inbox"))
    assert "1 waits for your answer. " in text_of(inbox)
    form = teacher.get(to("answer", part_of("teacher")))
    assert "What is Idris good at in your class?" in text_of(form)
    words = as_it_stands(
        form, a_strengths="Drawing maps.", a_level="in line", a_tried_0_0="Cards", a_tried_0_1="6",
        **{"a_when-best": ["pair", "alone"]},
    )  # fmt: skip
    thanks = teacher.post(to("answer", part_of("teacher")), words, follow=True)
    assert "Thank you. Your answer has been sent." in text_of(thanks)
    again = teacher.get(to("answer", part_of("teacher"))).content.decode()
    assert "Drawing maps." in again
    assert 'value="Cards"' in again

    shown = text_of(senco.get(to("round", latest())))
    assert "Not answered yet: 1 of 2" in shown
    assert "What is Idris good at in your class? Drawing maps." in shown
    assert "what: Cards; weeks: 6" in shown
    assert "Reminded." in text_of(senco.post(to("remind", latest()), follow=True))
    refused = text_of(senco.post(to("remind", latest()), follow=True))
    assert "Everybody who has not answered was reminded today." in refused
    assert "Thanked." in text_of(senco.post(to("thank", latest()), follow=True))
    closing = as_it_stands(senco.get(to("close", latest())), reason="Enough is known.")
    closed = text_of(senco.post(to("close", latest()), closing, follow=True))
    assert "Amara Okafor closed it on 10 March 2027. Enough is known." in closed
    assert "Jo Birkett closed without an answer" in closed
    listed = text_of(senco.get(reverse("asking:list") + "?view=closed"))
    assert "1 of 2" in listed
    assert "1 of 2" in text_of(senco.get(to("about", idris())))


def test_an_answer_can_be_left_for_later_and_nobody_elses_is_seen():
    senco, ta = signed_in("senco"), signed_in("ta")
    senco.post(to("new", idris()), as_it_stands(senco.get(to("new", idris()))))
    address = to("answer", part_of("ta"))
    half = as_it_stands(ta.get(address), a_strengths="He tells stories.", finish_later="1")
    assert "Kept for later" in text_of(ta.post(address, half, follow=True))
    assert "He tells stories." in ta.get(address).content.decode()
    assert "An answer to what you were asked" in text_of(ta.get("/"))
    assert signed_in("teacher").get(address).status_code == 403
    assert signed_in("parent").get(address).status_code == 403
    assert signed_in("outsider").get(address).status_code == 404
    read = senco.get(address)
    assert "There is no answer." in text_of(read)
    nothing = ta.post(address, as_it_stands(ta.get(address), a_strengths=""))
    assert "Answer at least one question, or say that you cannot." in text_of(nothing)
    reason = as_it_stands(ta.get(to("decline", part_of("ta"))), reason="I am new here.")
    ta.post(to("decline", part_of("ta")), reason)
    assert "Jo Birkett cannot answer: I am new here." in text_of(senco.get(to("round", latest())))


def test_a_concern_leads_to_asking_and_shows_what_was_asked_because_of_it():
    concern, senco = record("ta", "Idris"), signed_in("senco")
    page = senco.get(reverse("concerns:show", args=[concern.ref])).content.decode()
    (address,) = re.findall(r'href="([^"]*/asking/new/[^"]*)"', page)
    begun = senco.get(address)
    assert "a concern of 10 March 2027" in begun.content.decode()
    senco.post(address, as_it_stands(begun))
    with acting_as("senco", write=False):
        assert latest().source_ref == concern.ref
    shown = text_of(senco.get(reverse("concerns:show", args=[concern.ref])))
    assert "People were asked Class teacher: what I see 0 of 2 answered" in shown


def test_a_review_is_prepared_from_its_plan():
    senco = signed_in("senco")
    with acting_as("senco") as actor:
        cycle = agreed(actor)
    page = senco.get(reverse("plans:plan", args=[cycle.ref])).content.decode()
    (address,) = re.findall(r'href="([^"]*/asking/new/[^"]*)"', page)
    begun = senco.get(address.replace("&amp;", "&"))
    assert 'value="the review of ' in begun.content.decode()
    senco.post(address, as_it_stands(begun))
    with acting_as("senco", write=False):
        assert latest().source_ref == cycle.ref
        assert latest().last_review == TODAY


def test_a_long_list_asks_no_more_of_the_record_than_a_short_one():
    senco = signed_in("senco")
    for _more in range(3):
        senco.post(to("new", idris()), as_it_stands(senco.get(to("new", idris()))), follow=True)
        with asks(COUNT):
            assert senco.get(reverse("asking:list")).status_code == 200


@pytest.mark.requirement("S2-36")
def test_an_administrator_chases_who_is_silent_and_reads_no_answer():
    senco = signed_in("senco")
    senco.post(to("new", idris()), as_it_stands(senco.get(to("new", idris()))))
    teacher = signed_in("teacher")
    form = teacher.get(to("answer", part_of("teacher")))
    teacher.post(to("answer", part_of("teacher")), as_it_stands(form, a_strengths="Drawing maps."))
    office = signed_in("admin")
    home = text_of(office.get("/"))
    chase = home[home.index("Answers to chase") :]
    assert "Amara Okafor asked on 10 March 2027" in chase
    assert "Not answered: Jo Birkett." in chase
    for private in ("Drawing maps", "Class teacher: what I see", "What is Idris good at"):
        assert private not in home
    told = text_of(office.post(to("remind", latest()), follow=True))
    assert "Reminded. They find it here, or in their mail." in told
    with acting_as("ta", write=False):
        said = Notice.objects.filter(person=person("ta")).order_by("-id")[0].words
    assert "Amara Okafor would like your answer" in said
    twice = text_of(office.post(to("remind", latest()), follow=True))
    assert "Everybody who has not answered was reminded today." in twice
    for name in ("round", "thank", "close", "more"):
        ask = office.post if name == "thank" else office.get
        assert ask(to(name, latest())).status_code == 403, name
    assert office.get(to("answer", part_of("teacher"))).status_code == 403
    for who in ("senco", "teacher", "governor"):
        assert "Answers to chase" not in text_of(signed_in(who).get("/")), who
