"""Saying when something is given, what clashes at once, the week, the clashes, rooms and turns."""

from datetime import date, time, timedelta
from types import SimpleNamespace

import pytest

from opensenco.kernel.dates import Span
from opensenco.kernel.refs import short
from opensenco.pages.provision import hours_said
from opensenco.people.operations import pupils
from opensenco.provision.clashes import Clash, Use
from opensenco.provision.models import Allocation, Room, Session, Slot, Timetable
from opensenco.provision.operations import rooms
from opensenco.provision.operations.timetables import set_timetable
from opensenco.provision.states import ClashOf
from opensenco.provision.timetable import Hour
from tests.cast import TODAY
from tests.client import signed_in
from tests.domain.provision.steps import MONDAY, given, language_group, pupil, reading
from tests.domain.provision.test_set_timetable import at, reading_as
from tests.domain.support.steps import outcome
from tests.pages.plans.test_plan import address, draft_plan
from tests.pages.provision.hands import asked, filled, link_to, send, ticks
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db


def hall() -> str:
    with acting_as("senco") as actor:
        return short(rooms.add_room(actor=actor, org=pupil().org, name="Hall").ref)


@pytest.mark.requirement("S1-10", "S4-29")
@pytest.mark.rule("APD-03", "APD-12")
def test_it_is_given_with_days_time_and_room_in_one_form_and_what_clashes_is_said_before():
    room = hall()
    with acting_as("senco") as actor:
        item = short(reading(actor).ref)
        (other,) = given(actor, provision=reading_as(actor, "Mentor"), person=person("ta"))
        set_timetable(
            actor=actor, allocations=[other], hours=[at(1, "09:10", "09:40")], starts=TODAY
        )
        grace = short(pupil().ref)
    client = signed_in("senco")
    form = client.get(f"/provision/{item}/give/?pupil={grace}")
    refused = send(client, form, days=["0", "1"], at="9.15", room=room)
    assert "Grace Atherton has Mentor on Tuesday 9:10 to 9:40." in refused.text
    with acting_as("senco", write=False):
        assert not Allocation.objects.filter(provision__name="Paired reading").exists()
    saved = send(client, refused, because="The mentor reads with her.")
    assert "Given." in saved.text
    assert "Monday 9:15 to 9:30, Hall" in saved.text
    assert "Something else is at the same hour: The mentor reads with her." in saved.text
    # only a day, only a time, and what cannot be
    for words, changes in (
        ("Say from what time, or tick no day.", {"days": ["0"], "at": ""}),
        ("Tick the days for this time.", {"days": [], "at": "9:15"}),
        ("Choose a time between 06:00 and 22:00", {"days": ["0"], "at": "3:15"}),
        ("must be an hour", {"days": ["0"], "at": "soon"}),
    ):
        assert words in send(client, form, **changes).text


def test_two_who_get_the_same_alone_at_one_hour_are_told_apart_from_another_thing():
    hour, span = Hour(1, time(9), time(9, 20)), Span(TODAY, None)
    of = SimpleNamespace(
        provision_id=1, provision=SimpleNamespace(name="Reading"), group_id=None, group=None, pk=1
    )
    use = Use((1, 1, 0, 1), hour, span, of, room=SimpleNamespace(name="Hall"))
    said = hours_said.clash(Clash(ClashOf.ROOM, use, use, span))
    assert "given to two pupils at one hour, each alone, and needs Hall twice." in said
    of.group_id = 7
    assert hours_said.clash(Clash(ClashOf.ROOM, use, use, span)).startswith("Hall is used for")


@pytest.mark.requirement("S1-10")
def test_a_groups_hours_are_changed_from_a_day_on_for_those_who_are_ticked():
    room = hall()
    with acting_as("senco") as actor:
        provision, group = reading(actor), language_group()
        rows = given(actor, pupil(), pupil("Idris"), provision=provision, group=group)
        ref = short(rows[0].ref)
    client = signed_in("senco")
    page = client.get(link_to(client.get(f"/allocations/{ref}/"), "Say days, times and rooms"))
    assert len(ticks(page, "pupils")) == 2
    hours = {"day0": "0", "from0": "9", "day1": "2", "from1": "13:30", "until1": "2.00pm"}
    saved = send(client, page, **hours, room0=room, person1=short(person("teacher").ref))
    assert "Monday 9:00 to 9:15, Hall" in saved.text
    assert "Wednesday 13:30 to 14:00, Priya Raman" in saved.text
    again = client.get(f"/allocations/{ref}/hours/")
    assert filled(again)[1]["from1"] == "13:30"
    tomorrow = TODAY + timedelta(days=1)
    only = send(
        client, again, pupils=[short(rows[0].ref)], **{"starts-day": str(tomorrow.day)},  day1="",
    )  # fmt: skip
    assert "From 11 March 2027" in only.text
    with acting_as("senco", write=False):
        now = Timetable.objects.filter(taken_back_at=None)
        assert now.filter(allocation=rows[0]).count() == 2
        assert now.get(allocation=rows[1]).ends is None
    ended = send(client, client.get(f"/allocations/{short(rows[1].ref)}/hours/end/"))
    assert "The times end on that day." in ended.text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Choose at least one day and say from when."),
        ({"day0": "0"}, "Say from when, like 9:15 or 13:30."),
        ({"from0": "9:00"}, "Choose the day for this time."),
        ({"day0": "0", "from0": "10:00", "until0": "9:00"}, "It must end later than it begins."),
        ({"day0": "0", "from0": "8:00", "until0": "18:00"}, "A session takes at most 360 minutes."),
        ({"day0": "0", "from0": "9:00", "day1": "0", "from1": "9:10"},
         "Two of these times are at the same hour."),
        ({"day0": "0", "from0": "99"}, "must be an hour"),
        ({"day0": "0", "from0": "9", "starts-year": "2031"}, "Choose a first day within a year"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_field_and_what_was_typed_is_kept(changes, words):
    with acting_as("senco") as actor:
        (row,) = given(actor)
    client = signed_in("senco")
    refused = send(client, client.get(f"/allocations/{short(row.ref)}/hours/"), **changes)
    assert words in refused.text
    assert all(filled(refused)[1][name] == value for name, value in changes.items())
    with acting_as("senco", write=False):
        assert not Timetable.objects.filter(allocation=row).exists()


def a_week(actor):
    room = rooms.add_room(actor=actor, org=pupil().org, name="Hall")
    provision, group = reading(actor), language_group()
    rows = given(actor, pupil(), pupil("Idris"), provision=provision, group=group)
    set_timetable(
        actor=actor, allocations=rows, starts=MONDAY,
        hours=[at(0, "09:00", "09:20", room=room), at(3, "13:30", "13:50")],
    )  # fmt: skip
    (mentor,) = given(
        actor, pupil("Poppy"), provision=reading_as(actor, "Mentor"), person=person("teacher")
    )
    set_timetable(actor=actor, allocations=[mentor], hours=[at(0, "09:00", "09:30")], starts=MONDAY)
    return rows, mentor


@pytest.mark.requirement("S1-10", "S2-16")
def test_the_week_is_a_grid_by_the_clock_by_adult_by_room_and_by_pupil_and_goes_into_a_file():
    with acting_as("senco") as actor:
        a_week(actor)
        given(actor, provision=reading_as(actor, "Lego"))
    client = signed_in("senco")
    page = client.get(link_to(client.get("/provision/"), "The week"))
    assert "9:00–9:20" in page.text
    assert "Paired reading, Language group" in page.text
    assert "No times set yet" in page.text
    assert "Lego" in page.text
    by_adult = client.get(link_to(page, "By adult"))
    assert "Jo Birkett" in by_adult.text
    assert "40 minutes" in by_adult.text
    jo = client.get(link_to(by_adult, "Jo Birkett"))
    assert "The week: Jo Birkett" in jo.text
    assert "Mentor" not in jo.text
    assert (
        "Paired reading" in client.get(link_to(client.get(link_to(page, "By room")), "Hall")).text
    )
    by_pupil = client.get(link_to(page, "By pupil"))
    assert "Mentor" in client.get(link_to(by_pupil, "Poppy")).text
    later = client.get(link_to(page, "Week after"))
    assert "15 March 2027" in later.text
    told = client.get("/provision/week/?file=csv").text
    assert "09" not in told.split("\n")[0]
    assert "9:00,9:20,20" in told
    # the teacher sees the pupils that they teach, and no others
    theirs = signed_in("other_teacher").get("/provision/week/")
    assert "Mentor" in theirs.text
    assert "Paired reading" not in theirs.text
    for odd in ("?from=soon", "?from=9999-01-01", "?by=moon"):
        assert "8 March 2027" in client.get(f"/provision/week/{odd}").text


@pytest.mark.requirement("S1-10", "S4-29")
@pytest.mark.rule("APD-12")
def test_clashes_are_listed_and_those_with_a_reason_stand_apart():
    with acting_as("senco") as actor:
        rows, _mentor = a_week(actor)
        (second,) = given(actor, provision=reading_as(actor, "Lego"), person=person("teacher"))
        set_timetable(
            actor=actor, allocations=[second], hours=[at(0, "09:10", "09:30")], starts=TODAY,
            because="Both in one room.",
        )  # fmt: skip
        # a pupil joins a group whose hour meets something of theirs
        given(actor, pupil("Poppy"), provision=rows[0].provision, group=language_group())
    client = signed_in("senco")
    page = client.get(link_to(client.get("/provision/week/"), "Clashes"))
    assert "To be put right" in page.text
    assert "Done all the same" in page.text
    assert "Both in one room." in page.text
    assert "Poppy" in page.text
    assert "Clashes" not in signed_in("teacher").get("/provision/week/").text
    assert "Pupil" in client.get("/provision/clashes/?file=csv").text


@pytest.mark.requirement("S1-10")
def test_as_many_questions_for_forty_pupils_as_for_one():
    client = signed_in("senco")
    addresses = ("/provision/week/", "/provision/week/?by=pupil", "/provision/clashes/",
                 "/provision/week/?by=person")  # fmt: skip
    with acting_as("senco") as actor:
        rows, _mentor = a_week(actor)
    before = [asked(client, address) for address in addresses]
    with acting_as("senco") as actor:
        many = [
            pupils.add_pupil(
                actor=actor, org=pupil().org, first_name=f"Child{n}", last_name="Many",
                birth_date=date(2018, 1, 1), year_group=4,
            )
            for n in range(38)
        ]  # fmt: skip
        given(actor, *many, provision=rows[0].provision, group=language_group())
    assert [asked(client, address) for address in addresses] == before
    page = client.get(f"/allocations/{short(rows[0].ref)}/hours/")
    assert len(ticks(page, "pupils")) == 40


def test_rooms_are_added_and_taken_out_and_weeks_take_turns():
    client = signed_in("senco")
    page = client.get(link_to(client.get("/provision/week/"), "Rooms"))
    saved = send(client, page, name="Hall")
    assert "Hall" in saved.text
    assert "There is a room of this name." in send(client, saved, name="hall").text
    gone = send(client, client.get(link_to(saved, "Take Hall out of the list")))
    assert "Take Hall out of the list" not in gone.text
    with acting_as("senco", write=False):
        assert Room.objects.get(name="Hall").ended_on == TODAY
    weeks = client.get("/provision/weeks/")
    day = {"monday-day": "8", "monday-month": "3", "monday-year": "2027"}
    assert "This is not a Monday." in send(client, weeks, **{**day, "monday-day": "9"}).text
    assert "From that Monday on the timetable runs so." in send(client, weeks, **day).text
    assert "Week A" in client.get("/provision/week/").text
    with acting_as("senco") as actor:
        (row,) = given(actor)
    form = client.get(f"/allocations/{short(row.ref)}/hours/")
    send(client, form, day0="0", from0="9", week0="a", day1="0", from1="9", week1="b")
    with acting_as("senco", write=False):
        weeks_of = Slot.objects.filter(timetable__allocation=row).values_list("week", flat=True)
        assert sorted(weeks_of) == ["a", "b"]
        assert {one.starts_at for one in Slot.objects.filter(timetable__allocation=row)} == {
            time(9)
        }


@pytest.mark.requirement("S4-29")
@pytest.mark.rule("APD-12")
def test_the_plan_check_remarks_on_two_things_whose_times_meet():
    cycle = draft_plan(outcome())
    with acting_as("senco") as actor:
        rooms.say_turns(actor=actor, org=pupil().org, monday=MONDAY)
        rows = [given(actor, provision=reading_as(actor, n))[0] for n in ("Mentor", "Lego")]
        for row, week in zip(rows, "ab", strict=True):
            hours = [at(0, "09:00", "09:30", week)]
            set_timetable(actor=actor, allocations=[row], starts=MONDAY, hours=hours)
    client = signed_in("senco")
    said = "Two provisions are at the same hour."
    assert said not in client.get(address(cycle)).text
    with acting_as("senco") as actor:
        set_timetable(
            actor=actor, allocations=[rows[1]], starts=MONDAY, because="In turn.",
            hours=[at(0, "09:10", "09:20")],
        )  # fmt: skip
    assert said in client.get(address(cycle)).text


@pytest.mark.requirement("S1-10", "S4-19")
@pytest.mark.rule("APD-04")
def test_now_has_todays_hours_and_who_is_expected_is_logged_in_two_taps():
    with acting_as("senco") as actor:
        provision, group = reading(actor), language_group()
        rows = given(actor, pupil(), pupil("Idris"), provision=provision, group=group)
        (poppy,) = given(actor, pupil("Poppy"), provision=provision, person=person("ta"))
        # Grace comes at twenty past nine, and both in the afternoon
        set_timetable(
            actor=actor, allocations=rows[:1], starts=TODAY,
            hours=[at(2, "09:20", "09:50"), at(2, "13:30", "14:00")],
        )  # fmt: skip
        set_timetable(
            actor=actor, allocations=rows[1:], starts=TODAY, hours=[at(2, "13:30", "14:00")]
        )
    client = signed_in("ta")
    home = client.get("/")
    sheet = client.get(link_to(home, "9:20 Language group: Paired reading"))
    assert "Idris" not in sheet.text.split("Somebody else was there")[0].split("<main")[1]
    saved = send(client, sheet)
    assert "Saved. 1 of 1 here, 30 minutes" in saved.text
    # the afternoon: both, less Grace, and Poppy came too
    sheet = client.get(link_to(client.get("/now/"), "13:30"))
    fewer = client.get(sheet.request["PATH_INFO"] + link_to(sheet, "Grace Atherton is not in"))
    more = client.get(fewer.request["PATH_INFO"] + link_to(fewer, "was there too"))
    assert "Saved. 2 of 2 here" in send(client, more).text
    with acting_as("senco", write=False):
        on = Session.objects.filter(on=TODAY, allocation__provision=provision)
        assert [row.pupil.first_name for row in on.order_by("id")] == ["Grace", "Idris", "Poppy"]
        assert {row.allocation for row in on} == {*rows, poppy}


def test_a_form_that_leaves_everybody_out_leaves_nobody_out():
    with acting_as("senco") as actor:
        rows = given(actor, pupil(), pupil("Idris"), provision=reading(actor),
                     group=language_group())  # fmt: skip
    refs = ",".join(short(row.ref) for row in rows)
    page = signed_in("ta").get(f"/now/{short(rows[0].ref)}/?without={refs}&also=nobody")
    assert "save for 2 pupils" in page.text


@pytest.mark.requirement("S4-29")
@pytest.mark.rule("APD-12")
def test_who_joins_a_group_whose_hour_meets_something_of_theirs_is_told_of_on_the_next_page():
    with acting_as("senco") as actor:
        rows, _mentor = a_week(actor)
        item, poppy = short(rows[0].provision.ref), short(pupil("Poppy").ref)
        group = short(language_group().ref)
    client = signed_in("senco")
    form = client.get(f"/provision/{item}/give/?pupil={poppy}")
    saved = send(client, form, group=group)
    assert "At the same hour" in saved.text
    assert "has Mentor on Monday 9:00 to 9:30." in saved.text
