"""Reading plans: one cycle with its outcomes, reviews and the date of its review."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.rows import find
from opensenco.law.due import Due, State, state
from opensenco.law.rule import NotInForce
from opensenco.law.timetables import cycle_review
from opensenco.people.models import Pupil
from opensenco.support.models import Cycle, Outcome, Review
from opensenco.support.queries.reading import rows, rows_of
from opensenco.support.states import WRITABLE, After, Score, Stage, words_of

MOST_CYCLES = 40


@dataclass(frozen=True)
class PlanOutcome:
    """One outcome of a plan, with what the review found of it where there is one."""

    row: Outcome
    place: int
    review: Review | None

    @property
    def before(self) -> Outcome | None:
        """The same outcome in the cycle that it was carried over from."""
        row: Outcome | None = self.row.carried_from
        return row

    @property
    def score_words(self) -> str:
        """How far it was reached, in words."""
        return words_of(Score, self.review.score) if self.review else ""

    @property
    def after_words(self) -> str:
        """What comes next for it, in words."""
        return words_of(After, self.review.after) if self.review else ""

    @property
    def latest(self) -> str:
        """Where the pupil is now, as far as anybody has said."""
        return self.review.latest if self.review else ""


@dataclass(frozen=True)
class Plan:
    """One cycle as its page shows it.

    Args:
        due: the review as the law dates it, with its state on the day; None before agreement.
    """

    cycle: Cycle
    pupil: Pupil
    outcomes: list[PlanOutcome]
    due: Due | None
    due_state: State | None

    @property
    def writable(self) -> bool:
        """Whether the words may be changed at this stage."""
        return self.cycle.stage in WRITABLE and not self.cycle.in_error

    @property
    def under_way(self) -> bool:
        """Whether a review can be prepared or held at this stage."""
        return self.cycle.stage == Stage.DO and not self.cycle.in_error

    @property
    def reviewed(self) -> bool:
        """Whether the next cycle can begin."""
        return self.cycle.stage == Stage.REVIEWED and not self.cycle.in_error

    @property
    def has_review(self) -> bool:
        """Whether anything of a review is on the record."""
        return any(one.review for one in self.outcomes)


def cycle(actor: Actor, ref: uuid.UUID, action: Action = Action.PLAN_VIEW) -> Cycle:
    """Give the cycle of a reference that this actor may do that to.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(
        actor, action, Cycle, ref,
        "pupil", "pupil__org", "checked_by", "agreed_by", "reviewed_by", "writer", "previous",
        "started_by",
    )  # fmt: skip


def outcome(actor: Actor, ref: uuid.UUID, action: Action = Action.PLAN_VIEW) -> Outcome:
    """Give the outcome of a reference that this actor may do that to.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, action, Outcome, ref, "pupil", "pupil__org", "cycle")


def plan_of(actor: Actor, row: Cycle, day: date | None = None) -> Plan:
    """Give a cycle with its outcomes, in order, and what their reviews found.

    Args:
        day: as it stood at its end.
    """
    return plans_of(actor, row.pupil, [row], day)[0]


def plans_of(
    actor: Actor, pupil: Pupil, cycles: Sequence[Cycle], day: date | None = None
) -> list[Plan]:
    """Give cycles of one pupil as plans, in the order given; as often asked, however many.

    Args:
        day: as they stood at its end.
    """
    ids = [row.pk for row in cycles]
    outcomes: dict[int, list[Outcome]] = {}
    standing = rows_of(actor, Action.PLAN_VIEW, Outcome, pupil, day).filter(
        cycle_id__in=ids, in_error_at__isnull=True, dropped_on__isnull=True
    )
    for one in standing.select_related("carried_from").order_by("number"):
        outcomes.setdefault(one.cycle_id, []).append(one)
    found = rows_of(actor, Action.PLAN_VIEW, Review, pupil, day).filter(cycle_id__in=ids)
    reviews = {one.outcome_id: one for one in found}
    return [_plan(row, outcomes.get(row.pk, []), reviews, day or actor.today) for row in cycles]


def _plan(
    row: Cycle, outcomes: Sequence[Outcome], reviews: Mapping[int, Review], day: date
) -> Plan:
    due = _review_due(row)
    return Plan(
        cycle=row,
        pupil=row.pupil,
        outcomes=[
            PlanOutcome(one, place, reviews.get(one.pk))
            for place, one in enumerate(outcomes, start=1)
        ],
        due=due,
        due_state=state(due, day) if due else None,
    )


def current_plan(actor: Actor, pupil: Pupil, day: date | None = None) -> Plan | None:
    """Give the plan of a pupil that is open, or None.

    Args:
        day: as it stood at its end.
    """
    row = (
        rows_of(actor, Action.PLAN_VIEW, Cycle, pupil, day)
        .filter(in_error_at__isnull=True)
        .exclude(stage=Stage.CLOSED)
        .order_by("-number")
        .first()
    )
    if row is None:
        return None
    row.pupil = pupil
    return plan_of(actor, row, day)


def cycles_of(actor: Actor, pupil: Pupil) -> list[Cycle]:
    """Give the cycles of a pupil, the newest first; those made in error stay on the list."""
    return list(
        rows(actor, Action.PLAN_VIEW, Cycle)
        .filter(pupil=pupil)
        .select_related("agreed_by", "reviewed_by", "in_error_by")
        .order_by("-number")[:MOST_CYCLES]
    )


def cycles_then(actor: Actor, pupil: Pupil, day: date, most: int = MOST_CYCLES) -> list[Cycle]:
    """Give the cycles of a pupil that stood at the end of a day, the newest first."""
    found = rows_of(actor, Action.PLAN_VIEW, Cycle, pupil, day).filter(in_error_at__isnull=True)
    cycles = list(found.order_by("-number")[:most])
    for row in cycles:
        row.pupil = pupil
    return cycles


def _review_due(row: Cycle) -> Due | None:
    if row.agreed_on is None or (row.stage == Stage.CLOSED and row.reviewed_on is None):
        return None
    facts = cycle_review.CycleFacts(
        started=row.started_on, agreed=row.review_on, reviewed=row.reviewed_on
    )
    try:
        return cycle_review.timetable(facts=facts)[0]
    except NotInForce:
        return None
