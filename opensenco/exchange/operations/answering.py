"""A person says once, for a whole file, what its rows leave open."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.exchange import staging
from opensenco.exchange.kinds.known import kind_of
from opensenco.exchange.models import FileImport, ImportRow
from opensenco.exchange.operations.imports import BATCH
from opensenco.exchange.states import State
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import NotAllowed, NotPossible


@operation(Action.IMPORT_PUPILS, on="file_import")
def answer_for_file(
    *, actor: Actor, file_import: FileImport, version: int | None, answers: Mapping[str, Any]
) -> FileImport:
    """Keep what holds for all rows of a file, and lay them beside the record again with it.

    Args:
        answers: as the kind of list reads them (`Kind.answered`), checked by whoever asks.

    Raises:
        NotAllowed: this hat may not do everywhere here what such a file does.
        NotPossible: the file does not wait.
        Stale: somebody else decided about it in between.
    """
    if not kind_of(file_import.kind).may(actor):
        raise NotAllowed
    if file_import.state != State.READ:
        raise NotPossible(_("This file does not wait to be applied."))
    change(file_import, version=version, answers=dict(answers), compared_at=actor.at)
    rows = list(ImportRow.objects.filter(file=file_import).order_by("line", "part"))
    before = {row.pk: _compared(row) for row in rows}
    differing = staging.compare_again(actor, file_import, rows)
    # one answer changes a thousand rows in a few of their fields: the others are not written again
    fields = [
        name
        for place, name in enumerate(staging.COMPARED)
        if any(before[row.pk][place] != _compared(row)[place] for row in differing)
    ]
    if fields:
        ImportRow.objects.bulk_update(differing, fields, batch_size=BATCH)
    return file_import


def _compared(row: ImportRow) -> tuple[Any, ...]:
    return tuple(getattr(row, "pupil_id" if name == "pupil" else name) for name in staging.COMPARED)
