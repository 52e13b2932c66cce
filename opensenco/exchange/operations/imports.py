"""A pupil list is read in, laid beside the record, decided about row by row, and given up."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.exchange import staging
from opensenco.exchange.comparison import Beside, beside
from opensenco.exchange.models import FileImport, ImportRow
from opensenco.exchange.policy import may_bring_sen, may_import
from opensenco.exchange.pupil_values import Said, said_of
from opensenco.exchange.readers.pupil import PupilRow, Refused
from opensenco.exchange.readers.pupils import PupilFile, read_pupils
from opensenco.exchange.readers.values import NameOrder
from opensenco.exchange.roll import Known, roll_of
from opensenco.exchange.states import DECISIONS, MOVES, Decision, ImportKind, Match, State
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotAllowed, NotPossible

LONGEST_NAME = 200
BATCH = 500


@dataclass(frozen=True, slots=True)
class Reading:
    """What the person who reads a file in has said about it."""

    blank_sen_is_none: bool = False
    name_order: NameOrder = NameOrder.SURNAME_COMMA


@dataclass(frozen=True, slots=True)
class Staged:
    """A file read and laid beside the record, with nothing written yet.

    `missing` are the pupils on the roll today whom no row is about, surely or perhaps.
    """

    file: PupilFile
    rows: tuple[tuple[Said, Beside], ...]
    refused: tuple[Refused, ...]
    missing: tuple[Known, ...]


def read_beside(
    actor: Actor, org: Organisation, content: bytes, reading: Reading | None = None
) -> Staged:
    """Read a pupil list and lay it beside the record. Nothing is written.

    Raises:
        FileRefused: the file as a whole cannot be read.
        NotAllowed: this hat may not do to all pupils here what a file does.
    """
    if not may_import(actor):
        raise NotAllowed
    how = reading or Reading()
    file = read_pupils(
        content,
        today=actor.today,
        blank_sen_is_none=how.blank_sen_is_none,
        name_order=how.name_order,
    )
    sen = may_bring_sen(actor)
    said = [said_of(row, sen=sen) for row in file.rows if isinstance(row, PupilRow)]
    roll = roll_of(actor, org, sen=sen)
    found = beside([one.values for one in said], roll, actor.today)
    named = {k.pk for one in found for k in (*one.candidates, *filter(None, [one.known]))}
    missing = [k for k in roll if k.pk not in named and not k.has_left(actor.today)]
    return Staged(file, tuple(zip(said, found, strict=True)), file.refused, tuple(missing))


@operation(Action.IMPORT_PUPILS, on="org")
def stage_pupils(
    *,
    actor: Actor,
    org: Organisation,
    file_name: str,
    content: bytes,
    reading: Reading | None = None,
) -> FileImport:
    """Read a pupil list in and show what it would do. No pupil is touched; the file is not kept.

    Raises:
        FileRefused: the file as a whole cannot be read.
        NotAllowed: this hat may not do to all pupils here what a file does.
    """
    staged = read_beside(actor, org, content, reading)
    row = FileImport(
        org=org,
        kind=ImportKind.PUPILS,
        file_name=_plain_name(file_name),
        digest=staged.file.source.digest,
        at=actor.at,
        by=actor.person,
        compared_at=actor.at,
        columns=staging.columns_of(staged.file, sen=may_bring_sen(actor)),
        header=[staging.storable(cell) for cell in staged.file.header],
    )
    row.save()
    rows = [staging.new_row(row, said, found) for said, found in staged.rows]
    rows += [staging.refused_row(row, refused) for refused in staged.refused]
    ImportRow.objects.bulk_create(rows, batch_size=BATCH)
    return row


@operation(Action.IMPORT_PUPILS, on="file_import")
def decide(
    *,
    actor: Actor,
    file_import: FileImport,
    version: int | None,
    answers: Mapping[int, tuple[Decision, int | None]],
) -> FileImport:
    """Say of rows what they are: a pupil already here, a new one, or nothing to take.

    Args:
        answers: by line, the decision and, for `USE`, the id of one of the row's candidates.

    Raises:
        NotPossible: the file has been applied or given up.
        Invalid: an answer that the row does not have; the field is "line-7" for line 7.
        Stale: somebody else decided in between.
    """
    _check_open(file_import)
    change(file_import, version=version, compared_at=actor.at)
    rows = list(ImportRow.objects.filter(file=file_import).order_by("line"))
    changed = [row for row in rows if row.line in answers]
    for row in changed:
        _answer(row, *answers[row.line])
    changed += staging.compare_again(actor, file_import, rows)
    roll = roll_of(actor, file_import.org, sen=False)
    for row in changed:
        if row.decision and staging.upn_of_another(row, roll):
            raise Invalid(
                f"line-{row.line}",
                _("Another pupil here has the UPN of this row. Correct one of them first."),
            )
    ImportRow.objects.bulk_update(
        list({row.pk: row for row in changed}.values()), staging.COMPARED, batch_size=BATCH
    )
    return file_import


def _answer(row: ImportRow, decision: Decision, pupil: int | None) -> None:
    known = decision in DECISIONS[Match(row.match)]
    if not known or (decision is Decision.USE and pupil not in row.candidates):
        raise Invalid(f"line-{row.line}", _("Choose one of the answers shown."))
    row.decision = decision
    if row.match == Match.DOUBTFUL:
        row.pupil_id = pupil if decision is Decision.USE else None


@operation(Action.IMPORT_PUPILS, on="file_import")
def abandon_import(*, actor: Actor, file_import: FileImport, version: int | None) -> FileImport:
    """Give a file up. What it said of children is forgotten; that it was read in is not.

    Raises:
        NotPossible: it has been applied or given up.
        Stale: somebody else decided in between.
    """
    settle(actor, file_import, State.ABANDONED, version)
    empty: dict[str, Any] = {"values": {}, "cells": [], "candidates": []}
    lists: dict[str, Any] = {"changes": [], "faults": [], "notes": [], "reasons": []}
    ImportRow.objects.filter(file=file_import).update(**empty, **lists)
    return file_import


def settle(actor: Actor, file_import: FileImport, to: State, version: int | None) -> None:
    """Bring a file to its end.

    Raises:
        NotPossible: it has been applied or given up.
        Stale: somebody else decided in between.
    """
    _check_open(file_import)
    if to not in MOVES[State(file_import.state)]:
        raise NotPossible
    change(file_import, version=version, state=to, settled_at=actor.at, settled_by=actor.person)


def _plain_name(name: str) -> str:
    """Give the name of a file without folders and without what cannot be printed."""
    last = name.replace("\\", "/").rpartition("/")[2]
    clean = " ".join("".join(c if c.isprintable() else " " for c in last).split())
    return clean[-LONGEST_NAME:]


def _check_open(file_import: FileImport) -> None:
    sentences = {
        State.APPLIED: _("This file has been applied already."),
        State.ABANDONED: _("This file has been given up. Choose it again to read it anew."),
    }
    if not MOVES[State(file_import.state)]:
        raise NotPossible(sentences[State(file_import.state)])
