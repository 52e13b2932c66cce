"""The day on which rights pass from the parent to the young person (TRA-01).

See docs/law/rights-pass.md.
"""

from dataclasses import dataclass
from datetime import date

from opensenco.kernel.dates import add_years, last_weekday
from opensenco.kernel.words import mark, sentence
from opensenco.law.calendar.years import AcademicYear
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due, due_by
from opensenco.law.registry import answers
from opensenco.law.rulebook.transition import TRA_01

RIGHTS_PASS = "rights-pass"  # noqa: S105 (the name of a step)
FRIDAY = 4
JUNE = 6
LEAVES_AT = 16


@answers(TRA_01)
def leaving_day(*, born: date) -> date:
    """The last Friday in June of the academic year in which somebody turns 16.

    Whoever is born on 29 February turns 16 on a 29 February: sixteen years on is a leap year,
    except round a century; the academic year is the same in any case.
    """
    turns = AcademicYear.of(add_years(born, LEAVES_AT))
    return last_weekday(turns.starts + 1, JUNE, FRIDAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class BirthFacts:
    """`born`: the date of birth. NotInForce where compulsory school age ended before the Act."""

    born: date

    def __post_init__(self) -> None:
        TRA_01.check_plain(born=self.born)
        TRA_01.check_in_force("born", leaving_day(born=self.born))


@answers(TRA_01)
def timetable(*, facts: BirthFacts) -> tuple[Due, ...]:
    """The step `rights-pass`: the last day of compulsory school age. It comes by itself."""
    last = leaving_day(born=facts.born)
    return (
        due_by(
            TRA_01,
            step=RIGHTS_PASS,
            title=mark("Rights pass to the young person"),
            on=last,
            reasons=(
                sentence(mark("The pupil turns 16 in {year}."), year=str(AcademicYear.of(last))),
                sentence(
                    mark("Compulsory school age ends on the last Friday in June of that year.")
                ),
                sentence(mark("Whether the young person has the capacity is a separate question.")),
            ),
            comes=True,
        ),
    )


TIMETABLES = (
    Timetable(
        name="rights-pass",
        title=mark("Rights pass to the young person"),
        facts=(Fact("born", FactKind.DAY, mark("The date of birth."), required=True),),
        rules=(TRA_01,),
        steps=(RIGHTS_PASS,),
        takes=BirthFacts,
        gives=(timetable,),
    ),
)
