"""Copies of the whole record: which there are, how far one is, who took it."""

import uuid
from datetime import datetime

from django.db.models import Count, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.registry import visible
from opensenco.audit.models import Entry
from opensenco.exchange import progress
from opensenco.exchange.models import PlaceCopy
from opensenco.exchange.operations.leaving import LOST_AFTER, can_be_taken, file_of
from opensenco.exchange.progress import Far
from opensenco.exchange.states import CopyState
from opensenco.gate.rows import find
from opensenco.people.models import Pupil

__all__ = [
    "can_be_taken", "copies", "copy", "file_of", "how_far", "lost", "place", "pupils", "taken",
]  # fmt: skip


def place(actor: Actor) -> Organisation:
    """Give the place that a copy is of: the one of the hat, of several the first by name."""
    rows = visible(actor, Action.PLACE_COPY, Organisation).order_by("name", "id")
    found: Organisation = rows[0]
    return found


def copies(actor: Actor) -> QuerySet[PlaceCopy]:
    """Give the copies that were asked for, the newest first."""
    rows = visible(actor, Action.PLACE_COPY, PlaceCopy).select_related("person")
    return rows.order_by("-at", "-id")[:50]


def copy(actor: Actor, ref: uuid.UUID) -> PlaceCopy:
    """Give one copy.

    Raises:
        NotFound: it is not there, or another place's.
    """
    return find(actor, Action.PLACE_COPY, PlaceCopy, ref, "person", "org")


def taken(rows: list[PlaceCopy]) -> dict[uuid.UUID, int]:
    """Give by copy how often it was taken."""
    books = Entry.objects.filter(
        org__in={row.org_id for row in rows}, verb="take_copy",
        outcome=Entry.Outcome.DONE, thing_ref__in=[row.ref for row in rows],
    )  # fmt: skip
    counted = books.order_by().values("thing_ref").annotate(times=Count("id"))
    return {one["thing_ref"]: one["times"] for one in counted if one["thing_ref"]}


def lost(row: PlaceCopy, now: datetime) -> bool:
    """Tell whether a copy waits longer than any takes: its worker was ended."""
    return row.state == CopyState.WAITS and row.at + LOST_AFTER < now


def how_far(row: PlaceCopy) -> Far | None:
    """Give how many tables of a copy are written; None where nothing has been told."""
    return progress.far(row.ref) if row.state == CopyState.WAITS else None


def pupils(row: PlaceCopy) -> int:
    """Give how many children a copy is about."""
    return Pupil.objects.filter(org=row.org_id).count()
