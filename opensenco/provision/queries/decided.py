"""What was decided about provisions."""

from collections.abc import Iterable

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.provision.models import Decision, Provision


def decisions(actor: Actor, row: Provision) -> list[Decision]:
    """Give what was decided about a provision, newest first."""
    rows = visible(actor, Action.PROVISION_VIEW, Decision).filter(provision=row)
    return list(rows.select_related("person").order_by("-id"))


def latest(actor: Actor, rows: Iterable[Provision]) -> dict[int, Decision]:
    """Give the decision that stands for each of these provisions that has one, by its key."""
    every = visible(actor, Action.PROVISION_VIEW, Decision).filter(
        provision__in=[row.pk for row in rows]
    )
    ordered = every.select_related("person").order_by("id")
    return {one.provision_id: one for one in ordered}
