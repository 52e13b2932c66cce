"""Attendance, results and the behaviour log: recorded, corrected, marked in error, taken back.

Lists bring thousands of them at once, so everything here is done to many; one that is typed by hand
is a list of one. What a fact is about (the span, the test and its day) is never changed: one that
is about something else is marked in error, and the right one recorded.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import statements
from opensenco.documents.models import Document
from opensenco.gate.operation import operation
from opensenco.gate.rows import change, change_alike, change_each
from opensenco.kernel.errors import Invalid, NotPossible, Stale
from opensenco.people.models import Pupil
from opensenco.support import checking_records as check
from opensenco.support.models import AssessmentResult, Attendance, Incident
from opensenco.support.states import Measure, Origin
from opensenco.support.words import paragraph, score_in_words

#: rows in one statement; more would pass the number of parameters that databases take
BATCH = 500
#: the part of a result that a paper can be named for
REACHED = "reached"
Given = Mapping[str, Any]
R = TypeVar("R", Attendance, AssessmentResult, Incident)
Check = Callable[..., dict[str, Any]]


@operation(Action.RECORDS_EDIT, on="pupils")
def record_attendance(
    *, actor: Actor, pupils: Sequence[Pupil], spans: Sequence[Given], by_hand: bool = False
) -> list[Attendance]:
    """Record how much of school pupils attended from a day to a day.

    Args:
        pupils: one for each span, in the same order; a pupil may stand there more than once.
        spans: first and last day, sessions possible and attended or a percentage, and what else
            `checking_records.OF_ATTENDANCE` names.

    Raises:
        Invalid: figures that cannot be.
        NotPossible: a pupil has such a span already.
    """
    checked = [check.attendance(actor.today, one) for one in spans]
    return _made(Attendance, pupils, checked, by_hand=by_hand)


@operation(Action.RECORDS_EDIT, on="pupils")
def record_results(
    *, actor: Actor, pupils: Sequence[Pupil], results: Sequence[Given], by_hand: bool = False,
    paper: Model | None = None,
) -> list[AssessmentResult]:  # fmt: skip
    """Record what pupils reached in tests and assessments.

    Args:
        pupils: one for each result, in the same order; a pupil may stand there more than once.
        results: day, test, area, measure, number and words, and who assessed.
        paper: the filed paper that says it, answers of people who were asked, or what somebody saw;
            of one result typed by hand.

    Raises:
        Invalid: a number that its measure cannot give, or nothing reached.
        NotPossible: a pupil has a result of this test, day and measure already, or the paper is
            another pupil's or cannot be opened.
    """
    checked = [check.result(actor.today, one) for one in results]
    if by_hand:
        _refuse_second(pupils, checked)
    made = _made(AssessmentResult, pupils, checked, by_hand=by_hand)
    _came_from(actor, made, paper)
    return made


@operation(Action.BEHAVIOUR_EDIT, on="pupils")
def record_incidents(
    *, actor: Actor, pupils: Sequence[Pupil], incidents: Sequence[Given], by_hand: bool = False
) -> list[Incident]:
    """Record entries of the behaviour log.

    Args:
        pupils: one for each entry, in the same order; a pupil may stand there more than once.
        incidents: day, kind, and what else `checking_records.OF_AN_INCIDENT` names.

    Raises:
        Invalid: no kind, or a day to come.
    """
    checked = [check.incident(actor.today, one) for one in incidents]
    _number(pupils, checked)
    return _made(Incident, pupils, checked, by_hand=by_hand)


def _made(
    model: type[R], pupils: Sequence[Pupil], checked: Sequence[Given], *, by_hand: bool
) -> list[R]:
    origin = Origin.HAND if by_hand else Origin.LIST
    made = [
        model(org_id=pupil.org_id, pupil=pupil, origin=origin, **values)
        for pupil, values in zip(pupils, checked, strict=True)
    ]
    return model.objects.bulk_create(made, batch_size=BATCH)


def _refuse_second(pupils: Sequence[Pupil], checked: Sequence[Given]) -> None:
    """Refuse by name what somebody types a second time; a list has been laid beside the record."""
    for pupil, values in zip(pupils, checked, strict=True):
        same = {name: values[name] for name in ("on", "area", "measure")}
        if AssessmentResult.objects.filter(
            pupil=pupil, test__iexact=values["test"], in_error_at__isnull=True, **same
        ).exists():
            raise Invalid(
                "test", _("There is a result of this test and day already. Correct that one.")
            )


def _number(pupils: Sequence[Pupil], checked: Sequence[dict[str, Any]]) -> None:
    """Number the entries of a pupil and a day that say the same, after those that stand."""
    ids = {pupil.pk for pupil in pupils}
    days = {values["on"] for values in checked}
    last: dict[tuple[Any, ...], int] = {}
    if checked:
        rows = Incident.objects.filter(pupil__in=ids, on__range=(min(days), max(days)))
        named = rows.filter(in_error_at__isnull=True).order_by("number")
        for pk, on, told, number in named.values_list("pupil_id", "on", "fingerprint", "number"):
            last[pk, on, told] = number
    for pupil, values in zip(pupils, checked, strict=True):
        told = check.fingerprint(values["category"], values["words"], values["place"])
        key = pupil.pk, values["on"], told
        last[key] = last.get(key, 0) + 1
        values |= {"fingerprint": told, "number": last[key]}


@operation(Action.RECORDS_EDIT, on="rows")
def correct_attendance(
    *, actor: Actor, rows: Sequence[Attendance], values: Sequence[Given],
    version: int | None = None, by_hand: bool = False,
) -> list[Attendance]:  # fmt: skip
    """Correct the figures of spans of attendance, each its own.

    Args:
        values: for each row, in the same order, the figures that change.
        version: as the writer of one row read it; None where a list brings them.

    Raises:
        Invalid: figures that cannot be.
        Stale: somebody else changed one of them in between.
    """
    return _corrected(
        actor, rows, values, check.OF_ATTENDANCE, check.attendance, version, by_hand=by_hand
    )


@operation(Action.RECORDS_EDIT, on="rows")
def correct_results(
    *, actor: Actor, rows: Sequence[AssessmentResult], values: Sequence[Given],
    version: int | None = None, by_hand: bool = False, paper: Model | None = None,
) -> list[AssessmentResult]:  # fmt: skip
    """Correct what results say, each its own; the test and its day stay.

    Args:
        values: for each row, in the same order, what changes.
        version: as the writer of one row read it; None where a list brings them.
        paper: what it came from, where something is named now.

    Raises:
        Invalid: a number that the measure cannot give, or nothing reached.
        Stale: somebody else changed one of them in between.
    """
    changed = _corrected(
        actor, rows, values, check.OF_A_RESULT, check.result, version, by_hand=by_hand
    )
    _came_from(actor, changed, paper)
    return changed


def _came_from(actor: Actor, rows: Sequence[AssessmentResult], paper: Model | None) -> None:
    """Name what a result came from, to those who may open it and to nobody else."""
    if paper is None:
        return
    (row,) = rows
    said = score_in_words(Measure(row.measure), row.number, row.words)
    statements.attach(
        actor=actor, host=row, pupil=row.pupil, part=REACHED, text=said, quote=said,
        reader=Action.DOCUMENT_VIEW if isinstance(paper, Document) else Action.PLAN_VIEW,
        source=paper,
    )  # fmt: skip


@operation(Action.BEHAVIOUR_EDIT, on="rows")
def correct_incidents(
    *, actor: Actor, rows: Sequence[Incident], values: Sequence[Given],
    version: int | None = None, by_hand: bool = False,
) -> list[Incident]:  # fmt: skip
    """Correct entries of the behaviour log, each its own.

    Args:
        values: for each row, in the same order, what changes.
        version: as the writer of one row read it; None where a list brings them.

    Raises:
        Invalid: no kind, or a day to come.
        Stale: somebody else changed one of them in between.
    """
    return _corrected(
        actor, rows, values, check.OF_AN_INCIDENT, check.incident, version, by_hand=by_hand
    )


def _corrected(
    actor: Actor, rows: Sequence[R], values: Sequence[Given], names: Sequence[str], checks: Check,
    version: int | None, *, by_hand: bool,
) -> list[R]:  # fmt: skip
    fields = [field.attname for field in type(rows[0])._meta.concrete_fields]
    if any(row.in_error for row in rows):
        raise NotPossible(_("This is marked as made in error. It stays as it was."))
    if version is not None and any(row.version != version for row in rows):
        raise Stale
    for row, new in zip(rows, values, strict=True):
        if unknown := set(new) - set(names):
            raise TypeError(f"{', '.join(sorted(unknown))} cannot be corrected")
        whole = checks(actor.today, {name: getattr(row, name) for name in fields} | dict(new))
        for name in names:
            setattr(row, name, whole[name])
        if by_hand:
            row.origin = Origin.HAND
    return _written(rows, [*names, "origin"])


def _written(rows: Sequence[R], names: Iterable[str]) -> list[R]:
    """Write many rows as they are now, if nobody else has written one of them since it was read."""
    return change_each(rows, *names)


@operation(Action.RECORD_INVALIDATE, on="row")
def mark_record_in_error(
    *, actor: Actor, row: Attendance | AssessmentResult | Incident, version: int | None, reason: str
) -> Attendance | AssessmentResult | Incident:
    """Mark a fact as made in error, with a reason. No list brings it again.

    Raises:
        Invalid: no reason that says anything.
        NotPossible: it is marked already.
        Stale: somebody else changed it in between.
    """
    why = _reason(reason)
    if row.in_error:
        raise NotPossible(_("This is marked as an error already."))
    return change(
        row, version=version, in_error_at=actor.at, in_error_by=actor.person, in_error_reason=why
    )


@operation(Action.RECORDS_EDIT, on="rows")
def take_back_records(
    *, actor: Actor, rows: Sequence[Attendance] | Sequence[AssessmentResult], reason: str
) -> list[Any]:
    """Mark spans of attendance, or results, as brought in error: the list they came from goes back.

    Raises:
        Stale: somebody else changed one of them in between.
    """
    return _taken_back(actor, list(rows), reason)


@operation(Action.BEHAVIOUR_EDIT, on="rows")
def take_back_incidents(*, actor: Actor, rows: Sequence[Incident], reason: str) -> list[Incident]:
    """Mark entries of the behaviour log as brought in error: their list goes back.

    Raises:
        Stale: somebody else changed one of them in between.
    """
    return _taken_back(actor, rows, reason)


def _taken_back(actor: Actor, rows: Sequence[Any], reason: str) -> list[Any]:
    why = _reason(reason)
    for row in rows:
        if row.in_error:
            raise NotPossible(_("This is marked as an error already."))
    return change_alike(rows, in_error_at=actor.at, in_error_by=actor.person, in_error_reason=why)


def _reason(reason: str) -> str:
    why = paragraph("reason", reason, 1_000)
    if len(why.split()) < 2:
        raise Invalid("reason", _("Say in a few words what was wrong."))
    return why
