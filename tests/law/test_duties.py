"""What holds for the timetables of schools, early years, areas and records beyond their pages."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from opensenco.kernel.dates import Span
from opensenco.law import rules
from opensenco.law.calendar.cover import CalendarNotCovered
from opensenco.law.calendar.holidays import england
from opensenco.law.calendar.needed import next_term
from opensenco.law.calendar.school import CalendarRow, DayKind, SchoolCalendar
from opensenco.law.computing import Surroundings, compute_words
from opensenco.law.due import Due, StateKind, state
from opensenco.law.numbers.duties import (
    ALLERGY_IN_FORCE,
    EXAM_APPROVAL_MONTHS,
    RETENTION_YEARS,
)
from opensenco.law.parameters import SHIPPED, Origin, Overlay, Parameters
from opensenco.law.rule import BadFact
from opensenco.law.strength import Strength
from opensenco.law.timetables.data_breach import BreachFacts
from opensenco.law.timetables.data_breach import timetable as data_breach
from opensenco.law.timetables.education_record import RecordRequestFacts
from opensenco.law.timetables.education_record import timetable as education_record
from opensenco.law.timetables.medical_plan import PolicyFacts, policy
from opensenco.law.timetables.retention import RetentionFacts
from opensenco.law.timetables.retention import timetable as retention
from opensenco.law.timetables.subject_access import RequestFacts
from opensenco.law.timetables.subject_access import timetable as subject_access
from tests.law.pages import example_school

AROUND = Surroundings(calendar=example_school(), proposed=True)
DAYS = st.dates(date(2026, 9, 1), date(2027, 4, 1))


def steps_of(name: str, *given_words: str) -> tuple[Due, ...]:
    return compute_words(rules.timetable(name), given_words, AROUND)


@pytest.mark.parametrize(
    ("name", "words", "step", "strength", "verified"),
    [
        ("two-year-check", "born=2024-05-20", "opens", "must", True),
        ("two-year-check", "born=2024-05-20", "closes", "must", True),
        ("early-years-profile", "academic-year=2026", "complete", "must", False),
        ("exam-approval", "approved=2026-11-12", "expires", "practice", False),
        ("exam-deadlines", "year=2027", "modified-papers", "practice", True),
        ("exam-deadlines", "year=2027", "applications", "practice", False),
        (
            "exam-deadlines",
            "year=2027 published-applications=2027-03-19",
            "applications",
            "practice",
            True,
        ),
        ("subject-access", "received=2026-09-03", "reply", "must", True),
        ("education-record", "received=2026-12-18 setting=maintained", "reply", "must", True),
        ("education-record", "received=2026-12-18 setting=academy", "reply", "must", True),
        ("accessibility-plan", "approved=2024-03-31", "review", "must", True),
        ("retention", "born=2010-10-14", "keep-until", "practice", True),
        ("looked-after-plan", "in-care=2026-11-30", "first-plan", "must", True),
        ("medical-plan", "told=2026-12-18", "in-place", "should", False),
        ("medical-plan", "last-review=2026-12-18", "review", "should", True),
        ("allergy-policy", "last-review=2026-12-18", "review", "proposed", False),
        ("inclusion-strategy", "funded=yes", "publish", "grant", True),
        (
            "inclusion-strategy",
            "funded=yes published=2026-12-01 several-years=yes",
            "yearly-review",
            "grant",
            True,
        ),
        ("information-report", "updated=2026-09-01", "yearly-update", "should", True),
        (
            "information-report",
            "updated=2026-09-01 changed=2027-01-11",
            "change-update",
            "practice",
            True,
        ),
        ("data-breach", "known=2026-12-24", "report", "must", False),
        ("data-breach", "known=2026-12-24", "report-safe", "practice", False),
        ("local-offer-comments", "published=2026-03-31", "publish", "must", False),
        (
            "area-inspection",
            "published=2025-03-31 outcome=positive",
            "inspection",
            "practice",
            True,
        ),
        ("sen2-return", "year=2027", "census-day", "must", False),
        ("sen2-return", "year=2027 published=2027-01-28", "census-day", "must", True),
        ("support-plan-proposed", "begun=2026-11-02", "make-plan", "proposed", False),
        (
            "support-plan-proposed",
            "begun=2026-11-02 made=2026-12-01",
            "yearly-review",
            "proposed",
            True,
        ),
        ("disability-access-fund", "claimed=2026-05-01", "next-claim", "practice", True),
    ],
)
def test_how_strong_a_step_is_and_how_well_it_is_known(
    name: str, words: str, step: str, strength: str, verified: bool
) -> None:
    (due,) = (each for each in steps_of(name, *words.split()) if each.step == step)
    assert (due.strength, due.verified) == (strength, verified)
    told = any(str(reason).startswith("Unverified:") for reason in due.reasons)
    assert told or due.verified


@pytest.mark.rule("EXA-09")
def test_a_usual_day_is_named_only_where_it_was_used() -> None:
    words = ["year=2027", "published-modified=2027-01-29"]
    modified, applications = steps_of("exam-deadlines", *words)
    assert [used.key for used in applications.used] == ["exa.summer_other"]
    assert modified.used == ()


@pytest.mark.rule("REF-09")
@given(DAYS, st.integers(0, 4000))
def test_what_is_only_proposed_is_never_late(begun: date, days: int) -> None:
    today = begun + timedelta(days=days)
    plan = steps_of("support-plan-proposed", f"begun={begun}", f"made={begun}")
    policy_steps = steps_of("allergy-policy", f"last-review={begun}")
    assert len(plan + policy_steps) == 3
    assert not [due for due in plan + policy_steps if state(due, today).late]


@pytest.mark.rule("MED-05")
def test_the_allergy_policy_binds_from_the_day_that_somebody_enters_with_its_source() -> None:
    row = Overlay(ALLERGY_IN_FORCE.key, date(2027, 9, 1), None, 1, "SI 2027/1.", Origin.AUTHORITY)
    known = Parameters([row])
    (due,) = policy(facts=PolicyFacts(last_review=date(2026, 9, 1)), parameters=known)
    assert (due.strength, due.verified) == (Strength.MUST, True)
    assert state(due, date(2027, 9, 2)).kind is StateKind.LATE
    assert "The section is in force: SI 2027/1." in [str(reason) for reason in due.reasons]
    (earlier,) = policy(facts=PolicyFacts(last_review=date(2026, 8, 31)), parameters=known)
    assert earlier.strength is Strength.PROPOSED


REQUESTS = st.dates(date(2026, 1, 1), date(2027, 6, 30))
PAUSES = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 20)).map(
        lambda pair: (timedelta(days=pair[0]), timedelta(days=pair[1]))
    ),
    max_size=4,
)


def replies(received: date, pauses: list[tuple[timedelta, timedelta]]) -> list[date]:
    spans = tuple(Span(received + ahead, received + ahead + for_) for ahead, for_ in pauses)
    found = subject_access(facts=RequestFacts(received=received, paused=spans), holidays=england())
    return [due.on for due in found if due.on is not None]


@pytest.mark.rule("GOV-04")
@given(REQUESTS, PAUSES)
def test_a_pause_never_shortens_the_time_and_every_answer_falls_on_a_working_day(
    received: date, pauses: list[tuple[timedelta, timedelta]]
) -> None:
    plain, paused = replies(received, []), replies(received, pauses)
    assert len(plain) == len(paused) == 2
    for without, with_ in zip(plain, paused, strict=True):
        assert without <= with_
        assert england().is_working_day(with_)
    further = replies(received, [*pauses, (timedelta(days=3), timedelta(days=1))])
    assert all(before <= after for before, after in zip(paused, further, strict=True))


@pytest.mark.rule("GOV-04")
@given(REQUESTS, st.integers(0, 60), PAUSES)
def test_a_later_request_with_the_same_pauses_is_never_due_earlier(
    received: date, later: int, pauses: list[tuple[timedelta, timedelta]]
) -> None:
    base = received + timedelta(days=later)
    spans = tuple(Span(base + ahead, base + ahead + for_) for ahead, for_ in pauses)
    both = [
        subject_access(facts=RequestFacts(received=day, paused=spans), holidays=england())
        for day in (received, base)
    ]
    for early, late in zip(*both, strict=True):
        assert early.on is not None
        assert late.on is not None
        assert early.on <= late.on


@pytest.mark.rule("GOV-04")
def test_days_asked_about_twice_count_once() -> None:
    ask = timedelta(days=7), timedelta(days=4)
    overlapping = timedelta(days=9), timedelta(days=2)
    assert replies(date(2026, 9, 3), [ask]) == replies(date(2026, 9, 3), [ask, overlapping])


@pytest.mark.rule("GOV-04")
def test_two_questions_cannot_both_be_open() -> None:
    with pytest.raises(BadFact, match="GOV-04, paused"):
        RequestFacts(
            received=date(2026, 9, 3), paused=(Span(date(2026, 9, 4)), Span(date(2026, 9, 8)))
        )


@pytest.mark.rule("GOV-05")
@given(DAYS)
def test_a_parent_sees_the_educational_record_after_fifteen_school_days(came: date) -> None:
    calendar = example_school()
    facts = RecordRequestFacts(received=came, setting="maintained")
    try:
        (due,) = education_record(facts=facts, calendar=calendar)
    except CalendarNotCovered:
        assume(False)
    assert due.on is not None
    after = [came + timedelta(days=n) for n in range(1, (due.on - came).days + 1)]
    assert sum(calendar.is_school_day(each) for each in after) == 15
    assert calendar.is_school_day(due.on), "and not a day later"
    (academy,) = education_record(facts=RecordRequestFacts(received=came, setting="academy"))
    assert (academy.on, academy.answer and academy.answer.name) == (None, "not-bound")


@pytest.mark.rule("GOV-11")
@given(st.dates(date(2018, 5, 25), date(2035, 1, 1)))
def test_a_breach_is_reported_within_seventy_two_hours_on_whatever_day(known: date) -> None:
    safe, report = data_breach(facts=BreachFacts(known=known))
    assert report.on == known + timedelta(hours=72)
    assert safe.on == known + timedelta(hours=48), "in time at whatever hour it became known"
    assert (report.strength, safe.strength) == (Strength.MUST, Strength.PRACTICE)
    (_safe, done) = data_breach(facts=BreachFacts(known=known, reported=known))
    assert state(done, known + timedelta(days=9)).kind is StateKind.DONE


@pytest.mark.rule("GOV-07")
@given(st.dates(date(1995, 1, 1), date(2030, 1, 1)), st.booleans())
def test_a_file_is_kept_until_the_thirty_first_birthday(born: date, hold: bool) -> None:
    (due,) = retention(facts=RetentionFacts(born=born, hold=hold))
    assert due.on is not None
    assert due.on.year - born.year == 31
    assert bool(due.excused_by) is hold
    assume((born.month, born.day) != (2, 29))
    assert (due.on.month, due.on.day) == (born.month, born.day)


@pytest.mark.rule("GOV-07", "EXA-10")
def test_a_school_s_own_numbers_are_used_and_named() -> None:
    keep = Overlay(RETENTION_YEARS.key, date(2026, 9, 1), None, 35, "Our policy", Origin.SCHOOL)
    facts = RetentionFacts(born=date(2010, 10, 14))
    (due,) = retention(facts=facts, parameters=Parameters([keep]))
    assert (due.on, due.used[0].origin) == (date(2045, 10, 14), Origin.SCHOOL)
    on_the_birthday, a_day_before = (
        retention(facts=RetentionFacts(born=born), parameters=Parameters([keep]))[0]
        for born in (date(2001, 9, 1), date(2001, 8, 31))
    )
    assert on_the_birthday.on == date(2036, 9, 1)
    assert a_day_before.on == date(2032, 8, 31)
    (shipped,) = retention(facts=facts, parameters=SHIPPED)
    assert shipped.used[0].origin is Origin.SHIPPED
    leapling = RetentionFacts(born=date(2008, 2, 29))
    own = Overlay(RETENTION_YEARS.key, date(2026, 9, 1), None, 32, "Our policy", Origin.SCHOOL)
    (due,) = retention(facts=leapling, parameters=Parameters([own]))
    assert due.on == date(2040, 2, 29)
    exam = Overlay(EXAM_APPROVAL_MONTHS.key, date(2026, 9, 1), None, 12, "JCQ", Origin.AUTHORITY)
    (due,) = compute_words(
        rules.timetable("exam-approval"),
        ["approved=2026-11-12"],
        Surroundings(parameters=Parameters([exam])),
    )
    assert due.on == date(2027, 11, 12)


@pytest.mark.rule("LAC-02")
def test_an_empty_calendar_has_no_next_term() -> None:
    empty = SchoolCalendar("Empty school", (), england())
    with pytest.raises(CalendarNotCovered, match="does not cover 9 December 2026"):
        next_term(empty, date(2026, 12, 9))


@pytest.mark.rule("LAC-02")
def test_a_term_that_may_be_missing_is_not_passed_over() -> None:
    rows = (
        CalendarRow(date(2026, 9, 1), date(2026, 12, 18), DayKind.TERM),
        CalendarRow(date(2027, 4, 12), date(2027, 7, 21), DayKind.TERM),
    )
    gap = SchoolCalendar("School with a gap", rows, england())
    with pytest.raises(CalendarNotCovered, match="does not cover 19 December 2026"):
        next_term(gap, date(2026, 12, 9))
