"""The plan of a child who moves between phases (REV-15). See docs/law/phase-transfer.md."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from opensenco.kernel.dates import add_months
from opensenco.kernel.words import Sentence, mark, sentence
from opensenco.law.calendar import counting
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due, due_by
from opensenco.law.numbers import reviews as numbers
from opensenco.law.parameters import SHIPPED, Parameters, Used
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.reviews import REV_15
from opensenco.law.strength import Strength

HEADLINE = "headline"
MEETING_BY = "meeting-by"
NOTICE_BY = "notice-by"
LAST_LAWFUL_DAY = "last-lawful-day"
# The whole of the amendment: twelve weeks from the meeting, eight from the notice.
MEETING_DAYS = 84
NOTICE_DAYS = 56
# What was done longer ago belongs to another move: the duty is there a year before.
EARLIEST_MONTHS = 24


class Move(StrEnum):
    """The three kinds of move that regulation 18 knows."""

    SCHOOL = "school"
    POST_16 = "post16"
    BETWEEN_POST_16 = "between-post16"


class Stage(StrEnum):
    """Where a child is, or goes to. A first school counts as primary, a junior school as junior."""

    EARLY_YEARS = "early-years"
    INFANT = "infant"
    JUNIOR = "junior"
    PRIMARY = "primary"
    MIDDLE = "middle"
    SECONDARY = "secondary"
    POST_16 = "post16"


_MOVES = {
    (Stage.EARLY_YEARS, Stage.INFANT): Move.SCHOOL,
    (Stage.EARLY_YEARS, Stage.PRIMARY): Move.SCHOOL,
    (Stage.INFANT, Stage.JUNIOR): Move.SCHOOL,
    (Stage.PRIMARY, Stage.MIDDLE): Move.SCHOOL,
    (Stage.PRIMARY, Stage.SECONDARY): Move.SCHOOL,
    (Stage.JUNIOR, Stage.SECONDARY): Move.SCHOOL,
    (Stage.MIDDLE, Stage.SECONDARY): Move.SCHOOL,
    (Stage.SECONDARY, Stage.POST_16): Move.POST_16,
    (Stage.POST_16, Stage.POST_16): Move.BETWEEN_POST_16,
}
MOVES = MappingProxyType(
    {(one, other): _MOVES.get((one, other)) for one in Stage for other in Stage}
)


@answers(REV_15)
def move_between(*, leaves: Stage, joins: Stage) -> Move | None:
    """The kind of move from one stage to another; None for what is no move between phases."""
    return MOVES[leaves, joins]


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferFacts:
    """`year`: the calendar year of the move. `kind`: what kind of move.

    `moves`: the first day at the new institution, needed for a move between post-16 institutions
    and used for nothing else. `meeting`, `notice` and `finalised` say what was done. A `moves` that
    is missing or in another year is a BadFact; a year before the regulations held is NotInForce.
    """

    year: int | None = None
    kind: Move
    moves: date | None = None
    meeting: date | None = None
    notice: date | None = None
    finalised: date | None = None

    def __post_init__(self) -> None:
        if self.kind not in tuple(Move):
            raise BadFact(REV_15.id, "kind", mark("The kind is school, post16 or between-post16."))
        REV_15.check_days(
            moves=self.moves, meeting=self.meeting, notice=self.notice, finalised=self.finalised
        )
        REV_15.check_order(meeting=self.meeting, notice=self.notice, finalised=self.finalised)
        between = self.kind == Move.BETWEEN_POST_16
        if between and self.moves is None:
            raise BadFact(REV_15.id, "moves", mark("Give the day of the move."))
        if not between and self.year is None:
            raise BadFact(REV_15.id, "year", mark("Give the year of the move."))
        REV_15.check_not_both(year=self.year, moves=self.moves)
        if not between and self.moves is not None:
            words = mark("Only a move between post-16 institutions counts from its day.")
            raise BadFact(REV_15.id, "moves", words)
        headline = _headline(self, SHIPPED)[0]
        REV_15.check_in_force("moves" if between else "year", headline)
        for fact in ("meeting", "notice", "finalised"):
            done = getattr(self, fact)
            if done is not None and done < add_months(headline, -EARLIEST_MONTHS):
                words = mark("{day} is more than two years before {headline}: of another move.")
                told = sentence(words, day=done, headline=headline)
                raise BadFact(REV_15.id, fact, told)


@answers(REV_15)
def timetable(*, facts: TransferFacts, parameters: Parameters = SHIPPED) -> tuple[Due, ...]:
    """The steps `headline` (the day that everybody knows), `meeting-by` and `notice-by` (practice:
    so that there is time to amend) and `last-lawful-day` (by which the plan names the place).

    “Before 15 February” means 14 February at the latest. Nothing moves over weekends or holidays.
    """
    headline, used = _headline(facts, parameters)
    between = facts.kind == Move.BETWEEN_POST_16
    last = headline if between else counting.last_day_before(fixed=headline)
    why = (*_why(facts, headline), sentence(_PLACE[Move(facts.kind)]))
    whole = _step(
        LAST_LAWFUL_DAY,
        mark("Last day for the final plan that names the next place"),
        last,
        (*why, _strictly(between, last)),
        done_on=facts.finalised,
        used=used,
    )
    return (
        _step(HEADLINE, mark("Day of the move's deadline"), headline, why, used=used, comes=True),
        _planned(
            MEETING_BY,
            mark("Hold the review meeting before the move"),
            last - timedelta(days=MEETING_DAYS),
            (*why, sentence(mark("A plan may take twelve weeks from the meeting to be amended."))),
            facts.meeting,
        ),
        _planned(
            NOTICE_BY,
            mark("Send the amendment notice before the move"),
            last - timedelta(days=NOTICE_DAYS),
            (*why, sentence(mark("A plan may take eight weeks from the notice to be amended."))),
            facts.notice,
        ),
        whole,
    )


_PLACE = {
    Move.SCHOOL: mark("The plan is reviewed and amended, and names the next school, before it."),
    Move.POST_16: mark("The plan is reviewed and amended, and names the next place, before it."),
    Move.BETWEEN_POST_16: mark("The plan is reviewed and amended at least five months before."),
}


def _headline(facts: TransferFacts, parameters: Parameters) -> tuple[date, Used[int] | Used[str]]:
    if facts.kind == Move.BETWEEN_POST_16:
        moves = facts.moves or date.max
        months = parameters.use(numbers.PHASE_BETWEEN, moves)
        return add_months(moves, -months.value), months
    year = facts.year or date.max.year
    fixed = numbers.PHASE_SCHOOL if facts.kind == Move.SCHOOL else numbers.PHASE_POST_16
    used = parameters.use(fixed, max(date(year, 1, 1), REV_15.first))
    month, day = used.value.split("-")
    return date(year, int(month), int(day)), used


def _why(facts: TransferFacts, headline: date) -> tuple[Sentence, ...]:
    if facts.kind == Move.BETWEEN_POST_16:
        moved = sentence(mark("The move is on {moves}."), moves=facts.moves or headline)
        return (moved, sentence(mark("Five months before is {day}."), day=headline))
    return (sentence(mark("The day for moves in this year is {day}."), day=headline),)


def _strictly(between: bool, last: date) -> Sentence:
    if between:
        return sentence(mark("“At least five months before” is met on {last}."), last=last)
    return sentence(mark("“Before” means that {last} is the last lawful day."), last=last)


def _planned(
    step: str, title: str, on: date, reasons: tuple[Sentence, ...], done_on: date | None
) -> Due:
    return _step(step, title, on, reasons, strength=Strength.PRACTICE, done_on=done_on)


def _step(
    step: str,
    title: str,
    on: date,
    reasons: tuple[Sentence, ...],
    *,
    strength: Strength | None = None,
    done_on: date | None = None,
    used: Used[int] | Used[str] | None = None,
    comes: bool = False,
) -> Due:
    return due_by(
        REV_15,
        step=step,
        title=title,
        on=on,
        reasons=reasons,
        strength=strength,
        moved_by=(sentence(mark("Another year, kind or day of the move.")),),
        done_on=done_on,
        used=(used,) if used else (),
        comes=comes,
    )


TIMETABLES = (
    Timetable(
        name="phase-transfer",
        title=mark("Moving between phases with an EHC plan"),
        facts=(
            Fact("year", FactKind.YEAR, mark("The calendar year of the move.")),
            Fact(
                "kind",
                FactKind.CHOICE,
                mark("The kind of move."),
                required=True,
                choices=tuple(Move),
            ),
            Fact("moves", FactKind.DAY, mark("The first day at the new post-16 institution.")),
            Fact("meeting", FactKind.DAY, mark("The day of the review meeting.")),
            Fact("notice", FactKind.DAY, mark("The day the amendment notice was sent."), past=True),
            Fact("finalised", FactKind.DAY, mark("The day the final plan was sent."), past=True),
        ),
        rules=(REV_15,),
        steps=(HEADLINE, MEETING_BY, NOTICE_BY, LAST_LAWFUL_DAY),
        takes=TransferFacts,
        gives=(timetable,),
    ),
)
