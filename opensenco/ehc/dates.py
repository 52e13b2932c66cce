"""What the law makes of the card of an EHC plan: reviews, and moves between phases."""

from datetime import date

from opensenco.access.actor import Actor
from opensenco.cases import spine
from opensenco.ehc.models import EhcPlan
from opensenco.ehc.states import MoveKind
from opensenco.kernel.errors import Invalid
from opensenco.law.due import Due
from opensenco.law.review import facts as steps
from opensenco.law.review.facts import ReviewFacts
from opensenco.law.rule import BadFact, NotInForce
from opensenco.law.timetables import annual_review, phase_transfer
from opensenco.law.timetables.phase_transfer import Move, TransferFacts

#: of the steps of a review those that a card can tell of; amending is the authority's own work
REVIEW_STEPS = frozenset({
    steps.LATEST_MEETING, steps.ASK_ADVICE, steps.PAPERS, steps.REPORT, steps.DECISION,
    steps.REVIEW_COMPLETE, steps.UNDER_FIVE,
})  # fmt: skip
#: the next review, and the plan that names the next place: what a list says in one column
NEXT_REVIEW, NEXT_PLACE = steps.REVIEW_COMPLETE, phase_transfer.LAST_LAWFUL_DAY
#: which field of the card a fact of the law stands in
FIELDS = {
    "plan_made": "made_on", "plan-made": "made_on",
    "last_review": "reviewed_on", "last-review": "reviewed_on",
    "meeting": "meeting_on",
    "papers_sent": "papers_on", "papers-sent": "papers_on",
    "reported": "reported_on",
    "year": "move_year", "moves": "move_on", "kind": "move_kind", "finalised": "named_on",
}  # fmt: skip


def dues_of(plan: EhcPlan, born: date) -> tuple[Due, ...]:
    """Give the dates of a card: of its next review, and of a move between phases.

    Raises:
        Invalid: days that cannot be, at the field of the card.
    """
    if not plan.stands:
        return ()
    try:
        review = annual_review.timetable(facts=_review(plan, born))
        wanted = tuple(due for due in review if due.step in REVIEW_STEPS)
        return (*wanted, *_move(plan))
    except BadFact as refused:
        raise Invalid(FIELDS.get(refused.field, "made_on"), refused.words) from refused
    except NotInForce as refused:
        raise Invalid("made_on", refused.words) from refused


def _review(plan: EhcPlan, born: date) -> ReviewFacts:
    return ReviewFacts(
        plan_made=plan.made_on,
        last_review=plan.reviewed_on,
        meeting=plan.meeting_on,
        papers_sent=plan.papers_on,
        reported=plan.reported_on,
        born=born,
    )


def _move(plan: EhcPlan) -> tuple[Due, ...]:
    if not plan.move_kind:
        return ()
    facts = TransferFacts(
        kind=Move(MoveKind(plan.move_kind).value),
        year=plan.move_year,
        moves=plan.move_on,
        finalised=plan.named_on,
    )
    return tuple(
        due for due in phase_transfer.timetable(facts=facts) if due.step != phase_transfer.HEADLINE
    )


def keep_dates(actor: Actor, plan: EhcPlan) -> None:
    """Hand down what the law makes of a card.

    Raises:
        Invalid: see `dues_of`.
    """
    dues = dues_of(plan, plan.pupil.birth_date)
    spine.replace_due_dates(actor=actor, pupil=plan.pupil, source=plan, dues=dues)
