"""Pupils who are in the record and not in the file: a person says which of them have left.

A list never takes anybody off the roll by leaving them out. What a person says becomes a row of the
file, as if it had named the pupil with a leaving date: it is shown, applied and taken back with it.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.exchange import staging
from opensenco.exchange.kinds.kind import Item, Work
from opensenco.exchange.kinds.known import kind_of
from opensenco.exchange.models import FileImport, ImportRow, Trace
from opensenco.exchange.operations.imports import BATCH
from opensenco.exchange.states import Decision, Match, Outcome, State
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotAllowed, NotPossible, Stale
from opensenco.people.models import Pupil

#: rows that a person has added stand on no line of the file
NO_LINE = 0
AHEAD, BACK = timedelta(days=366), timedelta(days=366 * 3)


@operation(Action.IMPORT_PUPILS, on="file_import")
def mark_leavers(
    *,
    actor: Actor,
    file_import: FileImport,
    version: int | None,
    pupils: Sequence[Pupil],
    on: date | None,
    stay: Sequence[int] = (),
) -> FileImport:
    """Say of pupils who are not in a file that they have left on a day, their last on the roll.

    Of a file that waits this is done when it is applied; of one that is applied, at once.

    Args:
        stay: parts of those said before who stay on the roll after all, while the file waits.

    Raises:
        NotAllowed: this hat may not do everywhere here what such a file does.
        NotPossible: the file is settled otherwise, or a pupil is not missing from it.
        Invalid: no day, or one that cannot be.
        Stale: somebody else decided about the file in between.
    """
    kind = kind_of(file_import.kind)
    if not kind.may(actor):
        raise NotAllowed
    if file_import.state not in (State.READ, State.APPLIED):
        raise NotPossible(_("Nothing more can be said about this file."))
    _check(actor, file_import, pupils, on)
    change(file_import, version=version, stopped={})
    if file_import.state == State.READ:
        _row_of(file_import).filter(part__in=stay).update(decision=Decision.LEAVE)
    rows = _said(actor, file_import, pupils, on)
    if rows and file_import.state == State.APPLIED:
        _apply(actor, file_import, rows)
    return file_import


def _check(actor: Actor, file: FileImport, pupils: Sequence[Pupil], on: date | None) -> None:
    if not pupils:
        return
    if on is None:
        raise Invalid("on", _("Say which day was their last."))
    if not actor.today - BACK <= on <= actor.today + AHEAD:
        raise Invalid("on", _("Choose a day within a year from now. Check the year."))
    missing = kind_of(file.kind).missing(file)
    if missing is None:
        raise NotPossible(_("Such a list does not say who is on the roll."))
    there = set(missing.filter(pk__in=[one.pk for one in pupils]).values_list("pk", flat=True))
    if there != {one.pk for one in pupils}:
        raise NotPossible(_("One of these pupils is in the file. Look at it again."))
    if any(one.joined_on and one.joined_on > on for one in pupils):
        raise Invalid("on", _("One of these pupils joined after this day. Choose a later day."))


def _row_of(file: FileImport) -> QuerySet[ImportRow]:
    return ImportRow.objects.filter(file=file, line=NO_LINE)


def _said(
    actor: Actor, file: FileImport, pupils: Sequence[Pupil], on: date | None
) -> list[ImportRow]:
    """Write what was said as rows of the file, laid beside the record like any other."""
    if not pupils or on is None:
        return []
    before = {row.pupil_id: row for row in _row_of(file)}
    last = _row_of(file).aggregate(last=Max("part"))["last"]
    part = -1 if last is None else last
    items = []
    for pupil in pupils:
        part += 1
        known = before.get(pupil.pk)
        items.append(Item(NO_LINE, _values(pupil, on), part=known.part if known else part))
    kind = kind_of(file.kind)
    found = kind.beside(actor, file.org, [one.values for one in items], {})
    if any(one.match is not Match.CHANGED for one in found):
        raise NotPossible(_("One of these pupils cannot be told from another. Use their own page."))
    rows = [staging.new_row(file, item, one, ()) for item, one in zip(items, found, strict=True)]
    for row in rows:
        if known := before.get(row.pupil_id):
            row.pk, row.ref = known.pk, known.ref
    again = [row for row in rows if row.pupil_id in before]
    fresh = [row for row in rows if row.pupil_id not in before]
    ImportRow.objects.bulk_create(fresh, batch_size=BATCH)
    ImportRow.objects.bulk_update(again, [*staging.COMPARED, "values"], batch_size=BATCH)
    return rows


def _values(pupil: Pupil, on: date) -> dict[str, str]:
    return {
        "last_name": pupil.last_name,
        "first_name": pupil.first_name,
        "birth_date": pupil.birth_date.isoformat(),
        "left_on": on.isoformat(),
        **({"upn": pupil.upn} if pupil.upn else {}),
    }


def _apply(actor: Actor, file: FileImport, rows: list[ImportRow]) -> None:
    work = Work(actor, file, [], rows)
    try:
        kind_of(file.kind).apply(work)
    except Stale:
        raise NotPossible(
            _("Somebody changed the record just now. Nothing has been done. Try again.")
        ) from None
    for row in rows:
        row.outcome = Outcome.CHANGED
    ImportRow.objects.bulk_update(rows, ["outcome"], batch_size=BATCH)
    Trace.objects.bulk_create(work.traces, batch_size=BATCH)
