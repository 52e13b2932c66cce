"""A meeting from planning to the record in the family's hands, by the pages of the people in it."""

import re
from io import BytesIO

import pytest
from django.urls import reverse
from icalendar import Calendar
from pypdf import PdfReader

from opensenco.kernel.refs import short
from opensenco.meetings.models import Meeting, MeetingAction, MeetingMember
from tests.cast import TODAY
from tests.client import signed_in
from tests.domain.meetings.making import mother, pupil
from tests.pages.concerns.walking import text_of
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db


def to(name: str, row) -> str:
    return reverse(f"meetings:{name}", args=[row.ref])


def newest() -> Meeting:
    with acting_as("senco", write=False):
        return Meeting.objects.select_related("org").order_by("-id")[0]


def members() -> dict[str, MeetingMember]:
    with acting_as("senco", write=False):
        rows = MeetingMember.objects.filter(meeting=newest(), taken_off_on__isnull=True)
        return {row.name: row for row in rows}


def planned(kind: str = "sen-support-review", **more: str):
    with acting_as("senco", write=False):
        idris, family = pupil(), str(mother().ref)
    given = {
        "day": f"{TODAY.day}/{TODAY.month}/{TODAY.year}", "hour": "3.30pm", "minutes": "40",
        "place": "Room 4", "staff": [str(person(key).ref) for key in ("senco", "teacher")],
        "family": [family, "pupil"], "others": str(person("other_teacher").ref),
        "guests": "Una Prior, educational psychologist, County service",
        "purpose": "To look at the spring term.", **more,
    }  # fmt: skip
    return signed_in("senco").post(f"{to('plan', idris)}?kind={kind}", given)


@pytest.mark.requirement("S1-12", "S2-21", "S4-36")
@pytest.mark.rule("APD-06", "APD-08", "APD-09")
def test_a_review_is_planned_answered_held_recorded_and_given_to_the_family():
    senco, teacher = signed_in("senco"), signed_in("teacher")
    with acting_as("senco", write=False):
        idris = pupil()
    chosen = text_of(senco.get(to("plan", idris)))
    assert "SEN support review (three a year)" in chosen
    assert "Parents or carers, The pupil, Class teacher" in chosen
    form = senco.get(to("plan", idris) + "?kind=sen-support-review").content.decode()
    assert "Leila Hassan, Mother" in form
    assert "Tony Vicker" not in form, "a court keeps him away"
    assert planned().status_code == 302
    row = newest()

    home = text_of(teacher.get("/"))
    assert "Say whether you come" in home
    page = text_of(teacher.get(to("show", row)))
    assert "Wednesday 10 March 2027, 15:30 to 16:10" in page
    assert "To look at the spring term." in page
    mine = members()["Priya Raman"]
    assert "Do you come?" in text_of(teacher.get(to("answer", mine)))
    said = teacher.post(to("answer", mine), {"reply": "yes"}, follow=True)
    assert "You have said that you come." in text_of(said)
    week = text_of(teacher.get(reverse("meetings:mine")))
    assert "Wednesday 10 March 2027 15:30 Idris Hassan-Cole" in week
    phoned = senco.post(to("answer", members()["Leila Hassan"]), {"reply": "yes", "words": "Rang."})
    assert phoned.status_code == 302

    refused = teacher.post(to("record", row), {"version": row.version, "what_1": "A timer"})
    assert "Choose who does it" in text_of(refused)
    got = members()
    given = {
        "version": newest().version, "pupil_said": "I like the quiet room.",
        "parents_said": "He tells us about maths.", "agreed": "A timer on his desk.",
        "came": [str(got[name].ref) for name in ("Priya Raman", "Leila Hassan")],
        "what_1": "Buy a timer", "who_1": str(got["Priya Raman"].ref), "due_1": "17/3/2027",
        "more": "1",
    }  # fmt: skip
    assert "Buy a timer" in text_of(teacher.post(to("record", row), given, follow=True))
    assert "Buy a timer" in text_of(teacher.get("/"))
    shut = {"close": "1", "version": newest().version}
    closed = text_of(teacher.post(to("give", row), shut, follow=True))
    assert "The record is closed." in closed
    late = teacher.post(to("record", row), {**given, "version": newest().version})
    assert "What was wrong" in text_of(late), "a closed record is corrected with a reason"
    hand = {"members": [str(got["Leila Hassan"].ref)], "way": "hand", "on": "10/3/2027"}
    page = text_of(teacher.post(to("give", row), hand, follow=True))
    assert "Leila Hassan 10 March 2027, by hand, edition 1" in page
    about = text_of(senco.get(reverse("pupils:show", args=[idris.ref])))
    assert "The record of a meeting was given to Leila Hassan." in about
    assert "held and recorded" in text_of(senco.get(to("of_pupil", idris)))

    printed = text_of(teacher.get(to("paper", row)))
    assert "What Idris said I like the quiet room." in printed
    pdf = teacher.get(to("pdf", row))
    words = " ".join(one.extract_text() for one in PdfReader(BytesIO(pdf.content)).pages)
    for part in ("I like the quiet room.", "A timer on his desk.", "Buy a timer", "Edition 1"):
        assert part in " ".join(words.split())
    assert "Idris" not in pdf.headers["Content-Disposition"]
    with acting_as("senco", write=False):
        action = MeetingAction.objects.get(meeting=row)
    done = teacher.post(to("action", action), {"version": 1, "done": "yes", "result": "Bought."})
    assert done.status_code == 302
    assert "Bought." in text_of(senco.get(to("show", row)))
    # who only books meetings knows that there was one, and nothing of what was said
    booked = text_of(signed_in("admin").get(to("show", row)))
    assert "Priya Raman" in booked
    assert "timer" not in booked
    assert signed_in("admin").get(to("record", row)).status_code == 403


def test_an_annual_review_shows_its_notice_by_law_and_days_are_offered_moved_and_called_off():
    answer = planned("annual-review-primary", day="14/4/2027", day_2="15/4/2027", hour_2="9")
    assert answer.status_code == 302, text_of(answer)
    senco, row = signed_in("senco"), newest()
    assert "Days to choose from" in text_of(senco.get(to("show", row)))
    una = members()["Una Prior"]
    page = senco.get(to("answer", una)).content.decode()
    second = page.split('name="slots" type="checkbox" value="')[-1].split('"')[0]
    assert senco.post(to("answer", una), {"slots": [second]}).status_code == 302
    assert "Can: Una Prior." in text_of(senco.get(to("day", row)))
    where = {"version": row.version, "hour": "9:00", "minutes": "75", "place": "Hall"}
    senco.post(to("day", row), {**where, "day": "15/4/2027"})
    page = text_of(senco.get(to("show", row)))
    assert "1 April 2027 Send the invitation and the papers" in page
    assert "Everyone invited has them at least two weeks before." in page
    sent = senco.post(to("papers", row), {"version": newest().version, "on": "9/3/2027"})
    assert sent.status_code == 302
    senco.post(to("papers", row), {"label": "A drawing"})
    assert "A drawing" in text_of(senco.get(to("show", row)))
    senco.post(to("people", row), {"off": str(una.ref)})
    assert "Una Prior" not in members()
    moved = senco.post(to("day", row), {**where, "version": newest().version, "day": "16/4/2027"})
    assert "Say why it is moved" in text_of(moved)
    off = {"version": newest().version, "why": "off", "reason": "The hall is being painted."}
    page = text_of(senco.post(to("off", row), off, follow=True))
    assert "Called off The hall is being painted." in page


def test_a_calendar_is_subscribed_to_by_a_secret_address_that_is_shown_once():
    planned()
    teacher, here = signed_in("teacher"), reverse("meetings:subscribe")
    shown = teacher.post(here, {}, follow=True).content.decode()
    address = shown.split("<code")[1].split(">")[1].split("<")[0].removeprefix("http://testserver")
    assert address not in teacher.get(here).content.decode()
    stranger = type(teacher)()
    answer = stranger.get(address)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert str(event["summary"]) == "Meeting"
    assert stranger.get(address.replace(".ics", "x.ics")).status_code == 404
    teacher.post(here, {"end": "1"})
    assert stranger.get(address).status_code == 404
    one = teacher.get(to("file", newest()))
    assert b"BEGIN:VEVENT" in one.content
    assert b"Idris" not in one.content


@pytest.mark.rule("APD-08")
def test_the_list_of_parents_to_meet_asks_the_same_questions_however_many_pupils(
    django_assert_max_num_queries,
):
    listed = reverse("meetings:parents")
    senco = signed_in("senco")
    page = text_of(senco.get(listed))
    assert "Hassan-Cole, Idris" in page
    with django_assert_max_num_queries(40):
        senco.get(listed)
    assert signed_in("ta").get(listed).status_code == 403


@pytest.mark.requirement("S1-12")
def test_a_letter_that_invites_is_filled_in_from_the_meeting_that_is_planned():
    senco = signed_in("senco")
    with acting_as("senco", write=False):
        ref = short(pupil().ref)
    planned()
    write = f"{reverse('letters:begin')}?pupil={ref}"
    assert write in senco.get(to("show", newest())).text
    sent = {"letter": "shipped:review-meeting-invitation", "form": "standard", "pupils": ref}
    words = senco.post(write, sent)["Location"]
    asked = senco.get(words).text
    for known in ("Wednesday 10 March 2027", "15:30", "Room 4", "Priya Raman (Teacher)"):
        assert known in asked
    assert "Leila Hassan (" not in asked, "one parent's letter does not name the other"
    filled = {"form": "standard", "version": "1", "meeting_date": "Thursday 11 March 2027"}
    look = senco.post(words, filled)["Location"]
    assert "on Thursday 11 March 2027" in senco.get(look).text, "one letter is read before it goes"
    assert "Room 4" not in senco.get(words).text, "what the writer left empty stays empty"
    words = senco.post(write, {**sent, "letter": "shipped:meeting-record"})["Location"]
    assert "10 March 2027" not in senco.get(words).text, "it tells of a meeting that was"


@pytest.mark.requirement("S2-21")
def test_a_meeting_about_the_place_is_planned_held_recorded_and_given_to_who_was_there():
    senco, head = signed_in("senco"), signed_in("head")
    here = reverse("meetings:plan_here")
    assert here in senco.get(reverse("meetings:mine")).text
    chosen = text_of(senco.get(here))
    assert "SEN link visit" in chosen
    assert "SEN support review" not in chosen, "that is about a pupil"
    form = senco.get(f"{here}?kind=governor-link-visit").text
    assert "Family and pupil" not in form
    given = {
        "day": f"{TODAY.day}/{TODAY.month}/{TODAY.year}", "hour": "16:30", "minutes": "60",
        "place": "12 Elm Row", "staff": [str(person(key).ref) for key in ("senco", "head")],
        "guests": "Colin Basing, SEN governor, Governing board", "purpose": "The spring term.",
    }  # fmt: skip
    assert senco.post(f"{here}?kind=governor-link-visit", given).status_code == 302
    row = newest()
    assert row.pupil is None
    assert "Say whether you come" in text_of(head.get("/"))
    assert (
        head.post(to("answer", members()["David Whitcombe"]), {"reply": "yes"}).status_code == 302
    )
    # on the list, in the week and in the calendar; and for nobody else
    assert "SEN link visit" in text_of(head.get(reverse("meetings:mine")))
    assert "Larkrise Primary School. Wednesday 10 March 2027" in text_of(head.get(to("show", row)))
    assert signed_in("teacher").get(to("show", row)).status_code == 403
    assert signed_in("outsider").get(to("show", row)).status_code == 404
    assert b"Elm" not in head.get(to("file", row)).content, "a place can be somebody's home"
    assert b"12 Elm Row" in head.get(to("file", row) + "?place=1").content
    page = senco.get(to("record", row)).text
    assert "What parents and carers said" not in page
    got = members()
    words = {
        "version": newest().version, "notes": "Saw two lessons.", "agreed": "More time for plans.",
        "came": [str(got[name].ref) for name in ("David Whitcombe", "Colin Basing")],
        "what_1": "Ask for cover", "who_1": str(got["David Whitcombe"].ref), "due_1": "17/3/2027",
    }  # fmt: skip
    assert senco.post(to("record", row), words).status_code == 302
    assert "Ask for cover" in text_of(head.get("/"))
    senco.post(to("give", row), {"close": "1", "version": newest().version})
    hand = {"members": [str(got["Colin Basing"].ref)], "way": "hand", "on": "10/3/2027"}
    assert "Colin Basing 10 March 2027, by hand" in text_of(
        senco.post(to("give", row), hand, follow=True)
    )
    pdf = " ".join(one.extract_text() for one in PdfReader(
        BytesIO(head.get(to("pdf", row)).content)).pages)  # fmt: skip
    assert "More time for plans." in pdf
    assert "Larkrise Primary School" in pdf
    mended = {"version": newest().version, "notes": "Saw three lessons.", "agreed": "Cover.",
              "reason": "One lesson was missing."}  # fmt: skip
    assert senco.post(to("record", row), mended).status_code == 302
    # pages that change it are open to it too
    for name in ("people", "papers", "paper"):
        assert senco.get(to(name, row)).status_code == 200
    off = {"version": newest().version, "why": "error", "reason": "It was the other school."}
    assert senco.post(to("off", row), off).status_code == 302


def test_a_shared_senco_plans_for_one_school_and_has_one_calendar_of_all():
    shared = signed_in("shared_senco")
    here = reverse("meetings:plan_here")
    assert "At which of your schools?" in text_of(shared.get(here))
    places = re.findall(r'href="([^"]*place=[^"]*)"', shared.get(here).text)
    assert len(places) > 1
    for number, place in enumerate(places):
        given = {
            "day": f"{TODAY.day}/{TODAY.month}/{TODAY.year}", "hour": f"1{number}:30",
            "minutes": "20", "staff": [str(person("shared_senco").ref)], "place": "Hall",
        }  # fmt: skip
        answer = shared.post(f"{place}&kind=staff-meeting-slot", given)
        assert answer.status_code == 302, text_of(answer)
    feed = reverse("meetings:subscribe")
    assert "all your schools" in text_of(shared.get(feed))
    shown = shared.post(feed, {}, follow=True).content.decode()
    address = shown.split("<code")[1].split(">")[1].split("<")[0].removeprefix("http://testserver")
    events = Calendar.from_ical(type(shared)().get(address).content).walk("VEVENT")
    titles = {str(event["summary"]) for event in events}
    assert len(titles) == len(places), titles
    assert all(title.startswith("Meeting, ") for title in titles)
    assert not any("location" in event for event in events)
    shown = shared.post(feed, {"places": "on"}, follow=True).content.decode()
    address = shown.split("<code")[1].split(">")[1].split("<")[0].removeprefix("http://testserver")
    events = Calendar.from_ical(type(shared)().get(address).content).walk("VEVENT")
    assert {str(event["location"]) for event in events} == {"Hall"}
