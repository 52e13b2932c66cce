"""The three days of the school census (IDN-09). See docs/law/census.md."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import pairwise

from opensenco.kernel.dates import nth_weekday
from opensenco.kernel.words import mark, sentence
from opensenco.law.calendar.years import AcademicYear
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due, due_by
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.identification import IDN_09

THURSDAY = 3


class Collection(StrEnum):
    """The three collections of a year; also the names of the steps."""

    AUTUMN = "autumn"
    SPRING = "spring"
    SUMMER = "summer"


_TITLES = {
    Collection.AUTUMN: mark("Autumn school census"),
    Collection.SPRING: mark("Spring school census"),
    Collection.SUMMER: mark("Summer school census"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CensusFacts:
    """`year`: the academic year. `published`: days the department gave, where they differ."""

    year: AcademicYear
    published: dict[Collection, date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        IDN_09.check_in_force("academic-year", self.year.last)
        for collection, day in self.published.items():
            IDN_09.check_days(published=day)
            if day not in self.year.span:
                raise BadFact(
                    IDN_09.id,
                    collection,
                    sentence(mark("This day is not in {year}."), year=str(self.year)),
                )
        days = {each: self.day_of(each) for each in Collection}
        IDN_09.check_order(**days)
        for one, other in pairwise(Collection):
            if days[one] == days[other]:
                words = mark("This is the day of {other} as well.")
                raise BadFact(IDN_09.id, other, sentence(words, other=one))

    def day_of(self, collection: Collection) -> date:
        """The published day, or else the usual one."""
        return self.published.get(collection) or _usual(self.year, collection)


@answers(IDN_09)
def timetable(*, facts: CensusFacts) -> tuple[Due, ...]:
    """The steps `autumn`, `spring` and `summer`: the published day, else the usual Thursday.

    First Thursday in October, third in January, third in May. Raises nothing.
    """
    return tuple(_step(facts, collection) for collection in Collection)


def _usual(year: AcademicYear, collection: Collection) -> date:
    return {
        Collection.AUTUMN: nth_weekday(year.starts, 10, THURSDAY, 1),
        Collection.SPRING: nth_weekday(year.starts + 1, 1, THURSDAY, 3),
        Collection.SUMMER: nth_weekday(year.starts + 1, 5, THURSDAY, 3),
    }[collection]


def _step(facts: CensusFacts, collection: Collection) -> Due:
    published = facts.published.get(collection)
    if published is None:
        reason = sentence(
            mark("By the usual rule: the first Thursday in October, the third in January and May.")
        )
    else:
        reason = sentence(mark("The Department for Education published this day."))
    return due_by(
        IDN_09,
        step=collection,
        title=_TITLES[collection],
        on=facts.day_of(collection),
        reasons=(
            sentence(mark("School census of {year}."), year=str(facts.year)),
            reason,
        ),
        moved_by=(sentence(mark("Another day published by the Department for Education.")),),
        comes=True,
    )


def _given(academic_year: AcademicYear, **published: date) -> CensusFacts:
    """The facts by the names people write: each collection may have its published day."""
    days = {Collection(name): day for name, day in published.items()}
    return CensusFacts(year=academic_year, published=days)


TIMETABLES = (
    Timetable(
        name="census",
        title=mark("Days of the school census"),
        facts=(
            Fact(
                "academic-year",
                FactKind.ACADEMIC_YEAR,
                mark("The academic year: 2026 or 2026/27."),
                required=True,
            ),
            Fact("autumn", FactKind.DAY, mark("The published day in autumn.")),
            Fact("spring", FactKind.DAY, mark("The published day in spring.")),
            Fact("summer", FactKind.DAY, mark("The published day in summer.")),
        ),
        rules=(IDN_09,),
        steps=tuple(Collection),
        takes=_given,
        gives=(timetable,),
    ),
)
