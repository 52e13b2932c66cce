"""Writing down what was taught, saying what came of it, putting it right, taking it back."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation, Person
from opensenco.cases import spine
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.kernel.text import search_key
from opensenco.people.classes import colleagues
from opensenco.people.models import Pupil
from opensenco.threads.advice_models import AdviceKind
from opensenco.threads.models import Advice

LONGEST = 3_000
NAMES = ("kind", "on", "who", "to_whom", "words", "came_of")
MOST_NAMED, LONGEST_STRATEGY = 20, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What ties something that was taught to a colleague and to the lessons they were seen in.

    Args:
        learner: the colleague, where it is one of the staff of the place.
        strategies: what it was about, in the words of a plan, a profile or the bank.
        visit: the lesson visit or book look that led to it.
    """

    learner: Person | None = None
    strategies: Sequence[str] = ()
    visit: uuid.UUID | None = None


NO_STEP = Step()


@operation(Action.THREAD_JOIN, on="pupil")
def record_advice(
    *, actor: Actor, pupil: Pupil, given: Mapping[str, Any], step: Step = NO_STEP
) -> Advice:
    """Write down what was taught for a pupil: everybody who works with them reads it.

    Args:
        given: kind, on, who, to_whom, words, came_of.

    Raises:
        Invalid: nothing is said, nobody taught it, a day to come, or no colleague of this place.
    """
    row = _recorded(actor, pupil.org, pupil, given, step)
    spine.add_fact(
        actor=actor, pupil=pupil, kind="advice.recorded", on=row.on, source=row,
        words=_("%(kind)s: %(who)s") % {"kind": AdviceKind(row.kind).label, "who": row.who},
    )  # fmt: skip
    return row


@operation(Action.SENCO_ASK, on="org")
def record_general_advice(
    *, actor: Actor, org: Organisation, given: Mapping[str, Any], step: Step = NO_STEP
) -> Advice:
    """Write down what was taught in general: all staff of the place read it.

    Raises:
        Invalid: nothing is said, nobody taught it, a day to come, or no colleague of this place.
    """
    return _recorded(actor, org, None, given, step)


@operation(Action.THREAD_MEND, on="advice")
def put_advice_right(
    *,
    actor: Actor,
    advice: Advice,
    given: Mapping[str, Any],
    version: int | None,
    step: Step | None = None,
) -> Advice:
    """Say what came of it, or put it right; what stood before stays in its history.

    Args:
        step: colleague and strategies; None leaves them. The visit that led to it stays.

    Raises:
        Invalid: nothing is said, nobody taught it, or a day to come.
        NotPossible: it was made in error.
        Stale: somebody else changed it in between.
    """
    if advice.in_error:
        raise NotPossible(_("This is marked as made in error already."))
    values = _checked(actor, given)
    if step is not None:
        values |= _tied(actor, advice.org, step, held=advice.learner)
        values["to_whom"] = values["to_whom"] or _called(step)
    return change(advice, version=version, **values)


@operation(Action.THREAD_MEND, on="advice")
def advice_in_error(*, actor: Actor, advice: Advice, reason: str, version: int | None) -> Advice:
    """Mark it as made in error, with a reason; it is not found again.

    Raises:
        Invalid: no reason that says anything.
        NotPossible: it is marked already.
        Stale: somebody else changed it in between.
    """
    if len(reason.split()) < 2:
        raise Invalid("reason", _("Say in a few words what was wrong."))
    if advice.in_error:
        raise NotPossible(_("This is marked as made in error already."))
    change(
        advice, version=version, in_error_at=actor.at, in_error_by=actor.person,
        in_error_reason=reason.strip(),
    )  # fmt: skip
    if advice.pupil is not None:
        spine.withdraw_facts(
            actor=actor, pupil=advice.pupil, source=advice,
            words=_("Something was written down as taught in error"),
        )  # fmt: skip
    return advice


def _recorded(
    actor: Actor, org: Organisation, pupil: Pupil | None, given: Mapping[str, Any], step: Step
) -> Advice:
    values = _checked(actor, given) | _tied(actor, org, step)
    values["to_whom"] = values["to_whom"] or _called(step)
    row = Advice(
        org=org, pupil=pupil, by=actor.person, at=actor.next_moment(), visit=step.visit, **values
    )
    row.save()
    return row


def _called(step: Step) -> str:
    return step.learner.name if step.learner else ""


def _tied(
    actor: Actor, org: Organisation, step: Step, held: Person | None = None
) -> dict[str, Any]:
    """Give colleague and strategies as they are kept; refuse who does not work here.

    Args:
        held: who stands there already, and may have left since.
    """
    if step.learner is not None and step.learner != held:
        here = {one.person.pk for one in colleagues(actor, org)}
        if step.learner.pk not in here:
            raise Invalid("learner", _("Choose a colleague who works here."))
    named = dict.fromkeys(" ".join(one.split())[:LONGEST_STRATEGY] for one in step.strategies)
    return {"learner": step.learner, "strategies": [one for one in named if one][:MOST_NAMED]}


def _checked(actor: Actor, given: Mapping[str, Any]) -> dict[str, Any]:
    values = {
        name: given[name].strip() if isinstance(given[name], str) else given[name] for name in NAMES
    }
    if values["kind"] not in AdviceKind.values:
        raise Invalid("kind", _("Choose how it was taught."))
    if not values["words"]:
        raise Invalid("words", _("Say what was shown or said."))
    if not values["who"]:
        raise Invalid("who", _("Say who taught it."))
    for name in ("words", "came_of"):
        if len(values[name]) > LONGEST:
            raise Invalid(name, _("Keep this to 3,000 characters."))
    if values["on"] is None or values["on"] > actor.today:
        raise Invalid("on", _("This is a day to come. Write it down once it has happened."))
    texts = (values["words"], values["came_of"], values["who"], values["to_whom"])
    return values | {"search_key": search_key(" ".join(texts), 9 * LONGEST)}
