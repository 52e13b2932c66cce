"""What the school's own fields say of a pupil is filled in; what they said before is kept."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid, NotAllowed, NotPossible, Stale
from opensenco.people.models import Pupil
from opensenco.support.field_kinds import CHOSEN, FieldKind
from opensenco.support.models import OwnField, OwnFieldChoice, OwnFieldValue
from opensenco.support.queries.reading import spans_version
from opensenco.support.words import line, paragraph

MOST_LINE, MOST_TEXT = 200, 2_000
LEAST_NUMBER, MOST_NUMBER = -1_000_000, 1_000_000
EARLIEST = date(1900, 1, 1)
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
    fields = visible(actor, Action.FIELD_FILL, OwnField).filter(org_id=pupil.org_id)
    known = {str(row.ref): row for row in fields}
    for ref, value in given.items():
        field = known.get(ref)
        if field is None:
            raise NotAllowed
        if field.retired_on is not None:
            raise NotPossible(_("A field was retired in between. Open the page again."))
        _keep(actor, pupil, field, _columns(field, pupil, value))
    return pupil


def name_of(field: OwnField) -> str:
    """Give what a field is called in a form."""
    return f"own_{field.ref.hex}"


def _keep(actor: Actor, pupil: Pupil, field: OwnField, wanted: list[dict[str, Any]]) -> None:
    """End what the field says no more, and add what it says now; the same words stay one row."""
    standing = OwnFieldValue.objects.filter(pupil=pupil, field=field, ended_on__isnull=True)
    missing = list(wanted)
    for row in standing.order_by("id"):
        same = next((one for one in missing if _says(row, one)), None)
        if same is None:
            row.ended_on = max(row.starts, actor.today)
            row.save(update_fields=["ended_on"])
        else:
            missing.remove(same)
    for one in missing:
        OwnFieldValue(
            org_id=pupil.org_id, pupil=pupil, field=field, kind=field.kind,
            written_by=actor.person, starts=actor.today, **one,
        ).save()  # fmt: skip


def _says(row: OwnFieldValue, wanted: Mapping[str, Any]) -> bool:
    return all(getattr(row, column) == value for column, value in wanted.items())


def _columns(field: OwnField, pupil: Pupil, value: Given) -> list[dict[str, Any]]:
    """Give the rows that hold a value: one, one for each choice, or none."""
    kind, name = FieldKind(field.kind), name_of(field)
    if kind in CHOSEN:
        return [{"choice": one} for one in _chosen(field, pupil, name, value)]
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


def _chosen(field: OwnField, pupil: Pupil, name: str, value: Given) -> list[OwnFieldChoice]:
    """Give the choices: those that are offered, and a retired one that the pupil has already."""
    refs = [value] if isinstance(value, str) else list(value) if isinstance(value, list) else []
    refs = [ref for ref in refs if ref]
    if len(refs) > 1 and field.kind == FieldKind.CHOICE:
        raise Invalid(name, _("Choose one of the list."))
    held = OwnFieldValue.objects.filter(
        pupil=pupil, field=field, ended_on__isnull=True
    ).values_list("choice", flat=True)
    rows = OwnFieldChoice.objects.filter(field=field).order_by("position", "id")
    have = set(held)
    known = {str(one.ref): one for one in rows if one.retired_on is None or one.pk in have}
    if not set(refs) <= known.keys():
        raise Invalid(name, _("Choose from the list shown."))
    return [known[ref] for ref in dict.fromkeys(refs)]
