"""A list is read in, laid beside the record, decided about row by row, and given up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.exchange import remembered, staging
from opensenco.exchange.kinds.kind import Beside, Item, Kind, ListFile, Reading
from opensenco.exchange.kinds.known import kind_of
from opensenco.exchange.models import FileImport, ImportRow, KeptFile
from opensenco.exchange.readers.lists import open_file, read_table
from opensenco.exchange.readers.words import NotUnderstood
from opensenco.exchange.sentences import again, kept
from opensenco.exchange.states import DECISIONS, MOVES, Decision, ImportKind, Match, State
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotAllowed, NotPossible

__all__ = ["Reading", "abandon_import", "decide", "read_again", "read_beside", "stage_file"]
LONGEST_NAME = 200
#: how long a list waits for a person after it was last read or decided about
WAITS = timedelta(days=30)
Answer = tuple[Decision, int | None]
#: by line, or by line and part
Answers = Mapping[int, Answer] | Mapping[tuple[int, int], Answer]
BATCH = 500


@dataclass(frozen=True, slots=True)
class Staged:
    """A file read and laid beside the record, with nothing written yet."""

    kind: Kind
    file: ListFile
    rows: tuple[tuple[Item, Beside], ...]
    reading: Reading


def read_beside(
    actor: Actor,
    org: Organisation,
    kind: Kind,
    content: bytes,
    reading: Reading | None = None,
) -> Staged:
    """Read a list and lay it beside the record. Nothing is written.

    Raises:
        FileRefused: the file as a whole cannot be read.
        NotAllowed: this hat may not do everywhere here what such a file does.
    """
    if not kind.may(actor):
        raise NotAllowed
    kind = kind.here(actor, org)
    how = reading or Reading()
    opened = open_file(content)
    how = remembered.recalled(org, kind, opened, how)
    table = read_table(opened, kind.fields, how.columns, how.sheet)
    file = kind.read(table, how, actor)
    found = kind.beside(actor, org, [item.values for item in file.items], {})
    return Staged(kind, file, tuple(zip(file.items, found, strict=True)), how)


@operation(Action.IMPORT_PUPILS, on="org")
def stage_file(
    *,
    actor: Actor,
    org: Organisation,
    kind: ImportKind,
    file_name: str,
    content: bytes,
    reading: Reading | None = None,
) -> FileImport:
    """Read a list in and show what it would do. Nothing of the record is touched.

    The file is kept until it is applied or given up, so that it can be read in another way. One
    whose columns are not understood waits without rows for a person to say what they are.

    Raises:
        FileRefused: the file as a whole cannot be read.
        NotAllowed: this hat may not do everywhere here what such a file does.
    """
    row = FileImport(
        org=org,
        kind=kind,
        file_name=_plain_name(file_name),
        at=actor.at,
        by=actor.person,
        compared_at=actor.at,
    )
    try:
        staged = read_beside(actor, org, kind_of(kind), content, reading)
    except NotUnderstood as unclear:
        return _wait_for_columns(row, content, reading or Reading(), unclear)
    _keep(row, content, staged.file.digest, _understood(actor, staged))
    cells = staged.file.cells
    rows = [
        staging.new_row(row, item, found, cells.get(item.line, ())) for item, found in staged.rows
    ]
    rows += [staging.refused_row(row, refused) for refused in staged.file.refused]
    ImportRow.objects.bulk_create(rows, batch_size=BATCH)
    return row


@operation(Action.IMPORT_PUPILS, on="file_import")
def read_again(
    *, actor: Actor, file_import: FileImport, version: int | None, reading: Reading
) -> FileImport:
    """Read a file that waits in another way: other columns, another sheet. The first is given up.

    What was said of its columns is remembered for files with the same headings.

    Raises:
        FileRefused: the file cannot be read in this way; it stays as it was.
        NotPossible: it has been applied or given up.
        Stale: somebody else decided about a row in between.
    """
    _check_open(file_import)
    held = KeptFile.objects.filter(file=file_import).first()
    if held is None or not held.content:
        raise NotPossible(_("This file is not kept any more. Choose it again to read it anew."))
    row = stage_file(
        actor=actor,
        org=file_import.org,
        kind=ImportKind(file_import.kind),
        file_name=file_import.file_name,
        content=bytes(held.content),
        reading=reading,
    )
    unclear = row.columns.get("unclear")
    if unclear and reading.columns is not None:
        raise NotUnderstood(again(unclear))
    abandon_import(actor=actor, file_import=file_import, version=version)
    remembered.remember(actor, row, reading)
    return row


def _keep(row: FileImport, content: bytes, digest: str, understood: Mapping[str, Any]) -> None:
    for name, value in {**understood, "digest": digest}.items():
        setattr(row, name, value)
    row.save()
    KeptFile(org=row.org, file=row, content=content).save()


def _wait_for_columns(
    row: FileImport, content: bytes, reading: Reading, unclear: NotUnderstood
) -> FileImport:
    """Keep a file that nobody could read yet, with why.

    Raises:
        NotUnderstood: there is nothing in it that could be a list.
    """
    opened = open_file(content)
    fields = kind_of(row.kind).fields
    try:
        header = read_table(opened, fields, None, reading.sheet, lenient=True).header
    except NotUnderstood:
        raise unclear from None
    told = {"used": [], "left_out": [], "notes": [], "unclear": kept(unclear.words)}
    understood = {
        "columns": told,
        "header": [staging.storable(cell) for cell in header],
        "reading": replace(reading, columns=None).stored(),
    }
    _keep(row, content, opened.source.digest, understood)
    return row


def _understood(actor: Actor, staged: Staged) -> dict[str, Any]:
    return {
        "columns": staging.columns_of(staged.kind, staged.file, actor),
        "header": [staging.storable(cell) for cell in staged.file.header],
        "reading": staged.reading.stored(),
    }


@operation(Action.IMPORT_PUPILS, on="file_import")
def decide(
    *,
    actor: Actor,
    file_import: FileImport,
    version: int | None,
    answers: Answers,
) -> FileImport:
    """Say of rows what they are: somebody already here, somebody new, or nothing to take.

    Args:
        answers: by line, or by line and part, the decision and, for `USE`, the id of one of the
            row's candidates. Parts of a row that ask the same are answered with it.

    Raises:
        NotPossible: the file has been applied or given up.
        Invalid: an answer that the row does not have; the field is "line-7" for line 7.
        Stale: somebody else decided in between.
    """
    _check_open(file_import)
    change(file_import, version=version, compared_at=actor.at)
    rows = list(ImportRow.objects.filter(file=file_import).order_by("line", "part"))
    said = _for_all_parts(kind_of(file_import.kind), rows, answers)
    changed = [row for row in rows if row.pk in said]
    for row in changed:
        _answer(row, *said[row.pk])
    changed += staging.compare_again(actor, file_import, rows)
    for line, why in kind_of(file_import.kind).clashes(actor, file_import.org, changed).items():
        raise Invalid(f"line-{line}", why)
    ImportRow.objects.bulk_update(
        list({row.pk: row for row in changed}.values()), staging.COMPARED, batch_size=BATCH
    )
    return file_import


def _for_all_parts(
    kind: Kind,
    rows: Sequence[ImportRow],
    answers: Answers,
) -> dict[int, tuple[Decision, int | None]]:
    """Give answers by the id of the row, to every part of a line that asks the same."""
    given = {
        place if isinstance(place, tuple) else (place, 0): one for place, one in answers.items()
    }
    asked = {kind.question(row): given[row.place] for row in rows if row.place in given}
    return {
        row.pk: asked[kind.question(row)]
        for row in rows
        if row.place in given or (row.match == Match.DOUBTFUL and kind.question(row) in asked)
    }


def _answer(row: ImportRow, decision: Decision, subject: int | None) -> None:
    known = decision in DECISIONS[Match(row.match)]
    if not known or (decision is Decision.USE and subject not in row.candidates):
        raise Invalid(row.field, _("Choose one of the answers shown."))
    row.decision = decision
    if row.match == Match.DOUBTFUL:
        row.subject = subject if decision is Decision.USE else None


@operation(Action.IMPORT_PUPILS, on="file_import")
def abandon_import(*, actor: Actor, file_import: FileImport, version: int | None) -> FileImport:
    """Give a file up. What it said of people is forgotten; that it was read in is not.

    Raises:
        NotPossible: it has been applied or given up.
        Stale: somebody else decided in between.
    """
    settle(actor, file_import, State.ABANDONED, version)
    empty: dict[str, Any] = {"values": {}, "cells": [], "candidates": []}
    lists: dict[str, Any] = {"changes": [], "faults": [], "notes": [], "reasons": []}
    ImportRow.objects.filter(file=file_import).update(**empty, **lists)
    kind_of(file_import.kind).settled(file_import)
    return file_import


def write_alike(rows: Sequence[Model], **values: Any) -> None:
    """Write the same into many rows of one model: much quicker than each with its own values."""
    for start in range(0, len(rows), BATCH):
        some = rows[start : start + BATCH]
        type(some[0])._default_manager.filter(pk__in=[row.pk for row in some]).update(**values)


def settle(actor: Actor, file_import: FileImport, to: State, version: int | None) -> None:
    """Bring a file to its end; its bytes are forgotten.

    Raises:
        NotPossible: it has been applied or given up.
        Stale: somebody else decided in between.
    """
    if to not in MOVES[State(file_import.state)]:
        _check_open(file_import)
    change(file_import, version=version, state=to, settled_at=actor.at, settled_by=actor.person)
    KeptFile.objects.filter(file=file_import).update(content=b"")


def _plain_name(name: str) -> str:
    """Give the name of a file without folders and without what cannot be printed."""
    last = name.replace("\\", "/").rpartition("/")[2]
    clean = " ".join("".join(c if c.isprintable() else " " for c in last).split())
    return clean[-LONGEST_NAME:]


def _check_open(file_import: FileImport) -> None:
    sentences = {
        State.APPLYING: _("This file is being applied just now."),
        State.APPLIED: _("This file has been applied already."),
        State.UNDONE: _("This file has been applied and taken back. Choose it again."),
        State.ABANDONED: _("This file has been given up. Choose it again to read it anew."),
    }
    if file_import.state != State.READ:
        raise NotPossible(sentences[State(file_import.state)])
