"""Reading contracted hours."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.registry import flag, visible
from opensenco.gate.rows import find
from opensenco.staffing.contracted import Contract, Contracts
from opensenco.staffing.models import Hours
from opensenco.staffing.states import Does


def hours(actor: Actor, ref: uuid.UUID) -> Hours:
    """Give one row of hours, for who keeps them.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, Action.STAFF_KEEP, Hours, ref, "org", "who")


def hours_of(actor: Actor, org: Organisation) -> list[Hours]:
    """Give what was entered for a place and counts, by surname, the newest of each first."""
    rows = visible(actor, Action.STAFF_VIEW, Hours).filter(org=org).select_related("who", "person")
    found = sorted(_counting(rows), key=lambda row: (row.first, row.pk), reverse=True)
    return sorted(found, key=lambda row: (row.who.last_name, row.who.first_name, row.who_id))


def contracts_of(actor: Actor, org: Organisation) -> Contracts:
    """Give the hours of a place along the days. Asks once.

    Hours that this actor may not read end what held before, and tell nothing.
    """
    seen = flag(actor, Action.STAFF_VIEW, Hours)
    rows = Hours.objects.filter(org=org).annotate(seen=seen).select_related("who")
    return Contracts(
        Contract(row.who_id, row.post, row.does, row.week, row.send, row.first, row)
        if row.seen  # type: ignore[attr-defined]
        else Contract(row.who_id, "", "", 0, 0, row.first)
        for row in _counting(rows)
    )


def who_supports(org: Organisation, day: date) -> set[int]:
    """Give the people who give support by their hours; how long is told to nobody by this."""
    contracts = Contracts(
        Contract(row.who_id, "", row.does, row.week, 0, row.first)
        for row in _counting(Hours.objects.filter(org=org))
    )
    return {
        pk for pk in contracts.people()
        if (held := contracts.on(pk, day)) is not None and held.does == Does.SUPPORTS
    }  # fmt: skip


def _counting(rows: Iterable[Hours]) -> list[Hours]:
    """Give of each day the row that was entered last, if it does not take back."""
    newest: dict[tuple[Any, ...], Hours] = {}
    for row in sorted(rows, key=lambda row: row.pk):
        newest[row.who_id, row.first] = row
    return [row for row in newest.values() if not row.withdrawn]
