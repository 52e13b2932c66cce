"""When the two-year progress check is made (APD-16). See docs/law/two-year-check.md."""

from dataclasses import dataclass
from datetime import date

from opensenco.kernel.dates import Span, add_months
from opensenco.kernel.words import mark, sentence
from opensenco.law.calendar.counting import months_starting_with
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due, due_by
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.graduated import APD_16

OPENS = "opens"
CLOSES = "closes"
FROM_MONTHS = 24
TO_MONTHS = 36


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoYearFacts:
    """`born`: the child's day of birth. `done`: the day the parents got the summary, if they have.

    A birth so early that the check was not yet law is NotInForce.
    """

    born: date
    done: date | None = None

    def __post_init__(self) -> None:
        APD_16.check_plain(born=self.born, done=self.done)
        APD_16.check_order(born=self.born, done=self.done)
        APD_16.check_in_force("born", self.window.last or self.window.first)
        if self.done is not None and self.done < self.window.first:
            words = mark("{day} is before the second birthday ({opens}).")
            told = sentence(words, day=self.done, opens=self.window.first)
            raise BadFact(APD_16.id, "done", told)

    @property
    def window(self) -> Span:
        return Span(
            add_months(self.born, FROM_MONTHS),
            months_starting_with(event=self.born, months=TO_MONTHS),
        )


@answers(APD_16)
def timetable(*, facts: TwoYearFacts) -> tuple[Due, ...]:
    """The steps `opens` (the second birthday, a day that comes) and `closes` (the day before the
    third). Raises nothing: the facts have been checked when they were made.
    """
    window = facts.window
    born = sentence(mark("The child was born on {born}."), born=facts.born)
    return (
        due_by(
            APD_16,
            step=OPENS,
            title=mark("The time for the two-year check begins"),
            on=window.first,
            reasons=(born, sentence(mark("The check is made from the second birthday on."))),
            window=window,
            comes=True,
            rests_on_unverified=False,
        ),
        due_by(
            APD_16,
            step=CLOSES,
            title=mark("Give the parents the two-year check"),
            on=window.last,
            reasons=(
                born,
                sentence(mark("The parents have the summary before the third birthday.")),
            ),
            window=window,
            done_on=facts.done,
        ),
    )


TIMETABLES = (
    Timetable(
        name="two-year-check",
        title=mark("The two-year progress check"),
        facts=(
            Fact("born", FactKind.DAY, mark("The child's day of birth."), required=True, past=True),
            Fact("done", FactKind.DAY, mark("The day the parents got the summary."), past=True),
        ),
        rules=(APD_16,),
        steps=(OPENS, CLOSES),
        takes=TwoYearFacts,
        gives=(timetable,),
    ),
)
