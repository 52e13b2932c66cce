"""An assistant's session from home to saved: few taps, no script, never twice."""

import re
from datetime import date, timedelta

import pytest

from opensenco.audit.models import Opening
from opensenco.cases.calendar import Closed, closed_on
from opensenco.cases.operations.everyday import enter_term_dates
from opensenco.cases.term_dates import Entry
from opensenco.kernel.refs import short
from opensenco.law.calendar.school import DayKind
from opensenco.law.calendar.years import AcademicYear
from opensenco.people.operations.pupils import add_pupil
from opensenco.provision.models import Session
from opensenco.provision.operations.giving import end_allocation
from tests.cast import TODAY
from tests.client import signed_in
from tests.domain.provision.steps import given, idris_has, language_group, pupil
from tests.pages.provision.hands import asked, filled, link_to, send
from tests.people import acting_as

pytestmark = pytest.mark.django_db


def with_grace():
    with acting_as("senco") as actor:
        his = idris_has()
        (hers,) = given(actor, pupil(), provision=his.provision, group=language_group(), minutes=20)
    return his, hers


def rows():
    with acting_as("senco", write=False):
        return list(Session.objects.filter(on=TODAY).order_by("id"))


@pytest.mark.requirement("S4-19")
@pytest.mark.rule("APD-04")
def test_a_group_as_planned_is_two_taps_from_the_home_page():
    with_grace()
    client = signed_in("ta")
    home = client.get("/")
    assert "Grace, Idris" in home.text
    sheet = client.get(link_to(home, "Language group"))
    assert "Everyone is marked here" in sheet.text
    saved = send(client, sheet)
    assert "Saved. 2 of 2 here, 20 minutes" in saved.text
    assert [(row.went, row.minutes) for row in rows()] == [("delivered", 20)] * 2
    assert "Logged today" in client.get("/now/").text


@pytest.mark.rule("APD-04")
def test_two_differences_and_a_note_are_kept():
    his, hers = with_grace()
    client = signed_in("ta")
    sheet = client.get(f"/now/{short(his.ref)}/")
    send(
        client,
        sheet,
        **{f"went-{short(hers.ref)}": "away", f"note-{short(his.ref)}": "Retold four steps",
           "minutes": "15"},
    )  # fmt: skip
    found = {row.allocation_id: (row.went, row.minutes, row.note) for row in rows()}
    assert found == {his.pk: ("delivered", 15, "Retold four steps"), hers.pk: ("away", 0, "")}


def test_what_did_not_happen_has_its_reason():
    client = signed_in("ta")
    sheet = client.get(f"/now/{ref()}/")
    saved = send(client, sheet, not_held="staff-cover")
    assert "Saved. It did not happen" in saved.text
    assert "The adult was moved to cover elsewhere" in saved.text
    assert rows()[0].reason == "staff-cover"


def test_another_reason_without_a_note_is_asked_for_and_nothing_is_saved():
    client = signed_in("ta")
    sheet = client.get(f"/now/{ref()}/")
    answer = send(client, sheet, not_held="other")
    assert "Say in the note what the reason was" in answer.text
    assert rows() == []


def test_a_double_tap_logs_once_and_both_lead_to_what_was_saved():
    client = signed_in("ta")
    sheet = client.get(f"/now/{ref()}/")
    address, data = filled(sheet)
    first, second = client.post(address, data), client.post(address, data)
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert len(rows()) == 1


def test_two_people_with_the_page_open_log_once_and_the_second_adds_what_differs():
    his, hers = with_grace()
    teacher, assistant = signed_in("teacher"), signed_in("ta")
    mine, theirs = teacher.get(f"/now/{ref()}/"), assistant.get(f"/now/{ref()}/")
    send(assistant, theirs, **{f"note-{short(his.ref)}": "Retold two steps."})
    shown = send(
        teacher, mine,
        **{f"went-{short(hers.ref)}": "away", f"note-{short(his.ref)}": "Very tired."},
    )  # fmt: skip
    assert "Jo Birkett has logged this already" in shown.text
    assert "Nothing of yours is saved yet" in shown.text
    assert len(rows()) == 2
    send(teacher, shown)
    stand = {row.allocation_id: row for row in rows()}
    assert (stand[hers.pk].went, stand[hers.pk].corrects_id is not None) == ("away", True)
    assert stand[his.pk].note == "Retold two steps. Very tired."
    # she put it right and did not give it
    assert stand[his.pk].given_by.name == "Jo Birkett"


def test_a_second_session_of_the_day_is_logged_on_purpose():
    client = signed_in("ta")
    send(client, client.get(f"/now/{ref()}/"))
    closed = client.get(f"/now/{ref()}/")
    again = client.get(f"/now/{ref()}/" + link_to(closed, "a second time today"))
    send(client, again)
    assert [row.number for row in rows()] == [1, 2]


def test_an_earlier_day_can_be_chosen():
    client = signed_in("ta")
    send(client, client.get(f"/now/{ref()}/"))
    earlier = client.get(f"/now/{ref()}/?earlier=1")
    send(client, earlier, on="2027-03-05")
    with acting_as("senco", write=False):
        assert Session.objects.filter(on="2027-03-05").count() == 1


def test_a_day_that_is_no_longer_offered_is_refused_in_words_of_ours():
    client = signed_in("ta")
    page = client.get(f"/now/{ref()}/?earlier=1")
    refused = send(client, page, on="2026-12-01", minutes="9999")
    assert "Choose one of the answers shown for “Which day" in refused.text
    assert "Choose one of the answers shown for “How long was it" in refused.text


@pytest.mark.rule("APD-11")
def test_what_was_saved_is_put_right_by_a_new_row():
    client = signed_in("ta")
    saved = send(client, client.get(f"/now/{ref()}/"))
    sheet = client.get(link_to(saved, "Change what I have saved"))
    answer = send(client, sheet, **{f"went-{ref()}": "chose_not"})
    assert "Chose not to" in answer.text
    assert "How it was logged before" in answer.text
    assert "Here, 20 minutes" in " ".join(answer.text.replace("</b>", "").split())
    first, second = rows()
    assert second.corrects_id == first.pk
    assert first.went == "delivered"


def test_a_mistake_is_taken_back_and_the_day_is_open_again():
    client = signed_in("ta")
    saved = send(client, client.get(f"/now/{ref()}/"))
    sheet = client.get(link_to(saved, "Change what I have saved"))
    assert "Taken back" in send(client, sheet, mistake="on").text
    assert "Everyone is marked here" in client.get(f"/now/{ref()}/").text


def test_words_of_any_kind_in_a_note_are_shown_as_words():
    client = signed_in("ta")
    note = '<script>alert("x")</script> & more'
    saved = send(client, client.get(f"/now/{ref()}/"), **{f"note-{ref()}": note})
    assert "&lt;script&gt;" in saved.text


@pytest.mark.rule("APD-04")
def test_one_who_left_early_has_other_minutes_and_600_are_refused():
    his, hers = with_grace()
    client = signed_in("ta")
    sheet = client.get(f"/now/{ref()}/")
    own = f"minutes-{short(hers.ref)}"
    for wrong in ({own: "600"}, {"other_minutes": "600"}):
        refused = send(client, sheet, **wrong)
        assert "must be between 1 and 360. You wrote 600" in refused.text
        assert rows() == []
    saved = send(client, refused, other_minutes="45", **{own: "5"})
    assert "2 of 2 here" in saved.text
    assert {row.allocation_id: row.minutes for row in rows()} == {his.pk: 45, hers.pk: 5}


@pytest.mark.rule("APD-11")
def test_who_logs_for_another_and_later_is_said():
    client = signed_in("senco")
    saved = send(client, client.get(f"/now/{ref()}/?earlier=1"), on="2027-03-05")
    assert "Logged by Amara Okafor, for Jo Birkett, 5 days later." in saved.text
    page = client.get(f"/allocations/{ref()}/")
    assert "Amara Okafor, for Jo Birkett, 5 days later" in page.text
    own = send(client, client.get(f"/now/{ref()}/"), gave="me")
    assert "Logged by Amara Okafor." in own.text


def test_a_day_to_come_a_day_too_long_ago_and_a_closed_day():
    client = signed_in("ta")
    for day in ("2027-03-11", "2026-11-02"):
        refused = send(client, client.get(f"/now/{ref()}/?earlier=all"), on=day)
        assert "Choose one of the answers shown for “Which day" in refused.text
    sheet = client.get(f"/now/{ref()}/?earlier=1")
    assert "Sun 7 Mar (school closed)" in sheet.text
    refused = send(client, sheet, on="2027-03-07", not_held="room")
    assert "School was closed on 7 March 2027, so nothing was due" in refused.text
    asked_why = send(client, sheet, on="2027-03-07")
    assert "School was closed on 7 March 2027. Choose another day, or say why" in asked_why.text
    saved = send(client, asked_why, closed="The class was away together.")
    assert "School was closed on that day: The class was away together." in saved.text


@pytest.mark.rule("APD-04")
def test_a_pupil_who_has_left_is_logged_up_to_the_last_day_and_not_after():
    his, hers = with_grace()
    with acting_as("senco") as actor:
        left = TODAY - timedelta(days=1)
        end_allocation(actor=actor, allocation=hers, ends=left, reason="Left the school.")
    client = signed_in("senco")
    assert "Grace" not in client.get(f"/now/{short(his.ref)}/").text
    sheet = client.get(f"/now/{short(his.ref)}/?earlier=1")
    assert "until Tue 9 Mar" in sheet.text
    assert "2 of 2 here" in send(client, sheet, on="2027-03-09").text
    hers_alone = client.get(f"/now/{short(hers.ref)}/")
    assert "school closed" in hers_alone.text
    assert 'value="2027-03-10"' not in hers_alone.text


def test_a_group_of_forty_is_logged_in_one_go_with_as_many_questions_to_open():
    client = signed_in("senco")
    before = asked(client, f"/now/{ref()}/")
    with acting_as("senco") as actor:
        his = idris_has()
        forty = [
            add_pupil(
                actor=actor, org=pupil().org, first_name=f"Kim {number}", last_name="Ash",
                birth_date=date(2019, 5, 1),
            )
            for number in range(39)
        ]  # fmt: skip
        given(actor, *forty, provision=his.provision, group=language_group(), minutes=20)
    assert asked(client, f"/now/{ref()}/") == before
    saved = send(client, client.get(f"/now/{ref()}/"), not_held="trip")
    assert "It did not happen" in saved.text
    assert len(rows()) == 40


@pytest.mark.rule("APD-04")
@pytest.mark.requirement("S4-19")
def test_a_missed_session_is_made_up_by_one_tap_and_shown_on_both_days():
    with_grace()
    client = signed_in("ta")
    missed = client.get(f"/now/{ref()}/?earlier=1")
    send(client, missed, on="2027-03-09", not_held="staff-absent")
    sheet = client.get(f"/now/{ref()}/")
    assert "Does it make up a missed one?" in sheet.text
    assert "Tue 9 Mar, staff absent" in sheet.text
    saved = send(client, sheet, makes_up="2027-03-09.1")
    assert "Makes up Tue 9 Mar." in saved.text
    page = client.get(f"/allocations/{ref()}/")
    assert "Made up on Wed 10 Mar." in page.text
    assert "made up later" in page.text
    assert "Does it make up" not in client.get(f"/now/{ref()}/?again=1").text
    # put right: the missed one took place after all, so nothing makes it up any more
    first = client.get(link_to(page, "Tue 9 Mar"))
    right = client.get(link_to(first, "Change what I have saved"))
    send(client, right, not_held="")
    assert "Made up on" not in client.get(f"/allocations/{ref()}/").text


def test_too_long_a_note_is_kept_on_the_page():
    client = signed_in("ta")
    answer = send(client, client.get(f"/now/{ref()}/"), note="x" * 1_001)
    assert "Shorten" in answer.text
    assert "x" * 1_001 in answer.text
    assert rows() == []


def test_each_pupil_of_the_group_is_written_in_the_access_log():
    with_grace()
    signed_in("ta").get(f"/now/{ref()}/")
    with acting_as("senco", write=False):
        looks = Opening.objects.filter(at__date=TODAY)
        names = set(looks.values_list("pupil__first_name", flat=True))
    assert names == {"Idris", "Grace"}


def test_pages_for_hands_have_no_navigation_for_an_assistant():
    assert "os-nav" not in signed_in("ta").get("/now/").text


def test_who_runs_nothing_is_told_so():
    assert "Nothing is given by you today" in signed_in("other_teacher").get("/now/").text


def test_the_number_of_questions_does_not_grow_with_the_group():
    client = signed_in("ta")
    before = asked(client, "/now/"), asked(client, f"/now/{ref()}/")
    with_grace()
    assert (asked(client, "/now/"), asked(client, f"/now/{ref()}/")) == before


def ref() -> str:
    with acting_as("senco", write=False):
        return short(idris_has().ref)


def test_links_of_tasks_lead_to_pages():
    client = signed_in("senco")
    assert client.get(f"/allocations/{ref()}/").status_code == 200
    assert client.get(f"/allocations/{ref()}/told/").status_code == 200
    assert re.fullmatch("[A-Za-z0-9_-]{22}", ref())


END_OF_TERM = date(2027, 3, 24)


@pytest.mark.parametrize(
    ("closed_to", "says"),
    [
        (TODAY + timedelta(days=1), "Friday 12 March 2027."),
        (END_OF_TERM, "calendar does not say when it opens again"),
    ],
)
def test_on_a_day_when_school_is_closed_now_says_so_and_when_it_opens(closed_to, says):
    with acting_as("senco") as actor:
        term = Entry(date(2027, 1, 4), END_OF_TERM, DayKind.TERM)
        entries = [term, Entry(TODAY, closed_to, DayKind.CLOSED)]
        year = AcademicYear(2026)
        enter_term_dates(actor=actor, org=pupil().org, year=year, entries=entries, version=None)
    client = signed_in("ta")
    for address in ("/", "/now/"):
        page = client.get(address)
        assert "School is closed today." in page.text
        assert says in page.text
        assert "earlier=1" in link_to(page, "Language group")
    sheet = client.get(link_to(page, "Language group"))
    assert ">Tue 9 Mar" in sheet.text
    assert ">Today<" not in sheet.text


def test_a_weekend_is_closed_also_where_no_term_is_entered():
    with acting_as("ta", write=False) as actor:
        saturday, orgs = date(2027, 3, 13), actor.hat.orgs
        assert closed_on(orgs, TODAY) is None
        assert closed_on(orgs, saturday) == Closed(date(2027, 3, 15))
        assert closed_on(frozenset({1, 2}), saturday) is None
