"""When the early years profile is completed (APD-17). See docs/law/early-years-profile.md."""

from dataclasses import dataclass
from datetime import date

from opensenco.kernel.words import mark, sentence
from opensenco.law.calendar.years import AcademicYear
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due, due_by
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.graduated import APD_17

COMPLETE = "complete"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileFacts:
    """`academic_year`: the child's reception year. `done`: the day the profile was completed."""

    academic_year: AcademicYear
    done: date | None = None

    def __post_init__(self) -> None:
        APD_17.check_in_force("academic-year", self.academic_year.first)
        APD_17.check_days(done=self.done)
        if self.done is not None and self.done < self.academic_year.first:
            words = mark("{day} is before the reception year {year}.")
            told = sentence(words, day=self.done, year=str(self.academic_year))
            raise BadFact(APD_17.id, "done", told)


@answers(APD_17)
def timetable(*, facts: ProfileFacts) -> tuple[Due, ...]:
    """The step `complete`: 30 June of the reception year. Raises nothing."""
    return (
        due_by(
            APD_17,
            step=COMPLETE,
            title=mark("Complete the early years profile"),
            on=date(facts.academic_year.starts + 1, 6, 30),
            reasons=(
                sentence(mark("Reception year {year}."), year=str(facts.academic_year)),
                sentence(mark("The profile is completed by 30 June, adapted where needed.")),
            ),
            done_on=facts.done,
            rests_on_unverified=True,
        ),
    )


TIMETABLES = (
    Timetable(
        name="early-years-profile",
        title=mark("The profile at the end of reception"),
        facts=(
            Fact(
                "academic-year",
                FactKind.ACADEMIC_YEAR,
                mark("The reception year: 2026 or 2026/27."),
                required=True,
            ),
            Fact("done", FactKind.DAY, mark("The day it was completed."), past=True),
        ),
        rules=(APD_17,),
        steps=(COMPLETE,),
        takes=ProfileFacts,
        gives=(timetable,),
    ),
)
