"""When a parent sees the educational record (GOV-05). See docs/law/education-record.md."""

from dataclasses import dataclass
from datetime import date

from opensenco.kernel.words import Sentence, mark, sentence
from opensenco.law.calendar.needed import needed
from opensenco.law.calendar.school import SchoolCalendar
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Answer, Due, due_by
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.governance import GOV_05

REPLY = "reply"
MAINTAINED = "maintained"
ACADEMY = "academy"
SETTINGS = (MAINTAINED, ACADEMY)
DAYS = 15
NOT_BOUND = "not-bound"
_TITLE = mark("Let the parent see the educational record")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRequestFacts:
    """`received`: the day the written request came. `setting`: maintained or academy.

    `replied`: the day on which the parent saw the record.
    """

    received: date
    setting: str
    replied: date | None = None

    def __post_init__(self) -> None:
        if self.setting not in SETTINGS:
            raise BadFact(GOV_05.id, "setting", mark("Write maintained or academy."))
        GOV_05.check_days(received=self.received, replied=self.replied)
        GOV_05.check_order(received=self.received, replied=self.replied)


@answers(GOV_05)
def timetable(
    *, facts: RecordRequestFacts, calendar: SchoolCalendar | None = None
) -> tuple[Due, ...]:
    """The step `reply`: fifteen school days after the request. At an academy it has no date and
    the state `not-bound`.

    Raises BadFact where a maintained school's calendar is missing, and CalendarNotCovered.
    """
    came = sentence(mark("The written request came on {received}."), received=facts.received)
    if facts.setting == ACADEMY:
        return (_not_bound(facts, came),)
    return (
        due_by(
            GOV_05,
            step=REPLY,
            title=_TITLE,
            on=needed(GOV_05, calendar).within_school_days(event=facts.received, days=DAYS),
            reasons=(
                came,
                sentence(mark("The parent sees the record within 15 school days, free of charge.")),
                sentence(mark("Weekends, holidays and staff training days do not count.")),
            ),
            moved_by=(sentence(mark("A change to the school's calendar in these days.")),),
            done_on=facts.replied,
            rests_on_unverified=False,
        ),
    )


def _not_bound(facts: RecordRequestFacts, came: Sentence) -> Due:
    words = sentence(mark("These regulations do not bind academies."))
    return due_by(
        GOV_05,
        step=REPLY,
        title=_TITLE,
        on=None,
        reasons=(
            came,
            words,
            sentence(mark("Treat it as a subject access request (GOV-04), due within one month.")),
        ),
        answer=Answer(NOT_BOUND, words),
        done_on=facts.replied,
        rests_on_unverified=False,
    )


TIMETABLES = (
    Timetable(
        name="education-record",
        title=mark("Letting a parent see the educational record"),
        facts=(
            Fact("received", FactKind.DAY, mark("The day of the written request."), required=True),
            Fact(
                "setting",
                FactKind.CHOICE,
                mark("What the school is in law."),
                required=True,
                choices=SETTINGS,
            ),
            Fact("replied", FactKind.DAY, mark("The day the parent saw it."), past=True),
        ),
        rules=(GOV_05,),
        steps=(REPLY,),
        takes=RecordRequestFacts,
        gives=(timetable,),
    ),
)
