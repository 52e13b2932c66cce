"""A question to the SENCO told by its pages: asked, answered, told, shared and found again."""

from typing import Any

import pytest
from django.urls import reverse

from opensenco.access.models import Organisation
from opensenco.cases.models import Task
from opensenco.gate.operation import Refused
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.notices.queries import unread
from opensenco.people.models import Pupil
from opensenco.threads import asked
from opensenco.threads.models import SencoQuestion
from opensenco.threads.operations import asking
from tests.client import signed_in
from tests.pages.asking.test_round import as_it_stands
from tests.pages.concerns.walking import text_of
from tests.pages.threads.test_thread import idris, to
from tests.people import acting_as
from tests.support.asking import asks

pytestmark = pytest.mark.django_db
COUNT = 8
LIST = "/ask-senco/"


def latest() -> SencoQuestion:
    with acting_as("senco", write=False):
        return SencoQuestion.objects.select_related("pupil", "org").order_by("-id")[0]


def ask(key: str, address: str, **given: str) -> Any:
    client = signed_in(key)
    return client.post(address, as_it_stands(client.get(address), **given), follow=True)


def search(key: str, words: str) -> str:
    return text_of(signed_in(key).post(LIST, {"q": words}, follow=True))


def test_a_question_about_a_pupil_waits_for_the_senco_and_its_answer_is_told_and_found_again():
    ta, senco = signed_in("ta"), signed_in("senco")
    page = ta.get(reverse("pupils:show", args=[idris().ref])).content.decode()
    assert to("ask_about", idris()) in page
    sent = text_of(ask("ta", to("ask_about", idris()), words="Which café words does he know?"))
    assert "It waits for the SENCO." in sent
    waits = senco.get("/")
    assert "Answer Jo Birkett: “Which café words does he know?”" in text_of(waits)
    assert to("answer", latest()) in waits.content.decode()
    form = senco.get(to("answer", latest()))
    assert "Let all staff" not in text_of(form)
    given = as_it_stands(form, answer="Menu, waiter and bill.")
    assert "Answered." in text_of(senco.post(to("answer", latest()), given, follow=True))
    with acting_as("senco", write=False):
        assert not Task.objects.filter(source_ref=latest().ref, settled_at=None).exists()
    assert "Amara Okafor answered your question." in text_of(ta.get("/"))
    assert "Menu, waiter and bill." in text_of(ta.get(to("question", latest())))
    assert "Menu, waiter and bill." in search("ta", "WAIT cafe idris")
    assert "No question that you may read" in search("ta", "waiter soup")
    assert "Menu, waiter" not in search("teacher", "waiter")
    assert signed_in("teacher").get(to("question", latest())).status_code == 403
    assert signed_in("outsider").get(to("question", latest())).status_code == 404
    assert signed_in("parent").get(LIST).status_code == 403
    about = text_of(senco.get(f"{LIST}?pupil={idris().ref}"))
    assert "Questions about Idris" in about
    assert "May he use the big ruler?" in about


def test_a_general_answer_is_shared_with_all_staff_where_the_senco_says_so():
    teacher = signed_in("teacher")
    assert reverse("threads:ask") in teacher.get("/").content.decode()
    ask("teacher", reverse("threads:ask"), words="Who has the timers?")
    assert latest().pupil is None
    assert "timers" not in search("ta", "timers").replace('value="timers"', "")
    senco = signed_in("senco")
    form = senco.get(to("answer", latest()))
    given = as_it_stands(form, answer="The office, top drawer.", shared="on")
    assert "All staff of this place can read it." in text_of(
        senco.post(to("answer", latest()), given, follow=True)
    )
    assert "The office, top drawer." in search("ta", "timers")
    late = senco.post(to("answer", latest()), {**given, "answer": "Another drawer."})
    assert "Two versions of the same record" in text_of(late)
    wrong = as_it_stands(senco.get(to("question_in_error", latest())), reason="Names a child.")
    senco.post(to("question_in_error", latest()), wrong)
    assert "top drawer" not in search("ta", "timers")
    assert "Names a child." in text_of(teacher.get(to("question", latest())))
    own = ask("teacher", reverse("threads:ask"), words="Is he well?", about=str(idris().ref))
    assert "A question about Idris" in text_of(own)


def test_only_who_answers_answers_and_an_answer_about_a_pupil_is_never_shared():
    with acting_as("teacher") as actor:
        org = Organisation.objects.get(pk=min(actor.hat.orgs))
        general = asking.ask_in_general(actor=actor, org=org, words="Where?")
        grace = Pupil.objects.select_related("org").get(first_name="Grace")
        own = asking.ask_about_pupil(actor=actor, pupil=grace, words="How?")
        for words in ("", "x" * 1001):
            with pytest.raises(Invalid):
                asking.ask_in_general(actor=actor, org=org, words=words)
        with pytest.raises(Refused):
            asking.answer_question(actor=actor, question=own, version=None, answer="So.")
    with acting_as("phase_senco") as actor:
        asking.answer_question(actor=actor, question=own, version=None, answer="So.")
        with pytest.raises(Refused):
            asking.answer_question(actor=actor, question=general, version=None, answer="Here.")
    with acting_as("senco") as actor:
        for given in ({"answer": "So.", "shared": True}, {"answer": " "}, {"answer": "x" * 3001}):
            with pytest.raises(Invalid):
                asking.answer_question(actor=actor, question=own, version=None, **given)
        with pytest.raises(Invalid):
            asking.mark_question_in_error(actor=actor, question=own, version=None, reason="No")
        asking.mark_question_in_error(actor=actor, question=own, version=None, reason="Not her.")
        with pytest.raises(NotPossible):
            asking.answer_question(actor=actor, question=own, version=None, answer="So.")
    with acting_as("teacher", write=False) as actor:
        assert "Your question was marked as made in error." in [n.words for n in unread(actor)]
        assert own not in asked.questions(actor)


def test_a_long_list_asks_no_more_than_a_short_one():
    senco = signed_in("senco")
    senco.get(LIST)
    with asks(COUNT):
        senco.get(LIST)
    with acting_as("teacher") as actor:
        for number in range(5):
            asking.ask_about_pupil(actor=actor, pupil=idris(), words=f"Number {number}?")
    with asks(COUNT):
        assert "Number 4?" in text_of(senco.get(LIST))
