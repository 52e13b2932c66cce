"""A file is applied: what its rows change is done by the verbs of people and support, as a whole
or not at all.
"""

from dataclasses import dataclass, field
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
from opensenco.people.operations import groups, pupils
from opensenco.people.states import GroupKind
from opensenco.support.models import SenStatus
from opensenco.support.operations import needs, status
from opensenco.support.states import Ground, Status

#: of a new pupil, what is given when they are added; the rest follows
WHEN_ADDED = frozenset(DETAILS) - {"left_on"}


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
            compared_on=actor.at,
        )
    work = _Work(actor, file_import)
    for row in rows:
        try:
            row.outcome = work.do(row)
        except Stale:
            raise NotPossible(
                _("Somebody changed a pupil just now. Nothing has been applied. Try again.")
            ) from None
        except (Invalid, NotPossible) as refused:
            raise NotPossible(
                _("Line %(line)s cannot be applied: %(why)s Nothing has been applied.")
                % {"line": row.line, "why": refused.sentence}
            ) from refused
    ImportRow.objects.bulk_update(rows, ["outcome", "pupil"], batch_size=BATCH)
    return file_import


@dataclass
class _Work:
    """The rows of one file being applied, by the person who applies it."""

    actor: Actor
    file_import: FileImport
    pupils: dict[int, Pupil] = field(init=False)
    classes: dict[str, Group] = field(init=False)

    def __post_init__(self) -> None:
        org = self.file_import.org
        about = ImportRow.objects.filter(file=self.file_import).values("pupil")
        rows = Pupil.objects.filter(org=org, pk__in=about).select_related("org")
        self.pupils = {pupil.pk: pupil for pupil in rows}
        running = Group.objects.filter(org=org, kind=GroupKind.CLASS, ended_on__isnull=True)
        self.classes = {group.name.casefold(): group for group in running}

    def do(self, row: ImportRow) -> Outcome:
        """Do what one row says, and give what was done."""
        outcome = OUTCOMES[Match(row.match), Decision(row.decision)]
        wanted = {one["field"]: one["after"] for one in row.changes}
        if outcome is Outcome.LEFT or (outcome is Outcome.CHANGED and not wanted):
            return Outcome.LEFT
        values = as_python(wanted)
        if outcome is Outcome.ADDED:
            pupil = self._add(values)
        else:
            pupil = self.pupils[row.pupil_id or 0]
            self._change(pupil, values)
        self._sen(pupil, values, as_python(row.values).get("sen_since"))
        row.pupil = pupil
        return outcome

    def _add(self, values: dict[str, Any]) -> Pupil:
        pupil = pupils.add_pupil(
            actor=self.actor,
            org=self.file_import.org,
            group=self._class(values.get(GROUP, "")),
            **{name: value for name, value in values.items() if name in WHEN_ADDED},
        )
        if "left_on" in values:
            pupils.change_pupil(
                actor=self.actor, pupil=pupil, version=None, left_on=values["left_on"]
            )
        return pupil

    def _change(self, pupil: Pupil, values: dict[str, Any]) -> None:
        details = {name: value for name, value in values.items() if name in DETAILS}
        if details:
            pupils.change_pupil(actor=self.actor, pupil=pupil, version=pupil.version, **details)
        group = self._class(values.get(GROUP, ""))
        if group is not None:
            groups.put_pupil_in_group(
                actor=self.actor, group=group, pupil=pupil, starts=self.actor.today
            )

    def _class(self, name: str) -> Group | None:
        """Give the class of a name, made where there is none."""
        if not name:
            return None
        key = name.casefold()
        if key not in self.classes:
            self.classes[key] = groups.add_group(
                actor=self.actor, org=self.file_import.org, name=name
            )
        return self.classes[key]

    def _sen(self, pupil: Pupil, values: dict[str, Any], since: date | None) -> None:
        """Set status and needs by the verbs of support; a file says what was there already."""
        if "sen_status" in values:
            status.set_status(
                actor=self.actor,
                pupil=pupil,
                code=values["sen_status"],
                starts=self._start(pupil, values["sen_status"], since),
                reason=_("Taken from the school’s pupil list."),
                grounds=[Ground.ALREADY] if values["sen_status"] == Status.SEN_SUPPORT else [],
            )
        if values.get("needs"):
            needs.rank_needs(actor=self.actor, pupil=pupil, codes=values["needs"])

    def _start(self, pupil: Pupil, code: str, since: date | None) -> date:
        """Give the day that the file names, where the record can hold it, else today."""
        today = self.actor.today
        if since is None or since > today or since < pupil.birth_date:
            return today
        try:
            SEN_STATUS.check(code, since)
        except NotInForce:
            return today
        standing = SenStatus.objects.filter(pupil=pupil, in_error_at__isnull=True)
        return today if standing.filter(starts__gte=since).exists() else since
