"""What stands beside somebody who writes down what was taught: a lesson, colleagues, strategies."""

import uuid
from typing import Any

from opensenco.access.actor import Actor
from opensenco.concerns import observations
from opensenco.concerns.observation_states import LAID_BESIDE_THE_PLAN, Asks, WasSeen
from opensenco.kernel.refs import RefConverter
from opensenco.pages.threads.adviceforms import Choices
from opensenco.people import classes
from opensenco.support import queries as support
from opensenco.support.queries import bank_offers as bank
from opensenco.threads.advice_models import AdviceKind

#: what was looked for and not seen is what is taught next
TO_TEACH = (WasSeen.NO, WasSeen.PARTLY)


def in_general(actor: Actor, place: Any) -> Choices:
    """Give the colleagues of a place and its whole bank."""
    return Choices(_people(actor, place), (), [one.text for one in bank.offered(actor)])


def about(actor: Actor, pupil: Any, visit: Any = None, held: tuple[str, ...] = ()) -> Choices:
    """Give colleagues and strategies: of the lesson, of the pupil, of the bank by need and words.

    Args:
        held: strategies that stand there already.
    """
    offered = bank.offered(actor)
    needs = [one.code for one in support.needs_of(actor, pupil)]
    words = f"{visit.hindered} {visit.next_step} {visit.seen}" if visit else ""
    fits = [one.text for one in bank.fitting(offered, words, needs)]
    seen = [one.words for one in _strategies(visit)]
    first = dict.fromkeys([*held, *seen, *support.strategies_of(actor, pupil), *fits])
    others = [one.text for one in offered if one.text not in first]
    return Choices(_people(actor, pupil.org), list(first), others)


def held_choices(actor: Actor, row: Any) -> Choices:
    """Give what an entry can be tied to when it is put right; what it says stays to be chosen."""
    held = tuple(row.strategies)
    if row.pupil is not None:
        found = about(actor, row.pupil, held=held)
    else:
        general = in_general(actor, row.org)
        found = Choices(general.people, held, [one for one in general.others if one not in held])
    if row.learner is None:
        return found
    people = {str(row.learner.ref): row.learner, **found.people}
    return Choices(people, found.strategies, found.others)


def visit_in(actor: Actor, pupil: Any, text: str) -> Any:
    """Give the lesson that an address names, where it is this pupil's and this person reads it."""
    found = _observation(actor, text)
    fits = found is not None and found.pupil == pupil and found.kind in LAID_BESIDE_THE_PLAN
    return found if fits else None


def starting(actor: Actor, visit: Any, kind: str) -> dict[str, Any]:
    """Give what is known before anything is typed: of a visit, whose lesson it was, what was not
    seen there, and what could be tried next."""
    values: dict[str, Any] = {"on": actor.today, "version": 0, "who": actor.person.name}
    if kind in AdviceKind.values:
        values["kind"] = kind
    if visit is None:
        return values
    return values | {
        "learner": str(visit.colleague.ref) if visit.colleague else "",
        "words": visit.next_step,
        "strategies": [one.words for one in _strategies(visit) if one.seen in TO_TEACH],
    }


def came_of(actor: Actor, row: Any, text: str) -> dict[str, Any]:
    """Give what a further look saw as what came of it, where nothing is said of that yet."""
    found = None if row.came_of else _observation(actor, text)
    if found is None or found.pupil != row.pupil:
        return {}
    return {"came_of": found.seen}


def _people(actor: Actor, place: Any) -> dict[str, Any]:
    return {str(one.person.ref): one.person for one in classes.colleagues(actor, place)}


def _strategies(visit: Any) -> list[observations.Looked]:
    if visit is None:
        return []
    return [one for one in observations.looked_for(visit) if one.kind == Asks.STRATEGY]


def _observation(actor: Actor, text: str) -> Any:
    try:
        ref: uuid.UUID = RefConverter().to_python(text)
    except ValueError:
        return None
    found = observations.known(actor, [ref])
    return found[0] if found else None
