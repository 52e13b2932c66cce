"""The school's own fields as columns of a pupil list: which there are, for whom, and what they say.

A field is a column for whoever may fill it in of every pupil here; who only sees it reads in a list
of others what it brings, and to all others it is not named.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.reach import Reach
from opensenco.access.registry import visible
from opensenco.exchange.kinds.kind import Change, Values, Work
from opensenco.exchange.kinds.pupils.own_cells import reader_of
from opensenco.exchange.readers.fields import Field, Fields
from opensenco.exchange.readers.pupil import Reader
from opensenco.kernel.words import mark
from opensenco.people.models import Pupil
from opensenco.support.field_kinds import CHOSEN, FieldKind
from opensenco.support.models import OwnField, OwnFieldChoice, OwnFieldValue
from opensenco.support.operations.own_values import Given, fill_in_for_many, name_of
from opensenco.ui import words

TITLE = mark("{name} (a field of your own)")
PREFIX = "own_"
#: pupils in one question; more would pass the number of parameters that databases take
BATCH = 500
#: what the fields say of pupils, by pupil and the code of the field
Held = dict[int, Values]


def is_own(code: str) -> bool:
    """Tell whether a value of a list is one of the school's own fields."""
    return code.startswith(PREFIX)


@dataclass(frozen=True, slots=True)
class Own:
    """The fields of one place for one hat.

    Args:
        seen: those that this hat sees, by their code, retired ones too.
        open: codes of those in use that it may bring, in their order.
        offered: what lists among those offer now, by the code of the field.
    """

    seen: Mapping[str, OwnField] = field(default_factory=dict)
    open: tuple[str, ...] = ()
    offered: Mapping[str, tuple[OwnFieldChoice, ...]] = field(default_factory=dict)

    def columns(self, fields: Fields, taken: Iterable[str]) -> Fields:
        """Give the fields of a list with these, whose headings are their names.

        Args:
            taken: fields that keep their headings; what else a list can hold is left out, so a
                field of the school's own may have its name.
        """
        more = [
            Field(
                code, TITLE, self.seen[code].name, called=self.seen[code].name,
                date=self.seen[code].kind == FieldKind.DATE,
            )
            for code in self.open
        ]  # fmt: skip
        return fields.with_more(more, taken) if more else fields

    def readers(self) -> dict[str, Reader]:
        """Give what reads the cells of each."""
        return {code: reader_of(self.seen[code].kind, self.labels(code)) for code in self.open}

    def labels(self, code: str) -> list[str]:
        """Give what a list offers."""
        return [one.label for one in self.offered.get(code, ())]

    def only_open(self, values: Values) -> Values:
        """Give the values of a row without those that cannot be brought now, ours in their order.

        A field can be retired, or offer less, after a list was read.
        """
        plain = {name: value for name, value in values.items() if not is_own(name)}
        held = {code: values[code] for code in self.open if code in values}
        return plain | {code: one for code, one in held.items() if self.can_hold(code, one)}

    def can_hold(self, code: str, value: Any) -> bool:
        """Tell whether a field can say a value now: of a list, what is offered."""
        return not isinstance(value, list) or set(value) <= set(self.labels(code))

    def given(self, changes: Iterable[Change], side: str) -> dict[str, Given]:
        """Give what `changes` say before or after, as filling in takes it, by references."""
        return {
            str(self.seen[one["field"]].ref): self._python(one["field"], one[side])
            for one in changes
        }

    def _python(self, code: str, value: Any) -> Given:
        if isinstance(value, list):
            refs = {one.label: str(one.ref) for one in self.offered.get(code, ())}
            return [refs[label] for label in value]
        is_day = value and self.seen[code].kind == FieldKind.DATE
        return date.fromisoformat(value) if is_day else value

    def in_words(self, code: str, value: Any) -> str:
        """Give a value as pages show it."""
        if isinstance(value, list):
            return "; ".join(value)
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if self.seen[code].kind == FieldKind.DATE:
            return words.day(date.fromisoformat(value))
        return words.number(value) if isinstance(value, int) else str(value)

    def held(self, pupils: Sequence[int], codes: Iterable[str]) -> Held:
        """Give what some of the fields say now, as a list would say it."""
        by_id = {self.seen[code].pk: code for code in codes if code in self.seen}
        found: Held = {}
        for start in range(0, len(pupils) if by_id else 0, BATCH):
            rows = OwnFieldValue.objects.filter(
                pupil__in=pupils[start : start + BATCH], field__in=by_id, ended_on__isnull=True
            )
            for row in rows.select_related("choice").order_by("choice__position", "id"):
                values = found.setdefault(row.pupil_id, {})
                code = by_id[row.field_id]
                if row.kind in CHOSEN:
                    values.setdefault(code, []).append(row.choice.label)
                else:
                    values[code] = _plain(row)
        return found


def own_of(actor: Actor, org: Organisation) -> Own:
    """Give the fields of a place; asks once where it has none that this hat sees, else thrice."""
    rows = visible(actor, Action.PUPIL_VIEW, OwnField).filter(org=org)
    seen = {name_of(row): row for row in rows.order_by("position", "id")}
    if not seen:
        return Own()
    fills = set()
    if actor.hat.reach(Action.FIELD_FILL) is Reach.ALL:
        fills = set(visible(actor, Action.FIELD_FILL, OwnField).values_list("pk", flat=True))
    open_now = tuple(
        code for code, row in seen.items() if row.pk in fills and row.retired_on is None
    )
    offered: dict[str, tuple[OwnFieldChoice, ...]] = {}
    choices = OwnFieldChoice.objects.filter(
        field__in=[seen[code].pk for code in open_now], retired_on__isnull=True
    )
    by_id = {row.pk: code for code, row in seen.items()}
    for one in choices.order_by("position", "id"):
        code = by_id[one.field_id]
        offered[code] = (*offered.get(code, ()), one)
    return Own(seen, open_now, offered)


def _plain(row: OwnFieldValue) -> Any:
    if row.kind == FieldKind.DATE:
        return row.day.isoformat() if row.day else None
    if row.kind == FieldKind.YES_NO:
        return row.yes
    return row.number if row.kind == FieldKind.NUMBER else row.text


def fill_in(work: Work, own: Own, pupils: Mapping[int, Pupil]) -> None:
    """Say of the pupils of a list what its own columns say, all at once, and leave a trace."""
    said = [
        (row, changes)
        for row in work.rows
        if (changes := [one for one in row.changes if is_own(one["field"])])
    ]
    if not said:
        return
    made = fill_in_for_many(
        actor=work.actor,
        pupils=[pupils[row.subject or 0] for row, _changes in said],
        given=[own.given(changes, "after") for _row, changes in said],
    )
    # of several choices one row stands for all
    rows = {(one.pupil_id, one.field_id): one for one in made}
    for row, changes in said:
        for one in changes:
            value = rows[row.subject or 0, own.seen[one["field"]].pk]
            work.changed(row, value, [one])
