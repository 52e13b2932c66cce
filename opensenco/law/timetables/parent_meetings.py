"""Meeting parents at least three times a year (APD-08). See docs/law/parent-meetings.md."""

from dataclasses import dataclass
from datetime import date
from math import ceil

from opensenco.kernel.dates import Span
from opensenco.kernel.words import Sentence, counted, mark, sentence
from opensenco.law.calendar.school import SchoolCalendar
from opensenco.law.calendar.years import AcademicYear
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due, due_by
from opensenco.law.registry import answers
from opensenco.law.rulebook.graduated import APD_08
from opensenco.law.strength import Strength

ALL_MEETINGS = "meetings"
NEXT_MEETING = "next-meeting"
A_YEAR = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFacts:
    """One pupil and one academic year.

    `support`: the days on SEN support, an open end meaning that it goes on. `held`: the days on
    which the parents were met; two on one day are one meeting.
    """

    year: AcademicYear
    support: tuple[Span, ...]
    held: tuple[date, ...] = ()

    def __post_init__(self) -> None:
        APD_08.check_in_force("year", self.year.first)
        for day in self.held:
            APD_08.check_days(held=day)


@dataclass(frozen=True, slots=True)
class Meetings:
    """How many meetings the year asks for, and the days of those that count."""

    required: int
    held: tuple[date, ...]
    terms: tuple[Span, ...]
    """The terms of the year in which the pupil was on SEN support, for a day at least."""

    @property
    def enough(self) -> bool:
        return len(self.held) >= self.required


@answers(APD_08)
def meetings(*, facts: MeetingFacts, calendar: SchoolCalendar) -> Meetings:
    """How many meetings were needed and held: three for a whole year on SEN support, else in
    proportion to the terms on it, a part of a term counting whole, rounded up.

    A meeting counts if it was in this academic year and the pupil was on SEN support that day.
    Raises CalendarNotCovered unless the calendar covers the whole academic year.
    """
    terms = calendar.terms_of(facts.year)
    on_support = tuple(term for term in terms if any(term.overlap(span) for span in facts.support))
    required = ceil(A_YEAR * len(on_support) / len(terms)) if terms else 0
    counted_days = sorted(
        day
        for day in set(facts.held)
        if day in facts.year.span and any(day in span for span in facts.support)
    )
    return Meetings(required, tuple(counted_days), on_support)


@answers(APD_08)
def timetable(*, facts: MeetingFacts, calendar: SchoolCalendar) -> tuple[Due, ...]:
    """The steps `meetings` (guidance: all of them by the end of the pupil's last term on SEN
    support in the year) and, while some are missing, `next-meeting` (practice: spread over terms).

    Empty where the pupil was on SEN support in no term of the year. Raises CalendarNotCovered.
    """
    result = meetings(facts=facts, calendar=calendar)
    if not result.required:
        return ()
    year_end = _last_day(facts, result)
    reasons = _reasons(facts, result)
    whole = due_by(
        APD_08,
        step=ALL_MEETINGS,
        title=mark("Meet the parents three times this year"),
        on=year_end,
        reasons=reasons,
        window=Span(facts.year.first, facts.year.last),
        moved_by=_moved_by(),
        done_on=result.held[result.required - 1] if result.enough else None,
    )
    return (whole,) if result.enough else (whole, _next(result, year_end, reasons))


def _next(result: Meetings, year_end: date, reasons: tuple[Sentence, ...]) -> Due:
    """The next meeting still missing, in the term in which an even spread would have it."""
    position = ceil((len(result.held) + 1) * len(result.terms) / result.required) - 1
    term_end = result.terms[position].last or year_end
    return due_by(
        APD_08,
        step=NEXT_MEETING,
        title=mark("Meet the parents"),
        on=min(term_end, year_end),
        strength=Strength.PRACTICE,
        reasons=(
            *reasons,
            sentence(mark("Spread evenly, the next one falls in the term up to this day.")),
        ),
        moved_by=_moved_by(),
    )


def _last_day(facts: MeetingFacts, result: Meetings) -> date:
    """The end of the last term on SEN support, or the last day on it where that comes first."""
    term_end = result.terms[-1].last or facts.year.last
    ends = [span.last for span in facts.support if span.overlap(result.terms[-1])]
    last_on_support = max((end or term_end for end in ends), default=term_end)
    return min(term_end, last_on_support)


def _reasons(facts: MeetingFacts, result: Meetings) -> tuple[Sentence, ...]:
    return (
        sentence(
            mark("Parents of a pupil on SEN support are met at least three times a school year.")
        ),
        counted(
            mark("This pupil is on SEN support in {count} term of {year}: {required} needed."),
            mark("This pupil is on SEN support in {count} terms of {year}: {required} needed."),
            count=len(result.terms),
            year=str(facts.year),
            required=result.required,
        ),
        sentence(
            mark("{held} of {required} meetings are on record."),
            held=len(result.held),
            required=result.required,
        ),
    )


def _moved_by() -> tuple[Sentence, ...]:
    return (
        sentence(mark("A change to the terms in the school's calendar.")),
        sentence(mark("Coming on to SEN support, or leaving it, during the year.")),
    )


TIMETABLES = (
    Timetable(
        name="parent-meetings",
        title=mark("Meeting parents three times a year"),
        facts=(
            Fact("year", FactKind.ACADEMIC_YEAR, mark("The academic year."), required=True),
            Fact(
                "support",
                FactKind.OPEN_SPAN,
                mark("Days on SEN support; no last day while it goes on."),
                required=True,
                repeated=True,
            ),
            Fact(
                "held", FactKind.DAY, mark("A day the parents were met."), repeated=True, past=True
            ),
        ),
        rules=(APD_08,),
        steps=(ALL_MEETINGS, NEXT_MEETING),
        takes=MeetingFacts,
        gives=(timetable,),
    ),
)
