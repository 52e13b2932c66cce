"""What the school's own fields say of a pupil is filled in; what they said before is kept."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid, NotAllowed, NotPossible, Stale
from opensenco.people.models import Pupil
from opensenco.support.field_kinds import (
    CHOSEN,
    EARLIEST,
    LEAST_NUMBER,
    MOST_LINE,
    MOST_NUMBER,
    MOST_TEXT,
    FieldKind,
)
from opensenco.support.models import OwnField, OwnFieldChoice, OwnFieldValue
from opensenco.support.queries.reading import spans_version
from opensenco.support.words import line, paragraph

#: rows in one statement; more would pass the number of parameters that databases take
BATCH = 500
#: of a list: references of choices; else words, a day, a number, true or false; None for nothing
Given = str | bool | int | date | Sequence[str] | None


@operation(Action.FIELD_FILL, on="pupil")
def fill_in_fields(
    *, actor: Actor, pupil: Pupil, given: Mapping[str, Given], version: int | None = None
) -> Pupil:
    """Say what fields of the school's own hold of a pupil. What is left out of `given` stays.

    Args:
        given: by the reference of the field; None, or nothing chosen, takes away what it held.
        version: what `spans_version` of the values was for the writer; None without a form.

    Raises:
        Invalid: named after the field (`name_of`): a value that its kind cannot hold.
        NotAllowed: a field that is not open to this role.
        NotPossible: a field that is retired.
        Stale: somebody else filled one in in between.
    """
    if version is not None and version != spans_version(OwnFieldValue, pupil):
        raise Stale
    _fill(actor, [pupil], [given])
    return pupil


@operation(Action.FIELD_FILL, on="pupils")
def fill_in_for_many(
    *, actor: Actor, pupils: Sequence[Pupil], given: Sequence[Mapping[str, Given]]
) -> list[OwnFieldValue]:
    """Say what fields of the school's own hold of many pupils of one place, of each its own.

    Args:
        given: for each pupil, in the same order, what `fill_in_fields` takes.

    Returns:
        What these fields say now, choices in the order of their list.

    Raises:
        Invalid, NotAllowed, NotPossible: as for `fill_in_fields`.
    """
    return _fill(actor, pupils, given)


def name_of(field: OwnField) -> str:
    """Give what a field is called in a form."""
    return f"own_{field.ref.hex}"


@dataclass(frozen=True)
class _Known:
    """The fields that are filled in, what they offer, and what they say of the pupils."""

    fields: Mapping[str, OwnField]
    choices: Mapping[int, list[OwnFieldChoice]]
    standing: Mapping[tuple[int, int], list[OwnFieldValue]]


def _known(actor: Actor, pupils: Sequence[Pupil], refs: set[str]) -> _Known:
    places = {pupil.org_id for pupil in pupils}
    rows = visible(actor, Action.FIELD_FILL, OwnField).filter(org__in=places, ref__in=refs)
    fields = {str(row.ref): row for row in rows.order_by("id")}
    ids = [row.pk for row in fields.values()]
    choices: dict[int, list[OwnFieldChoice]] = defaultdict(list)
    for one in OwnFieldChoice.objects.filter(field__in=ids).order_by("position", "id"):
        choices[one.field_id].append(one)
    standing: dict[tuple[int, int], list[OwnFieldValue]] = defaultdict(list)
    for start in range(0, len(pupils), BATCH):
        held = OwnFieldValue.objects.filter(
            pupil__in=pupils[start : start + BATCH], field__in=ids, ended_on__isnull=True
        )
        for row in held.order_by("id"):
            standing[row.pupil_id, row.field_id].append(row)
    return _Known(fields, choices, standing)


def _fill(
    actor: Actor, pupils: Sequence[Pupil], given: Sequence[Mapping[str, Given]]
) -> list[OwnFieldValue]:
    """End what fields say no more, and add what they say now; the same words stay one row."""
    known = _known(actor, pupils, {ref for one in given for ref in one})
    stay: list[OwnFieldValue] = []
    ended: list[OwnFieldValue] = []
    made: list[OwnFieldValue] = []
    for pupil, values in zip(pupils, given, strict=True):
        for ref, value in values.items():
            field = _open(known, pupil, ref)
            held = known.standing.get((pupil.pk, field.pk), [])
            missing = _columns(field, known.choices.get(field.pk, []), held, value)
            for row in held:
                same = next((one for one in missing if _says(row, one)), None)
                (stay if same is not None else ended).append(row)
                if same is not None:
                    missing.remove(same)
            made += [_row(actor, pupil, field, one) for one in missing]
    for row in ended:
        row.ended_on = max(row.starts, actor.today)
    # what stands once is ended before another takes its place
    OwnFieldValue.objects.bulk_update(ended, ["ended_on"], batch_size=BATCH)
    OwnFieldValue.objects.bulk_create(made, batch_size=BATCH)
    return [*stay, *made]


def _open(known: _Known, pupil: Pupil, ref: str) -> OwnField:
    field = known.fields.get(ref)
    if field is None or field.org_id != pupil.org_id:
        raise NotAllowed
    if field.retired_on is not None:
        raise NotPossible(_("A field was retired in between. Open the page again."))
    return field


def _row(actor: Actor, pupil: Pupil, field: OwnField, one: dict[str, Any]) -> OwnFieldValue:
    return OwnFieldValue(
        org_id=pupil.org_id, pupil=pupil, field=field, kind=field.kind,
        written_by=actor.person, starts=actor.today, **one,
    )  # fmt: skip


def _says(row: OwnFieldValue, wanted: Mapping[str, Any]) -> bool:
    return all(getattr(row, column) == value for column, value in wanted.items())


def _columns(
    field: OwnField, choices: Sequence[OwnFieldChoice], held: Sequence[OwnFieldValue], value: Given
) -> list[dict[str, Any]]:
    """Give the rows that hold a value: one, one for each choice, or none."""
    kind, name = FieldKind(field.kind), name_of(field)
    if kind in CHOSEN:
        return [{"choice_id": one.pk} for one in _chosen(field, choices, held, value)]
    if value is None or value == "":
        return []
    if kind in (FieldKind.LINE, FieldKind.TEXT):
        clean = line if kind is FieldKind.LINE else paragraph
        most = MOST_LINE if kind is FieldKind.LINE else MOST_TEXT
        text = clean(name, str(value), most)
        return [{"text": text}] if text else []
    return [_typed(kind, name, value)]


def _typed(kind: FieldKind, name: str, value: Given) -> dict[str, Any]:
    if kind is FieldKind.YES_NO and isinstance(value, bool):
        return {"yes": value}
    if kind is FieldKind.DATE and isinstance(value, date):
        if value < EARLIEST:
            raise Invalid(name, _("Check the year. The earliest is 1900."))
        return {"day": value}
    if kind is FieldKind.NUMBER and isinstance(value, int) and not isinstance(value, bool):
        if not LEAST_NUMBER <= value <= MOST_NUMBER:
            raise Invalid(name, _("Give a number of at most a million."))
        return {"number": value}
    raise Invalid(name, _("This does not fit the field. Open the page again."))


def _chosen(
    field: OwnField, choices: Sequence[OwnFieldChoice], held: Sequence[OwnFieldValue], value: Given
) -> list[OwnFieldChoice]:
    """Give the choices: those that are offered, and a retired one that the pupil has already."""
    name = name_of(field)
    refs = [value] if isinstance(value, str) else list(value) if isinstance(value, list) else []
    refs = [ref for ref in refs if ref]
    if len(refs) > 1 and field.kind == FieldKind.CHOICE:
        raise Invalid(name, _("Choose one of the list."))
    have = {row.choice_id for row in held}
    known = {str(one.ref): one for one in choices if one.retired_on is None or one.pk in have}
    if not set(refs) <= known.keys():
        raise Invalid(name, _("Choose from the list shown."))
    return [known[ref] for ref in dict.fromkeys(refs)]
