"""One registry decides inside an organisation: a rule gives the rows of a verb as a condition.

Lists, single rows, buttons and operations all ask the same rule, so they cannot disagree.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from django.db.models import (
    BigAutoField,
    Case,
    Exists,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.questions import Told, put_together, question

M = TypeVar("M", bound=Model)
Rule = Callable[[Actor, Action], Q]
RULES: dict[tuple[Action, type[Model]], Rule] = {}
NONE = Q(pk__in=[])


def rules(model: type[Model], *actions: Action) -> Callable[[Rule], Rule]:
    """Register a function as the rule of these verbs over rows of a model.

    Raises:
        ValueError: a verb has a rule already; there is one form only.
    """

    def register(rule: Rule) -> Rule:
        for action in actions:
            if (action, model) in RULES:
                raise ValueError(f"{action} over {model.__name__} has a rule already")
            RULES[action, model] = rule
        return rule

    return register


def condition(actor: Actor, action: Action, model: type[Model]) -> Q:
    """Give the condition for the rows that this actor may do that to.

    Raises:
        LookupError: nobody said who may; a verb without a rule is a fault, not a refusal.
    """
    if actor.hat.reach(action) is None:
        return NONE
    try:
        rule = RULES[action, model]
    except KeyError:
        raise LookupError(f"no rule for {action} over {model.__name__}") from None
    return rule(actor, action)


def visible(actor: Actor, action: Action, model: type[M]) -> QuerySet[M]:
    """Give the rows that this actor may do that to."""

    def rows(asker: Actor) -> QuerySet[M]:
        everything: QuerySet[M] = model._default_manager.all()
        return everything.filter(condition(asker, action, model))

    return put_together((action, model), actor, rows)


def may(actor: Actor, action: Action, row: Model) -> bool:
    """Tell whether the actor may do that to this row, by the same rule as the list."""
    return bool(_rows_of.ask(actor, action, type(row), id=row.pk))


def may_each(actor: Actor, actions: Iterable[Action], row: Model) -> dict[Action, bool]:
    """Tell of each verb whether the actor may do that to this row, in one question for all."""
    verbs = tuple(dict.fromkeys(actions))
    has = [verb for verb in verbs if actor.hat.reach(verb) is not None]
    found = _verbs_of.ask(actor, tuple(has), type(row), id=row.pk) if has else []
    told = dict(zip(has, found[0], strict=True)) if found else {}
    return {verb: bool(told.get(verb)) for verb in verbs}


@question
def _rows_of(actor: Actor, action: Action, model: type[Model]) -> QuerySet[Any, Any]:
    rows = visible(actor, action, model).filter(pk=Told("id", BigAutoField()))
    return rows.order_by().values_list("pk", flat=True)


@question
def _verbs_of(actor: Actor, actions: tuple[Action, ...], model: type[Model]) -> QuerySet[Any, Any]:
    allowed = {
        f"verb{n}": Exists(visible(actor, action, model).filter(pk=OuterRef("pk")).order_by())
        for n, action in enumerate(actions)
    }
    rows = model._default_manager.filter(pk=Told("id", BigAutoField())).order_by()
    return rows.values_list(*allowed.values())


def may_all(actor: Actor, action: Action, rows: Sequence[Model]) -> bool:
    """Tell whether the actor may do that to every one of these rows, in one question a model."""
    ids: dict[type[Model], set[object]] = {}
    for row in rows:
        ids.setdefault(type(row), set()).add(row.pk)
    return all(
        visible(actor, action, model).filter(pk__in=wanted).count() == len(wanted)
        for model, wanted in ids.items()
    )


def flag(actor: Actor, action: Action, model: type[Model]) -> Case:
    """Give the annotation that tells row by row whether a button is shown."""
    allowed = condition(actor, action, model)
    if allowed == NONE:
        return Case(default=Value(False))
    # an empty condition means every row
    return (
        Case(When(allowed, then=Value(True)), default=Value(False))
        if allowed
        else Case(default=Value(True))
    )
