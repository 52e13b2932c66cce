"""When the inclusion strategy is published (SCH-10, REF-05). See docs/law/inclusion-strategy.md."""

from dataclasses import dataclass
from datetime import date

from opensenco.kernel.words import mark, sentence
from opensenco.law.calendar.counting import within_months
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due, due_by
from opensenco.law.numbers.duties import INCLUSION_STRATEGY_BY
from opensenco.law.parameters import SHIPPED, Parameters
from opensenco.law.registry import answers
from opensenco.law.rulebook.reform import REF_05
from opensenco.law.rulebook.school_duties import SCH_10

PUBLISH = "publish"
REVIEW = "yearly-review"


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategyFacts:
    """`funded`: whether the school is given money from the Inclusive Mainstream Fund.

    `published`: the day the strategy was published, or last reviewed. `several_years`: whether it
    is for more than one year.
    """

    funded: bool
    published: date | None = None
    several_years: bool = False

    def __post_init__(self) -> None:
        SCH_10.check_days(published=self.published)


@answers(SCH_10, REF_05)
def timetable(*, facts: StrategyFacts, parameters: Parameters = SHIPPED) -> tuple[Due, ...]:
    """The steps `publish` (31 December 2026) and, for a published strategy of several years,
    `yearly-review`. Empty for a school without this grant. Raises nothing.
    """
    if not facts.funded:
        return ()
    used = parameters.use(INCLUSION_STRATEGY_BY, SCH_10.first)
    publish = due_by(
        SCH_10,
        step=PUBLISH,
        title=mark("Publish the inclusion strategy"),
        on=used.value,
        reasons=(
            sentence(mark("The school is given money from the Inclusive Mainstream Fund.")),
            sentence(
                mark("The strategy stands on its website by {by}: what it does and what it costs."),
                by=used.value,
            ),
        ),
        done_on=facts.published,
        used=(used,),
        rests_on_unverified=False,
    )
    return (publish, *_review(facts))


def _review(facts: StrategyFacts) -> tuple[Due, ...]:
    if facts.published is None or not facts.several_years:
        return ()
    return (
        due_by(
            SCH_10,
            step=REVIEW,
            title=mark("Review the inclusion strategy"),
            on=within_months(event=facts.published, months=12),
            reasons=(
                sentence(mark("Published on {published}."), published=facts.published),
                sentence(mark("A strategy for several years is reviewed each year.")),
            ),
            rests_on_unverified=False,
        ),
    )


TIMETABLES = (
    Timetable(
        name="inclusion-strategy",
        title=mark("Publishing the inclusion strategy"),
        facts=(
            Fact("funded", FactKind.YES_NO, mark("Whether there is this grant."), required=True),
            Fact("published", FactKind.DAY, mark("The day it was published."), past=True),
            Fact("several-years", FactKind.YES_NO, mark("Whether it is for several years.")),
        ),
        rules=(SCH_10, REF_05),
        steps=(PUBLISH, REVIEW),
        takes=StrategyFacts,
        gives=(timetable,),
    ),
)
