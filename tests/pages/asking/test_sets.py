"""The sets of questions are seen, changed, made and put away by their pages."""

import pytest
from django.urls import reverse

from tests.client import signed_in
from tests.pages.asking.test_round import as_it_stands, idris, part_of, to
from tests.pages.concerns.walking import text_of

pytestmark = pytest.mark.django_db


def test_a_school_changes_a_shipped_set_makes_its_own_and_puts_one_away():
    senco = signed_in("senco")
    address = reverse("asking:starter", args=["subject-teacher"])
    form = senco.get(address)
    assert "As it is shipped. When you change it, it is yours." in text_of(form)
    sent = as_it_stands(form, title="Quick view", text_0="Effort with me", options_0="high\nlow")
    kept = senco.post(address, sent, follow=True)
    assert "Kept. What was asked before keeps the words it was asked in." in text_of(kept)
    (own,) = [url for url, _status in kept.redirect_chain]
    listed = text_of(senco.get(reverse("asking:sets")))
    assert (
        "Quick view yours Subject teacher. 8 questions, 3 minutes, version 1 of Wed 10 Mar"
        in listed
    )
    assert "Quick view (3 minutes)" in text_of(senco.get(to("new", idris())))

    wrong = as_it_stands(senco.get(own), kind_0="choice", options_0="only one")
    refused = text_of(senco.post(own, wrong))
    assert "Question 1 needs at least two answers to choose from, one to a line." in refused
    away = senco.post(f"{own}away/", follow=True)
    assert "Put away. It is not offered any more." in text_of(away)
    assert "Quick view" not in text_of(senco.get(to("new", idris())))

    mine = reverse("asking:own_set")
    sent = as_it_stands(senco.get(mine), title="Ours", text_0="What helps?", kind_0="longtext")
    senco.post(mine, sent)
    assert "Ours yours Any member of staff. 1 question, 5 minutes" in text_of(
        senco.get(reverse("asking:sets"))
    )


def test_reminders_are_a_rule_of_the_school():
    senco, address = signed_in("senco"), reverse("asking:reminders")
    form = senco.get(address)
    wild = senco.post(address, as_it_stands(form, most="50"))
    assert "Nothing is saved yet: 1 thing to mend" in text_of(wild)
    shown = senco.post(address, as_it_stands(form, most="0"), follow=True)
    assert "Nobody is reminded automatically." in text_of(shown)


@pytest.mark.parametrize("code", ["observe-time-sampling", "pupil-12-16", "screen-semh"])
def test_sets_of_every_kind_are_answered_on_one_page(code):
    senco = signed_in("senco")
    begun = as_it_stands(senco.get(to("new", idris())), questions=code)
    senco.post(to("new", idris()), begun)
    teacher = signed_in("teacher")
    address = to("answer", part_of("teacher"))
    form = teacher.get(address)
    given = {
        "observe-time-sampling": {"a_interval": "60", "a_code-on": "12"},
        "pupil-12-16": {"a_worry": "8", "a_map_0_0": "good"},
        "screen-semh": {f"a_q{n}": "not yet" for n in range(1, 10)},
    }[code]
    shown = teacher.post(address, as_it_stands(form, **given), follow=True)
    assert "Thank you. Your answer has been sent." in text_of(shown)
