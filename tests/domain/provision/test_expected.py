"""What is expected on a day: now, in what order, for whom, and what the ledger makes of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from opensenco.kernel.dates import Span
from opensenco.people.operations import pupils as people
from opensenco.provision import queries
from opensenco.provision.ledger import By, Spell
from opensenco.provision.operations import giving, rooms
from opensenco.provision.operations.sessions import log_session
from opensenco.provision.operations.timetables import end_timetable, set_timetable
from opensenco.provision.queries.delivered import measured
from opensenco.provision.queries.expected import expected_of
from opensenco.provision.queries.ledger import Ledger, Wanted
from tests.cast import TODAY
from tests.domain.provision.steps import MONDAY, given, idris_has, language_group, pupil, reading
from tests.domain.provision.test_delivered import asked
from tests.domain.provision.test_set_timetable import at, reading_as
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db
WEEK = Span(MONDAY, MONDAY + timedelta(days=6))
#: today is Wednesday
WEDNESDAY = 2


def begins(one) -> int:
    assert one.hour is not None
    return one.hour.starts_at.hour


def set_hours(actor, rows, *hours, **more):
    return set_timetable(actor=actor, allocations=rows, hours=hours, starts=MONDAY, **more)


@pytest.mark.requirement("S1-10")
@pytest.mark.rule("APD-04")
def test_an_assistant_has_todays_sessions_by_time_and_the_hour_that_is_now_first():
    with acting_as("senco") as actor:
        hall = rooms.add_room(actor=actor, org=pupil().org, name="Hall")
        jo = person("ta")
        names = ("Early", "Now", "Late", "Friday", "Untimed")
        rows = {
            name: given(actor, provision=reading_as(actor, name), person=jo)[0] for name in names
        }
        # it is half past nine
        set_hours(actor, [rows["Early"]], at(WEDNESDAY, "08:40", "09:00"))
        set_hours(actor, [rows["Now"]], at(WEDNESDAY, "09:20", "09:45", room=hall))
        set_hours(actor, [rows["Late"]], at(WEDNESDAY, "13:00", "13:30"))
        set_hours(actor, [rows["Friday"]], at(4, "09:00", "09:30"))
    with acting_as("ta") as actor:
        units = queries.groups_now(actor)
        assert [one.name for one in units if one.open] == [
            "Now", "Early", "Late", "Language group", "Untimed"
        ]  # fmt: skip
        first = units[0]
        assert (first.room, first.minutes) == (hall, 25)
        (friday,) = [one for one in units if one.name == "Friday"]
        assert (friday.timed, friday.hour, friday.open) == (True, None, False)
        log_session(actor=actor, allocations=[rows["Now"]], on=TODAY)
        assert [one.name for one in queries.groups_now(actor)][:2] == ["Early", "Late"]
        assert asked(lambda: queries.groups_now(actor)) == 5


def test_twice_a_day_is_two_sessions_and_each_is_logged():
    with acting_as("senco") as actor:
        (row,) = given(actor, person=person("ta"))
        set_hours(actor, [row], at(2, "09:00", "09:15"), at(2, "14:00", "14:15"))
    with acting_as("ta") as actor:
        ours = [one for one in queries.groups_now(actor) if one.name == "Paired reading"]
        assert [(begins(one), one.again) for one in ours] == [(9, False), (14, False)]
        log_session(actor=actor, allocations=[row], on=TODAY)
        one = queries.unit(actor, row, TODAY)
        assert (begins(one), one.again, one.open) == (14, True, True)
        log_session(actor=actor, allocations=[row], on=TODAY, again=True)
        ours = [one for one in queries.groups_now(actor) if one.name == "Paired reading"]
        assert all(one.logged for one in ours)
        assert len({one.logged[0].pk for one in ours}) == 2


def test_an_hour_of_every_second_week_is_today_in_its_weeks_alone():
    with acting_as("senco") as actor:
        weeks = {"a": "Of week A", "b": "Of week B"}
        rooms.say_turns(actor=actor, org=pupil().org, monday=MONDAY)
        for week, name in weeks.items():
            (row,) = given(actor, provision=reading_as(actor, name), person=person("ta"))
            set_hours(actor, [row], at(WEDNESDAY, "09:00", "09:15", week), because="Both are")
    with acting_as("ta") as actor:
        found = {one.name: one.hour is not None for one in queries.groups_now(actor)}
        assert (found["Of week A"], found["Of week B"]) == (True, False)


def test_an_hour_for_which_another_is_named_is_theirs():
    with acting_as("senco") as actor:
        (row,) = given(actor, person=person("ta"))
        set_hours(actor, [row], at(2, "09:00", "09:15", person=person("teacher")),
                  at(3, "09:00", "09:15"))  # fmt: skip
    with acting_as("ta") as actor:
        (mine,) = [one for one in queries.groups_now(actor) if one.name == "Paired reading"]
        assert mine.hour is None
        # whoever steps in logs it all the same
        assert queries.unit(actor, row, TODAY).hour is not None
    with acting_as("teacher") as actor:
        assert [one.name for one in queries.groups_now(actor)] == ["Paired reading"]
    with acting_as("teacher") as actor:
        tomorrow = replace(actor, at=actor.at + timedelta(days=1))
        assert queries.groups_now(tomorrow) == []


@pytest.mark.requirement("S1-10")
def test_who_is_expected_follows_who_joins_goes_and_has_other_hours():
    with acting_as("senco") as actor:
        provision, group = reading(actor), language_group()
        first, second = given(actor, pupil(), pupil("Idris"), provision=provision, group=group)
        set_hours(actor, [first, second], at(1, "09:00", "09:20"), at(4, "09:00", "09:20"))
        given(actor, pupil("Poppy"), provision=provision, group=group, starts=TODAY)
        giving.end_allocation(actor=actor, allocation=second, ends=TODAY, reason="It helped.")
        found = [one for one in expected_of(actor, WEEK) if one.first.provision == provision]
        assert [(one.on.weekday(), [p.first_name for p in one.pupils]) for one in found] == [
            (1, ["Grace", "Idris"]),
            (4, ["Grace", "Poppy"]),
        ]
        assert {one.name for one in found} == {"Paired reading, Language group"}
        assert {one.person for one in found} == {person("ta")}
        # a pupil who leaves is expected until the last day
        grace = pupil()
        from opensenco.provision.operations.leaving import leave

        leave(actor=actor, pupil=grace, version=grace.version, on=TODAY)
        found = [one for one in expected_of(actor, WEEK) if one.first.provision == provision]
        assert [[p.first_name for p in one.pupils] for one in found][-1] == ["Poppy"]


def test_as_many_questions_for_forty_in_a_group_as_for_one():
    with acting_as("senco") as actor:
        provision, group = reading(actor), language_group()
        (first,) = given(actor, provision=provision, group=group)
        set_hours(actor, [first], at(1, "09:00", "09:20"))
        before = asked(lambda: expected_of(actor, WEEK))
        many = [
            people.add_pupil(
                actor=actor, org=first.pupil.org, first_name=f"Child{n}", last_name="Many",
                birth_date=TODAY - timedelta(days=3000), year_group=4,
            )
            for n in range(39)
        ]  # fmt: skip
        given(actor, *many, provision=provision, group=group)
        (one,) = [one for one in expected_of(actor, WEEK) if one.first.provision == provision]
        assert len(one.promises) == 40
        assert asked(lambda: expected_of(actor, WEEK)) == before <= 11


def test_the_end_of_a_timetable_leaves_the_promise():
    with acting_as("senco") as actor:
        row = idris_has()
        set_hours(actor, [row], at(2, "09:00", "09:20"))
        end_timetable(actor=actor, allocations=[row], ends=TODAY - timedelta(days=1))
    with acting_as("ta") as actor:
        (one,) = queries.groups_now(actor)
        assert (one.timed, one.open) == (False, True)


@pytest.mark.requirement("S1-10")
@pytest.mark.rule("APD-04")
def test_what_is_promised_and_due_follows_the_timetable_where_there_is_one():
    with acting_as("senco") as actor:
        # four times a week by the week until Tuesday, from Wednesday on two hours of thirty minutes
        (row,) = given(actor, starts=MONDAY - timedelta(days=7), ends=MONDAY + timedelta(days=11))
        set_timetable(
            actor=actor, allocations=[row], starts=TODAY,
            hours=[at(WEDNESDAY, "09:00", "09:30"), at(4, "13:00", "13:30")],
        )  # fmt: skip
        (part,) = measured([row], TODAY)
        # seven days by the week make five sessions of 15 minutes; Wednesday and Friday twice
        assert (part.due_sessions, part.due) == (5 + 1, 75 + 30)
        assert part.promised == 75 + 4 * 30
        found = Ledger(actor, Wanted(By.PROMISE, Spell.TERM))
        (line,) = [one for one in found.lines("name", 0, 50) if one.thing == row]
        figures = line.figures
        assert (figures.promised, figures.due) == (part.promised, part.due)
        assert (figures.due_sessions, figures.unaccounted) == (6, 5)
        # as it stood before it was set
        (then,) = measured([row], TODAY, known_by=TODAY - timedelta(days=1))
        assert then.due_sessions == 6
        asked_now = asked(lambda: Ledger(actor, Wanted(By.PROMISE, Spell.TERM)).lines("name", 0, 9))
        set_timetable(actor=actor, allocations=[row], starts=TODAY, hours=[at(3, "09:00", "09:30")])
        (part,) = measured([row], TODAY)
        assert (part.due_sessions, part.promised) == (5, 75 + 2 * 30)
        given(actor, pupil("Poppy"), provision=row.provision)
        again = asked(lambda: Ledger(actor, Wanted(By.PROMISE, Spell.TERM)).lines("name", 0, 9))
        assert again == asked_now


@pytest.mark.rule("APD-04")
def test_weeks_in_turn_are_due_every_second_week_in_both_reckonings():
    with acting_as("senco") as actor:
        starts = MONDAY - timedelta(days=28)
        rooms.say_turns(actor=actor, org=pupil().org, monday=starts)
        (row,) = given(actor, starts=starts, ends=MONDAY + timedelta(days=4))
        set_timetable(
            actor=actor, allocations=[row], hours=[at(0, "09:00", "09:15", "b")], starts=starts
        )
        (part,) = measured([row], TODAY)
        found = Ledger(actor, Wanted(By.PROMISE, Spell.YEAR))
        (line,) = [one for one in found.lines("name", 0, 50) if one.thing == row]
        assert line.figures.due_sessions == part.due_sessions == 2


@pytest.mark.rule("APD-04")
def test_it_goes_quiet_from_the_day_of_the_session_that_nobody_spoke_of():
    with acting_as("senco") as actor:
        starts = MONDAY - timedelta(days=14)
        (row,) = given(actor, starts=starts)
        set_timetable(actor=actor, allocations=[row], hours=[at(4, "09:00", "09:15")],
                      starts=starts)  # fmt: skip
        # Friday 26 February was the first; five school days later it is raised
        for day, quiet in ((date(2027, 3, 4), False), (date(2027, 3, 5), True)):
            then = replace(actor, at=actor.at - (TODAY - day))
            assert bool(queries.quiet_with(then, row)) is quiet
        (found,) = [one for one in queries.quiet_now(actor) if one.first == row]
        assert found.quiet.due == date(2027, 2, 26)
        log_session(actor=actor, allocations=[row], on=date(2027, 3, 5))
        assert queries.quiet_with(actor, row) is None


@pytest.mark.rule("APD-04")
def test_a_new_timetable_does_not_hide_that_it_was_quiet_before():
    with acting_as("senco") as actor:
        (row,) = given(actor, starts=MONDAY - timedelta(days=21))
        assert queries.quiet_with(actor, row) is not None
        set_timetable(actor=actor, allocations=[row], hours=[at(4, "09:00", "09:15")],
                      starts=TODAY)  # fmt: skip
        assert queries.quiet_with(actor, row) is not None
