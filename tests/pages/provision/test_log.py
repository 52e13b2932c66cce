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
from opensenco.provision.models import Session
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


def test_two_people_with_the_page_open_log_once_and_the_second_is_told_by_whom():
    teacher, assistant = signed_in("teacher"), signed_in("ta")
    mine, theirs = teacher.get(f"/now/{ref()}/"), assistant.get(f"/now/{ref()}/")
    send(assistant, theirs)
    answer = send(teacher, mine)
    assert "This is logged already" in answer.text
    assert "Jo Birkett" in teacher.get(f"/now/{ref()}/").text
    assert len(rows()) == 1


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
