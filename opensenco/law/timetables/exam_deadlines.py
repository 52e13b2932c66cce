"""Last days for access arrangements of a summer series (EXA-09). See docs/law/exam-deadlines.md."""

from dataclasses import dataclass
from datetime import date

from opensenco.kernel.words import mark, sentence
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due, due_by
from opensenco.law.numbers.duties import APPLICATIONS_BY, MODIFIED_PAPERS_BY
from opensenco.law.parameters import SHIPPED, Parameters
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.exams import EXA_09
from opensenco.law.strength import Evidence

MODIFIED = "modified-papers"
APPLICATIONS = "applications"
_TITLES = {
    MODIFIED: mark("Order modified papers for the summer"),
    APPLICATIONS: mark("Apply for access arrangements in the summer"),
}
_USUAL = {MODIFIED: MODIFIED_PAPERS_BY, APPLICATIONS: APPLICATIONS_BY}
_RULE = {
    MODIFIED: mark("Modified papers for the summer are ordered by 31 January."),
    APPLICATIONS: mark("Other applications for the summer are said to close on 21 March."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesFacts:
    """`year`: the year of the summer series. The `published` days are those of the exam boards,
    where known; `ordered` and `applied` the days on which it was done.
    """

    year: int
    published_modified: date | None = None
    published_applications: date | None = None
    ordered: date | None = None
    applied: date | None = None

    def __post_init__(self) -> None:
        EXA_09.check_in_force("year", date(self.year, 1, 31))
        published = {
            "published-modified": self.published_modified,
            "published-applications": self.published_applications,
        }
        EXA_09.check_days(ordered=self.ordered, applied=self.applied, **published)
        for fact, day in published.items():
            if day is not None and not date(self.year - 1, 9, 1) <= day < date(self.year, 9, 1):
                words = mark("This day is not in the school year of the summer of {year}.")
                raise BadFact(EXA_09.id, fact, sentence(words, year=self.year))
        for fact, day in (("ordered", self.ordered), ("applied", self.applied)):
            if day is not None and day >= date(self.year, 9, 1):
                words = mark("{day} is after the summer of {year}.")
                raise BadFact(EXA_09.id, fact, sentence(words, day=day, year=self.year))


@answers(EXA_09)
def timetable(*, facts: SeriesFacts, parameters: Parameters = SHIPPED) -> tuple[Due, ...]:
    """The steps `modified-papers` (31 January) and `applications` (21 March), or published days.

    Raises nothing: the facts have been checked when they were made.
    """
    return (
        _step(facts, parameters, MODIFIED, facts.published_modified, facts.ordered),
        _step(facts, parameters, APPLICATIONS, facts.published_applications, facts.applied),
    )


def _step(
    facts: SeriesFacts,
    parameters: Parameters,
    step: str,
    published: date | None,
    done: date | None,
) -> Due:
    usual = _USUAL[step]
    used = parameters.use(usual, date(facts.year, 1, 31))
    doubtful = usual.table.row_on(used.first).evidence is Evidence.UNVERIFIED
    because = (
        sentence(_RULE[step])
        if published is None
        else sentence(mark("The exam boards published this day."))
    )
    return due_by(
        EXA_09,
        step=step,
        title=_TITLES[step],
        on=published or date.fromisoformat(f"{facts.year}-{used.value}"),
        reasons=(sentence(mark("Summer exams of {year}."), year=facts.year), because),
        moved_by=(sentence(mark("Another day published by the exam boards.")),),
        done_on=done,
        used=(used,) if published is None else (),
        rests_on_unverified=doubtful and published is None,
    )


TIMETABLES = (
    Timetable(
        name="exam-deadlines",
        title=mark("Last days for exam access arrangements in the summer"),
        facts=(
            Fact("year", FactKind.YEAR, mark("The year of the summer exams."), required=True),
            Fact(
                "published-modified", FactKind.DAY, mark("The published day for modified papers.")
            ),
            Fact(
                "published-applications", FactKind.DAY, mark("The published day for applications.")
            ),
            Fact("ordered", FactKind.DAY, mark("The day modified papers were ordered."), past=True),
            Fact("applied", FactKind.DAY, mark("The day of the application."), past=True),
        ),
        rules=(EXA_09,),
        steps=(MODIFIED, APPLICATIONS),
        takes=SeriesFacts,
        gives=(timetable,),
    ),
)
