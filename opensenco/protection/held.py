"""All that is held about a child, found by what the models declare and never by a list.

A model belongs to a child where it has a key to a pupil, or where it has none and a key to a row
that belongs to one: the words inside a paper, who read a message. What no key leads to says so in
its `PersonalData` (`opensenco.access.personal`). Histories belong where their rows do.

Everything here reads within the open scope. Policies are not asked: whoever calls has asked them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet

from opensenco.access.keys import all_models
from opensenco.access.personal import declared
from opensenco.people.models import Pupil

Model = type[models.Model]


@dataclass(frozen=True)
class Whose:
    """The records of one child in one place.

    Args:
        pupils: the ids of the record and of those that were made one with it.
        org: the id of the place.
        names: the names by which another organisation may have written of the child.
    """

    pupils: tuple[int, ...]
    org: int
    names: tuple[tuple[str, str], ...]


def whose(pupil: Pupil) -> Whose:
    """Give whose records those of a pupil are: this one, and all that are the same child."""
    one = pupil.stands
    rows = list(Pupil.objects.filter(Q(pk=one.pk) | Q(same_as=one.pk)).order_by("id"))
    names = {(n, row.last_name) for row in rows for n in (row.first_name, row.known_as) if n}
    return Whose(tuple(row.pk for row in rows), one.org_id, tuple(sorted(names)))


def own_keys(model: Model) -> list[str]:
    """Give the names of a model's keys to pupils, the one that says whose a row is first."""
    found = [
        field.name
        for field in model._meta.fields
        if isinstance(field, models.ForeignKey) and field.related_model is Pupil
    ]
    return sorted(found, key=lambda name: (name != "pupil", name))


@cache
def belonging() -> tuple[Model, ...]:
    """Give every model whose rows belong to a child, by label; histories are asked with theirs."""
    known: set[Model] = {Pupil}
    rest = {model for model in all_models() if not hasattr(model, "instance_type")} - known
    while more := {model for model in rest if _belongs(model, known)}:
        known |= more
        rest -= more
    return tuple(sorted(known, key=lambda model: model._meta.label))


def _belongs(model: Model, known: set[Model]) -> bool:
    if own_keys(model) or declared(model, "by_ref") or declared(model, "reached_from"):
        return True
    return any(field.related_model in known for field in _keys(model))


def _keys(model: Model) -> list[models.ForeignKey[Any, Any]]:
    return [field for field in model._meta.fields if isinstance(field, models.ForeignKey)]


def history_of(model: Model) -> Model | None:
    """Give the model of a model's versions, where it keeps them."""
    kept = getattr(model, "history", None)
    return kept.model if kept is not None else None


def condition(model: Model, child: Whose) -> Q:
    """Give the condition for the rows of a model that belong to a child."""
    if model is Pupil:
        return Q(pk__in=child.pupils)
    found = Q(pk__in=[])
    for name in own_keys(model):
        found |= Q(**{f"{name}__in": child.pupils})
    for path in declared(model, "reached_from", ()):
        found |= _reached(path, child)
    if field := declared(model, "named_in"):
        for first, last in child.names:
            named = Q(**{f"{field}__icontains": first}) & Q(**{f"{field}__icontains": last})
            found |= Q(org=child.org) & named
    if field := declared(model, "by_ref"):
        found |= _by_ref(field, child)
    if own_keys(model) or declared(model, "reached_from"):
        return found
    for key in _keys(model):
        if key.related_model in belonging() and key.related_model is not model:
            found |= Q(**{f"{key.name}__in": rows(key.related_model, child).values("pk")})
    return found


def _reached(path: str, child: Whose) -> Q:
    app, name, key = path.split(".")
    pointing = rows(apps.get_model(app, name), child).exclude(**{key: None})
    return Q(pk__in=pointing.values(key))


def _by_ref(field: str, child: Whose) -> Q:
    """Rows that name one of the child's by its reference: about the pupil, a plan, a concern."""
    found = Q(pk__in=[])
    for model in belonging():
        if not declared(model, "by_ref") and hasattr(model, "ref"):
            found |= Q(**{f"{field}__in": rows(model, child).values("ref")})
    return found


def rows(model: Model, child: Whose) -> QuerySet[Any]:
    """Give the rows of a model that belong to a child, within the open scope."""
    return model._default_manager.filter(condition(model, child))


def versions(model: Model, child: Whose) -> QuerySet[Any] | None:
    """Give every version of such rows, those too that were about the child once; None if none."""
    kept = history_of(model)
    if kept is None:
        return None
    found = Q(id__in=rows(model, child).values("pk"))
    for name in own_keys(model) if model is not Pupil else ():
        found |= Q(**{f"{name}__in": child.pupils})
    return kept._default_manager.filter(found)


def everything(child: Whose) -> Iterator[tuple[Model, QuerySet[Any]]]:
    """Give each model with the rows of a child, in the order of the models' labels."""
    for model in belonging():
        yield model, rows(model, child)


def to_remove(child: Whose) -> list[Model]:
    """Give the models in the order in which their rows can go: what points at others first."""
    waiting = list(belonging())
    ordered: list[Model] = []
    while waiting:
        free = [model for model in waiting if not _pointed_at(model, waiting)]
        if not free:
            raise LookupError("some models point at each other in a ring: no order removes them")
        ordered += free
        waiting = [model for model in waiting if model not in free]
    return ordered


def _pointed_at(model: Model, by: Iterable[Model]) -> bool:
    return any(
        key.related_model is model for other in by if other is not model for key in _keys(other)
    )


def counted(child: Whose) -> Mapping[str, int]:
    """Give how many rows of each model belong to a child, by label, where there are any."""
    return {model._meta.label: n for model, found in everything(child) if (n := found.count())}
