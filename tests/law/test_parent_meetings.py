"""Meeting parents three times a year (docs/law/parent-meetings.md)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.kernel.dates import Span
from opensenco.law import rules
from opensenco.law.calendar.cover import CalendarNotCovered
from opensenco.law.calendar.holidays import england
from opensenco.law.calendar.school import CalendarRow, DayKind, SchoolCalendar
from opensenco.law.calendar.years import AcademicYear
from opensenco.law.computing import Surroundings, compute_words
from opensenco.law.due import StateKind, state
from opensenco.law.rule import NotInForce
from opensenco.law.strength import Strength
from opensenco.law.timetables.parent_meetings import MeetingFacts, meetings, timetable
from tests.law.pages import Example, day, days, example_school, examples, name, spans

SCHOOL = example_school()
AROUND = Surroundings(calendar=SCHOOL)
YEAR = AcademicYear(2026)
IN_YEAR = st.dates(YEAR.first, YEAR.last)


@pytest.mark.rule("APD-08")
@pytest.mark.parametrize("example", examples("parent-meetings"), ids=name)
def test_the_page_s_examples(example: Example) -> None:
    facts = MeetingFacts(year=YEAR, support=spans(example["support"]), held=days(example["held"]))
    result = meetings(facts=facts, calendar=SCHOOL)
    assert result.required == int(example["required"])
    assert len(result.held) == int(example["counted"])
    steps = {step.step: step for step in timetable(facts=facts, calendar=SCHOOL)}
    for step in ("meetings", "next-meeting"):
        assert (steps[step].on if step in steps else None) == day(example[step])
    today = date.fromisoformat(example["today"])
    whole = [str(state(step, today).kind) for key, step in steps.items() if key == "meetings"]
    assert whole == ([example["state"]] if example["state"] else [])


@pytest.mark.vector("VEC-56")
@pytest.mark.rule("APD-08")
def test_two_of_three_at_the_end_of_august_is_guidance_overdue() -> None:
    facts = MeetingFacts(
        year=YEAR,
        support=(Span(date(2026, 9, 1)),),
        held=(date(2026, 10, 14), date(2027, 2, 3)),
    )
    result = meetings(facts=facts, calendar=SCHOOL)
    assert (len(result.held), result.required, result.enough) == (2, 3, False)
    whole = timetable(facts=facts, calendar=SCHOOL)[0]
    assert whole.strength is Strength.SHOULD
    assert "2 of 3 meetings are on record." in [str(reason) for reason in whole.reasons]
    got = state(whole, date(2027, 8, 31))
    assert got.kind is StateKind.LATE
    assert str(got.words).startswith("Guidance overdue by")


@pytest.mark.rule("APD-08")
def test_the_spread_over_terms_is_only_a_practice() -> None:
    facts = MeetingFacts(year=YEAR, support=(Span(date(2026, 9, 1)),))
    whole, following = timetable(facts=facts, calendar=SCHOOL)
    assert (whole.strength, following.strength) == (Strength.SHOULD, Strength.PRACTICE)
    assert state(whole, date(2027, 1, 10)).kind is StateKind.NOT_YET
    assert state(following, date(2027, 1, 10)).kind is StateKind.LATE


SIX = SchoolCalendar(
    "Six terms",
    (
        CalendarRow(YEAR.first, YEAR.last, DayKind.YEAR),
        *(
            CalendarRow(date.fromisoformat(first), date.fromisoformat(last), DayKind.TERM)
            for first, last in (
                ("2026-09-02", "2026-10-23"),
                ("2026-11-02", "2026-12-18"),
                ("2027-01-04", "2027-02-12"),
                ("2027-02-22", "2027-03-25"),
                ("2027-04-12", "2027-05-28"),
                ("2027-06-07", "2027-07-21"),
            )
        ),
    ),
    england(),
)


@pytest.mark.rule("APD-08")
@pytest.mark.parametrize(
    ("since", "required", "next_on"),
    [
        (date(2026, 9, 1), 3, date(2026, 12, 18)),
        (date(2026, 11, 2), 3, date(2027, 2, 12)),
        (date(2027, 1, 4), 2, date(2027, 3, 25)),
        (date(2027, 6, 7), 1, date(2027, 7, 21)),
    ],
)
def test_six_short_terms_still_make_three_meetings(
    since: date, required: int, next_on: date
) -> None:
    facts = MeetingFacts(year=YEAR, support=(Span(since),))
    assert meetings(facts=facts, calendar=SIX).required == required
    whole, following = timetable(facts=facts, calendar=SIX)
    assert whole.on == date(2027, 7, 21)
    assert following.on == next_on


@pytest.mark.rule("APD-08")
@given(IN_YEAR, IN_YEAR)
def test_longer_on_support_never_needs_fewer(one: date, other: date) -> None:
    early, late = (
        MeetingFacts(year=YEAR, support=(Span(since),)) for since in sorted((one, other))
    )
    longer = meetings(facts=early, calendar=SCHOOL)
    shorter = meetings(facts=late, calendar=SCHOOL)
    assert shorter.required <= longer.required <= 3


@pytest.mark.rule("APD-08")
@given(IN_YEAR, st.lists(IN_YEAR, max_size=6), IN_YEAR)
def test_a_further_meeting_never_brings_a_date_forward(
    since: date, held: list[date], more: date
) -> None:
    facts = MeetingFacts(year=YEAR, support=(Span(since),), held=tuple(held))
    further = MeetingFacts(year=YEAR, support=(Span(since),), held=(*held, more))
    before, after = (timetable(facts=each, calendar=SCHOOL) for each in (facts, further))
    assert len(after) <= len(before)
    for one, other in zip(before, after, strict=False):
        assert one.on is not None
        assert other.on is not None
        assert one.on <= other.on


@pytest.mark.rule("APD-08")
def test_a_calendar_without_the_whole_year_gives_nothing() -> None:
    facts = MeetingFacts(year=YEAR.following(), support=(Span(date(2026, 9, 1)),))
    with pytest.raises(CalendarNotCovered):
        meetings(facts=facts, calendar=SCHOOL)
    part = SchoolCalendar("Part", SCHOOL.rows[1:], england())
    with pytest.raises(CalendarNotCovered):
        timetable(facts=MeetingFacts(year=YEAR, support=(Span(YEAR.first),)), calendar=part)


@pytest.mark.rule("APD-08")
def test_facts_from_before_the_code_are_refused() -> None:
    with pytest.raises(NotInForce):
        MeetingFacts(year=AcademicYear(2013), support=())
    with pytest.raises(NotInForce):
        MeetingFacts(year=YEAR, support=(), held=(date(2014, 1, 1),))


@pytest.mark.rule("APD-08")
def test_a_year_without_terms_asks_for_nothing() -> None:
    only_year = (CalendarRow(YEAR.first, YEAR.last, DayKind.YEAR),)
    closed = SchoolCalendar("No terms", only_year, england())
    facts = MeetingFacts(year=YEAR, support=(Span(YEAR.first),))
    assert meetings(facts=facts, calendar=closed).required == 0
    assert timetable(facts=facts, calendar=closed) == ()


@pytest.mark.rule("APD-08")
def test_the_third_meeting_settles_the_year_and_facts_may_be_named_again() -> None:
    met = [date(2026, 10, 14), date(2027, 2, 3), date(2027, 5, 12), date(2027, 6, 16)]
    words = ["year=2026", "support=2026-09-01..2026-11-10", "support=2026-11-11.."]
    words += [f"held={day}" for day in met]
    (whole,) = compute_words(rules.timetable("parent-meetings"), words, AROUND)
    assert whole.done_on == met[2]
    short = ["year=2026", "support=2027-06-28..", "held=2027-07-01", "held=2027-07-02"]
    (whole,) = compute_words(rules.timetable("parent-meetings"), short, AROUND)
    assert whole.done_on == date(2027, 7, 1)


def test_a_year_with_no_days_on_support_asks_for_nothing() -> None:
    last_year = Span(YEAR.first - timedelta(days=300), YEAR.first - timedelta(days=1))
    facts = MeetingFacts(year=YEAR, support=(last_year,))
    assert timetable(facts=facts, calendar=SCHOOL) == ()
