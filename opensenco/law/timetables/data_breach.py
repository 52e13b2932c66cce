"""When a breach of personal data is reported (GOV-11). See docs/law/data-breach.md."""

from dataclasses import dataclass
from datetime import date, timedelta

from opensenco.kernel.words import mark, sentence
from opensenco.law.calendar.counting import within_days
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due, due_by
from opensenco.law.registry import answers
from opensenco.law.rulebook.governance import GOV_11
from opensenco.law.strength import Strength

SAFE = "report-safe"
REPORT = "report"
DAYS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachFacts:
    """`known`: the day the school became aware of it. `reported`: the day it was reported."""

    known: date
    reported: date | None = None

    def __post_init__(self) -> None:
        GOV_11.check_days(known=self.known, reported=self.reported)
        GOV_11.check_order(known=self.known, reported=self.reported)


@answers(GOV_11)
def timetable(*, facts: BreachFacts) -> tuple[Due, ...]:
    """The steps `report-safe` (two days on: in time at whatever hour) and `report` (three days on,
    by the hour at which it became known). Raises nothing.
    """
    last = within_days(event=facts.known, days=DAYS)
    known = sentence(mark("The breach became known on {known}."), known=facts.known)
    return (
        due_by(
            GOV_11,
            step=SAFE,
            title=mark("Report the breach: safe at any hour"),
            on=last - timedelta(days=1),
            strength=Strength.PRACTICE,
            reasons=(known, sentence(mark("Up to the end of this day it is surely in time."))),
            done_on=facts.reported,
        ),
        due_by(
            GOV_11,
            step=REPORT,
            title=mark("Report the breach to the Information Commissioner"),
            on=last,
            reasons=(
                known,
                sentence(
                    mark(
                        "72 hours later is this day, at the hour at which it became known. "
                        "Weekends and holidays count."
                    )
                ),
            ),
            done_on=facts.reported,
        ),
    )


TIMETABLES = (
    Timetable(
        name="data-breach",
        title=mark("Reporting a breach of personal data"),
        facts=(
            Fact("known", FactKind.DAY, mark("The day it became known."), required=True),
            Fact("reported", FactKind.DAY, mark("The day it was reported."), past=True),
        ),
        rules=(GOV_11,),
        steps=(SAFE, REPORT),
        takes=BreachFacts,
        gives=(timetable,),
    ),
)
