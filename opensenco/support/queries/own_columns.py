"""The school's own fields as columns of the register: chosen by, sorted by, and shown."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Min, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.questions import Among, question
from opensenco.access.registry import visible
from opensenco.kernel.refs import short
from opensenco.support.field_kinds import CHOSEN, FieldKind
from opensenco.support.models import OwnField, OwnFieldChoice
from opensenco.support.queries.own_fields import ORDER, standing

#: a field is filled in, or is not
SOME, NONE = "some", "none"
YES, NO = "yes", "no"
Cell = str | int | date
#: what the name of a column begins with in an address
PREFIX = "own-"


class OwnColumn(NamedTuple):
    """A field that is a column of the register."""

    pk: int
    ref: uuid.UUID
    name: str
    kind: str

    @property
    def key(self) -> str:
        """What it is called in an address."""
        return f"{PREFIX}{short(self.ref)}"


class Wanted(NamedTuple):
    """What a field must say of a pupil who is shown.

    Args:
        what: some, none, yes, no, or the id of a choice.
    """

    field: int
    what: str | int


@question
def _columns(actor: Actor) -> QuerySet[Any, tuple[int, uuid.UUID, str, str]]:
    rows = visible(actor, Action.PUPIL_VIEW, OwnField)
    shown = rows.filter(on_register=True, retired_on__isnull=True).order_by(*ORDER)
    return shown.values_list("pk", "ref", "name", "kind")


def columns(actor: Actor) -> tuple[OwnColumn, ...]:
    """Give the columns of the register that this person's role sees, in their order."""
    return tuple(OwnColumn(*row) for row in _columns.ask(actor))


@question
def _choices(fields: tuple[int, ...]) -> QuerySet[Any, tuple[int, int, uuid.UUID, str]]:
    rows = OwnFieldChoice.objects.filter(field__in=fields, retired_on__isnull=True)
    return rows.order_by("position", "id").values_list("field", "pk", "ref", "label")


def choices(own: Sequence[OwnColumn]) -> dict[int, list[tuple[int, uuid.UUID, str]]]:
    """Give what lists among the columns offer: id, reference and words; asks nothing for none."""
    lists = tuple(one.pk for one in own if one.kind in CHOSEN)
    found: dict[int, list[tuple[int, uuid.UUID, str]]] = {}
    for field, pk, ref, label in _choices.ask(lists) if lists else ():
        found.setdefault(field, []).append((pk, ref, label))
    return found


def wanted_q(actor: Actor, wanted: Wanted) -> Q:
    """Give the condition over pupils of whom a field says that."""
    rows = standing(actor).filter(field=wanted.field)
    if wanted.what == NONE:
        return ~Q(pk__in=rows.values("pupil"))
    if wanted.what in (YES, NO):
        rows = rows.filter(yes=wanted.what == YES)
    elif wanted.what != SOME:
        rows = rows.filter(choice_id=int(wanted.what))
    return Q(pk__in=rows.values("pupil"))


def sort_rows(actor: Actor, field: int, kind: str) -> QuerySet[Any, Any]:
    """Give the value by which a pupil (the outer row) is sorted in a column."""
    rows: Any = standing(actor).filter(field=field, pupil=OuterRef("pk")).order_by()
    column = {FieldKind.YES_NO: "yes", FieldKind.DATE: "day", FieldKind.NUMBER: "number"}
    found: QuerySet[Any, Any]
    if kind in CHOSEN:
        found = rows.values("pupil").annotate(first=Min("choice__position")).values("first")
    elif kind in column:
        found = rows.values(column[FieldKind(kind)])
    else:
        found = rows.annotate(lowered=Lower("text")).values("lowered")
    return found


@question
def _among(actor: Actor, fields: tuple[int, ...]) -> QuerySet[Any, tuple[Any, ...]]:
    rows = standing(actor).filter(Among("pupil", "pupils"), field__in=fields)
    return rows.order_by("choice__position", "id").values_list(
        "pupil_id", "field_id", "kind", "text", "yes", "day", "number", "choice__label"
    )


def cells(
    actor: Actor, own: Sequence[OwnColumn], pupils: Sequence[int]
) -> Mapping[int, Mapping[int, Cell]]:
    """Give what the columns say of pupils, by pupil and field: one question, none for no column."""
    found: dict[int, dict[int, Cell]] = {}
    if not own or not pupils:
        return found
    fields = tuple(one.pk for one in own)
    for pupil, field, kind, text, yes, day, number, label in _among.ask(
        actor, fields, pupils=list(pupils)
    ):
        here = found.setdefault(pupil, {})
        said = _said(kind, text, yes, day, number, label)
        here[field] = f"{here[field]}; {said}" if field in here else said
    return found


def _said(kind: str, text: str, yes: bool | None, day: Any, number: Any, label: Any) -> Cell:
    if kind == FieldKind.YES_NO:
        return _("Yes") if yes else _("No")
    plain: dict[str, Cell] = {FieldKind.DATE: day, FieldKind.NUMBER: number}
    return plain[kind] if kind in plain else str(label or text)
