"""The page on which a person says what each column of a file holds."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from opensenco.access.actor import Actor
from opensenco.exchange.kinds.kind import Kind, Reading
from opensenco.exchange.kinds.known import kind_of
from opensenco.exchange.looking import Look, look
from opensenco.exchange.operations import imports
from opensenco.exchange.readers.values import NameOrder
from opensenco.exchange.readers.words import FileRefused
from opensenco.exchange.sentences import said
from opensenco.kernel.errors import NotPossible
from opensenco.pages.imports.forms import ColumnsForm


@dataclass(frozen=True)
class Asked:
    """The columns of one file, to be said what they are."""

    row: Any
    kind: Kind
    look: Look
    unclear: str
    #: cells can say of children what only the reader of the file has seen
    own: bool

    def form(self, **given: Any) -> ColumnsForm:
        """Give the form, filled with what was said before or is guessed."""
        reading = Reading.from_stored(self.row.reading)
        once = {**self.look.once, **reading.once}
        said_now = {
            "sheet": self.look.sheet,
            "name_order": reading.name_order.value,
            "blank_sen_is_none": reading.blank_sen_is_none,
            **{f"column_{n}": one.code for n, one in enumerate(self.look.columns)},
            **{f"once_{code}": date.fromisoformat(day) for code, day in once.items() if day},
        }
        given["initial"] = {**said_now, **(given.get("initial") or {})}
        return ColumnsForm(
            columns=[(f"column_{n}", one.heading) for n, one in enumerate(self.look.columns)],
            holds=[(code, said(self.kind.fields.title(code))) for code in self.kind.fields.by_code],
            sheets=self.look.sheets,
            names=self.kind.asks_names,
            sen=self.kind.asks_sen,
            once=[(f"once_{code}", label) for code, label in self.kind.once.items()],
            **given,
        )

    def samples(self, form: Any) -> list[tuple[Any, tuple[str, ...]]]:
        """Give the field of each column beside some of its cells."""
        return [
            (form[f"column_{n}"], one.samples if self.own else ())
            for n, one in enumerate(self.look.columns)
            if one.heading or one.samples
        ]


def asked(actor: Actor, row: Any) -> Asked | None:
    """Give what there is to say about the columns of a file; None once it is settled."""
    kind = kind_of(row.kind).here(actor, row.org)
    seen = look(row, kind)
    if seen is None:
        return None
    unclear = row.columns.get("unclear")
    own = row.by_id == actor.person.pk
    return Asked(row, kind, seen, said(unclear) if unclear else "", own)


def read_again(actor: Actor, one: Asked, given: dict[str, Any]) -> Any:
    """Read a file with the columns that were said.

    Raises:
        NotPossible: it cannot be read so; said above the form.
    """
    columns = {
        column.key: code
        for n, column in enumerate(one.look.columns)
        if (code := given.get(f"column_{n}", ""))
    }
    sheet = given.get("sheet", "")
    # on another sheet the headings are others: they are guessed anew
    moved = bool(sheet) and sheet != one.look.sheet
    reading = Reading(
        bool(given.get("blank_sen_is_none")),
        NameOrder(given.get("name_order") or NameOrder.SURNAME_COMMA),
        None if moved else columns,
        sheet,
        {code: day.isoformat() for code in one.kind.once if (day := given.get(f"once_{code}"))},
    )
    try:
        return imports.read_again(
            actor=actor, file_import=one.row, version=given["version"], reading=reading
        )
    except FileRefused as refused:
        raise NotPossible(said(refused.words)) from None
