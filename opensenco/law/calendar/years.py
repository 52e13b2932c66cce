"""Academic years and year groups (CAL-14, CAL-15)."""

from dataclasses import dataclass
from datetime import date

from opensenco.kernel.dates import Span, age_on
from opensenco.kernel.errors import Invalid
from opensenco.kernel.words import mark, sentence
from opensenco.law.registry import answers
from opensenco.law.rulebook.counting import CAL_14, CAL_15

SEPTEMBER = 9
WHICH_YEAR = mark("Give the calendar year in which it starts: 2026.")


@dataclass(frozen=True, slots=True, order=True)
class AcademicYear:
    """1 September of the year `starts` to 31 August of the next. `str()` gives "2026/27"."""

    starts: int

    def __post_init__(self) -> None:
        if not 1900 <= self.starts <= 2198:
            raise Invalid("academic-year", WHICH_YEAR)

    @classmethod
    @answers(CAL_14)
    def of(cls, day: date) -> "AcademicYear":
        """The academic year in which `day` lies."""
        return cls(day.year if day.month >= SEPTEMBER else day.year - 1)

    @classmethod
    def parse(cls, text: str) -> "AcademicYear":
        """Reads "2026" or "2026/27". Raises Invalid."""
        starts, slash, ends = text.strip().partition("/")
        if not (starts.isascii() and starts.isdigit() and len(starts) == 4):
            raise Invalid("academic-year", WHICH_YEAR)
        year = cls(int(starts))
        if slash and ends != str(year)[5:]:
            raise Invalid(
                "academic-year",
                sentence(
                    mark("The academic year from {starts} is {year}."),
                    starts=starts,
                    year=str(year),
                ),
            )
        return year

    @property
    def first(self) -> date:
        return date(self.starts, SEPTEMBER, 1)

    @property
    def last(self) -> date:
        return date(self.starts + 1, 8, 31)

    @property
    def span(self) -> Span:
        return Span(self.first, self.last)

    def following(self, years: int = 1) -> "AcademicYear":
        """The academic year `years` later; a negative number goes back."""
        return AcademicYear(self.starts + years)

    def __str__(self) -> str:
        return f"{self.starts}/{(self.starts + 1) % 100:02d}"


@answers(CAL_15)
def year_group(*, born: date, year: AcademicYear) -> int:
    """The national curriculum year by age: 0 is reception, 9 is Year 9; below 0 comes nursery.

    Age on 31 August before the year starts, less four. A child taught out of their year has the
    year they are taught in, which is a fact of the school's and not computed here. Raises Invalid
    for someone not yet born on that day.
    """
    return age_on(born, date(year.starts, 8, 31)) - 4
