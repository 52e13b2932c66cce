"""Reading a place's own reasons why a session was not held."""

import uuid
from collections.abc import Sequence

from django.db.models import Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.gate.rows import find
from opensenco.provision.models import OwnReason, Session


def own_reasons(org: int, rows: Sequence[Session] = ()) -> list[OwnReason]:
    """Give the reasons of a place that can be chosen, by their words.

    Args:
        rows: of a session that is put right: what was chosen for it stays among them.
    """
    wanted = Q(ended_on__isnull=True)
    for row in rows[:1]:
        if row.own_words:
            wanted |= Q(words=row.own_words, kind=row.reason)
    found = OwnReason.objects.filter(wanted, org=org).order_by("words", "ended_on", "id")
    # ended and added again it is one choice: the one that holds
    return list({(one.words, one.kind): one for one in reversed(found)}.values())[::-1]


def listed(org: Organisation) -> list[OwnReason]:
    """Give all reasons of a place, those that hold first."""
    rows = list(OwnReason.objects.filter(org=org).order_by("words", "id"))
    return sorted(rows, key=lambda one: one.ended_on is not None)


def reason(actor: Actor, ref: uuid.UUID) -> OwnReason:
    """Give the reason of a reference, for who keeps the list.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, Action.PROVISION_ALLOCATE, OwnReason, ref, "org")
