"""What an authority does by the calendar: Local Offer, return, inspections (LAA-04, 05, 07).

See docs/law/local-offer-comments.md, area-inspection.md and sen2-return.md.
"""

from dataclasses import dataclass
from datetime import date

from opensenco.kernel.dates import add_months, nth_weekday
from opensenco.kernel.words import Sentence, mark, sentence
from opensenco.law.calendar.counting import within_months
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due, due_by
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.local_area import LAA_04, LAA_05, LAA_07
from opensenco.law.timetables.census_days import THURSDAY

PUBLISH = "publish"
MONITORING = "monitoring"
INSPECTION = "inspection"
CENSUS_DAY = "census-day"

POSITIVE = "positive"
INCONSISTENT = "inconsistent"
FAILINGS = "failings"
OUTCOMES = (POSITIVE, INCONSISTENT, FAILINGS)
_MONITORING_MONTHS = 18
_NEXT_MONTHS = {POSITIVE: 60, FAILINGS: 36}
_NEXT_WORDS = {
    POSITIVE: mark("The next inspection comes about five years later."),
    INCONSISTENT: mark("The next inspection comes sooner than in five years; no number is given."),
    FAILINGS: mark("A full inspection comes about three years later."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentsFacts:
    """`published`: the day comments and the authority's answer were last published."""

    published: date

    def __post_init__(self) -> None:
        LAA_04.check_days(published=self.published)


@answers(LAA_04)
def comments(*, facts: CommentsFacts) -> tuple[Due, ...]:
    """The step `publish`: a year after comments were last published. Raises nothing."""
    return (
        due_by(
            LAA_04,
            step=PUBLISH,
            title=mark("Publish comments on the Local Offer and the answer to them"),
            on=within_months(event=facts.published, months=12),
            reasons=(
                sentence(mark("Last published on {published}."), published=facts.published),
                sentence(mark("Comments and the answer are published at least once a year.")),
            ),
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionFacts:
    """`published`: the day the report was published. `outcome`: one of OUTCOMES."""

    published: date
    outcome: str

    def __post_init__(self) -> None:
        if self.outcome not in OUTCOMES:
            words = mark("Write positive, inconsistent or failings.")
            raise BadFact(LAA_05.id, "outcome", words)
        LAA_05.check_days(published=self.published)


@answers(LAA_05)
def inspection(*, facts: InspectionFacts) -> tuple[Due, ...]:
    """The steps `monitoring` (after failings) and `inspection`: days that come, about when they do.

    After an inconsistent outcome the next inspection has no date. Raises nothing.
    """
    report = sentence(mark("The report came out on {published}."), published=facts.published)
    steps = []
    if facts.outcome == FAILINGS:
        words = sentence(mark("Inspectors come to monitor after about 18 months."))
        on = add_months(facts.published, _MONITORING_MONTHS)
        steps.append(_visit(MONITORING, mark("Monitoring visit expected"), on, report, words))
    months = _NEXT_MONTHS.get(facts.outcome)
    on_next = None if months is None else add_months(facts.published, months)
    words = sentence(_NEXT_WORDS[facts.outcome])
    steps.append(_visit(INSPECTION, mark("Next inspection expected"), on_next, report, words))
    return tuple(steps)


def _visit(step: str, title: str, on: date | None, *reasons: Sentence) -> Due:
    return due_by(
        LAA_05,
        step=step,
        title=title,
        on=on,
        reasons=reasons,
        moved_by=(sentence(mark("The inspectors: they give short notice.")),),
        comes=True,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnFacts:
    """`year`: the calendar year of the return. `published`: the day given out, where known."""

    year: int
    published: date | None = None

    def __post_init__(self) -> None:
        LAA_07.check_in_force("year", date(self.year, 1, 31))
        LAA_07.check_days(published=self.published)
        if self.published is not None and self.published.year != self.year:
            words = mark("This day is not in {year}.")
            raise BadFact(LAA_07.id, "published", sentence(words, year=self.year))


@answers(LAA_07)
def sen2(*, facts: ReturnFacts) -> tuple[Due, ...]:
    """The step `census-day`: third Thursday in January, or the published day. Raises nothing."""
    because = (
        sentence(mark("By the usual rule: the third Thursday in January."))
        if facts.published is None
        else sentence(mark("The Department for Education published this day."))
    )
    return (
        due_by(
            LAA_07,
            step=CENSUS_DAY,
            title=mark("Day of the authority's yearly return"),
            on=facts.published or nth_weekday(facts.year, 1, THURSDAY, 3),
            reasons=(because,),
            moved_by=(sentence(mark("Another day published by the Department for Education.")),),
            comes=True,
            rests_on_unverified=facts.published is None,
        ),
    )


TIMETABLES = (
    Timetable(
        name="local-offer-comments",
        title=mark("Publishing comments on the Local Offer"),
        facts=(Fact("published", FactKind.DAY, mark("When they last were."), required=True),),
        rules=(LAA_04,),
        steps=(PUBLISH,),
        takes=CommentsFacts,
        gives=(comments,),
    ),
    Timetable(
        name="area-inspection",
        title=mark("When inspectors of the area come again"),
        facts=(
            Fact("published", FactKind.DAY, mark("The day of the report."), required=True),
            Fact(
                "outcome", FactKind.CHOICE, mark("What it found."), required=True, choices=OUTCOMES
            ),
        ),
        rules=(LAA_05,),
        steps=(MONITORING, INSPECTION),
        takes=InspectionFacts,
        gives=(inspection,),
    ),
    Timetable(
        name="sen2-return",
        title=mark("The authority's yearly return"),
        facts=(
            Fact("year", FactKind.YEAR, mark("The year of the return."), required=True),
            Fact("published", FactKind.DAY, mark("The published day.")),
        ),
        rules=(LAA_07,),
        steps=(CENSUS_DAY,),
        takes=ReturnFacts,
        gives=(sen2,),
    ),
)
