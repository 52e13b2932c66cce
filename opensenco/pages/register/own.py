"""The school's own fields on the register: as filters in the address, as heads and as cells."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from opensenco.access.actor import Actor
from opensenco.kernel.refs import short
from opensenco.support.field_kinds import CHOSEN, FieldKind
from opensenco.support.queries import own_columns
from opensenco.support.queries.own_columns import NO, NONE, PREFIX, SOME, YES, Cell, Wanted
from opensenco.ui import words
from opensenco.ui.language import spoken as _
from opensenco.ui.listing import Column

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Own:
    """The columns that this person's role sees, and what each can be chosen by.

    Args:
        offered: by the key of a column: what the address says, and its words.
        choices: what an address says of a choice, and its id.
    """

    columns: tuple[own_columns.OwnColumn, ...]
    offered: Mapping[str, Options]
    choices: Mapping[str, int]

    @property
    def filters(self) -> tuple[tuple[str, str, Options], ...]:
        """The filters of the bar: key, label and what can be chosen."""
        return tuple((one.key, one.name, self.offered[one.key]) for one in self.columns)

    def heads(self) -> list[Column]:
        """Give the heads of the columns."""
        return [Column(one.name, one.key) for one in self.columns]

    def wanted(self, given: Mapping[str, Any]) -> tuple[Wanted, ...]:
        """Read the filters that a bar was given."""
        asked = ((one.pk, given.get(one.key, "")) for one in self.columns)
        return tuple(Wanted(pk, self.choices.get(what, what)) for pk, what in asked if what)

    def chosen(self, given: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Give what is chosen: the key, and its words."""
        found = []
        for one in self.columns:
            said = dict(self.offered[one.key]).get(given.get(one.key, ""), "")
            if said:
                found.append((one.key, f"{one.name}: {said}"))
        return found

    def cells(self, row: Any) -> list[Cell | None]:
        """Give what a row says in these columns, for a file."""
        return [row.own.get(one.pk) for one in self.columns]

    def shown(self, row: Any) -> tuple[tuple[str, str], ...]:
        """Give the head and the words of each column, for the page."""
        return tuple((one.name, _shown(row.own.get(one.pk))) for one in self.columns)


def own_of(actor: Actor) -> Own:
    """Give the columns of this person's register: one question, and one more where lists are."""
    columns = own_columns.columns(actor)
    lists = own_columns.choices(columns)
    return Own(
        columns,
        {one.key: _offered(one.kind, lists.get(one.pk, [])) for one in columns},
        {short(ref): pk for found in lists.values() for pk, ref, _label in found},
    )


def is_of_own(name: str) -> bool:
    """Tell whether a name in an address is that of a filter of the school's own."""
    return name.startswith(PREFIX)


def _offered(kind: str, choices: list[tuple[int, Any, str]]) -> Options:
    nothing = (NONE, _("nothing said"))
    if kind == FieldKind.YES_NO:
        return ((YES, _("Yes")), (NO, _("No")), nothing)
    if kind in CHOSEN:
        return (*((short(ref), label) for _pk, ref, label in choices), nothing)
    return ((SOME, _("filled in")), nothing)


def _shown(cell: Cell | None) -> str:
    if isinstance(cell, date):
        return words.day(cell)
    return words.number(cell) if isinstance(cell, int) else cell or ""
