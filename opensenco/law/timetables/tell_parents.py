"""When parents are told that special educational provision is made (IDN-15).

See docs/law/tell-parents.md.
"""

from dataclasses import dataclass
from datetime import date

from opensenco.kernel.words import counted, mark, sentence
from opensenco.law.calendar.school import SchoolCalendar
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due, due_by
from opensenco.law.numbers.practice import TELL_PARENTS_ALERT
from opensenco.law.parameters import SHIPPED, Parameters
from opensenco.law.registry import answers
from opensenco.law.rulebook.identification import IDN_15
from opensenco.law.strength import Strength
from opensenco.law.timetables.concern import who_set

TELL_PARENTS = "tell-parents"
ALERT = "not-told-alert"


@dataclass(frozen=True, slots=True, kw_only=True)
class TellParentsFacts:
    """`starts`: the first day of the provision. `told`: the day the parents were told, if any.

    `ehc_plan`: whether the pupil has an EHC plan; then section 68 asks nothing.
    """

    starts: date
    told: date | None = None
    ehc_plan: bool = False

    def __post_init__(self) -> None:
        IDN_15.check_days(starts=self.starts, told=self.told)


@answers(IDN_15)
def timetable(*, facts: TellParentsFacts) -> tuple[Due, ...]:
    """The step `tell-parents`: on or before the day on which the provision starts.

    The Act says that parents must be told and states no day; that it is the day of the start at the
    latest is our reading. Empty for a pupil with an EHC plan. Raises nothing.
    """
    if facts.ehc_plan:
        return ()
    return (
        due_by(
            IDN_15,
            step=TELL_PARENTS,
            title=mark("Tell the parents about the SEN support"),
            on=facts.starts,
            reasons=(
                sentence(
                    mark("Special educational provision starts on {starts}."), starts=facts.starts
                ),
                sentence(mark("The school must tell the parents that it is made.")),
                sentence(
                    mark("The law states no day; we take it to be the day it starts at the latest.")
                ),
            ),
            moved_by=(sentence(mark("Another day on which the provision starts.")),),
            done_on=facts.told,
        ),
    )


@answers(IDN_15)
def alert(
    *, facts: TellParentsFacts, calendar: SchoolCalendar, parameters: Parameters = SHIPPED
) -> tuple[Due, ...]:
    """The step `not-told-alert`: the day on which the SENCO is alerted if nobody has told them.

    So many school days after the start, five unless changed; a practice. Empty for a pupil with an
    EHC plan. Raises CalendarNotCovered, NotInForce.
    """
    if facts.ehc_plan:
        return ()
    used = parameters.use(TELL_PARENTS_ALERT, facts.starts)
    return (
        due_by(
            IDN_15,
            step=ALERT,
            title=mark("Alert: the parents have not been told"),
            on=calendar.within_school_days(event=facts.starts, days=used.value),
            strength=Strength.PRACTICE,
            reasons=(
                sentence(
                    mark("Special educational provision starts on {starts}."), starts=facts.starts
                ),
                counted(
                    mark("After {count} school day the SENCO is alerted if nobody told them."),
                    mark("After {count} school days the SENCO is alerted if nobody told them."),
                    count=used.value,
                ),
                who_set(used),
            ),
            moved_by=(
                sentence(mark("Another day on which the provision starts.")),
                sentence(mark("A change to the school's calendar in these days.")),
            ),
            done_on=facts.told,
            used=(used,),
        ),
    )


TIMETABLES = (
    Timetable(
        name="tell-parents",
        title=mark("Telling the parents about SEN support"),
        facts=(
            Fact("starts", FactKind.DAY, mark("The first day of the provision."), required=True),
            Fact("told", FactKind.DAY, mark("The day the parents were told."), past=True),
            Fact("ehc-plan", FactKind.YES_NO, mark("Whether the pupil has an EHC plan.")),
        ),
        rules=(IDN_15,),
        steps=(TELL_PARENTS, ALERT),
        takes=TellParentsFacts,
        gives=(timetable, alert),
    ),
)
