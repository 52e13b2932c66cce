"""Finding one row behind an address, and writing it only if nobody else has in the meantime."""

import uuid
from typing import Any, TypeVar

from django.db.models import F, Model

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.kernel.errors import NotAllowed, NotFound, Stale

M = TypeVar("M", bound=Model)
FIXED = {"id", "pk", "ref", "org", "org_id", "pupil", "pupil_id", "version"}


class NotYours(NotAllowed):
    """A colleague's record: it exists in one's own organisation, outside one's duty.

    Args:
        row: what it was; the refusal page offers to open it with a reason where that is possible.
    """

    def __init__(self, row: Model) -> None:
        super().__init__()
        self.row = row


def find(actor: Actor, action: Action, model: type[M], ref: uuid.UUID, *related: str) -> M:
    """Give the row of a reference that the actor may do that to.

    Raises:
        NotFound: there is none in the actor's organisations. "Theirs" and "not there" ask the same
            two questions of the database, so they cannot be told apart.
        NotYours: it is in the actor's organisation, and this verb does not reach it.
    """
    rows = visible(actor, action, model).filter(ref=ref)
    # Without names Django would join every key, and a row whose person is hidden would vanish.
    row = (rows.select_related(*related) if related else rows).first()
    if row is not None:
        return row
    known = model._default_manager.filter(ref=ref).first()
    if known is None or actor.hat.role.guest:
        raise NotFound
    raise NotYours(known)


def change(row: M, *, version: int | None, **values: Any) -> M:
    """Write changed values to a row that people edit, keeping its history.

    Args:
        version: the version that the writer read; None where there was no form (imports).

    Raises:
        Stale: somebody else wrote in between. The row is as they left it.
    """
    if fixed := FIXED & set(values):
        raise TypeError(f"{', '.join(sorted(fixed))} never changes once a row is made")
    model = type(row)
    read = version if version is not None else row.version  # type: ignore[attr-defined]
    claimed = model._default_manager.filter(pk=row.pk, version=read).update(
        version=F("version") + 1
    )
    if not claimed:
        raise Stale
    for name, value in values.items():
        setattr(row, name, value)
    row.version = read + 1  # type: ignore[attr-defined]
    row.save(update_fields=list(values))
    return row
