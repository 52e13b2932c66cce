"""The authority's list of the term's reviews (REV-03). See docs/law/term-list.md."""

from dataclasses import dataclass
from datetime import date, timedelta

from opensenco.kernel.words import mark, sentence
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due, due_by
from opensenco.law.numbers.reviews import LIST as NUMBER
from opensenco.law.parameters import SHIPPED, Parameters, Used
from opensenco.law.registry import answers
from opensenco.law.rulebook.reviews import REV_03

LIST = "list"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermFacts:
    """`term_starts`: the first day of the term. `sent`: the day the school got the list."""

    term_starts: date
    sent: date | None = None

    def __post_init__(self) -> None:
        REV_03.check_days(term_starts=self.term_starts, sent=self.sent)
        REV_03.check_in_force("term-starts", _due(self.term_starts, SHIPPED)[0])


@answers(REV_03)
def timetable(*, facts: TermFacts, parameters: Parameters = SHIPPED) -> tuple[Due, ...]:
    """The step `list`: two weeks before the first day of the term. Raises nothing."""
    on, used = _due(facts.term_starts, parameters)
    return (
        due_by(
            REV_03,
            step=LIST,
            title=mark("The authority sends the list of the term's reviews"),
            on=on,
            reasons=(
                sentence(mark("The term starts on {day}."), day=facts.term_starts),
                sentence(mark("Schools have the list at least two weeks before.")),
            ),
            moved_by=(sentence(mark("Another first day of the term.")),),
            done_on=facts.sent,
            used=(used,),
        ),
    )


def _due(term_starts: date, parameters: Parameters) -> tuple[date, Used[int]]:
    used = parameters.use(NUMBER, term_starts)
    return term_starts - timedelta(days=used.value), used


TIMETABLES = (
    Timetable(
        name="term-list",
        title=mark("List of the term's annual reviews"),
        facts=(
            Fact("term-starts", FactKind.DAY, mark("The first day of the term."), required=True),
            Fact("sent", FactKind.DAY, mark("The day the school got the list."), past=True),
        ),
        rules=(REV_03,),
        steps=(LIST,),
        takes=TermFacts,
        gives=(timetable,),
    ),
)
