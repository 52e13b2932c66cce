"""Views of the register: one's own, and those that colleagues share."""

import uuid

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.registry import visible
from opensenco.gate.rows import find
from opensenco.support.models import SavedView


def views(actor: Actor) -> list[SavedView]:
    """Give the views this person may open: their own first, each by name; one question."""
    rows = visible(actor, Action.REGISTER_VIEW, SavedView).filter(ended_on__isnull=True)
    found = rows.select_related("owner").order_by("name", "id")
    return sorted(found, key=lambda one: one.owner_id != actor.person.pk)


def place_of_views(actor: Actor) -> Organisation:
    """Give where this person's views are kept: of several places, the first."""
    return Organisation.objects.get(pk=min(actor.hat.orgs))


def own_view(actor: Actor, ref: uuid.UUID) -> SavedView:
    """Give a view that this person may open; operations refuse who is not its owner.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, Action.REGISTER_VIEW, SavedView, ref, "org", "owner")


def default_of(actor: Actor) -> str:
    """Give what this person's register opens with, as it stands in the address; or nothing."""
    rows = SavedView.objects.filter(
        org__in=actor.hat.orgs, owner=actor.person, is_default=True, ended_on__isnull=True
    )
    return rows.order_by("id").values_list("query", flat=True).first() or ""
