"""A worry is recorded in four answers, from any page, about any pupil; no word is lost."""

import uuid

import pytest
from django.urls import reverse

from opensenco.concerns.models import Concern
from opensenco.people.operations.places import describe_setting
from opensenco.support.models import SenStatus
from tests.client import signed_in
from tests.domain.concerns import making
from tests.pages.concerns.walking import ANSWERS, pupil, record, text_of, to
from tests.people import acting_as
from tests.support.asking import asks

pytestmark = pytest.mark.django_db


def concerns() -> int:
    with acting_as("senco", write=False):
        return Concern.objects.count()


@pytest.mark.requirement("S4-22")
@pytest.mark.rule("IDN-12")
def test_a_pupil_without_any_code_or_plan_gets_help_from_a_first_worry():
    grace = pupil("Grace")
    with acting_as("senco", write=False):
        assert not SenStatus.objects.filter(pupil=grace).exists()
    row = record("teacher", "Grace", where_when="", tried="", said="")
    asked = {"version": row.version, "trying": "Paired reading before lunch.", "until": "7/4/2027"}
    assert signed_in("teacher").post(to("take_up", row), asked).status_code == 302
    shown = text_of(signed_in("senco").get(to("show", row)))
    assert "Paired reading before lunch." in shown
    assert "Priya Raman looks again on 7 April 2027." in shown
    with acting_as("senco", write=False):
        assert not SenStatus.objects.filter(pupil=grace).exists()


@pytest.mark.requirement("S4-22")
def test_the_form_has_four_questions_of_which_the_first_alone_must_be_answered():
    page = signed_in("teacher").get(to("new", pupil("Grace")))
    form = page.content.decode()
    assert (form.count("<textarea"), form.count("(optional)")) == (4, 3)
    words = text_of(page).lower()
    assert not [w for w in ("sen code", "category", "type of need", "icd") if w in words]
    assert "No diagnosis and no form of words is needed." in text_of(page)


def test_anybody_starts_from_any_page_and_finds_any_pupil():
    client = signed_in("other_teacher")
    assert reverse("concerns:choose") in client.get("/").content.decode()
    own = client.get(reverse("concerns:choose"))
    assert "Wren, Poppy" in text_of(own)
    for finder in (reverse("concerns:choose"), reverse("pupils:find")):
        found = client.post(finder, {"q": "hassan"}, follow=True)
        assert to("new", pupil("Idris")) in found.content.decode()
        assert "hassan" not in found.redirect_chain[0][0]
    none = client.post(reverse("concerns:choose"), {"q": "zebedee"}, follow=True)
    assert "Nobody here is called “zebedee”" in text_of(none)


def test_the_writer_is_led_to_the_concern_and_it_waits_on_the_sencos_home():
    answer = signed_in("ta").post(to("new", pupil("Poppy")), ANSWERS, follow=True)
    assert "Your concern is recorded. You will be told what happens." in text_of(answer)
    assert "SENCO asked today" in text_of(answer)
    assert "New concern from Jo Birkett" in text_of(signed_in("senco").get("/"))


def test_the_schools_own_words_on_safeguarding_stand_above_the_form():
    page = text_of(signed_in("teacher").get(to("new", pupil("Grace"))))
    assert page.index("speak to your safeguarding lead now") < page.index("What have you noticed?")
    with acting_as("senco") as actor:
        school = making.pupil("Grace").org
        describe_setting(
            actor=actor, org=school, version=None, senco_word="SENCO",
            safeguarding_words="Ring the office on 12 and ask for Desmond <b>at once</b>.",
        )  # fmt: skip
    page = signed_in("teacher").get(to("new", pupil("Grace"))).content.decode()
    assert "ask for Desmond &lt;b&gt;at once&lt;/b&gt;." in page
    assert page.index("ask for Desmond") < page.index("What have you noticed?")
    assert "call 999" not in page


def test_a_refused_form_keeps_every_word_and_says_the_mend():
    client, address = signed_in("teacher"), to("new", pupil("Grace"))
    answer = client.post(address, {**ANSWERS, "noticed": "  "})
    assert answer.status_code == 200
    assert "Fill in “What have you noticed”" in text_of(answer)
    assert "She says the letters move." in text_of(answer)
    again = client.get(address)
    assert "She says the letters move." in text_of(again)
    assert "Nothing has been sent yet." in text_of(again)


def test_a_text_that_is_too_long_is_refused_in_a_sentence_and_stays_on_the_page():
    before, typed = concerns(), "x" * 100_000
    answer = signed_in("teacher").post(to("new", pupil("Grace")), {"noticed": typed})
    said = "Shorten “What have you noticed” to 2,000 characters. You wrote 100,000."
    assert said in text_of(answer)
    assert typed in answer.content.decode()
    assert concerns() == before


def test_markup_in_an_answer_is_shown_as_it_was_typed():
    row = record("teacher", "Grace", noticed="<script>alert(1)</script> & more")
    for who, address in (("teacher", to("show", row)), ("senco", to("triage", row))):
        page = signed_in(who).get(address).content.decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "<script>alert" not in page


def test_finishing_later_keeps_the_words_for_their_writer_alone():
    client, address = signed_in("teacher"), to("new", pupil("Grace"))
    answer = client.post(address, {"noticed": "Half a thought", "finish_later": "1"}, follow=True)
    home = text_of(answer)
    assert "Kept for later. You find it on your home page." in home
    assert "A concern , Grace Atherton" in home
    assert address in answer.content.decode()
    assert "Half a thought" in text_of(client.get(address))
    assert "Half a thought" not in text_of(signed_in("senco").get(address))
    client.post(address, {"noticed": "A whole thought"})
    assert "Half a thought" not in text_of(client.get(address))
    assert "Kept for later" not in text_of(client.get("/"))


def test_sending_twice_records_once():
    client, before = signed_in("teacher"), concerns()
    sent = {**ANSWERS, "once": str(uuid.uuid4())}
    first, second = (client.post(to("new", pupil("Grace")), sent) for _twice in range(2))
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert concerns() == before + 1


def test_the_reply_date_of_the_law_is_told_with_its_reason():
    row = record("teacher", "Grace")
    page = text_of(signed_in("teacher").get(to("show", row)))
    assert "Reply by 24 March 2027 practice" in page
    assert "In 14 days." in page
    assert "It is answered within 10 school days, not counting that day." in page
    assert "our rule IDN-12" in page


def test_one_made_in_error_says_so_to_its_writer():
    row = record("ta", "Grace")
    page = signed_in("senco").post(
        to("in_error", row), {"version": row.version, "reason": "It was about Greta."}, follow=True
    )
    assert "Amara Okafor marked this so on 10 March 2027." in text_of(page)
    assert "It was about Greta." in text_of(signed_in("ta").get("/"))
    assert ANSWERS["noticed"] not in text_of(signed_in("senco").get(reverse("concerns:list")))


def test_the_pages_ask_the_record_a_counted_number_of_times():
    client, grace = signed_in("teacher"), pupil("Grace")
    with asks(11):
        client.get(to("new", grace))
    row = record("teacher", "Grace")
    with asks(17):
        client.get(to("show", row))
    with asks(7):
        client.get(reverse("concerns:choose"))
