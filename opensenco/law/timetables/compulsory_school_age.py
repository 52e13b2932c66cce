"""When compulsory school age begins and ends, and rights pass (EYS-13, TRA-01).

See docs/law/compulsory-school-age.md.
"""

from dataclasses import dataclass
from datetime import date

from opensenco.kernel.dates import LATEST_YEAR, add_years, last_weekday
from opensenco.kernel.words import Sentence, mark, sentence
from opensenco.law.calendar.years import AcademicYear
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due, due_by
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.school_age import EYS_13
from opensenco.law.rulebook.transition import TRA_01

STARTS = "starts"
ENDS = "ends"
FRIDAY = 4
JUNE = 6
BEGINS_AT = 5
LEAVES_AT = 16
# The prescribed days, by month and day.
PRESCRIBED = ((3, 31), (8, 31), (12, 31))


@answers(EYS_13)
def first_day(*, born: date) -> date:
    """The prescribed day that is, or first follows, the fifth birthday.

    Whoever is born on 29 February turns five before 31 March in any case.
    """
    turns = add_years(born, BEGINS_AT)
    days = (date(turns.year, month, day) for month, day in PRESCRIBED)
    return next(day for day in days if day >= turns)


@answers(TRA_01)
def leaving_day(*, born: date) -> date:
    """The last Friday in June of the academic year in which somebody turns 16."""
    turns = AcademicYear.of(add_years(born, LEAVES_AT))
    return last_weekday(turns.starts + 1, JUNE, FRIDAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class BirthFacts:
    """`born`: the date of birth. Before compulsory school age began as it does now: NotInForce."""

    born: date

    def __post_init__(self) -> None:
        EYS_13.check_plain(born=self.born)
        if self.born.year + LEAVES_AT >= LATEST_YEAR:
            raise BadFact(EYS_13.id, "born", mark("This date is too far away."))
        EYS_13.check_in_force("born", first_day(born=self.born))


@answers(EYS_13, TRA_01)
def timetable(*, facts: BirthFacts) -> tuple[Due, ...]:
    """The steps `starts` and `ends`: the first and the last day of compulsory school age.

    Both come by themselves. On `ends` the rights pass to the young person. Raises nothing.
    """
    born, last = facts.born, leaving_day(born=facts.born)
    return (
        due_by(
            EYS_13,
            step=STARTS,
            title=mark("Compulsory school age begins"),
            on=first_day(born=born),
            reasons=(
                sentence(mark("The fifth birthday is on {day}."), day=add_years(born, BEGINS_AT)),
                sentence(
                    mark(
                        "It begins on the next 31 March, 31 August or 31 December, or on that day."
                    )
                ),
            ),
            comes=True,
        ),
        due_by(
            TRA_01,
            step=ENDS,
            title=mark("Compulsory school age ends; rights pass to the young person"),
            on=last,
            reasons=(
                sentence(mark("The pupil turns 16 in {year}."), year=str(AcademicYear.of(last))),
                sentence(mark("It ends on the last Friday in June of that school year.")),
                _rights(last),
            ),
            comes=True,
        ),
    )


def _rights(last: date) -> Sentence:
    if last < TRA_01.first:
        return sentence(
            mark("No rights passed: that law is in force since {day}."), day=TRA_01.first
        )
    return sentence(
        mark(
            "From then on the young person decides; whether they have the capacity is asked apart."
        )
    )


TIMETABLES = (
    Timetable(
        name="compulsory-school-age",
        title=mark("Compulsory school age"),
        facts=(Fact("born", FactKind.DAY, mark("The date of birth."), required=True, past=True),),
        rules=(EYS_13, TRA_01),
        steps=(STARTS, ENDS),
        takes=BirthFacts,
        gives=(timetable,),
    ),
)
