"""The ledger: what was promised, due, delivered, missed, made up and never accounted for."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as some

from opensenco.kernel.dates import Span
from opensenco.kernel.errors import NotAllowed
from opensenco.law.calendar.holidays import england
from opensenco.law.calendar.school import CalendarRow, DayKind, SchoolCalendar
from opensenco.provision.ledger import By, Figures, Spell, made_up, span_of, unaccounted
from opensenco.provision.operations.sessions import Held, Mark, log_session
from opensenco.provision.queries.days import NONE_ENTERED
from opensenco.provision.queries.ledger import Ledger, Wanted
from opensenco.provision.reckoning import Gave, Logged, told_apart
from opensenco.provision.states import Went
from tests.cast import TODAY
from tests.domain.provision import steps
from tests.people import acting_as

COUNTS = some.integers(0, 60)
TERMS = SchoolCalendar(
    "own",
    (
        CalendarRow(date(2026, 9, 2), date(2026, 12, 18), DayKind.TERM),
        CalendarRow(date(2026, 10, 26), date(2026, 10, 30), DayKind.HALF_TERM),
        CalendarRow(date(2027, 1, 4), date(2027, 3, 25), DayKind.TERM),
        CalendarRow(date(2027, 2, 15), date(2027, 2, 19), DayKind.HALF_TERM),
    ),
    england(),
)


@given(due=COUNTS, held=COUNTS, missed=COUNTS)
@pytest.mark.rule("APD-04")
def test_every_session_that_was_due_is_held_missed_or_unaccounted(due: int, held: int, missed: int):
    silent, again = unaccounted(due, held, missed), made_up(due, held, missed)
    assert silent == 0 or again == 0
    assert held + missed + silent >= due
    assert 0 <= again <= missed
    if held >= due:
        assert again == missed
    if held + missed <= due:
        assert (again, held + missed + silent) == (0, due)


def test_a_stretch_of_time_is_that_of_the_school_and_in_holidays_the_one_before():
    assert span_of("half", TODAY, TERMS) == Span(date(2027, 2, 22), date(2027, 3, 25))
    assert span_of("half", date(2027, 2, 16), TERMS) == Span(date(2027, 1, 4), date(2027, 2, 14))
    assert span_of("term", date(2026, 12, 28), TERMS) == Span(date(2026, 9, 2), date(2026, 12, 18))
    assert span_of("year", TODAY, TERMS) == Span(date(2026, 9, 1), date(2027, 8, 31))


@given(some.dates(date(2020, 1, 1), date(2030, 12, 31)), some.sampled_from(Spell.values))
def test_without_term_dates_the_usual_months_hold_every_day(day: date, spell: str):
    assert day in span_of(spell, day, NONE_ENTERED)


def ledger_of(actor, by: str, **of: object) -> dict[str, tuple[int, ...]]:
    found = Ledger(actor, Wanted(by, "half", of))  # type: ignore[arg-type]
    lines = found.lines("name", 0, 50)
    assert len(lines) == found.count
    return {
        one.name: (
            one.figures.due, one.figures.delivered, one.figures.missed, one.figures.made_up,
            one.figures.unaccounted,
        )
        for one in lines
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.rule("APD-04")
@pytest.mark.rule("APD-11")
def test_the_same_figures_by_provision_class_person_pupil_and_promise():
    with acting_as("senco") as actor:
        begun = TODAY - timedelta(days=8)
        (row,) = steps.given(actor, starts=begun, times_a_week=5, minutes=10)
        for back, held in ((8, Held()), (7, Held(not_held="room")), (6, Held(minutes=15))):
            log_session(actor=actor, allocations=[row], on=TODAY - timedelta(days=back), held=held)
        log_session(
            actor=actor, allocations=[row], on=TODAY - timedelta(days=5),
            marks={row.ref: Mark(Went.AWAY)},
        )  # fmt: skip
        # Tuesday 2 March to Wednesday 10 March: seven school days, four of them told of; until the
        # end of March, without Easter, twenty
        grace = (70, 25, 2, 0, 2)
        # Idris since 15 February: 18 school days, 10 sessions of 20 minutes due, 2 held
        idris = (200, 40, 0, 0, 8)
        assert ledger_of(actor, By.PUPIL) == {"Atherton, Grace": grace, "Hassan-Cole, Idris": idris}
        assert ledger_of(actor, By.PROVISION) == {"Paired reading": grace, "Language group": idris}
        # nothing was promised of the SENCO, who gave Grace's
        assert ledger_of(actor, By.STAFF) == {
            "Nobody yet": grace, "Jo Birkett": idris, "Amara Okafor": (0, 0, 0, 0, 0),
        }  # fmt: skip
        both = tuple(a + b for a, b in zip(grace, idris, strict=True))
        assert sum(line[0] for line in ledger_of(actor, By.CLASS).values()) == both[0]
        assert list(ledger_of(actor, By.PROMISE).values()) == [grace, idris]
        found = Ledger(actor, Wanted(By.PROVISION, "half", {By.PROVISION: row.provision.ref}))
        assert found.total.why == {"room": 1, "away": 1}
        (line,) = found.lines("-unaccounted", 0, 50)
        assert line.figures.reason_words == "1 pupil away, 1 no room"
        assert (line.figures.promised, line.figures.pupils, line.figures.percent) == (200, 1, 36)
        assert found.sessions.count() == 4


@pytest.mark.django_db
def test_what_is_held_beyond_what_was_due_makes_up_for_what_was_missed():
    with acting_as("senco") as actor:
        (row,) = steps.given(actor, starts=steps.MONDAY, times_a_week=2)
        log_session(actor=actor, allocations=[row], on=steps.MONDAY, held=Held(not_held="room"))
        for again in (False, True):
            log_session(actor=actor, allocations=[row], on=TODAY, again=again)
        assert ledger_of(actor, By.PROVISION)["Paired reading"] == (15, 30, 1, 1, 0)


@pytest.mark.rule("APD-04")
def test_what_others_gave_is_told_apart_and_comes_to_the_same_in_all():
    jo, priya, owen = 1, 2, 3
    mine = {jo: Figures(held=5, delivered=100), None: Figures(held=2, delivered=20)}
    given = [
        (jo, Logged(gave={jo: Gave(3, 60), priya: Gave(2, 40)})),
        (None, Logged(gave={owen: Gave(2, 20)})),
    ]
    found = told_apart(mine, given)
    assert {key: (one.by_others, one.for_others) for key, one in found.items()} == {
        jo: (2, 0), None: (2, 0), priya: (0, 2), owen: (0, 2),
    }  # fmt: skip
    assert (found[jo].delivered, found[priya].delivered) == (100, 0)
    assert (found[jo].by_others_minutes, found[priya].for_others_minutes) == (40, 40)


@pytest.mark.django_db
def test_staff_see_their_own_pupils_and_no_figures_by_staff():
    with acting_as("senco") as actor:
        steps.given(actor)
    with acting_as("ta", write=False) as actor:
        assert "Hassan-Cole, Idris" in ledger_of(actor, By.PUPIL)
        with pytest.raises(NotAllowed):
            Ledger(actor, Wanted(By.STAFF, "half"))
    with acting_as("senco", write=False) as actor, CaptureQueriesContext(connection) as asked:
        found = Ledger(actor, Wanted(By.PUPIL, "year"))
        assert (found.count, len(found.lines("name", 0, 1)), found.total.pupils) == (2, 1, 2)
        assert len(asked) <= 12
