"""What tests of support begin with: a pupil without anything, and a plan brought to a stage."""

from datetime import date, timedelta
from typing import TypeVar

from opensenco.access.actor import Actor
from opensenco.people.models import Pupil
from opensenco.support.models import Cycle, SenStatus
from opensenco.support.operations import cycles, plans, status
from opensenco.support.operations.plans import OutcomeWords, PlanWords
from opensenco.support.operations.reviews import Result
from tests.cast import TODAY

T = TypeVar("T")
IN_A_TERM = TODAY + timedelta(days=80)


def pupil(first_name: str = "Grace") -> Pupil:
    """Give a pupil; Grace has no status, needs or plan in the tests' world."""
    return Pupil.objects.get(first_name=first_name)


def on_support(actor: Actor, who: Pupil | None = None, starts: date = TODAY) -> SenStatus:
    """Put a pupil on SEN support."""
    return status.set_status(
        actor=actor,
        pupil=who or pupil(),
        code="K",
        starts=starts,
        grounds=["gap"],
        reason="Falls behind in reading in spite of good teaching.",
    )


def outcome(text: str = "Grace reads 40 words at sight.", **more) -> OutcomeWords:
    """Give one outcome as it is typed."""
    usual = {"baseline": "12 words", "aim": "40 words", "measure": "The same list each Friday"}
    return OutcomeWords(text=text, **{**usual, **more})


def agreed(actor: Actor, who: Pupil | None = None, *outcomes: OutcomeWords) -> Cycle:
    """Bring a plan to where it is agreed and under way."""
    cycle = cycles.open_cycle(actor=actor, pupil=who or pupil(), found="Reads 12 words.")
    words = PlanWords(found="Reads 12 words.", outcomes=outcomes or (outcome(),))
    return plans.agree_plan(
        actor=actor, cycle=cycle, review_on=IN_A_TERM, agreed_with="Her mother", words=words
    )


def results(cycle: Cycle, *scored: tuple[int, str]) -> list[Result]:
    """Give one result for each outcome of a plan: score and what next."""
    rows = plans.standing_outcomes(cycle)
    return [
        Result(outcome=row.ref, score=score, after=after, latest=f"now {score}")
        for row, (score, after) in zip(rows, scored, strict=True)
    ]


def there(found: T | None) -> T:
    """Give what has to be there."""
    assert found is not None
    return found
