"""Finding one row behind an address, and writing it only if nobody else has in the meantime."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar, cast

from django.db.models import F, Model, QuerySet, UUIDField

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.questions import Told, question
from opensenco.access.registry import visible
from opensenco.kernel.errors import NotAllowed, NotFound, Stale

M = TypeVar("M", bound=Model)
#: rows in one statement; more would pass the number of parameters that databases take
BATCH = 500
#: rows in one statement that gives each its own values: a long one costs more than several
FEW = 100
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
    for row in _allowed.ask(actor, action, model, related, ref=ref):
        return cast("M", row)
    known = _anybodys.ask(model, ref=ref)
    if not known or actor.hat.role.guest:
        raise NotFound
    raise NotYours(known[0])


@question
def _allowed(
    actor: Actor, action: Action, model: type[Model], related: tuple[str, ...]
) -> QuerySet[Model]:
    rows = visible(actor, action, model).filter(ref=Told("ref", UUIDField())).order_by("pk")
    # Without names Django would join every key, and a row whose person is hidden would vanish.
    return (rows.select_related(*related) if related else rows)[:1]


@question
def _anybodys(model: type[Model]) -> QuerySet[Model]:
    return model._default_manager.filter(ref=Told("ref", UUIDField())).order_by("pk")[:1]


def change(row: M, *, version: int | None, **values: Any) -> M:
    """Write changed values to a row that people edit, keeping its history.

    Args:
        version: the version that the writer read; None where there was no form (imports).

    Raises:
        Stale: somebody else wrote in between. The row is as they left it.
    """
    _refuse_fixed(values)
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


def change_alike(rows: Sequence[M], **values: Any) -> list[M]:
    """Write the same values to many rows of one model that people edit, keeping their history.

    Raises:
        Stale: somebody else wrote one of them since it was read. All of them are as they stood.
    """
    _refuse_fixed(values)
    if rows:
        refuse_stale(rows)
        type(rows[0])._default_manager.all().write_alike(rows, **values)  # type: ignore[attr-defined]
    return list(rows)


def change_each(rows: Sequence[M], *names: str) -> list[M]:
    """Write many rows of one model as they are now in some of their values, keeping their history.

    Raises:
        Stale: somebody else wrote one of them since it was read.
    """
    _refuse_fixed(names)
    if rows:
        refuse_stale(rows)
        for row in rows:
            row.version += 1  # type: ignore[attr-defined]
        type(rows[0])._default_manager.bulk_update(rows, [*names, "version"], batch_size=FEW)
    return list(rows)


def refuse_stale(rows: Sequence[M]) -> None:
    """Lock rows of one model, and refuse to go on where one is another than when it was read.

    Raises:
        Stale: somebody else wrote one of them.
    """
    manager = type(rows[0])._default_manager
    for start in range(0, len(rows), BATCH):
        seen = {row.pk: row.version for row in rows[start : start + BATCH]}  # type: ignore[attr-defined]
        held = manager.select_for_update().filter(pk__in=seen)
        if dict(held.values_list("pk", "version")) != seen:
            raise Stale


def _refuse_fixed(names: Iterable[str]) -> None:
    if fixed := FIXED & set(names):
        raise TypeError(f"{', '.join(sorted(fixed))} never changes once a row is made")
