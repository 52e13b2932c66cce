"""A provision goes quiet on exactly the fifth school day after one was due, and comes back."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from opensenco.access.actions import Action
from opensenco.cases.models import Task
from opensenco.law.calendar.holidays import england
from opensenco.law.calendar.school import CalendarRow, DayKind, SchoolCalendar
from opensenco.ops import listening
from opensenco.provision import queries
from opensenco.provision.operations.giving import end_allocation
from opensenco.provision.operations.quiet import QUIET
from opensenco.provision.operations.sessions import Held, log_session
from opensenco.provision.quiet import days_until_due, gone_quiet
from tests.cast import NOW, TODAY
from tests.domain.provision import steps
from tests.people import acting_as

FIRST, LAST = date(2026, 9, 1), date(2027, 7, 23)
DAYS = some.dates(FIRST, LAST)


@given(
    heard=DAYS,
    today=DAYS,
    times=some.integers(1, 25),
    closed=some.lists(some.tuples(DAYS, some.integers(0, 20)), max_size=6),
)
@pytest.mark.rule("APD-04")
def test_only_school_days_count_and_the_fifth_after_a_session_was_due_raises_it(
    heard: date, today: date, times: int, closed: list[tuple[date, int]]
):
    holidays = [
        CalendarRow(day, min(LAST, day + timedelta(days=more)), DayKind.HOLIDAY)
        for day, more in closed
    ]
    calendar = SchoolCalendar("own", (CalendarRow(FIRST, LAST, DayKind.TERM), *holidays), england())
    # counted on one's fingers
    days = [heard + timedelta(days=n) for n in range(1, (today - heard).days + 1)]
    open_days = [day for day in days if calendar.is_school_day(day)]
    ahead = days_until_due(times)
    found = gone_quiet(heard=heard, times_a_week=times, today=today, calendar=calendar)
    if len(open_days) < ahead:
        assert found is None
    else:
        assert found is not None
        assert (found.due, found.days) == (open_days[ahead - 1], len(open_days) - ahead)
        assert found.raised == (len(open_days) >= ahead + 5)


def test_a_session_is_due_when_a_whole_one_has_fallen_due():
    assert [days_until_due(times) for times in (1, 2, 3, 4, 5, 10)] == [5, 3, 2, 2, 1, 1]


def waits() -> list[str]:
    rows = Task.objects.filter(kind=QUIET, settled_at__isnull=True).order_by("id")
    return list(rows.values_list("words", flat=True))


def worker_at(monkeypatch: pytest.MonkeyPatch, day: date) -> int:
    class Clock:
        def now(self) -> Any:
            return NOW + (day - TODAY)

    monkeypatch.setattr(listening, "clock", Clock)
    return listening.raise_quiet()


@pytest.mark.worker
@pytest.mark.django_db
@pytest.mark.rule("APD-04")
def test_it_is_raised_once_on_the_fifth_day_and_settled_by_the_next_session(monkeypatch):
    # Idris had his group on Monday 8 March, three times a week: the next was due on Wednesday
    fifth = date(2027, 3, 17)
    assert worker_at(monkeypatch, fifth - timedelta(days=1)) == 0
    assert worker_at(monkeypatch, fifth) == 1
    assert worker_at(monkeypatch, fifth) == 0
    with acting_as("senco") as actor:
        assert waits() == [
            "Find out about Language group: nothing has been logged since 8 March 2027"
        ]
        then = replace(actor, at=NOW + (fifth - TODAY))
        (one,) = queries.quiet_now(then)
        assert (one.quiet.due, one.quiet.days) == (TODAY, 5)
        assert queries.quiet_now(replace(actor, at=then.at - timedelta(days=1))) == []
        # why it was not held is an answer too; an older day than the silence is none
        log_session(
            actor=then, allocations=[steps.idris_has()], on=date(2027, 3, 3),
            held=Held(not_held="room"),
        )  # fmt: skip
        assert len(waits()) == 1
        log_session(
            actor=then, allocations=[steps.idris_has()], on=fifth,
            held=Held(not_held="staff-absent"),
        )  # fmt: skip
        assert waits() == []
        assert queries.quiet_now(then) == []


@pytest.mark.worker
@pytest.mark.django_db
def test_what_ends_is_quiet_no_more_and_the_worker_settles_what_ended_by_itself(monkeypatch):
    later = date(2027, 3, 22)
    with acting_as("senco") as actor:
        row, other = steps.given(actor, steps.pupil(), steps.pupil("Idris"))
    assert worker_at(monkeypatch, later) == 3
    with acting_as("senco") as actor:
        at = replace(actor, at=NOW + (later - TODAY))
        end_allocation(actor=at, allocation=row, ends=later - timedelta(days=1), reason="No more.")
        assert len(waits()) == 2
        end_allocation(actor=at, allocation=other, ends=later, reason="No more.")
        assert len(waits()) == 2
    assert worker_at(monkeypatch, later + timedelta(days=1)) == 0
    with acting_as("senco", write=False) as actor:
        assert len(waits()) == 1
        turn = Task.objects.get(kind=QUIET, settled_at__isnull=True)
        assert turn.role_action == Action.PROVISION_ALLOCATE
