"""Rows as they wait in the database: made from a reading, and laid beside the record again."""

from collections.abc import Sequence
from typing import Any

from opensenco.access.actor import Actor
from opensenco.exchange.comparison import LEFT_ALREADY, Beside, beside
from opensenco.exchange.models import FileImport, ImportRow
from opensenco.exchange.policy import may_bring_sen
from opensenco.exchange.pupil_values import SEN, TAKEN, TAKEN_FOR_SEN, Said
from opensenco.exchange.readers.pupil import Refused
from opensenco.exchange.readers.pupil_columns import TITLES, PupilField
from opensenco.exchange.readers.pupils import PupilFile
from opensenco.exchange.readers.words import Fault, Note
from opensenco.exchange.roll import Known, roll_of
from opensenco.exchange.sentences import kept
from opensenco.exchange.states import Decision, Match

#: what laying beside the record writes into a row
COMPARED = ["match", "decision", "pupil", "candidates", "reasons", "changes"]


def new_row(file_import: FileImport, said: Said, found: Beside) -> ImportRow:
    """Give a row that was read, beside the record."""
    row = ImportRow(
        org_id=file_import.org_id,
        file=file_import,
        line=said.line,
        values={name: storable(value) for name, value in said.values.items()},
        notes=[_note(note) for note in said.notes],
    )
    _lay(row, found)
    if LEFT_ALREADY in found.reasons:
        row.decision = Decision.LEAVE
    return row


def refused_row(file_import: FileImport, refused: Refused) -> ImportRow:
    """Give a row that could not be read, with why and what to do."""
    return ImportRow(
        org_id=file_import.org_id,
        file=file_import,
        line=refused.line,
        match=Match.REFUSED,
        faults=[_fault(fault) for fault in refused.faults],
        cells=[storable(cell) for cell in refused.cells],
    )


def columns_of(file: PupilFile, *, sen: bool) -> dict[str, Any]:
    """Give what was understood of a file: columns used, columns left out, remarks."""
    taken = TAKEN | TAKEN_FOR_SEN if sen else TAKEN
    used = [(kind.value, heading) for kind in taken_first(file) for heading in file.used[kind]]
    return {
        "used": [[kind, heading] for kind, heading in used if PupilField(kind) in taken],
        "left_out": [
            *(heading for kind, heading in used if PupilField(kind) not in taken),
            *map(storable, file.unused),
        ],
        "sen_left_out": bool(TAKEN_FOR_SEN & file.fields) and not sen,
        "notes": [kept(note) for note in file.notes],
    }


def taken_first(file: PupilFile) -> list[PupilField]:
    """Give the fields of a file in the order of our list of fields."""
    return [kind for kind in TITLES if kind in file.used]


def compare_again(
    actor: Actor, file_import: FileImport, rows: Sequence[ImportRow]
) -> list[ImportRow]:
    """Lay all rows of a file beside the record as it stands now, decisions and all.

    Nothing is saved; a decision whose question has gone is taken back.

    Returns:
        The rows that have become something else.
    """
    sen = may_bring_sen(actor)
    roll = roll_of(actor, file_import.org, sen=sen)
    by_id = {known.pk: known for known in roll}
    read = [row for row in rows if row.match != Match.REFUSED]
    decided = {
        place: by_id.get(row.pupil_id) if row.decision == Decision.USE and row.pupil_id else None
        for place, row in enumerate(read)
        if row.decision in (Decision.USE, Decision.ADD)
    }
    values = [_without_sen(row.values) if not sen else row.values for row in read]
    differing = []
    for row, found in zip(read, beside(values, roll, actor.today, decided), strict=True):
        before = _state(row)
        _lay(row, found)
        if _state(row) != before:
            differing.append(row)
    return differing


def upn_of_another(row: ImportRow, roll: Sequence[Known]) -> bool:
    """Tell whether a row would give a pupil a UPN that another pupil has."""
    wanted = next((one["after"] for one in row.changes if one["field"] == "upn"), "")
    return any(k.values["upn"] == wanted and k.pk != row.pupil_id for k in roll if wanted)


def _state(row: ImportRow) -> tuple[Any, ...]:
    """What a person has seen of a row; a row that is left out may change as it likes."""
    if row.decision == Decision.LEAVE and row.match != Match.DOUBTFUL:
        return ()
    return row.match, row.decision, row.pupil_id, row.candidates, row.changes


def _lay(row: ImportRow, found: Beside) -> None:
    row.match = found.match
    row.pupil_id = found.known.pk if found.known else None
    row.candidates = [known.pk for known in found.candidates]
    row.reasons = [kept(reason) for reason in found.reasons]
    row.changes = found.changes
    asked = found.match is Match.DOUBTFUL
    if (row.decision == Decision.USE and found.known is None) or (
        not asked and row.decision != Decision.LEAVE
    ):
        row.decision = Decision.NONE


def _without_sen(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in SEN}


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
