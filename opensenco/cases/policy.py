"""Who reads facts, dates and tasks, and whose turn a task is."""

from collections.abc import Iterable

from django.db.models import Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.questions import OneOf
from opensenco.access.reach import Reach
from opensenco.access.registry import NONE, rules
from opensenco.cases.models import Departure, DueDate, Fact, StatementSource, Task
from opensenco.cases.states import CONFIDANT, FOR_ONESELF, READERS
from opensenco.people.covers import covered
from opensenco.people.policy import LENT, about, standing


def _reached(
    actor: Actor, column: str, actions: Iterable[Action], own: Q, *, through: bool = False
) -> Q:
    """Give the rows whose verb (named in a column) the actor has over the row's pupil.

    Verbs of the same reach are asked together, so that a page asks once and not for each verb.

    Args:
        own: the rows that count as one's own, for verbs that reach no further.
        through: see `people.policy.about`.
    """
    together: dict[tuple[Reach, bool, bool], list[Action]] = {}
    for action in actions:
        reach = actor.hat.reach(action)
        if reach is not None:
            alike = reach, action in LENT, action is Action.SAFEGUARDING_VIEW
            together.setdefault(alike, []).append(action)
    found = NONE
    for (reach, *_rest), verbs in together.items():
        named = Q(OneOf(column, [verb.value for verb in verbs]))
        over = own if reach is Reach.OWN else about(actor, verbs[0], through=through)
        found |= named & over
    return found


def readable(actor: Actor, own: Q, *, through: bool = False) -> Q:
    """Give the rows whose reader this actor may be."""
    return _reached(actor, "reader", READERS, own, through=through)


def _of_others(actor: Actor, own: Q) -> Q:
    """Give the tasks of others that this actor may read of; not what only they can do."""
    return readable(actor, own) & ~Q(kind__in=FOR_ONESELF)


def my_turn(actor: Actor) -> Q:
    """Give the tasks that wait for this actor: by name, or by a verb over the pupil."""

    def mine() -> Q:
        by_verb = _reached(actor, "role_action", list(Action), NONE)
        by_name = Q(person=actor.person, org__in=actor.hat.orgs)
        found = (by_name & standing()) | by_verb
        stands_in = covered(actor)
        if stands_in is not None:
            # what waits for a SENCO who is away, as far as who stands in reaches and may read of it
            found |= stands_in & about(actor, Action.PLAN_WRITE) & _of_others(actor, NONE)
        return found

    return actor.once("my turn", mine)


@rules(Fact, Action.TASK_VIEW)
def fact_rule(actor: Actor, action: Action) -> Q:
    """Facts, by the verb each asks of its reader; confidential ones for writer and SENCO."""
    own = Q(person=actor.person)
    trusted = about(actor, CONFIDANT, through=True)
    if not trusted:
        # an empty condition is every row, and "or" would drop it
        return readable(actor, own, through=True)
    return readable(actor, own, through=True) & (Q(confidential=False) | own | trusted)


@rules(DueDate, Action.TASK_VIEW)
def due_rule(actor: Actor, action: Action) -> Q:
    """Dates, by the verb each asks of its reader, and those that are this person's to keep."""
    own = Q(person=actor.person) & standing()
    return own | readable(actor, own)


@rules(StatementSource, Action.TASK_VIEW)
def source_rule(actor: Actor, action: Action) -> Q:
    """Sources of sentences, by the verb that reads the sentence; each asks more of its reader."""
    return readable(actor, NONE)


@rules(Task, Action.TASK_VIEW)
def task_rule(actor: Actor, action: Action) -> Q:
    """What waits for oneself, and for others where one may read of it."""
    return my_turn(actor) | _of_others(actor, Q(asked_by=actor.person) & standing())


@rules(Departure, Action.PLAN_VIEW, Action.RECORD_INVALIDATE)
def departure_rule(actor: Actor, action: Action) -> Q:
    """Departures from guidance, by the reach of the verb over the pupil."""
    return about(actor, action)


@rules(Organisation, Action.GUIDE_EDIT)
def guide_rule(actor: Actor, action: Action) -> Q:
    """The places of one's hat."""
    return Q(pk__in=actor.hat.orgs)


@rules(Task, Action.HANDOVER_KEEP)
def hand_rule(actor: Actor, action: Action) -> Q:
    """What waits for anybody by name that one may read of, about pupils one answers for."""
    return Q(person__isnull=False) & about(actor, action) & _of_others(actor, NONE)


@rules(Task, Action.TASK_DO)
def do_rule(actor: Actor, action: Action) -> Q:
    """What waits for oneself."""
    return my_turn(actor)
