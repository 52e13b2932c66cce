"""An applied file is taken back: what nobody has changed since goes back, the rest is told."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.exchange import progress
from opensenco.exchange.kinds.known import kind_of
from opensenco.exchange.models import FileImport, ImportRow, Trace
from opensenco.exchange.operations.imports import BATCH, write_alike
from opensenco.exchange.sentences import kept
from opensenco.exchange.states import MOVES, Deed, Fate, Outcome, State
from opensenco.exchange.undoing import (
    leaving,
    own_fields,
    papers,
    places,
    provision,
    pupils,
    records,
)
from opensenco.exchange.undoing.thing import Thing, Undoing, Verdict
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotAllowed, NotPossible, Stale
from opensenco.kernel.words import Sentence

_ALL: tuple[Thing, ...] = (
    papers.Documents(),
    pupils.Contacts(), pupils.Places(), pupils.Needs(), pupils.Statuses(), pupils.Pupils(),
    places.Adults(), places.Groups(), places.Invitations(), places.Roles(), places.Years(),
    records.AttendanceSpans(), records.Results(), records.Incidents(),
    provision.Allocations(), provision.Provisions(), leaving.Assignments(),
    own_fields.OwnValues(),
)  # fmt: skip
#: in the order in which they are taken back: what hangs on something else goes first
THINGS = {thing.label: thing for thing in sorted(_ALL, key=lambda thing: thing.order)}


@dataclass(frozen=True, slots=True)
class Prospect:
    """What taking a file back would do: rows that go back, and rows of which something stays."""

    verdicts: tuple[Verdict, ...]

    def why(self) -> dict[int, list[Sentence]]:
        """Give for each row of which something stays why it does."""
        told: dict[int, list[Sentence]] = {}
        for one in self.verdicts:
            if one.kept:
                told.setdefault(one.trace.row_id, []).extend(one.why)
        return {row: list(dict.fromkeys(sentences)) for row, sentences in told.items()}

    def rows(self) -> set[int]:
        """Give the rows that did something."""
        return {one.trace.row_id for one in self.verdicts}


def prospect(actor: Actor, file: FileImport) -> Prospect:
    """Say what taking a file back would do, as the record stands now. Nothing is written.

    Raises:
        NotPossible: it is not applied, or was applied before each deed was kept.
    """
    _check(file)
    return _judged(_undoing(actor, file))


@operation(Action.IMPORT_PUPILS, on="file_import")
def undo_import(*, actor: Actor, file_import: FileImport, version: int | None) -> FileImport:
    """Take an applied file back, in one transaction. Nothing is removed: what was made is marked
    as made in error, what was changed gets its earlier value.

    Raises:
        NotAllowed: this hat may not do everywhere here what such a file does.
        NotPossible: it is not applied; somebody changed something just now.
        Stale: somebody else took it back in between.
    """
    if not kind_of(file_import.kind).may(actor):
        raise NotAllowed
    _check(file_import)
    undoing = _undoing(actor, file_import)
    judged = _judged(undoing)
    change(
        file_import, version=version, state=State.UNDONE, undone_at=actor.at,
        undone_by=actor.person, handed_at=None,
    )  # fmt: skip
    progress.begins(len(judged.verdicts))
    try:
        for label, thing in THINGS.items():
            some = [one for one in judged.verdicts if one.trace.thing == label]
            if some:
                thing.take_back(undoing, some)
                for one in some:
                    progress.done(one.trace.pk)
    except Stale:
        raise NotPossible(
            _("Somebody changed the record just now. Nothing has been taken back. Try again.")
        ) from None
    except (Invalid, NotPossible) as refused:
        raise NotPossible(
            _("Nothing has been taken back. %(why)s") % {"why": refused.sentence}
        ) from refused
    _write(file_import, judged)
    return file_import


def _check(file: FileImport) -> None:
    if State.UNDONE not in MOVES[State(file.state)]:
        raise NotPossible(_("Only a file that stands applied can be taken back."))
    if not Trace.objects.filter(file=file).exists():
        raise NotPossible(_("This file changed nothing that we could take back."))


def _undoing(actor: Actor, file: FileImport) -> Undoing:
    return Undoing(actor, file, _("Taken back with the list from which it came."))


def _judged(undoing: Undoing) -> Prospect:
    traces = list(Trace.objects.filter(file=undoing.file).order_by("-id"))
    undoing.traced.update(trace.thing_ref for trace in traces)
    verdicts: list[Verdict] = []
    for label, thing in THINGS.items():
        some = [trace for trace in traces if trace.thing == label]
        if some:
            rows = thing.rows(some)
            judged = [Verdict(trace, rows[trace.thing_ref]) for trace in some]
            thing.judge(undoing, judged)
            undoing.kept.update(one.trace.thing_ref for one in judged if one.kept)
            verdicts += judged
    _keep_whole_pupils(verdicts)
    return Prospect(tuple(verdicts))


def _keep_whole_pupils(verdicts: Sequence[Verdict]) -> None:
    """Let all that a row said of a new pupil stay, where the pupil stays."""
    stay = {
        one.trace.pupil_id: one.why
        for one in verdicts
        if one.trace.thing == "people.Pupil" and one.trace.deed == Deed.MADE and one.kept
    }
    for one in verdicts:
        if one.trace.pupil_id in stay and not one.kept:
            one.back.clear()
            one.why.extend(stay[one.trace.pupil_id])


def _write(file: FileImport, judged: Prospect) -> None:
    stay = [one for one in judged.verdicts if one.kept]
    for one in stay:
        one.trace.fate, one.trace.why = Fate.KEPT, [kept(why) for why in one.why]
    Trace.objects.bulk_update([one.trace for one in stay], ["fate", "why"], batch_size=BATCH)
    write_alike([one.trace for one in judged.verdicts if not one.kept], fate=Fate.UNDONE)
    why = judged.why()
    did = Trace.objects.filter(file=file).values("row")
    rows = list(ImportRow.objects.filter(file=file, pk__in=did))
    write_alike([row for row in rows if row.pk not in why], outcome=Outcome.UNDONE)
    kept_rows = [row for row in rows if row.pk in why]
    for row in kept_rows:
        row.outcome = Outcome.KEPT
        row.reasons = [*row.reasons, *(kept(one) for one in why[row.pk])]
    ImportRow.objects.bulk_update(kept_rows, ["outcome", "reasons"], batch_size=BATCH)
