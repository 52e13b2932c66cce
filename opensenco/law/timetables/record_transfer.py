"""Records that follow a pupil to the next school (TRA-04, TRA-05).

See docs/law/record-transfer.md.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from opensenco.kernel.words import Sentence, mark, sentence
from opensenco.law.calendar.school import SchoolCalendar
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due, due_by
from opensenco.law.numbers import transition as numbers
from opensenco.law.parameters import SHIPPED, Parameters
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.transition import TRA_04, TRA_05
from opensenco.law.strength import Strength

SEND_RECORDS = "send-records"
SEND_FILE = "send-file"
MAINTAINED = "maintained"
ACADEMY = "academy"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaverFacts:
    """One of the first two: `left_roll`, the last day on the school's roll; or `second_known`, the
    day the head of the first school learned that a pupil is on the roll of another school too.

    `setting`: maintained or academy (or independent). `sent`: the day the records were sent.
    """

    left_roll: date | None = None
    second_known: date | None = None
    setting: str = MAINTAINED
    sent: date | None = None

    def __post_init__(self) -> None:
        TRA_04.check_days(left_roll=self.left_roll, second_known=self.second_known, sent=self.sent)
        if (self.left_roll is None) is (self.second_known is None):
            words = mark("Give either the last day on the roll or the day the head learned of it.")
            raise BadFact(TRA_04.id, "left-roll", words)
        if self.setting not in (MAINTAINED, ACADEMY):
            raise BadFact(TRA_04.id, "setting", mark("The setting is maintained or academy."))

    @property
    def from_day(self) -> date:
        """The day from which the school days count."""
        return self.left_roll or self.second_known or date.max


@answers(TRA_04)
def timetable(
    *, facts: LeaverFacts, calendar: SchoolCalendar, parameters: Parameters = SHIPPED
) -> tuple[Due, ...]:
    """The step `send-records`: fifteen school days of the school that was left, that day not
    counted. A duty of maintained schools; elsewhere a practice. Raises CalendarNotCovered.
    """
    used = parameters.use(numbers.RECORDS, facts.from_day)
    maintained = facts.setting == MAINTAINED
    return (
        due_by(
            TRA_04,
            step=SEND_RECORDS,
            title=mark("Send the common transfer file and the educational record"),
            on=calendar.within_school_days(event=facts.from_day, days=used.value),
            strength=None if maintained else Strength.PRACTICE,
            reasons=(
                _since(facts),
                sentence(mark("Records are sent within fifteen school days of it.")),
                sentence(mark("Weekends, holidays and staff training days do not count."))
                if maintained
                else sentence(mark("The regulations are for maintained schools; this is custom.")),
            ),
            moved_by=(sentence(mark("A change to the school's calendar in these days.")),),
            done_on=facts.sent,
            used=(used,),
        ),
    )


def _since(facts: LeaverFacts) -> Sentence:
    if facts.left_roll is not None:
        return sentence(mark("The pupil left the roll on {day}."), day=facts.left_roll)
    words = mark("On {day} the head learned that the pupil is on another roll too.")
    return sentence(words, day=facts.from_day)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """`confirmed`: the day the next school was confirmed. `sent`: the day the file was sent."""

    confirmed: date
    sent: date | None = None

    def __post_init__(self) -> None:
        TRA_05.check_days(confirmed=self.confirmed, sent=self.sent)
        TRA_05.check_order(confirmed=self.confirmed, sent=self.sent)


@answers(TRA_05)
def protection_file(*, facts: FileFacts, parameters: Parameters = SHIPPED) -> tuple[Due, ...]:
    """The step `send-file`: within five days of the next school being confirmed."""
    used = parameters.use(numbers.PROTECTION_FILE, facts.confirmed)
    return (
        due_by(
            TRA_05,
            step=SEND_FILE,
            title=mark("Send the child protection file"),
            on=facts.confirmed + timedelta(days=used.value),
            reasons=(
                sentence(mark("The next school was confirmed on {day}."), day=facts.confirmed),
                sentence(mark("The file goes to its safeguarding lead within five days.")),
                sentence(mark("We count days of the calendar.")),
            ),
            moved_by=(sentence(mark("Another day on which the school was confirmed.")),),
            done_on=facts.sent,
            used=(used,),
        ),
    )


TIMETABLES = (
    Timetable(
        name="record-transfer",
        title=mark("Records follow the pupil"),
        facts=(
            Fact("left-roll", FactKind.DAY, mark("The last day on the school's roll.")),
            Fact(
                "second-known",
                FactKind.DAY,
                mark("The day the head learned of the other roll, for a pupil on two rolls."),
            ),
            Fact(
                "setting",
                FactKind.CHOICE,
                mark("The school that was left."),
                choices=(MAINTAINED, ACADEMY),
            ),
            Fact("sent", FactKind.DAY, mark("The day the records were sent."), past=True),
        ),
        rules=(TRA_04,),
        steps=(SEND_RECORDS,),
        takes=LeaverFacts,
        gives=(timetable,),
    ),
    Timetable(
        name="child-protection-file",
        title=mark("The child protection file follows the pupil"),
        facts=(
            Fact(
                "confirmed",
                FactKind.DAY,
                mark("The day the next school was confirmed."),
                required=True,
                rule=TRA_05,
            ),
            Fact("sent", FactKind.DAY, mark("The day the file was sent."), rule=TRA_05, past=True),
        ),
        rules=(TRA_05,),
        steps=(SEND_FILE,),
        takes=FileFacts,
        gives=(protection_file,),
    ),
)
