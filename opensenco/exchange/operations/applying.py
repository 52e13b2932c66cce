"""A file is applied: what its rows change is done by the verbs of people and support, as a whole
or not at all.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.exchange import staging
from opensenco.exchange.models import FileImport, ImportRow
from opensenco.exchange.operations.imports import BATCH, settle
from opensenco.exchange.pupil_values import DETAILS, GROUP, as_python
from opensenco.exchange.states import OUTCOMES, Decision, Match, Outcome, State
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible, Stale
from opensenco.law.codes.sen import SEN_STATUS
from opensenco.law.rule import NotInForce
from opensenco.people.models import Group, Pupil
from opensenco.people.operations import groups, rolls
from opensenco.people.states import GroupKind
from opensenco.support.models import SenStatus
from opensenco.support.operations import needs, status
from opensenco.support.states import Ground, Status


@operation(Action.IMPORT_PUPILS, on="file_import")
def apply_import(*, actor: Actor, file_import: FileImport, version: int | None) -> FileImport:
    """Do what a file says, all of it in one transaction.

    Where the record has changed since the file was laid beside it nothing is done but this: it is
    laid beside the record again, and stays open for the person to look.

    Raises:
        NotPossible: the file has been applied or given up; somebody changed a pupil just now; a
            row clashes with the record. Nothing has been done.
        Stale: somebody else decided about a row in between.
    """
    settle(actor, file_import, State.APPLIED, version)
    rows = list(ImportRow.objects.filter(file=file_import).order_by("line"))
    differing = staging.compare_again(actor, file_import, rows)
    if differing:
        ImportRow.objects.bulk_update(differing, staging.COMPARED, batch_size=BATCH)
        return change(
            file_import,
            version=None,
            state=State.READ,
            settled_at=None,
            settled_by=None,
            compared_at=actor.at,
        )
    try:
        _Work(actor, file_import, rows).do()
    except Stale:
        raise NotPossible(
            _("Somebody changed a pupil just now. Nothing has been applied. Try again.")
        ) from None
    except (Invalid, NotPossible) as refused:
        raise NotPossible(
            _("Nothing has been applied. %(why)s") % {"why": refused.sentence}
        ) from refused
    ImportRow.objects.bulk_update(rows, ["outcome", "pupil"], batch_size=BATCH)
    return file_import


Values = dict[str, Any]


class _Work:
    """The rows of one file being applied, by the person who applies it."""

    def __init__(self, actor: Actor, file_import: FileImport, rows: Sequence[ImportRow]) -> None:
        self._actor = actor
        self._org = file_import.org
        for row in rows:
            row.outcome = _outcome(row)
        self._adding = [row for row in rows if row.outcome == Outcome.ADDED]
        self._changing = [row for row in rows if row.outcome == Outcome.CHANGED]
        self._pupils = self._rows_of_pupils()

    def do(self) -> None:
        """Do what the rows say: new pupils, details, classes, then SEN."""
        self._add()
        self._change()
        self._put_into_classes()
        for row in (*self._adding, *self._changing):
            self._sen(self._pupils[row.pupil_id or 0], _wanted(row), row)

    def _rows_of_pupils(self) -> dict[int, Pupil]:
        """Give the pupils that rows change, with the version that was laid beside them."""
        ids = [row.pupil_id or 0 for row in self._changing]
        rows = Pupil.objects.filter(org=self._org, pk__in=ids).select_related("org")
        return {pupil.pk: pupil for pupil in rows}

    def _add(self) -> None:
        if not self._adding:
            return
        values = [_details(row) for row in self._adding]
        made = rolls.add_pupils(actor=self._actor, org=self._org, rows=values)
        for row, pupil in zip(self._adding, made, strict=True):
            row.pupil = pupil
            self._pupils[pupil.pk] = pupil

    def _change(self) -> None:
        rows = [row for row in self._changing if _details(row)]
        if rows:
            rolls.change_pupils(
                actor=self._actor,
                pupils=[self._pupils[row.pupil_id or 0] for row in rows],
                values=[_details(row) for row in rows],
            )

    def _put_into_classes(self) -> None:
        rows = [row for row in (*self._adding, *self._changing) if _wanted(row).get(GROUP)]
        if rows:
            names = [_wanted(row)[GROUP] for row in rows]
            classes = self._classes(names)
            rolls.put_pupils_in_classes(
                actor=self._actor,
                pupils=[self._pupils[row.pupil_id or 0] for row in rows],
                classes=[classes[name.casefold()] for name in names],
                starts=self._actor.today,
            )

    def _classes(self, names: Sequence[str]) -> dict[str, Group]:
        """Give the classes by name, whatever its case; those that are not there are made."""
        running = Group.objects.filter(org=self._org, kind=GroupKind.CLASS, ended_on__isnull=True)
        classes = {group.name.casefold(): group for group in running}
        for name in names:
            if name.casefold() not in classes:
                classes[name.casefold()] = groups.add_group(
                    actor=self._actor, org=self._org, name=name
                )
        return classes

    def _sen(self, pupil: Pupil, wanted: Values, row: ImportRow) -> None:
        """Set status and needs by the verbs of support; a file says what was there already."""
        if "sen_status" in wanted:
            since = as_python(row.values).get("sen_since")
            status.set_status(
                actor=self._actor,
                pupil=pupil,
                code=wanted["sen_status"],
                starts=self._start(pupil, wanted["sen_status"], since),
                reason=_("Taken from the school’s pupil list."),
                grounds=[Ground.ALREADY] if wanted["sen_status"] == Status.SEN_SUPPORT else [],
            )
        if wanted.get("needs"):
            needs.rank_needs(actor=self._actor, pupil=pupil, codes=wanted["needs"])

    def _start(self, pupil: Pupil, code: str, since: date | None) -> date:
        """Give the day that the file names, where the record can hold it, else today."""
        today = self._actor.today
        if since is None or since > today or since < pupil.birth_date:
            return today
        try:
            SEN_STATUS.check(code, since)
        except NotInForce:
            return today
        standing = SenStatus.objects.filter(pupil=pupil, in_error_at__isnull=True)
        return today if standing.filter(starts__gte=since).exists() else since


def _outcome(row: ImportRow) -> Outcome:
    """Give what is done with a row; one that changes nothing is left."""
    outcome = OUTCOMES[Match(row.match), Decision(row.decision)]
    return outcome if row.changes else Outcome.LEFT


def _wanted(row: ImportRow) -> Values:
    return as_python({one["field"]: one["after"] for one in row.changes})


def _details(row: ImportRow) -> Values:
    return {name: value for name, value in _wanted(row).items() if name in DETAILS}
