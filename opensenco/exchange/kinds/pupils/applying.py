"""What a pupil list changes is done by the verbs of people and support."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from opensenco.exchange.kinds.classes_here import Classes
from opensenco.exchange.kinds.kind import Change, Values, Work, wanted
from opensenco.exchange.kinds.pupils.leaving import end_with_last_days
from opensenco.exchange.kinds.pupils.own import Own, fill_in
from opensenco.exchange.kinds.pupils.values import DETAILS, GROUP, as_python
from opensenco.exchange.models import ImportRow
from opensenco.law.codes.sen import SEN_STATUS
from opensenco.law.rule import NotInForce
from opensenco.people.models import Pupil
from opensenco.people.operations import rolls
from opensenco.support.models import SenStatus
from opensenco.support.operations import needs, status
from opensenco.support.states import Ground, Status


class PupilWork:
    """The rows of one pupil list being applied."""

    def __init__(self, work: Work, own: Own) -> None:
        self._work = work
        self._own = own
        self._actor = work.actor
        self._pupils = self._rows_of_pupils()

    def do(self) -> None:
        """Do what the rows say: pupils, details, classes, what ends with them, SEN, own fields."""
        self._add()
        self._change()
        rows = [row for row in self._work.rows if wanted(row).get(GROUP)]
        pupils = [self._pupils[row.subject or 0] for row in rows]
        Classes(self._work).put(rows, pupils, [wanted(row)[GROUP] for row in rows])
        end_with_last_days(self._work, self._pupils)
        for row in self._work.rows:
            self._sen(self._pupils[row.subject or 0], as_python(wanted(row)), row)
        fill_in(self._work, self._own, self._pupils)

    def _rows_of_pupils(self) -> dict[int, Pupil]:
        """Give the pupils that rows change, with the version that was laid beside them."""
        ids = [row.subject or 0 for row in self._work.changing]
        rows = Pupil.objects.filter(org=self._work.org, pk__in=ids).select_related("org")
        return {pupil.pk: pupil for pupil in rows}

    def _add(self) -> None:
        rows = self._work.adding
        if not rows:
            return
        values = [_details(row) for row in rows]
        made = rolls.add_pupils(actor=self._actor, org=self._work.org, rows=values)
        for row, pupil in zip(rows, made, strict=True):
            row.pupil = pupil
            row.subject = pupil.pk
            self._pupils[pupil.pk] = pupil
            self._work.made(row, pupil, _changed_details(row))

    def _change(self) -> None:
        rows = [row for row in self._work.changing if _details(row)]
        if not rows:
            return
        pupils = [self._pupils[row.subject or 0] for row in rows]
        rolls.change_pupils(
            actor=self._actor, pupils=pupils, values=[_details(row) for row in rows]
        )
        for row, pupil in zip(rows, pupils, strict=True):
            self._work.changed(row, pupil, _changed_details(row))

    def _sen(self, pupil: Pupil, values: Values, row: ImportRow) -> None:
        """Set status and needs by the verbs of support; a file says what was there already."""
        if "sen_status" in values:
            code = values["sen_status"]
            made = status.set_status(
                actor=self._actor,
                pupil=pupil,
                code=code,
                starts=self._start(pupil, code, as_python(row.values).get("sen_since")),
                reason=_("Taken from the school’s pupil list."),
                grounds=[Ground.ALREADY] if code == Status.SEN_SUPPORT else [],
            )
            self._work.made(row, made, [_one(row, "sen_status")])
        if values.get("needs"):
            ranked = needs.rank_needs(actor=self._actor, pupil=pupil, codes=values["needs"])
            self._work.changed(row, ranked[0], [_one(row, "needs")])

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


def _details(row: ImportRow) -> dict[str, Any]:
    values = as_python(wanted(row))
    return {name: value for name, value in values.items() if name in DETAILS}


def _changed_details(row: ImportRow) -> Sequence[Change]:
    return [one for one in row.changes if one["field"] in DETAILS]


def _one(row: ImportRow, name: str) -> Change:
    return next(one for one in row.changes if one["field"] == name)
