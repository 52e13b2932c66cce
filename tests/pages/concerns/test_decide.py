"""A concern is decided, kept in class, passed on and ended by the pages, by whose turn it is."""

import pytest
from django.urls import reverse

from opensenco.concerns.states import OUTCOMES, ConcernState
from tests.client import signed_in
from tests.domain.concerns import making
from tests.pages.concerns.walking import decide, latest, record, text_of, to
from tests.people import acting_as, person
from tests.support.asking import asks

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("S4-37")
@pytest.mark.rule("IDN-12")
def test_a_class_teacher_deals_with_a_minor_concern_or_passes_it_on_with_a_reason():
    row, teacher = record("ta", "Idris"), signed_in("teacher")
    assert decide(row).status_code == 302
    assert "Your turn today" in text_of(teacher.get("/"))
    told = text_of(signed_in("ta").get("/"))
    assert "Your concern was answered. Adjust teaching." in told
    assert "Please try two things in class first." in told

    tried = {"version": latest().version, "trying": "Ask him first.", "until": "7/4/2027"}
    teacher.post(to("take_up", row), tried)
    assert "Ask him first." in text_of(signed_in("ta").get("/"))

    refused = teacher.post(to("pass_on", row), {"version": latest().version, "reason": ""})
    assert "Fill in “Why do you pass it on”" in text_of(refused)
    given = {"version": latest().version, "reason": "He still hides."}
    passed = teacher.post(to("pass_on", row), given, follow=True)
    assert "Passed on. You will be told what happens." in text_of(passed)
    home = text_of(signed_in("senco").get("/"))
    assert "Priya Raman passes a concern on: “He still hides.”" in home
    assert latest().state == ConcernState.PASSED_ON


@pytest.mark.requirement("S4-37")
def test_a_class_teacher_keeps_their_own_minor_concern_without_waiting_for_anybody():
    row, teacher = record("teacher", "Grace"), signed_in("teacher")
    page = teacher.get(to("show", row)).content.decode()
    assert to("take_up", row) in page
    assert to("triage", row) not in page
    given = {"version": row.version, "trying": "Larger print.", "until": "7/4/2027"}
    shown = text_of(teacher.post(to("take_up", row), given, follow=True))
    assert "Tried in class Larger print." in shown
    ended = {"version": latest().version, "result": "She reads with larger print."}
    shown = text_of(teacher.post(to("settle", row), ended, follow=True))
    assert "It waits for nobody." in shown
    assert "How it ended She reads with larger print." in shown


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_decision_can_be_made_on_the_page_and_is_shown_with_who_made_it(outcome):
    row = record("ta", "Grace")
    answer = decide(row, outcome=outcome, reason="We talked it over.")
    assert answer.status_code == 302, text_of(answer)
    shown = text_of(signed_in("ta").get(to("show", row)))
    assert "By Amara Okafor on 10 March 2027" in shown
    assert "Answered on 10 March 2027." in shown


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"outcome": ""}, "Choose an answer for “What happens now”"),
        ({"owner": ""}, "Choose who looks after this."),
        ({"owner": "somebody"}, "Choose one of the answers shown for “Who looks after it”"),
        (
            {"outcome": "monitor", "until": "10/3/2027"},
            "The day to look again must be after today.",
        ),
        ({"outcome": "monitor", "until": "31/2/2027"}, "February 2027 has 28 days"),
        ({"outcome": "monitor", "until": ""}, "Choose the day on which somebody looks again."),
        ({"outcome": "no_action"}, "Say why nothing is done now."),
        ({"reply": ""}, "Write what the person who raised this is told."),
    ],
)
def test_a_refusal_says_the_mend_at_its_field_and_keeps_the_words(given, said):
    row = record("ta", "Grace")
    words = {"reason": "Kept words.", **given} if given.get("outcome") != "no_action" else given
    answer = decide(row, **words)
    assert answer.status_code == 200
    assert said in text_of(answer)
    assert "Nothing is saved yet: 1 thing to mend" in text_of(answer)
    assert latest().state == ConcernState.RAISED


def test_two_who_decide_at_once_see_both_texts_and_the_second_goes_on_from_there():
    row = record("ta", "Grace")
    decide(row, by="head", outcome="no_action", reason="Her eyes were tested in May.", reply="No.")
    answer = decide(row, outcome="monitor", reason="Let us watch.")
    page = text_of(answer)
    assert "Two versions of the same record" in page
    assert "Someone else changed this while you had it open." in page
    for words in ("Her eyes were tested in May.", "Let us watch.", "No action now", "Watch and"):
        assert words in page
    assert latest().state == ConcernState.NO_ACTION
    again = decide(latest(), outcome="monitor", reason="Her eyes were tested. Let us watch.")
    assert again.status_code == 302
    assert latest().reason == "Her eyes were tested. Let us watch."
    with acting_as("senco", write=False):
        assert making.again(row).history.count() == 3


def test_two_tabs_of_one_teacher_are_told_of_each_other():
    row, teacher = record("teacher", "Grace"), signed_in("teacher")
    first = {"version": row.version, "trying": "Larger print.", "until": "7/4/2027"}
    teacher.post(to("take_up", row), first)
    page = text_of(teacher.post(to("take_up", row), {**first, "trying": "A reading window."}))
    assert "Larger print." in page
    assert "A reading window." in page
    assert latest().trying == "Larger print."


def test_a_step_that_cannot_be_taken_any_more_says_so():
    row = making.settled(making.tried(making.raised()))
    given = {"version": row.version, "reason": "Too late."}
    page = signed_in("senco").post(to("pass_on", row), given)
    assert "This cannot be done with the concern as it stands now." in text_of(page)


def test_a_decision_left_for_later_is_found_on_the_home_page():
    row = record("ta", "Grace")
    decide(row, reply="Half an answer", finish_later="1")
    home = signed_in("senco").get("/")
    assert "A decision about a concern" in text_of(home)
    assert to("triage", row) in home.content.decode()
    assert "Half an answer" in text_of(signed_in("senco").get(to("triage", row)))
    assert latest().state == ConcernState.RAISED


def test_the_reply_is_not_asked_of_whoever_raised_it():
    row = record("senco", "Grace")
    page = signed_in("senco").get(to("triage", row))
    assert "is told" not in text_of(page)
    assert decide(row, reply="", owner=str(person("senco").ref)).status_code == 302


def test_staff_who_work_with_the_pupil_come_first_and_outsiders_are_not_offered():
    page = signed_in("senco").get(to("triage", record("ta", "Idris"))).content.decode()
    choice = page[page.index("<select") : page.index("</select>")]
    assert choice.index("Priya Raman, works with the pupil") < choice.index("Owen Sharp")
    assert not [name for name in ("Leila", "Olga", "Ellen Gone", "Colin") if name in choice]


@pytest.mark.parametrize(
    ("who", "status"),
    [("teacher", 200), ("ta", 403), ("other_teacher", 403), ("dsl", 403), ("outsider", 404)],
)
def test_a_colleague_is_refused_and_a_stranger_finds_nothing(who: str, status: int):
    row = record("teacher", "Grace")
    assert signed_in(who).get(to("show", row)).status_code == status


def test_the_list_shows_whose_turn_it_is_and_how_long_it_has_waited():
    decide(record("ta", "Grace"), outcome="monitor")
    record("other_teacher", "Poppy")
    client, address = signed_in("senco"), reverse("concerns:list")
    page = text_of(client.get(address))
    assert "Your turn 7 days" in page
    assert "Priya Raman, on Wed 7 Apr" in page
    yours = text_of(client.get(address, {"view": "yours"}))
    assert "Wren, Poppy" in yours
    assert "Atherton, Grace" not in yours
    assert "No concern has ended yet." in text_of(client.get(address, {"view": "settled"}))
    mine = text_of(signed_in("other_teacher").get(address))
    assert "Wren, Poppy" in mine
    assert "Atherton, Grace" not in mine


def test_what_has_waited_longest_comes_first_and_fifty_stand_on_a_page():
    for number in range(51):
        making.raised("ta", "Grace", noticed=f"Worry number {number:02d}.")
    client, address = signed_in("senco"), reverse("concerns:list")
    page = text_of(client.get(address))
    assert page.index("He looks away") < page.index("Worry number 00.")
    assert "Showing 1 to 50 of 52" in page
    last = text_of(client.get(address, {"page": "2", "view": "open"}))
    assert "Worry number 50." in last
    assert "Worry number 00." not in last


def test_the_pages_ask_the_record_a_counted_number_of_times_however_long_the_list():
    row, client = record("ta", "Grace"), signed_in("senco")
    with asks(10):
        client.get(reverse("concerns:list"))
    for _more in range(5):
        making.raised("ta", "Poppy")
    with asks(10):
        client.get(reverse("concerns:list"))
    with asks(12):
        client.get(to("triage", row))
