"""The bank of strategies stands beside the questions: it is offered, named in answers, and used."""

import pytest
from django.urls import reverse

from opensenco.kernel.refs import short
from opensenco.people.queries import place
from opensenco.support.models import BankStrategy, Strategy
from opensenco.support.operations import bank
from opensenco.support.queries.bank_offers import fitting
from tests.client import signed_in
from tests.pages.asking.test_round import as_it_stands
from tests.pages.concerns.walking import text_of
from tests.pages.threads.test_questions import ask, latest
from tests.pages.threads.test_thread import idris, to
from tests.people import acting_as
from tests.support.asking import asks

pytestmark = pytest.mark.django_db
WAIT = "Count silently to ten after a question."
CARD = "Put a card with the steps on the table."


def filled() -> dict[str, BankStrategy]:
    with acting_as("senco") as actor:
        org = place(actor)
        wait = bank.add_strategy_from_starter(actor=actor, org=org, starter="ten-second-wait")
        bank.change_strategy(actor=actor, strategy=wait, text=WAIT, why="Answers take time.")
        card = bank.add_strategy(actor=actor, org=org, text=CARD, why="Nobody has to remember.")
        return {WAIT: wait, CARD: card}


@pytest.mark.requirement("S2-31", "S1-22", "S3-30", "S4-23")
def test_a_question_is_offered_the_bank_and_its_answer_names_strategies_that_are_used_by_one_tap():
    own = filled()
    sent = ask("teacher", to("ask_about", idris()), words="He never answers my questions. Why?")
    # nobody has answered yet, and there is something to try
    assert "While you wait: from our bank" in text_of(sent)
    assert WAIT in text_of(sent)
    assert CARD not in text_of(sent)
    senco = signed_in("senco")
    form = senco.get(to("answer", latest()))
    assert "Strategies from our bank that say the same words" in text_of(form)
    given = as_it_stands(form, answer="He needs time.")
    key = {one: ref for ref, one in _choices(form.content.decode())}
    given |= {"fitting": [key[WAIT]], "another": key[CARD]}
    senco.post(to("answer", latest()), given)
    assert latest().strategies == [WAIT, CARD]
    teacher = signed_in("teacher")
    page = teacher.get(to("question", latest()))
    assert "Strategies to try" in text_of(page)
    assert "While you wait" not in text_of(page)
    teacher.post(reverse("plans:choose", args=[idris().ref]), {"use": str(own[CARD].ref)})
    with acting_as("teacher", write=False):
        now = Strategy.objects.filter(pupil=idris(), ended_on=None)
        assert CARD in now.values_list("text", flat=True)
    assert "Every adult does it." in text_of(teacher.get(to("question", latest())))
    # the bank is put in other words; the answer keeps what was said, also when it is put right
    with acting_as("senco") as actor:
        row = BankStrategy.objects.get(pk=own[WAIT].pk)
        bank.retire_strategy(actor=actor, strategy=row)
    again = senco.get(to("answer", latest()))
    given = as_it_stands(again, answer="He needs more time.")
    senco.post(to("answer", latest()), given)
    assert set(latest().strategies) == {WAIT, CARD}
    # found again by the words of a strategy
    assert "He never answers" in text_of(senco.post("/ask-senco/", {"q": "silently"}, follow=True))


def test_all_staff_read_the_bank_and_families_do_not():
    filled()
    where = reverse("plans:our_bank")
    ta = signed_in("ta")
    assert where in ta.get("/ask-senco/").text
    assert CARD in ta.get(where).text
    assert CARD in ta.get(where, {"words": "card"}).text
    assert "The bank has none of these." in ta.get(where, {"words": "submarine"}).text
    assert f'href="{reverse("plans:bank")}"' not in ta.get(where).text
    assert f'href="{reverse("plans:bank")}"' in signed_in("senco").get(where).text
    assert signed_in("parent").get(where).status_code == 403
    with asks(5):
        ta.get(where)


def test_what_shares_no_word_is_not_offered_and_a_need_alone_offers_nothing():
    wait = BankStrategy(text=WAIT, why="Answers take time.", starter="ten-second-wait")
    card = BankStrategy(text=CARD, why="Nobody has to remember the steps.")
    both = [wait, card]
    assert fitting(both, "He forgets the next step of every task") == [card]
    assert fitting(both, "Silently, with a card of steps") == [card, wait]
    assert fitting(both, "Silently, with a card", needs=["SLCN"]) == [wait, card]
    assert fitting(both, "Where is the hall?", needs=["SLCN"]) == []
    assert fitting(both, "He should know what they do with this") == []


def _choices(html: str) -> list[tuple[str, str]]:
    with acting_as("senco", write=False):
        rows = {one.text: one for one in BankStrategy.objects.all()}
    return [(short(one.ref), text) for text, one in rows.items() if short(one.ref) in html]
