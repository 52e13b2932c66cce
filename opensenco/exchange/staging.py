"""Rows as they wait in the database: made from a reading, and laid beside the record again."""

from collections.abc import Sequence
from typing import Any

from opensenco.access.actor import Actor
from opensenco.exchange.kinds.kind import Beside, Item, Kind, ListFile, Values
from opensenco.exchange.kinds.known import kind_of
from opensenco.exchange.models import FileImport, ImportRow
from opensenco.exchange.readers.one_row import Refused
from opensenco.exchange.readers.words import Fault, Note
from opensenco.exchange.sentences import kept
from opensenco.exchange.states import Decision, Match

#: what laying beside the record writes into a row
COMPARED = [
    "match", "decision", "pupil", "subject", "candidates", "reasons", "changes", "faults",
]  # fmt: skip


def new_row(file_import: FileImport, item: Item, found: Beside, cells: Sequence[str]) -> ImportRow:
    """Give a row that was read, beside the record.

    Args:
        cells: as they stood; kept where the record refuses the row.
    """
    row = ImportRow(
        org_id=file_import.org_id,
        file=file_import,
        line=item.line,
        part=item.part,
        values={name: storable(value) for name, value in item.values.items()},
        notes=[_note(note) for note in item.notes],
        cells=[storable(cell) for cell in cells] if found.match is Match.REFUSED else [],
    )
    _lay(row, found)
    if found.leave:
        row.decision = Decision.LEAVE
    return row


def refused_row(file_import: FileImport, refused: Refused) -> ImportRow:
    """Give a row that could not be read, with why and what to do."""
    return ImportRow(
        org_id=file_import.org_id,
        file=file_import,
        line=refused.line,
        part=refused.part,
        match=Match.REFUSED,
        faults=[_fault(fault) for fault in refused.faults],
        cells=[storable(cell) for cell in refused.cells],
    )


def columns_of(kind: Kind, file: ListFile, actor: Actor) -> dict[str, Any]:
    """Give what was understood of a file: columns used, columns left out, remarks."""
    taken = kind.taken(actor)
    used = [(code, heading) for code, headings in file.used.items() for heading in headings]
    return {
        "used": [[code, storable(heading)] for code, heading in used if code in taken],
        "left_out": [
            *(storable(heading) for code, heading in used if code not in taken),
            *map(storable, file.unused),
        ],
        "withheld": sorted({str(code) for code, _h in used} & (kind.could_take() - taken)),
        "notes": [kept(note) for note in file.notes],
        "sheet": file.sheet,
    }


def compare_again(
    actor: Actor, file_import: FileImport, rows: Sequence[ImportRow]
) -> list[ImportRow]:
    """Lay all rows of a file beside the record as it stands now, decisions and all.

    Nothing is saved; a decision whose question has gone is taken back.

    Returns:
        The rows that have become something else.
    """
    read = [row for row in rows if row.values]
    decided = {
        place: row.subject if row.decision == Decision.USE else None
        for place, row in enumerate(read)
        if row.decision in (Decision.USE, Decision.ADD)
    }
    kind = kind_of(file_import.kind).here(actor, file_import.org)
    values: list[Values] = [kind.answered(row.values, file_import.answers) for row in read]
    found = kind.beside(actor, file_import.org, values, decided)
    differing = []
    for row, one in zip(read, found, strict=True):
        before = _state(row)
        _lay(row, one)
        if _state(row) != before:
            differing.append(row)
    return differing


def _state(row: ImportRow) -> tuple[Any, ...]:
    """What a person has seen of a row; a row that is left out may change as it likes."""
    if row.decision == Decision.LEAVE and row.match != Match.DOUBTFUL:
        return ()
    return row.match, row.decision, row.subject, row.candidates, row.changes


def _lay(row: ImportRow, found: Beside) -> None:
    row.match = found.match
    row.subject = found.subject
    row.pupil_id = found.pupil
    row.candidates = list(found.candidates)
    row.reasons = [kept(reason) for reason in found.reasons]
    row.changes = found.changes
    row.faults = [_fault(fault) for fault in found.faults]
    asked = found.match is Match.DOUBTFUL
    if (row.decision == Decision.USE and found.subject is None) or (
        not asked and row.decision != Decision.LEAVE
    ):
        row.decision = Decision.NONE


def storable(value: Any) -> Any:
    """Give text without NUL, which PostgreSQL cannot hold; anything else as it is."""
    return value.replace("\0", "\N{REPLACEMENT CHARACTER}") if isinstance(value, str) else value


def _fault(fault: Fault) -> dict[str, Any]:
    return {
        "column": storable(fault.column),
        "given": storable(fault.given),
        "wrong": kept(fault.wrong),
        "mend": kept(fault.mend),
    }


def _note(note: Note) -> dict[str, Any]:
    return {
        "column": storable(note.column),
        "given": storable(note.given),
        "said": kept(note.said),
    }
