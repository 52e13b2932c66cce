"""How long files on special needs are kept (GOV-07). See docs/law/retention.md."""

from dataclasses import dataclass
from datetime import date

from opensenco.kernel.dates import add_years
from opensenco.kernel.words import counted, mark, sentence
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due, Excuse, due_by
from opensenco.law.numbers.duties import RETENTION_YEARS
from opensenco.law.parameters import SHIPPED, Parameters
from opensenco.law.registry import answers
from opensenco.law.rulebook.governance import GOV_07

KEEP_UNTIL = "keep-until"
LONGEST_PLAN = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionFacts:
    """`born`: the pupil's day of birth. `hold`: whether a legal hold keeps the file."""

    born: date
    hold: bool = False

    def __post_init__(self) -> None:
        GOV_07.check_plain(born=self.born)


@answers(GOV_07)
def timetable(*, facts: RetentionFacts, parameters: Parameters = SHIPPED) -> tuple[Due, ...]:
    """The step `keep-until`: the birthday on which the file may be destroyed, 31 unless changed.

    The number counts that holds on the 25th birthday, when the longest plan has ended, or on the
    first day of the table where that was earlier. A legal hold excuses the step. Raises NotInForce.
    """
    first = RETENTION_YEARS.table.rows[0].first
    used = parameters.use(RETENTION_YEARS, max(first, add_years(facts.born, LONGEST_PLAN)))
    return (
        due_by(
            GOV_07,
            step=KEEP_UNTIL,
            title=mark("Keep the file on special needs until this day"),
            on=_birthday(facts.born, used.value),
            reasons=(
                sentence(mark("The pupil was born on {born}."), born=facts.born),
                counted(
                    mark("The last school keeps the file for {count} year from birth."),
                    mark("The last school keeps the file for {count} years from birth."),
                    count=used.value,
                ),
            ),
            moved_by=(
                sentence(mark("A legal hold, such as an open dispute.")),
                sentence(mark("Another number of years in the school's own policy.")),
            ),
            excused_by=_held() if facts.hold else (),
            used=(used,),
            comes=not facts.hold,
        ),
    )


def _birthday(born: date, years: int) -> date:
    """The birthday; of 29 February it is 1 March in other years: keeping may not end early."""
    leapling = (born.month, born.day) == (2, 29)
    usual = add_years(born, years)
    return date(usual.year, 3, 1) if leapling and usual.day != born.day else usual


def _held() -> tuple[Excuse, ...]:
    words = mark("A legal hold: the file is kept until the hold is lifted, whatever the day.")
    return (Excuse(GOV_07.provision, sentence(words)),)


TIMETABLES = (
    Timetable(
        name="retention",
        title=mark("How long files on special needs are kept"),
        facts=(
            Fact("born", FactKind.DAY, mark("The pupil's day of birth."), required=True, past=True),
            Fact("hold", FactKind.YES_NO, mark("Whether there is a legal hold.")),
        ),
        rules=(GOV_07,),
        steps=(KEEP_UNTIL,),
        takes=RetentionFacts,
        gives=(timetable,),
    ),
)
