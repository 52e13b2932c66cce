"""Setting when something is given: refusals, what becomes of the one before, who is told."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from opensenco.cases.models import Task
from opensenco.kernel.errors import Invalid, NotFound, NotPossible
from opensenco.people.models import Assignment
from opensenco.provision.models import Slot, Timetable
from opensenco.provision.operations import giving, rooms
from opensenco.provision.operations.timetables import (
    At,
    Clashing,
    end_timetable,
    set_timetable,
)
from opensenco.provision.states import ClashOf, Turn
from opensenco.provision.timetable import Hour
from tests.cast import TODAY
from tests.domain.provision.steps import (
    IN_TEN_WEEKS,
    MONDAY,
    given,
    idris_has,
    language_group,
    pupil,
    reading,
)
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db
THURSDAY = MONDAY + timedelta(days=3)


def at(weekday: int, begins: str, ends: str, week: str = "", **more) -> At:
    return At(Hour(weekday, time.fromisoformat(begins), time.fromisoformat(ends), week), **more)


NINE = at(0, "09:00", "09:20")


def tables(row) -> list[tuple[date, date | None]]:
    rows = Timetable.objects.filter(allocation=row, taken_back_at__isnull=True).order_by("starts")
    return list(rows.values_list("starts", "ends"))


@pytest.mark.requirement("S1-10")
@pytest.mark.rule("APD-03")
def test_a_change_in_mid_week_ends_the_hours_before_on_the_day_before_and_keeps_them():
    with acting_as("senco") as actor:
        (row,) = given(actor)
        (first,) = set_timetable(
            actor=actor, allocations=[row], hours=[NINE, at(2, "09:00", "09:20")], starts=MONDAY
        )
        set_timetable(
            actor=actor, allocations=[row], hours=[at(4, "11:00", "11:20")], starts=THURSDAY
        )
        assert tables(row) == [(MONDAY, THURSDAY - timedelta(days=1)), (THURSDAY, None)]
        assert Slot.objects.filter(timetable=first).count() == 2
        # how it stood before is in the history
        assert first.history.order_by("history_id").first().ends is None


def test_what_is_set_again_from_the_same_day_takes_the_one_before_back():
    with acting_as("senco") as actor:
        (row,) = given(actor)
        for hour in (NINE, at(1, "10:00", "10:20")):
            set_timetable(actor=actor, allocations=[row], hours=[hour], starts=MONDAY)
        assert tables(row) == [(MONDAY, None)]
        assert Timetable.objects.filter(allocation=row).count() == 2
        end_timetable(actor=actor, allocations=[row], ends=THURSDAY)
        assert tables(row) == [(MONDAY, THURSDAY)]
        with pytest.raises(Invalid):
            end_timetable(actor=actor, allocations=[row], ends=THURSDAY)


@pytest.mark.parametrize(
    ("hours", "field"),
    [
        ([], "hours"),
        ([at(0, "10:00", "09:00")], "hours"),
        ([at(0, "09:00", "09:00")], "hours"),
        ([at(0, "09:00", "19:00")], "hours"),  # 600 minutes
        ([at(0, "02:00", "02:30")], "hours"),
        ([at(0, "09:00", "09:30"), at(0, "09:15", "09:45")], "hours"),
        ([at(day, f"{hour:02}:00", f"{hour:02}:10") for day in range(5) for hour in range(8, 14)],
         "hours"),
        ([at(0, "09:00", "09:30", "a")], "hours"),  # no weeks that take turns
        ([at(0, "09:00", "09:30", "c")], "hours"),
    ],
)  # fmt: skip
def test_hours_that_cannot_be_are_refused(hours, field):
    with acting_as("senco") as actor:
        (row,) = given(actor)
        with pytest.raises(Invalid) as fault:
            set_timetable(actor=actor, allocations=[row], hours=hours, starts=TODAY)
        assert fault.value.field == field
        assert not Timetable.objects.filter(allocation=row).exists()


def test_days_outside_what_was_promised_are_refused():
    with acting_as("senco") as actor:
        (row,) = given(actor)
        for starts, ends, field in (
            (IN_TEN_WEEKS + timedelta(days=1), None, "starts"),
            (TODAY, TODAY - timedelta(days=1), "ends"),
            (MONDAY - timedelta(days=30), MONDAY - timedelta(days=1), "ends"),
            (TODAY - timedelta(days=800), None, "starts"),
        ):
            with pytest.raises(Invalid) as fault:
                set_timetable(
                    actor=actor, allocations=[row], hours=[NINE], starts=starts, ends=ends
                )
            assert fault.value.field == field
        giving.mark_in_error(actor=actor, allocation=row, reason="Not for her.")
        with pytest.raises(NotPossible):
            set_timetable(actor=actor, allocations=[row], hours=[NINE], starts=TODAY)


def test_a_promise_that_begins_later_has_hours_from_its_own_first_day():
    with acting_as("senco") as actor:
        provision = reading(actor)
        (now,) = given(actor, provision=provision, group=language_group())
        (later,) = given(
            actor, pupil("Idris"), provision=provision, group=language_group(), starts=THURSDAY
        )
        set_timetable(actor=actor, allocations=[now, later], hours=[NINE], starts=MONDAY)
        assert (tables(now), tables(later)) == ([(MONDAY, None)], [(THURSDAY, None)])


@pytest.mark.rule("APD-12")
@pytest.mark.requirement("S1-10")
def test_one_pupil_one_adult_and_one_room_twice_at_one_hour_are_told_before_it_is_set():
    with acting_as("senco") as actor:
        hall = rooms.add_room(actor=actor, org=pupil().org, name="Hall")
        (first,) = given(actor, person=person("ta"))
        set_timetable(
            actor=actor, allocations=[first], hours=[at(0, "09:00", "09:20", room=hall)],
            starts=MONDAY,
        )  # fmt: skip
        mentor = reading_as(actor, "Mentor")
        (second,) = given(actor, provision=mentor, person=person("ta"))
        wanted: dict[str, Any] = {"allocations": [second], "starts": MONDAY}
        with pytest.raises(Clashing) as fault:
            set_timetable(actor=actor, hours=[at(0, "09:10", "09:40", room=hall)], **wanted)
        assert [one.kind for one in fault.value.found] == list(ClashOf)
        assert {one.other.of for one in fault.value.found} == {first}
        set_timetable(
            actor=actor, hours=[at(0, "09:10", "09:40", room=hall)],
            because="The mentor sits beside her in reading.", **wanted
        )  # fmt: skip
        assert Timetable.objects.get(allocation=second).because.startswith("The mentor")
        # next to each other there is no clash, and no reason is kept
        set_timetable(
            actor=actor, hours=[at(0, "09:20", "09:40", room=hall)], because="None needed.",
            **wanted
        )  # fmt: skip
        assert Timetable.objects.get(allocation=second, taken_back_at=None).because == ""


def reading_as(actor, name: str):
    from opensenco.provision.operations import library

    return library.add_provision(
        actor=actor, org=pupil().org, name=name, layer=2, minutes=15, times_a_week=1
    )


def test_a_group_has_its_adult_and_its_room_once_and_who_joins_it_has_its_hours():
    with acting_as("senco") as actor:
        provision, group = reading(actor), language_group()
        (first,) = given(actor, provision=provision, group=group)
        hall = rooms.add_room(actor=actor, org=pupil().org, name="Hall")
        set_timetable(
            actor=actor, allocations=[first], hours=[at(0, "09:00", "09:20", room=hall)],
            starts=MONDAY,
        )  # fmt: skip
        (second,) = given(actor, pupil("Idris"), provision=provision, group=group, starts=THURSDAY)
        assert tables(second) == [(THURSDAY, None)]
        (slot,) = Slot.objects.filter(timetable__allocation=second)
        assert (slot.room, slot.starts_at) == (hall, time(9))
        set_timetable(
            actor=actor, allocations=[first, second], hours=[at(1, "09:00", "09:20", room=hall)],
            starts=THURSDAY,
        )  # fmt: skip
        assert tables(first) == [(MONDAY, THURSDAY - timedelta(days=1)), (THURSDAY, None)]
        assert tables(second) == [(THURSDAY, None)]


def test_who_is_named_for_an_hour_reaches_the_pupil_for_its_days_and_is_told_once():
    with acting_as("senco") as actor:
        (row,) = given(actor, person=person("ta"))
        other = person("other_teacher")
        hours = [at(0, "09:00", "09:20", person=other), at(1, "09:00", "09:20")]
        set_timetable(actor=actor, allocations=[row], hours=hours, starts=MONDAY)
        mine = Assignment.objects.filter(person=other, pupil=row.pupil)
        assert [(one.starts, one.ends) for one in mine] == [(MONDAY, IN_TEN_WEEKS)]
        giving.end_allocation(actor=actor, allocation=row, ends=THURSDAY, reason="It helped.")
        assert [one.ends for one in mine.all()] == [THURSDAY]
        set_timetable(
            actor=actor, allocations=[row], hours=[NINE], starts=MONDAY + timedelta(days=1)
        )
        assert [one.ends for one in mine.all()] == [MONDAY]
        assert Task.objects.filter(source_ref=row.ref).count() <= 1


@pytest.mark.requirement("S1-10")
def test_weeks_take_turns_once_the_school_says_so():
    with acting_as("senco") as actor:
        (row,) = given(actor)
        place = row.pupil.org
        for day in (TODAY, MONDAY + timedelta(days=7 * 100)):
            with pytest.raises(Invalid):
                rooms.say_turns(actor=actor, org=place, monday=day)
        rooms.say_turns(actor=actor, org=place, monday=MONDAY)
        fortnight = [at(0, "09:00", "09:20", Turn.A), at(0, "09:00", "09:20", Turn.B)]
        set_timetable(actor=actor, allocations=[row], hours=fortnight, starts=MONDAY)
        rooms.say_turns(actor=actor, org=place, monday=MONDAY, takes_turns=False)
        with pytest.raises(Invalid):
            set_timetable(actor=actor, allocations=[row], hours=fortnight, starts=MONDAY)


def test_a_room_has_one_name_and_is_used_until_it_is_not():
    with acting_as("senco") as actor:
        place = pupil().org
        hall = rooms.add_room(actor=actor, org=place, name="  Hall ")
        for name in ("Hall", " ", "x" * 61):
            with pytest.raises(Invalid):
                rooms.add_room(actor=actor, org=place, name=name)
        rooms.end_room(actor=actor, room=hall)
        with pytest.raises(NotPossible):
            rooms.end_room(actor=actor, room=hall)
        (row,) = given(actor)
        with pytest.raises(NotPossible):
            set_timetable(
                actor=actor, allocations=[row], hours=[at(0, "09:00", "09:20", room=hall)],
                starts=TODAY,
            )  # fmt: skip
        hall.org_id = 0
        with pytest.raises(NotFound):
            set_timetable(
                actor=actor, allocations=[idris_has()], hours=[at(0, "09:00", "09:20", room=hall)],
                starts=TODAY,
            )  # fmt: skip


def test_an_hour_is_given_by_somebody_who_works_here_then():
    with acting_as("outside_teacher", write=False):
        others = [person("outside_teacher")]
    with acting_as("senco") as actor:
        (row,) = given(actor)
        for other in (*others, person("parent")):
            hour = at(0, "09:00", "09:20", person=other)
            with pytest.raises(Invalid, match="does not work here then"):
                set_timetable(actor=actor, allocations=[row], hours=[hour], starts=MONDAY)
