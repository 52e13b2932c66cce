"""A plan that moves to another authority (EHC-24). See docs/law/authority-transfer.md."""

from dataclasses import dataclass
from datetime import date

from opensenco.kernel.dates import ONE_DAY, Span
from opensenco.kernel.words import Sentence, mark, sentence
from opensenco.law.calendar.counting import months_starting_with
from opensenco.law.calendar.holidays import BankHolidays
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due, due_by
from opensenco.law.numbers.assessment import (
    TRANSFER,
    TRANSFER_INFORM,
    TRANSFER_REVIEW,
    YEARLY_REVIEW,
)
from opensenco.law.parameters import SHIPPED, Parameters
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.keeping import EHC_24
from opensenco.law.steps import Step, weeks_after

HAND_OVER = "transfer"
INFORM = "inform"
REVIEW = "review"


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferFacts:
    """`moved`: the day of the move. `known`: the day the old authority first knew of it.

    `last_review`: the day the plan was made or last reviewed. `transferred`: the day the plan was
    handed over; until then the last lawful day for it is used. `informed`, `reviewed`: the days on
    which the new authority told the family and reviewed the plan.
    """

    moved: date
    known: date
    last_review: date | None = None
    transferred: date | None = None
    informed: date | None = None
    reviewed: date | None = None

    def __post_init__(self) -> None:
        EHC_24.check_days(
            moved=self.moved,
            known=self.known,
            last_review=self.last_review,
            transferred=self.transferred,
            informed=self.informed,
            reviewed=self.reviewed,
        )
        later = {"informed": self.informed, "reviewed": self.reviewed}
        EHC_24.check_none_before(moved=self.moved, transferred=self.transferred, **later)
        EHC_24.check_none_before(known=self.known, transferred=self.transferred, **later)
        EHC_24.check_none_before(transferred=self.transferred, **later)
        EHC_24.check_none_before(last_review=self.last_review, transferred=self.transferred)
        EHC_24.check_none_before(last_review=self.last_review, **later)
        if self.transferred is None and self.last_review and self.last_review > self.moved:
            words = mark("A review after the move ({moved}) needs the day of the handover as well.")
            raise BadFact(EHC_24.id, "last-review", sentence(words, moved=self.moved))


@answers(EHC_24)
def timetable(
    *, facts: TransferFacts, holidays: BankHolidays, parameters: Parameters = SHIPPED
) -> tuple[Due, ...]:
    """The steps `transfer` (old authority), `inform` and `review` (new authority).

    Raises CalendarNotCovered where the table of bank holidays does not reach.
    """
    hand_over = _hand_over(facts, holidays, parameters)
    from_day = facts.transferred or hand_over.on or facts.moved
    if facts.transferred:
        since = sentence(mark("The plan was handed over on {day}."), day=from_day)
    else:
        since = sentence(mark("The plan has to be handed over by {day}."), day=from_day)
    inform = weeks_after(
        EHC_24,
        from_day,
        parameters.use(TRANSFER_INFORM, from_day),
        Step(step=INFORM, title=mark("Tell the family what happens to the plan"), since=since),
        {"done_on": facts.informed, "moved_by": _MOVED_BY},
    )
    return (hand_over, inform, _review(facts, from_day, since, parameters))


def _hand_over(facts: TransferFacts, holidays: BankHolidays, parameters: Parameters) -> Due:
    used = parameters.use(TRANSFER, facts.known)
    in_time = facts.known < facts.moved and (
        holidays.working_days_in(Span(facts.known, facts.moved - ONE_DAY)) >= used.value
    )
    if in_time:
        on = facts.moved
        why = sentence(
            mark("It knew at least {days} working days before, so it is the day of the move."),
            days=used.value,
        )
    else:
        on = holidays.working_days_beginning_with(event=facts.known, days=used.value)
        why = sentence(
            mark("It knew too late for that day: {days} working days beginning with {known}."),
            days=used.value,
            known=facts.known,
        )
    return due_by(
        EHC_24,
        step=HAND_OVER,
        title=mark("Hand the plan over to the new authority"),
        on=on,
        reasons=(
            sentence(
                mark("The move is on {moved}; the old authority first knew on {known}."),
                moved=facts.moved,
                known=facts.known,
            ),
            why,
        ),
        moved_by=(sentence(mark("Another day of the move, or of knowing of it.")),),
        done_on=facts.transferred,
        used=(used,),
    )


def _review(facts: TransferFacts, from_day: date, since: Sentence, parameters: Parameters) -> Due:
    months = parameters.use(TRANSFER_REVIEW, from_day)
    year = parameters.use(YEARLY_REVIEW, from_day)
    after_move = months_starting_with(event=from_day, months=months.value)
    first = sentence(mark("Three months beginning with that day end on {day}."), day=after_move)
    if facts.last_review is None:
        on = after_move
        other = sentence(
            mark("Where the plan was made or reviewed in the nine months before, it is later.")
        )
    else:
        yearly = months_starting_with(event=facts.last_review, months=year.value)
        on = max(yearly, after_move)
        other = sentence(
            mark("Twelve months beginning with the last review end on {day}. The later counts."),
            day=yearly,
        )
    return due_by(
        EHC_24,
        step=REVIEW,
        title=mark("Review the plan"),
        on=on,
        reasons=(since, first, other),
        moved_by=_MOVED_BY,
        done_on=facts.reviewed,
        used=(months, year),
    )


_MOVED_BY = (sentence(mark("Another day on which the plan is handed over.")),)

TIMETABLES = (
    Timetable(
        name="authority-transfer",
        title=mark("Moving to another authority"),
        facts=(
            Fact("moved", FactKind.DAY, mark("The day of the move."), required=True),
            Fact(
                "known",
                FactKind.DAY,
                mark("The day the old authority first knew of it."),
                required=True,
            ),
            Fact("last-review", FactKind.DAY, mark("The day of the plan or its last review.")),
            Fact("transferred", FactKind.DAY, mark("The day the plan was handed over.")),
            Fact(
                "informed",
                FactKind.DAY,
                mark("The day the new authority told the family."),
                past=True,
            ),
            Fact(
                "reviewed",
                FactKind.DAY,
                mark("The day the new authority reviewed the plan."),
                past=True,
            ),
        ),
        rules=(EHC_24,),
        steps=(HAND_OVER, INFORM, REVIEW),
        takes=TransferFacts,
        gives=(timetable,),
    ),
)
