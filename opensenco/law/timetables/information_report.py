"""When the SEN information report is brought up to date (SCH-04).

See docs/law/information-report.md; what it holds is checked in `law/checks/information_report.py`.
"""

from dataclasses import dataclass
from datetime import date

from opensenco.kernel.words import mark, sentence
from opensenco.law.calendar.counting import within_months
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due, due_by
from opensenco.law.registry import answers
from opensenco.law.rulebook.school_duties import SCH_04
from opensenco.law.strength import Strength

YEARLY = "yearly-update"
CHANGE = "change-update"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFacts:
    """`updated`: the day the report was last brought up to date. `changed`: the day on which
    something in it changed, such as the SENCO.
    """

    updated: date
    changed: date | None = None

    def __post_init__(self) -> None:
        SCH_04.check_days(updated=self.updated, changed=self.changed)


@answers(SCH_04)
def timetable(*, facts: ReportFacts) -> tuple[Due, ...]:
    """The steps `yearly-update` (a year after the last) and, after a change, `change-update`.

    "As soon as possible" names no day: the step stands on the day of the change as a practice, so
    that nothing is called late by guidance. Raises nothing.
    """
    yearly = due_by(
        SCH_04,
        step=YEARLY,
        title=mark("Bring the SEN information report up to date"),
        on=within_months(event=facts.updated, months=12),
        reasons=(
            sentence(mark("The report was last updated on {updated}."), updated=facts.updated),
            sentence(mark("It is brought up to date every year.")),
        ),
    )
    return (yearly, *_change(facts))


def _change(facts: ReportFacts) -> tuple[Due, ...]:
    if facts.changed is None:
        return ()
    return (
        due_by(
            SCH_04,
            step=CHANGE,
            title=mark("Put the change into the SEN information report"),
            on=facts.changed,
            strength=Strength.PRACTICE,
            reasons=(
                sentence(mark("Something in it changed on {changed}."), changed=facts.changed),
                sentence(mark("It is put in as soon as possible; no number of days is given.")),
            ),
            done_on=facts.updated if facts.updated >= facts.changed else None,
        ),
    )


TIMETABLES = (
    Timetable(
        name="information-report",
        title=mark("Keeping the SEN information report up to date"),
        facts=(
            Fact("updated", FactKind.DAY, mark("The day of the last update."), required=True),
            Fact("changed", FactKind.DAY, mark("The day something in it changed.")),
        ),
        rules=(SCH_04,),
        steps=(YEARLY, CHANGE),
        takes=ReportFacts,
        gives=(timetable,),
    ),
)
