"""Adjustments, home, notes, the bank, names of plans: each on its page, kept with its history."""

import io
from datetime import date

import pytest
from django.urls import reverse
from pypdf import PdfReader

from opensenco.cases.models import Task
from opensenco.support.models import (
    Adjustment,
    BankStrategy,
    ConditionNote,
    HomeAction,
    Outcome,
    Strategy,
)
from opensenco.support.operations import bank as verbs
from opensenco.support.operations import beside, cycles, plans, records
from opensenco.support.queries import beside as reading
from tests.client import signed_in
from tests.domain.support.steps import agreed, outcome, pupil
from tests.people import acting_as
from tests.support.asking import asks

pytestmark = pytest.mark.django_db


def address(name: str, *args) -> str:
    return reverse(f"plans:{name}", args=args)


def grace():
    with acting_as("senco", write=False):
        return pupil()


def only(model, **which):
    with acting_as("senco", write=False):
        return model.objects.get(pupil=pupil(), **which)


@pytest.mark.requirement("S4-20", "S1-26", "S2-18")
def test_what_is_in_the_way_is_answered_by_an_adjustment_and_it_is_said_whether_it_helps():
    with acting_as("senco") as actor:
        cycle = agreed(actor)
    senco = signed_in("senco")
    there = address("beside", grace().ref)
    refused = senco.post(address("add_adjustment", grace().ref), {"barrier": "", "words": "x"})
    assert "Nothing is saved yet: 1 thing to mend" in refused.text
    senco.post(
        address("add_adjustment", grace().ref),
        {"barrier": "The hall is loud", "words": "Eats in the library with a friend.",
         "who": "Mrs Noble", "outcome": "1"},
    )  # fmt: skip
    row = only(Adjustment)
    assert row.outcome_root is not None
    assert "The hall is loud" in senco.get(there).text
    assert "The hall is loud" in senco.get(address("plan", cycle.ref)).text
    # the teacher of the class says whether it helps, and may not change what was agreed
    teacher = signed_in("teacher")
    assert teacher.get(address("change_adjustment", row.ref)).status_code == 403
    senco.post(address("helped", row.ref),
               {"helped": "partly", "words": "Eats twice a week.", "version": "1"})  # fmt: skip
    assert "It helps a little." in senco.get(there).text
    stale = senco.post(address("helped", row.ref), {"helped": "no", "version": "1"})
    assert only(Adjustment).helped == "partly"
    assert stale.status_code == 200
    senco.post(address("end_adjustment", row.ref), {"reason": "Eats in the hall now.",
                                                    "version": "2"})  # fmt: skip
    assert "Eats in the hall now." in senco.get(there).text


@pytest.mark.requirement("S4-31", "S3-41")
def test_what_the_family_does_is_answered_by_them_and_written_down_by_staff():
    senco = signed_in("senco")
    senco.post(address("add_home", grace().ref), {"words": "Reads four evenings a week."})
    row = only(HomeAction)
    senco.post(
        address("home_answer", row.ref),
        {"answer": "Three evenings, she falls asleep on Fridays.", "answered_by": "Her mother",
         "on-day": "10", "on-month": "3", "on-year": "2027", "helped": "yes", "version": "1"},
    )  # fmt: skip
    page = senco.get(address("beside", grace().ref)).text
    assert "she falls asleep on Fridays" in page
    assert "Her mother, 10 March 2027" in page
    senco.post(address("change_home", row.ref),
               {"words": "Reads three evenings.", "ended": "on", "version": "2"})  # fmt: skip
    assert only(HomeAction).ended_on is not None


@pytest.mark.requirement("S3-39")
def test_a_note_on_a_condition_has_a_source_and_a_day_on_which_it_is_read_again():
    senco = signed_in("senco")
    words = {"title": "Glue ear", "words": "Hearing comes and goes. Face her when you speak.",
             "source": "Hearing clinic, letter", "review_on-day": "1", "review_on-month": "3",
             "review_on-year": "2027"}  # fmt: skip
    refused = senco.post(address("add_note", grace().ref), words).text
    assert "Choose a day to come on which this is read again." in refused
    assert "Face her when you speak." in refused
    senco.post(address("add_note", grace().ref), {**words, "review_on-month": "9"})
    assert only(ConditionNote).source == "Hearing clinic, letter"
    assert "read again by 1 September 2027" in senco.get(address("beside", grace().ref)).text
    # on that day it waits for who writes plans, without naming the condition on any list
    with acting_as("senco", write=False):
        (task,) = Task.objects.filter(source_ref=only(ConditionNote).ref)
        assert (task.since, task.due) == (date(2027, 9, 1), date(2027, 9, 1))
        assert task.role_action == "plan.write"
        assert "Glue" not in task.words
    # read again, it waits for the next day that was named
    later = {**words, "review_on-month": "12", "version": "1"}
    senco.post(address("change_note", only(ConditionNote).ref), later)
    with acting_as("senco", write=False):
        waits = Task.objects.filter(source_ref=only(ConditionNote).ref, settled_at__isnull=True)
        assert [row.since for row in waits] == [date(2027, 12, 1)]
        task.refresh_from_db()
        assert task.settled_by is not None
    senco.post(address("note_error", only(ConditionNote).ref),
               {"reason": "Of another child.", "version": "2"})  # fmt: skip
    assert "Glue ear" not in senco.get(address("beside", grace().ref)).text
    with acting_as("senco", write=False):
        assert not waits.all().exists()


def test_a_note_that_is_due_today_is_on_the_list_of_who_writes_plans_and_leads_there():
    with acting_as("senco") as actor:
        beside.write_condition_note(
            actor=actor, pupil=pupil(), title="Glue ear", words="Face her.", source="A letter",
            review_on=actor.today,
        )  # fmt: skip
    home = signed_in("senco").get("/").text
    assert "Read a note on a condition again, and say when next" in home
    assert address("beside", grace().ref) in home
    assert "Read a note on a condition" not in signed_in("teacher").get("/").text


@pytest.mark.requirement("S4-23", "S4-19")
def test_the_school_owns_its_bank_and_what_is_in_use_is_retired_and_never_deleted():
    senco = signed_in("senco")
    page = senco.get(address("bank")).text
    assert "What schools often do" in page
    senco.post(address("bank"), {"starter": "one-instruction"})
    senco.post(address("add_strategy"),
               {"text": "Show the bus map first.", "why": "Calm.", "situation": "any"})  # fmt: skip
    with acting_as("senco", write=False):
        row = BankStrategy.objects.get(text="Show the bus map first.")
    twice = senco.post(address("add_strategy"), {"text": row.text, "situation": "any"}).text
    assert "The bank has this one already." in twice
    senco.post(address("choose", grace().ref), {"use": str(row.ref)})
    assert "1 pupil has it in class" in senco.get(address("bank")).text
    senco.post(address("change_strategy", row.ref), {"retire": "1"})
    assert row.text not in senco.get(address("bank")).text
    assert row.text in senco.get(address("bank") + "?retired=1").text
    # the pupil keeps it, and nobody is offered it again
    assert only(Strategy, ended_on__isnull=True).text == row.text
    assert row.text not in senco.get(address("choose", grace().ref)).text.split("From our bank")[1]
    senco.post(address("change_strategy", row.ref), {"back": "1"})
    assert row.text in senco.get(address("bank")).text


def test_the_bank_asks_as_often_however_much_is_in_it():
    senco = signed_in("senco")
    senco.get(address("bank"))
    with acting_as("senco") as actor:
        for number in range(8):
            verbs.add_strategy(actor=actor, org=pupil().org, text=f"Strategy {number}.")
    with asks(7):
        senco.get(address("bank"))


@pytest.mark.requirement("S0-43")
@pytest.mark.rule("APD-13", "REF-09")
def test_the_proposed_plan_is_filled_from_the_record_and_nothing_is_typed_again():
    with acting_as("senco") as actor:
        cycle = agreed(actor)
    head = signed_in("head")
    assert head.get(address("proposed", cycle.ref)).status_code == 404
    head.post(address("naming"), {"name": "", "proposed": "on", "version": "1"})
    assert address("proposed", cycle.ref) in head.get(address("plan", cycle.ref)).text
    page = head.get(address("proposed", cycle.ref)).text
    for words in ("Proposed, not law.", "Grace reads 40 words at sight", "Begins at 12 words",
                  "Reads 12 words.", "Her mother"):  # fmt: skip
        assert words in page
    paper = PdfReader(io.BytesIO(head.get(address("proposed_pdf", cycle.ref)).content))
    said = " ".join(" ".join(one.extract_text() for one in paper.pages).split())
    for words in ("Proposed, not law", "Grace reads 40 words at sight", "12 words",
                  "Reads 12 words.", "Her mother"):  # fmt: skip
        assert words in said, words


@pytest.mark.requirement("S4-04")
def test_an_outcome_is_begun_with_a_stem_and_its_figures_are_left_open():
    with acting_as("senco") as actor:
        cycle = cycles.open_cycle(actor=actor, pupil=pupil())
    senco = signed_in("senco")
    page = senco.get(address("begin", cycle.ref) + "?words=retell").text
    assert "What makes an outcome good" in page
    assert "Grace will retell a heard story" in page
    senco.post(address("begin", cycle.ref), {"stem": "ci-retell"})
    row = only(Outcome)
    assert row.text.startswith("By …, Grace will retell a heard story")
    assert (row.baseline, row.aim) == ("", "")
    assert row.measure


@pytest.mark.requirement("S4-29")
def test_who_works_on_an_outcome_and_which_need_it_answers_are_kept_and_carried():
    with acting_as("senco") as actor:
        one = agreed(actor, pupil(), outcome(who="Mrs Khan", need="SLCN"))
        row = next(iter(plans.standing_outcomes(one)))
        assert (row.who, row.need) == ("Mrs Khan", "SLCN")
    assert "Who: Mrs Khan" in signed_in("senco").get(address("plan", one.ref)).text


@pytest.mark.requirement("S3-58")
def test_a_remark_is_set_aside_with_a_reason_and_comes_back_when_its_sentence_changes():
    with acting_as("senco") as actor:
        cycle = cycles.open_cycle(actor=actor, pupil=pupil())
        vague = outcome("Grace will improve her reading.", baseline="")
        plans.add_outcome(actor=actor, cycle=cycle, outcome=vague)
    senco = signed_in("senco")
    plan, remark = address("plan", cycle.ref), "<b>“Improve” gives no start and no end.</b>"
    assert senco.get(plan).text.count(remark) == 2
    aside = address("dismiss", cycle.ref) + "?remark=outcome-improve.1"
    assert "Grace will improve her reading." in senco.get(aside).text
    assert "to mend" in senco.post(aside, {"words": "No reason."}).text
    senco.post(aside, {"reason": "family", "words": "Her mother chose it."})
    page = senco.get(plan).text
    assert remark not in page
    assert "1 remark set aside" in page
    assert "Her mother chose it." in page
    # another sentence is another matter
    with acting_as("senco") as actor:
        row = Outcome.objects.get(cycle=cycle)
        words = outcome("Grace will improve her spelling.", baseline="", ref=row.ref)
        plans.change_outcome(actor=actor, outcome=row, words=words)
    assert senco.get(plan).text.count(remark) == 2
    # and the first one is quiet again, until it is taken up
    with acting_as("senco") as actor:
        plans.change_outcome(actor=actor, outcome=Outcome.objects.get(cycle=cycle), words=vague)
    assert remark not in senco.get(plan).text
    with acting_as("senco", write=False) as actor:
        (kept,) = reading.dismissed_of(actor, cycle)
    senco.post(address("take_up", kept.ref))
    assert senco.get(plan).text.count(remark) == 2


@pytest.mark.requirement("S4-18", "S3-57")
def test_what_was_measured_stands_in_the_plan_with_its_day_and_who_assessed():
    with acting_as("senco") as actor:
        cycle = cycles.open_cycle(actor=actor, pupil=pupil())
        told = [
            {"test": "YARC", "measure": "age", "number": 76, "on": actor.today,
             "assessed_by": "Priya Raman"},
            {"test": "Leuven", "measure": "wellbeing", "number": 3, "on": actor.today},
            {"test": "Leuven", "measure": "involvement", "number": 4, "on": actor.today},
        ]  # fmt: skip
        records.record_results(actor=actor, pupils=[pupil()] * 3, results=told, by_hand=True)
    page = signed_in("senco").get(address("plan", cycle.ref)).text
    assert "Measured in the year before" in page
    assert "6 years 4 months" in page
    assert "Priya Raman" in page
    assert "Well-being (1 to 5)" in page
    assert "Involvement (1 to 5)" in page
