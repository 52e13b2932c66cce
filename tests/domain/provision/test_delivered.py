"""Promised against delivered, in words; who has what today; the record as it stood."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opensenco.cases.operations.everyday import enter_term_dates
from opensenco.cases.term_dates import Entry
from opensenco.kernel.errors import NotAllowed, NotFound
from opensenco.law.calendar.school import DayKind
from opensenco.law.calendar.years import AcademicYear
from opensenco.people.models import Pupil
from opensenco.provision import queries
from opensenco.provision.delivery import Total
from opensenco.provision.minutes import WEEKDAYS
from opensenco.provision.operations.giving import end_allocation
from opensenco.provision.operations.sessions import Held, Mark, correct_session, log_session
from opensenco.provision.queries.delivered import measured
from opensenco.provision.states import Went
from tests.cast import TODAY, YESTERDAY
from tests.domain.provision.steps import MONDAY, given, idris_has, language_group, pupil, reading
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db


@pytest.mark.rule("APD-04")
@pytest.mark.requirement("S4-19")
def test_promised_and_delivered_are_minutes_due_by_today():
    with acting_as("senco") as actor:
        (row,) = given(actor, times_a_week=5, minutes=20)
        log_session(actor=actor, allocations=[row], on=MONDAY)
        log_session(actor=actor, allocations=[row], on=YESTERDAY, held=Held(minutes=15))
        found = queries.delivery_of(actor, row)
        assert (found.due, found.delivered, found.held) == (60, 35, 2)
        assert found.words == "35 of 60 min due, 58%"
        assert found.short
        assert [str(remark) for remark in found.remarks] == [str(WEEKDAYS)]


def test_missed_sessions_are_counted_by_their_reason_most_often_first():
    with acting_as("senco") as actor:
        (row,) = given(actor, starts=MONDAY - timedelta(days=7))
        days = [MONDAY - timedelta(days=7 - n) for n in range(4)]
        for day in days[:3]:
            log_session(actor=actor, allocations=[row], on=day, held=Held(not_held="staff-absent"))
        log_session(actor=actor, allocations=[row], on=days[3], marks={row.ref: Mark(Went.AWAY)})
        found = queries.delivery_of(actor, row)
        assert found.missed_words == "4 sessions missed: 3 staff absent, 1 pupil away"


def test_nothing_is_due_before_it_begins_and_the_words_say_so():
    with acting_as("senco") as actor:
        (row,) = given(actor, starts=TODAY + timedelta(days=5))
        found = queries.delivery_of(actor, row)
        assert (found.due, found.percent, found.short) == (0, None, False)
        assert found.words.endswith("min promised, none due yet")


def test_a_correction_counts_in_place_of_what_it_corrects():
    with acting_as("senco") as actor:
        (row,) = given(actor)
        first = log_session(actor=actor, allocations=[row], on=TODAY)
        correct_session(actor=actor, sessions=first, held=Held(minutes=5))
        assert queries.delivery_of(actor, row).delivered == 5
        ledger, count = queries.sessions_of(actor, row)
        assert ([one.minutes for one in ledger], count) == ([5], 1)


def test_the_schools_own_terms_are_counted_where_it_entered_them():
    with acting_as("senco") as actor:
        enter_term_dates(
            actor=actor, org=pupil().org, year=AcademicYear(2026), version=None,
            entries=[
                Entry(date(2027, 1, 4), date(2027, 7, 23), DayKind.TERM),
                Entry(date(2027, 2, 15), date(2027, 2, 19), DayKind.HALF_TERM),
            ],
        )  # fmt: skip
        (row,) = given(actor, starts=date(2027, 2, 8), times_a_week=5, minutes=10)
        found = queries.delivery_of(actor, row)
        # 8 February to 10 March is 23 weekdays, five of them half-term
        assert (found.due, found.remarks) == (180, ())


def test_a_promise_of_long_ago_is_counted_along_the_terms_of_its_time():
    with acting_as("senco") as actor:
        enter_term_dates(
            actor=actor, org=pupil().org, year=AcademicYear(2026), version=None,
            entries=[
                Entry(date(2027, 1, 4), date(2027, 7, 23), DayKind.TERM),
                Entry(date(2027, 2, 15), date(2027, 2, 19), DayKind.HALF_TERM),
            ],
        )  # fmt: skip
        (row,) = given(actor, starts=date(2027, 2, 8), ends=date(2027, 2, 26), times_a_week=5)
        (found,) = measured([row], date(2028, 6, 1))
        # three weeks, one of them half-term; they ended 461 days ago
        assert (found.due, found.remarks) == (10 * 15, ())


def test_totals_equal_their_parts():
    with acting_as("senco") as actor:
        given(actor, *Pupil.objects.all())
        parts = queries.running(actor)
        total = Total.of(parts)
        assert total.due == sum(part.due for part in parts) > 0
        assert (total.pupils, len(parts)) == (3, 4)


@pytest.mark.rule("APD-11")
def test_the_record_can_be_seen_as_it_stood_on_a_day():
    with acting_as("senco") as actor:
        (row,) = given(actor, starts=MONDAY)
        first = log_session(actor=actor, allocations=[row], on=MONDAY)
        later = replace(actor, at=actor.at + timedelta(days=3))
        correct_session(actor=later, sessions=first, held=Held(minutes=5))
        end_allocation(actor=later, allocation=row, ends=TODAY, reason="Met")
        (then,) = queries.as_stood(actor, pupil(), TODAY)
        assert (then.delivered, then.allocation.ends) != (5, TODAY)
        assert then.delivered == 15
        assert queries.as_stood(actor, pupil(), TODAY - timedelta(days=1)) == []
    with acting_as("teacher", write=False) as actor:
        assert queries.as_stood(actor, pupil(), TODAY) == []


def test_an_assistant_sees_what_they_run_today_and_whether_it_is_logged():
    with acting_as("senco") as actor:
        his = idris_has()
        given(actor, pupil(), provision=his.provision, group=language_group())
        given(actor, pupil(), provision=reading(actor), person=person("ta"))
        given(actor, pupil("Poppy"), provision=his.provision)
    with acting_as("ta") as actor:
        units = queries.groups_now(actor)
        assert [(one.name, one.names, one.open) for one in units] == [
            ("Language group", "Grace, Idris", True),
            ("Paired reading", "Grace", True),
        ]
        both = [one.allocation for one in units[0].pupils]
        log_session(actor=actor, allocations=both, on=TODAY)
        units = queries.groups_now(actor)
        assert [bool(one.logged) for one in units] == [False, True]
        week = queries.week_of(actor, units)
        assert (week.delivered, week.promised, week.sessions) == (20 + 20 + 15, 180, 2)


def test_a_teacher_who_runs_nothing_has_nothing_now_and_still_logs_for_their_pupils():
    with acting_as("teacher") as actor:
        assert queries.groups_now(actor) == []
        assert queries.unit(actor, idris_has(), TODAY).names == "Idris"


def test_strangers_and_colleagues_find_nothing_of_it():
    with acting_as("senco", write=False):
        ref = idris_has().ref
    with acting_as("other_teacher", write=False) as actor, pytest.raises(NotAllowed):
        queries.allocation(actor, ref)
    with acting_as("outsider", write=False) as actor:
        assert queries.running(actor) == []
        assert [row.name for row in queries.provisions(actor)] == ["Markerword group"]
        with pytest.raises(NotFound):
            queries.allocation(actor, ref)


def asked(give) -> int:
    with CaptureQueriesContext(connection) as queries_asked:
        give()
    return len(queries_asked)


def test_the_number_of_questions_does_not_grow_with_the_pupils():
    with acting_as("senco") as actor:
        his = idris_has()
        talk, idris = his.provision, his.pupil
        few = (
            asked(lambda: queries.running(actor)),
            asked(lambda: queries.of_provision(actor, talk)),
        )
        assert (few[0] <= 7, few[1] <= 4) == (True, True)
        others = Pupil.objects.exclude(pk=his.pupil_id)
        given(actor, *others, provision=talk, group=language_group())
        again = (
            asked(lambda: queries.running(actor)),
            asked(lambda: queries.of_provision(actor, talk)),
        )
        assert again == few
        assert asked(lambda: queries.for_pupil(actor, idris)) <= 4
    with acting_as("ta") as actor:
        assert asked(lambda: queries.groups_now(actor)) == 5


def test_who_delivers_is_the_person_the_group_or_nobody_yet():
    with acting_as("senco") as actor:
        (alone,) = given(actor, person=person("ta"))
        both = replace_all(actor, alone)
        found = [queries.delivery_of(actor, row).by for row in (alone, *both)]
        assert found == ["Jo Birkett", "Jo Birkett, Language group", "Language group", "nobody yet"]


def replace_all(actor, row):
    """Give the same in its other forms to others, one by one."""
    forms: tuple[dict[str, Any], ...] = (
        {"group": language_group(), "person": person("ta")},
        {"group": language_group()},
        {},
    )
    first_day = row.ends + timedelta(days=3)
    made = []
    for number, form in enumerate(forms):
        day = first_day + timedelta(days=7 * number)
        made += given(actor, provision=row.provision, starts=day, ends=day, **form)
    return made
