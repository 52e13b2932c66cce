"""The school's own fields, and what they say of one pupil: now, before, and on a day."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.questions import question
from opensenco.access.registry import may, visible
from opensenco.gate.rows import find
from opensenco.people.models import Pupil
from opensenco.support.field_kinds import CHOSEN, FieldKind, RoleMay
from opensenco.support.models import OwnField, OwnFieldChoice, OwnFieldRole, OwnFieldValue
from opensenco.support.queries.reading import rows_of, spans_version
from opensenco.ui.words import day as day_in_words
from opensenco.ui.words import number as number_in_words

ORDER = ("org", "position", "id")


class Said(NamedTuple):
    """What a field says of a pupil, in words: several choices are one text."""

    name: str
    words: str


@dataclass(frozen=True)
class OnPage:
    """What stands of the school's own fields on a pupil's page.

    Args:
        lines: what is filled in. fills: some can be filled in by this person.
    """

    lines: list[Said]
    fills: bool


class Made(NamedTuple):
    """A field, what it offers, what which roles may, and of how many pupils it says something."""

    field: OwnField
    choices: list[str]
    open_to: list[tuple[str, RoleMay]]
    pupils: int


class Fillable(NamedTuple):
    """A field to fill in, with what a list offers."""

    field: OwnField
    offered: list[OwnFieldChoice]


class Before(NamedTuple):
    """What a field said, from a day to a day; no end where it stands."""

    name: str
    words: str
    starts: date
    ended_on: date | None
    who: str


def fields_made(actor: Actor) -> list[Made]:
    """Give all fields of one's place, those in use first, in their order; four questions."""
    fields = visible(actor, Action.FIELD_MAKE, OwnField).order_by("retired_on", *ORDER)
    rows = list(fields)
    choices = OwnFieldChoice.objects.filter(field__in=rows, retired_on__isnull=True)
    values = OwnFieldValue.objects.filter(field__in=rows, ended_on__isnull=True).order_by()
    counts = values.values("field").annotate(n=Count("pupil", distinct=True))
    about = dict(counts.values_list("field", "n"))
    open_to = _open_to(rows)
    offered: dict[int, list[str]] = {}
    for one in choices.order_by("position", "id"):
        offered.setdefault(one.field_id, []).append(one.label)
    return [
        Made(row, offered.get(row.pk, []), open_to.get(row.pk, []), about.get(row.pk, 0))
        for row in sorted(rows, key=lambda row: row.retired_on is not None)
    ]


def fields_open(actor: Actor) -> list[Made]:
    """Give the fields in use of one's places, and to which roles each is open: for all staff."""
    rows = visible(actor, Action.WHO_SEES, OwnField).filter(retired_on__isnull=True)
    fields = list(rows.select_related("org").order_by(*ORDER))
    open_to = _open_to(fields) if fields else {}
    return [Made(row, [], open_to.get(row.pk, []), 0) for row in fields]


def _open_to(fields: list[OwnField]) -> dict[int, list[tuple[str, RoleMay]]]:
    found: dict[int, list[tuple[str, RoleMay]]] = {}
    rows = OwnFieldRole.objects.filter(field__in=fields).exclude(may=RoleMay.NOTHING)
    for one in rows.order_by("id"):
        found.setdefault(one.field_id, []).append((one.role, RoleMay(one.may)))
    return found


def field_made(actor: Actor, ref: uuid.UUID) -> OwnField:
    """Give a field that this person may change.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, Action.FIELD_MAKE, OwnField, ref, "org")


def values_in_form(field: OwnField) -> dict[str, Any]:
    """Give what a form that changes a field begins with."""
    choices = OwnFieldChoice.objects.filter(field=field, retired_on__isnull=True)
    roles = list(OwnFieldRole.objects.filter(field=field).values_list("role", "may"))
    return {
        "name": field.name,
        "help_text": field.help_text,
        "on_register": field.on_register,
        "choices": "\n".join(choices.order_by("position", "id").values_list("label", flat=True)),
        "sees": [role for role, may_do in roles if may_do != RoleMay.NOTHING],
        "fills": [role for role, may_do in roles if may_do == RoleMay.FILL],
        "version": field.version,
    }


@question
def _seen(actor: Actor, action: Action) -> QuerySet[OwnField]:
    rows = visible(actor, action, OwnField).filter(retired_on__isnull=True)
    return rows.order_by(*ORDER)


def fields_to_fill(actor: Actor, pupil: Pupil) -> list[Fillable]:
    """Give the fields that this person may fill in of a pupil, with what lists offer them.

    A choice that is offered no more is there where the pupil has it.
    """
    rows = visible(actor, Action.FIELD_FILL, OwnField).filter(
        retired_on__isnull=True, org_id=pupil.org_id
    )
    fields = list(rows.order_by(*ORDER))
    held = OwnFieldValue.objects.filter(pupil=pupil, ended_on__isnull=True, kind__in=CHOSEN)
    choices = OwnFieldChoice.objects.filter(
        Q(retired_on__isnull=True) | Q(pk__in=held.values("choice")), field__in=fields
    )
    offered: dict[int, list[OwnFieldChoice]] = {}
    for one in choices.order_by("position", "id"):
        offered.setdefault(one.field_id, []).append(one)
    return [Fillable(one, offered.get(one.pk, [])) for one in fields]


def standing(actor: Actor) -> QuerySet[OwnFieldValue]:
    """Give what fields in use say now of pupils whose page this person may open."""
    rows = visible(actor, Action.PUPIL_VIEW, OwnFieldValue)
    return rows.filter(ended_on__isnull=True, field__retired_on__isnull=True)


def held_by(actor: Actor, pupil: Pupil) -> list[OwnFieldValue]:
    """Give what fields say now of one pupil, in the order of the fields and choices."""
    rows = standing(actor).filter(pupil=pupil).select_related("field", "choice")
    return list(rows.order_by("field__position", "field", "choice__position", "id"))


def on_page(actor: Actor, pupil: Pupil) -> OnPage | None:
    """Give what a pupil's page shows of the school's own fields; None where there is none.

    Asks once where the place has no field that this person sees, and twice otherwise.
    """
    if actor.hat.role.guest:
        return None
    fields = [one for one in _seen.ask(actor, Action.PUPIL_VIEW) if one.org_id == pupil.org_id]
    if not fields:
        return None
    return OnPage(_said(held_by(actor, pupil)), _fills(actor, pupil))


def _fills(actor: Actor, pupil: Pupil) -> bool:
    """Whether there is a field that this person may fill in, of this pupil."""
    if not actor.can_somewhere(Action.PUPIL_HISTORY):
        fields = _seen.ask(actor, Action.FIELD_FILL)
        if not any(one.org_id == pupil.org_id for one in fields):
            return False
    return may(actor, Action.FIELD_FILL, pupil)


def values_version(pupil: Pupil) -> int:
    """Give the version of all that fields say of a pupil, for who fills them in."""
    return spans_version(OwnFieldValue, pupil)


def now(actor: Actor, pupil: Pupil) -> list[Said]:
    """Give what the fields in use say of a pupil today."""
    return _said(held_by(actor, pupil))


def then(actor: Actor, pupil: Pupil, day: date) -> list[Said]:
    """Give what the fields said of a pupil at the end of a day, those too that are retired now."""
    rows = rows_of(actor, Action.PUPIL_HISTORY, OwnFieldValue, pupil, day)
    found = rows.filter(ended_on__isnull=True).order_by("field", "id")
    return _said(_named(list(found)))


def _named(rows: list[Any]) -> list[Any]:
    """Put fields and choices to rows of the history, which join nothing."""
    fields = OwnField.objects.in_bulk({row.field_id for row in rows})
    choices = OwnFieldChoice.objects.in_bulk({row.choice_id for row in rows if row.choice_id})
    for row in rows:
        row.field, row.choice = fields[row.field_id], choices.get(row.choice_id)
    return sorted(rows, key=lambda row: (row.field.position, row.field_id))


def _said(rows: list[Any]) -> list[Said]:
    found: dict[int, tuple[str, list[str]]] = {}
    for row in rows:
        found.setdefault(row.field_id, (row.field.name, []))[1].append(in_words(row))
    return [Said(name, "; ".join(words)) for name, words in found.values()]


def in_words(row: Any) -> str:
    """Give what one value says, as people read it."""
    if row.kind == FieldKind.YES_NO:
        return _("Yes") if row.yes else _("No")
    if row.kind == FieldKind.DATE:
        return day_in_words(row.day)
    if row.kind == FieldKind.NUMBER:
        return number_in_words(row.number)
    if row.kind in CHOSEN:
        return str(row.choice.label)
    return str(row.text)


def before(actor: Actor, pupil: Pupil) -> list[Before]:
    """Give all that fields ever said of a pupil, as far as this person sees them, newest first."""
    rows = visible(actor, Action.PUPIL_VIEW, OwnFieldValue).filter(pupil=pupil)
    found = rows.select_related("field", "choice", "written_by").order_by("-starts", "-id")
    return [
        Before(row.field.name, in_words(row), row.starts, row.ended_on, row.written_by.name)
        for row in found
    ]


def in_form(rows: list[OwnFieldValue]) -> dict[int, Any]:
    """Give by field what a form begins with."""
    found: dict[int, Any] = {}
    for row in rows:
        if row.kind == FieldKind.CHOICES:
            found.setdefault(row.field_id, []).append(str(row.choice.ref) if row.choice else "")
        elif row.kind == FieldKind.CHOICE:
            found[row.field_id] = str(row.choice.ref) if row.choice else ""
        elif row.kind == FieldKind.YES_NO:
            found[row.field_id] = "yes" if row.yes else "no"
        else:
            found[row.field_id] = row.text or row.day or row.number
    return found
