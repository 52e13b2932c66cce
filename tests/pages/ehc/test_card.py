"""The card of an EHC plan told by its pages: kept, due, reviewed, amended, found again."""

import io
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from opensenco.cases.models import DueDate
from opensenco.ehc.models import EhcLine, EhcPlan
from opensenco.people.models import Pupil
from opensenco.people.operations import pupils
from opensenco.support.operations import status
from opensenco.support.operations.status import Telling
from tests.cast import LONG_AGO
from tests.client import signed_in
from tests.pages.asking.test_round import as_it_stands
from tests.pages.concerns.walking import text_of
from tests.people import acting_as
from tests.support.asking import asks

pytestmark = pytest.mark.django_db
MADE = {"made_on-day": "10", "made_on-month": "3", "made_on-year": "2026"}


def pupil(name: str) -> Pupil:
    with acting_as("senco", write=False):
        return Pupil.objects.select_related("org").get(first_name=name)


def on_a_plan(name: str = "Grace") -> Pupil:
    """Give a pupil the status EHC plan."""
    with acting_as("senco") as actor:
        row = Pupil.objects.select_related("org").get(first_name=name)
        status.set_status(
            actor=actor, pupil=row, code="E", starts=LONG_AGO, reason="The plan was issued.",
            told=Telling(LONG_AGO, "letter", "Told by the authority."),
        )  # fmt: skip
    return row


def days(name: str, day: date) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month),
            f"{name}-year": str(day.year)}  # fmt: skip


def send(key: str, name: str, row: Any, **given: str) -> Any:
    client, to = signed_in(key), reverse(f"ehc:{name}", args=[row.ref])
    return client.post(to, as_it_stands(client.get(to), **given), follow=True)


def kept(name: str = "Grace", **given: str) -> EhcPlan:
    row = on_a_plan(name)
    answer = send("senco", "begin", row, authority="Thornshire County Council", **MADE, **given)
    assert "The card is kept." in text_of(answer), text_of(answer)
    return card(name)


def card(name: str = "Grace") -> EhcPlan:
    with acting_as("senco", write=False):
        return EhcPlan.objects.select_related("pupil").get(
            pupil__first_name=name, in_error_at=None, ended_on=None
        )


def due(plan: EhcPlan) -> dict[str, tuple[Any, str]]:
    with acting_as("senco", write=False):
        rows = DueDate.objects.filter(source_ref=plan.ref)
        return {row.step: (row.on, row.strength) for row in rows}


@pytest.mark.rule("REV-01")
def test_the_next_review_is_worked_out_and_stands_wherever_dates_do():
    plan = kept(officer="Asha Bell", officer_phone="01632 960 300")
    assert due(plan)["review-complete"] == (date(2027, 3, 9), "must")
    assert due(plan)["latest-meeting"] == (date(2027, 2, 9), "practice")
    senco = signed_in("senco")
    shown = text_of(senco.get(reverse("ehc:card", args=[plan.pupil.ref])))
    assert "Finish the annual review 9 March 2027" in shown
    assert "MUST 1 day past the legal date" in shown
    assert "The plan was first made on 10 March 2026." in shown
    assert "Asha Bell" in shown
    assert "01632 960 300" in shown
    about = senco.get(reverse("pupils:show", args=[plan.pupil.ref]))
    assert reverse("ehc:card", args=[plan.pupil.ref]) in about.text
    assert "Finish the annual review" in text_of(about)
    assert "EHC plan made by Thornshire County Council" in text_of(about)
    assert "Finish the annual review" in text_of(senco.get("/"))
    register = senco.get(reverse("register:list")).text
    assert reverse("ehc:list") in register
    listed = text_of(senco.get(reverse("ehc:list")))
    assert "Atherton, Grace" in listed
    assert "Thornshire County Council Asha Bell" in listed
    file = senco.get(reverse("ehc:list") + "?file=csv")
    assert "01632 960 300" in file.text


@pytest.mark.rule("REV-16")
def test_the_plan_of_a_child_under_five_is_thought_of_after_three_to_six_months():
    with acting_as("senco") as actor:
        school = Pupil.objects.select_related("org").get(first_name="Grace").org
        pupils.add_pupil(
            actor=actor, org=school, first_name="Noor", last_name="Small", year_group=-1,
            birth_date=date(2023, 9, 12),
        )  # fmt: skip
    plan = kept("Noor")
    assert due(plan)["under-five-review"] == (date(2026, 9, 10), "should")


@pytest.mark.rule("REV-15")
def test_a_move_between_phases_gives_its_last_lawful_day_until_the_place_is_named():
    plan = kept(move_kind="school", move_year="2028")
    assert due(plan)["last-lawful-day"] == (date(2028, 2, 14), "must")
    assert due(plan)["meeting-by"][1] == "practice"
    named = send("senco", "amended", plan, names_place="on", **days("on", date(2027, 3, 1)))
    assert "Recorded. Check below what it changes" in text_of(named)
    with acting_as("senco", write=False):
        assert DueDate.objects.get(source_ref=plan.ref, step="last-lawful-day").done_on
    assert "Final amended EHC plan" in text_of(
        signed_in("senco").get(reverse("pupils:show", args=[plan.pupil.ref]))
    )


@pytest.mark.rule("REV-05")
@pytest.mark.rule("REV-08")
def test_a_review_is_planned_held_and_ended_and_twelve_months_count_anew():
    plan = kept()
    planned = send("senco", "review", plan, **days("meeting_on", date(2027, 3, 8)))
    assert "The dates before and after the meeting are worked out." in text_of(planned)
    assert due(plan)["papers"] == (date(2027, 2, 22), "must")
    assert due(plan)["report"] == (date(2027, 3, 22), "must")
    early = send("senco", "reviewed", plan, decided="keep", **days("on", date(2027, 3, 5)))
    assert "The authority decides after the meeting." in text_of(early)
    assert text_of(early).startswith("Error:")
    send("senco", "reviewed", plan, decided="amend", **days("on", date(2027, 3, 9)))
    assert due(card())["review-complete"] == (date(2028, 3, 8), "must")
    assert "papers" not in due(card())
    shown = text_of(signed_in("senco").get(reverse("ehc:card", args=[plan.pupil.ref])))
    assert "Last review ended 9 March 2027. Amend the plan." in shown
    assert "2 earlier versions" in shown


def test_outcomes_and_provision_are_typed_in_put_right_and_taken_off():
    plan = kept()
    added = send("senco", "add_outcome", plan, words="Grace tells a story of five parts.")
    assert "Grace tells a story of five parts." in text_of(added)
    stays = send("senco", "add_provision", plan, words="Therapy in a small group.", number="F1",
                 another="on")  # fmt: skip
    assert "Add provision of section F" in text_of(stays)
    thin = text_of(signed_in("senco").get(reverse("ehc:card", args=[plan.pupil.ref])))
    assert "1 row does not say who, how much or how often." in thin
    with acting_as("senco", write=False):
        row = EhcLine.objects.get(plan=plan, section="F")
    given = {"who": "A therapist", "how_much": "30 minutes", "how_often": "once a week"}
    righted = text_of(send("senco", "line", row, **given))
    assert "Who: A therapist; How much: 30 minutes; How often: once a week" in righted
    assert "does not say who" not in righted
    assert "1 earlier version" in text_of(
        signed_in("senco").get(reverse("ehc:line", args=[row.ref]))
    )
    gone = text_of(send("senco", "line_in_error", row, reason="Not in the amended plan."))
    assert "Therapy in a small group." not in gone
    read = text_of(signed_in("teacher").get(reverse("ehc:card", args=[plan.pupil.ref])))
    assert "Grace tells a story of five parts." in read
    assert "Put right" not in read


@pytest.mark.rule("REV-01")
def test_the_card_goes_to_a_meeting_as_a_paper_that_screen_readers_read():
    plan = kept(officer="Asha Bell", officer_phone="01632 960 300")
    send("senco", "add_outcome", plan, words="Grace tells a story of five parts.", number="1")
    send("senco", "add_provision", plan, words="Therapy in a small group.", number="F1",
         how_much="30 minutes")  # fmt: skip
    address = reverse("ehc:pdf", args=[plan.ref])
    for key in ("senco", "teacher"):
        assert address in signed_in(key).get(reverse("ehc:card", args=[plan.pupil.ref])).text
    teacher = signed_in("teacher")
    answer = teacher.get(address)
    assert "Grace" not in answer.headers["Content-Disposition"]
    paper = PdfReader(io.BytesIO(answer.content))
    assert paper.metadata is not None
    assert paper.metadata.title == "EHC plan: Grace Atherton"
    said = " ".join(" ".join(one.extract_text() for one in paper.pages).split())
    for words in ("Grace tells a story of five parts.", "F1 Therapy in a small group. not said",
                  "1 row does not say who, how much or how often.", "Asha Bell", "01632 960 300",
                  "Finish the annual review 9 March 2027 A legal duty"):  # fmt: skip
        assert words in said, words
    with asks(12):
        teacher.get(address)
    send("senco", "in_error", plan, reason="Another child’s card.")
    gone = PdfReader(io.BytesIO(signed_in("senco").get(address).content)).pages[0].extract_text()
    assert "This card was made in error." in gone
    assert "A legal duty" not in gone


def test_refusals_say_what_to_do_and_nothing_is_saved():
    row = on_a_plan()
    for given, said in (
        ({"authority": "T", **MADE, **days("reviewed_on", date(2026, 3, 1))}, "This is before"),
        ({"authority": "T", **days("made_on", date(2027, 3, 11))}, "This is a day to come."),
        ({"authority": "T", **days("made_on", date(2014, 3, 11))}, "since 1 September 2014"),
        ({"authority": "T", **MADE, "move_kind": "school"}, "Enter the year of the move"),
        ({"authority": " ", **MADE}, "Fill in"),
    ):
        answer = text_of(send("senco", "begin", row, **given))
        assert answer.startswith("Error:")
        assert said in answer
    with acting_as("senco", write=False):
        assert not EhcPlan.objects.filter(pupil=row, in_error_at=None).exists()


def test_a_pupil_without_a_card_is_named_and_a_plan_that_ended_asks_for_nothing():
    row = on_a_plan()
    senco = signed_in("senco")
    listed = senco.get(reverse("ehc:list"))
    assert "1 pupil has an EHC plan and no card" in text_of(listed)
    assert reverse("ehc:begin", args=[row.ref]) in listed.text
    send("senco", "begin", row, authority="Thornshire", **MADE)
    plan = card()
    assert "and no card" not in text_of(senco.get(reverse("ehc:list")))
    ended = text_of(
        send("senco", "ended", plan, reason="It ceased.", **days("on", date(2027, 3, 1)))
    )
    assert "Nothing is due for this plan any more." in ended
    assert "It ceased." in ended
    assert due(plan) == {}


def test_the_list_asks_as_often_however_many_there_are():
    kept("Grace")
    address = reverse("ehc:list")
    senco = signed_in("senco")
    senco.get(address)
    with asks(11):
        senco.get(address)
    kept("Poppy")
    with asks(11):
        senco.get(address)
