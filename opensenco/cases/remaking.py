"""Dates that were counted along a calendar are counted again when the calendar changes.

The spine lies below the apps that know what a date was made of. Each of them says once, when it is
loaded, how the dates of its rows are made again.
"""

from collections.abc import Callable
from typing import Any

from django.apps import apps

from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.cases.models import DueDate

_remake: dict[str, Callable[[Actor, Any], object]] = {}


def remake_with(label: str, remake: Callable[[Actor, Any], object]) -> None:
    """Say how the dates of a model's rows are made again.

    Args:
        label: of the model, "concerns.Concern".
        remake: called with the actor and a row, inside the operation that changed the calendar.
    """
    _remake[label] = remake


def remake_dues(actor: Actor, org: Organisation) -> None:
    """Make the dates of a setting again that are still to be kept."""
    waiting = DueDate.objects.filter(
        org=org, done_on__isnull=True, source_label__in=_remake
    ).values_list("source_label", "source_ref")
    sources: dict[str, set[Any]] = {}
    for label, ref in waiting.order_by("id"):
        sources.setdefault(label, set()).add(ref)
    for label, refs in sources.items():
        rows = apps.get_model(label)._default_manager.filter(org=org, ref__in=refs)
        for row in rows.select_related("pupil").order_by("id"):
            _remake[label](actor, row)
