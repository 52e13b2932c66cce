"""Views of the register: one's own, and those that colleagues share."""

import uuid
from collections.abc import Iterable

from django.db.models import QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.questions import question
from opensenco.access.registry import visible
from opensenco.gate.rows import find
from opensenco.support.models import SavedView


@question
def _views(actor: Actor) -> QuerySet[SavedView]:
    rows = visible(actor, Action.REGISTER_VIEW, SavedView).filter(ended_on__isnull=True)
    return rows.select_related("owner").order_by("name", "id")


def views(actor: Actor) -> list[SavedView]:
    """Give the views this person may open: their own first, each by name; one question."""
    return sorted(_views.ask(actor), key=lambda one: one.owner_id != actor.person.pk)


def place_of_views(actor: Actor) -> Organisation:
    """Give where this person's views are kept: of several places, the first."""
    return Organisation.objects.get(pk=min(actor.hat.orgs))


def own_view(actor: Actor, ref: uuid.UUID) -> SavedView:
    """Give a view that this person may open; operations refuse who is not its owner.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, Action.REGISTER_VIEW, SavedView, ref, "org", "owner")


def opens_with(actor: Actor, kept: Iterable[SavedView]) -> str:
    """Give what this person's register opens with, as it stands in the address; or nothing."""
    own = [one for one in kept if one.is_default and one.owner_id == actor.person.pk]
    return min(own, key=lambda one: one.pk).query if own else ""
