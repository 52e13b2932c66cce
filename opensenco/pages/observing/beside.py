"""What stands beside somebody who writes down what they saw: concern, plan, colleague, advice."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from opensenco.access.actor import Actor
from opensenco.concerns import observations
from opensenco.concerns import queries as concerns
from opensenco.concerns.observation_states import LAID_BESIDE_THE_PLAN, Asks, Watched
from opensenco.kernel.errors import NotAllowed, NotFound
from opensenco.kernel.refs import RefConverter, short
from opensenco.pages.observing import show as shown
from opensenco.people import classes
from opensenco.threads import advice


@dataclass(frozen=True)
class Beside:
    """What an observation is tied to.

    Args:
        before: what was advised or shown, at which this looks again.
        seen: the lesson or the books that were looked at before that, or at which this looks again.
        people: colleagues by reference, where whose lesson it was can be said.
    """

    concern: Any
    plan: shown.Plan
    before: Any
    seen: Any
    people: Mapping[str, Any]

    @property
    def follows(self) -> uuid.UUID | None:
        """Give the reference of what this follows."""
        after = self.before or self.seen
        return after.ref if after else None

    @property
    def words(self) -> str:
        """Say what this follows."""
        if self.before:
            return str(self.before.words)
        return str(self.seen.next_step or self.seen.seen) if self.seen else ""

    @property
    def carried(self) -> dict[str, str]:
        """Give what a form carries hidden."""
        return {
            "concern": short(self.concern.ref) if self.concern else "",
            "after": short(self.follows) if self.follows else "",
        }

    @property
    def address(self) -> str:
        """Give the part of an address that says the same."""
        told = "&".join(f"{name}={ref}" for name, ref in self.carried.items() if ref)
        return f"?{told}" if told else ""

    @property
    def starting(self) -> dict[str, Any]:
        """Give what is known before anything is typed: whose lesson it is, and which."""
        whose = self.before.learner if self.before else None
        whose = whose or (self.seen.colleague if self.seen else None)
        return {
            "lesson": self.seen.lesson if self.seen else "",
            "place": self.seen.place if self.seen else "",
            "colleague": str(whose.ref) if whose else "",
        }

    def named(self) -> list[tuple[str, str]]:
        """Give the colleagues to choose from."""
        return [(ref, one.name) for ref, one in self.people.items()]


def beside(actor: Actor, pupil: Any, kind: Watched, asked: Mapping[str, str]) -> Beside:
    """Read what a new observation is tied to, as its address or its form says."""
    plan = shown.plan_of(actor, pupil, kind)
    concern = concern_of(actor, pupil, asked.get("concern", ""))
    if kind not in LAID_BESIDE_THE_PLAN:
        return Beside(concern, plan, None, None, {})
    people = {str(one.person.ref): one.person for one in classes.colleagues(actor, pupil.org)}
    before, seen = _before(actor, pupil, asked.get("after", ""))
    first = [(Asks.STRATEGY.value, words) for words in before.strategies] if before else []
    first += [(one.kind, one.words) for one in observations.looked_for(seen)] if seen else []
    asks = list(dict.fromkeys([*first, *plan.asks]))
    return Beside(concern, replace(plan, asks=asks), before, seen, people)


def concern_of(actor: Actor, pupil: Any, text: str) -> Any:
    """Give the concern named in the address, where it is this pupil's and this person reads it."""
    if not text:
        return None
    try:
        found = concerns.concern(actor, RefConverter().to_python(text))
    except (ValueError, NotFound, NotAllowed):
        return None
    return found if found.pupil == pupil and not found.in_error else None


def _before(actor: Actor, pupil: Any, text: str) -> tuple[Any, Any]:
    """Give what was advised, and the lesson that was seen, after which this looks again."""
    if not text:
        return None, None
    try:
        ref = RefConverter().to_python(text)
    except ValueError:
        return None, None
    taught = next((one for one in advice.of_pupil(actor, pupil) if one.ref == ref), None)
    first = taught.visit if taught else ref
    seen = observations.known(actor, [first] if first else [])
    return taught, next((one for one in seen if one.pupil == pupil), None)
