"""When the Disability Access Fund can be claimed again (EYS-05).

See docs/law/early-years-money.md.
"""

from dataclasses import dataclass
from datetime import date

from opensenco.kernel.words import mark, sentence
from opensenco.law.calendar.counting import within_months
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due, due_by
from opensenco.law.registry import answers
from opensenco.law.rulebook.early_years import EYS_05
from opensenco.law.strength import Strength

NEXT_CLAIM = "next-claim"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFacts:
    """`claimed`: the day of the last claim. `authority_says`: the day the authority names."""

    claimed: date
    authority_says: date | None = None

    def __post_init__(self) -> None:
        EYS_05.check_days(claimed=self.claimed, authority_says=self.authority_says)
        EYS_05.check_order(claimed=self.claimed, authority_says=self.authority_says)


@answers(EYS_05)
def timetable(*, facts: ClaimFacts) -> tuple[Due, ...]:
    """The step `next-claim`: a year after the last claim, or the day the authority names; a day
    that comes, and a practice: the fund is paid once a year. Raises nothing.
    """
    because = (
        sentence(mark("It is paid once a year for a child, so again twelve months later."))
        if facts.authority_says is None
        else sentence(mark("The local authority names this day."))
    )
    return (
        due_by(
            EYS_05,
            step=NEXT_CLAIM,
            title=mark("The Disability Access Fund can be claimed again"),
            on=facts.authority_says or within_months(event=facts.claimed, months=12),
            strength=Strength.PRACTICE,
            reasons=(
                sentence(mark("Last claimed on {claimed}."), claimed=facts.claimed),
                because,
            ),
            moved_by=(sentence(mark("Another day named by the local authority.")),),
            comes=True,
        ),
    )


TIMETABLES = (
    Timetable(
        name="disability-access-fund",
        title=mark("Claiming the Disability Access Fund again"),
        facts=(
            Fact("claimed", FactKind.DAY, mark("The day of the last claim."), required=True),
            Fact("authority-says", FactKind.DAY, mark("The day the authority names.")),
        ),
        rules=(EYS_05,),
        steps=(NEXT_CLAIM,),
        takes=ClaimFacts,
        gives=(timetable,),
    ),
)
