"""What a kind of list has to say of itself. The engine does the rest.

A list is read, laid beside the record, shown as differences, decided about, applied in one
transaction and taken back. Each step asks the kind one question; docs/guide/imports.md leads
through writing one.
"""

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.db.models import Model
from django.utils.functional import Promise

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.reach import Reach
from opensenco.exchange import progress
from opensenco.exchange.models import FileImport, ImportRow, Trace
from opensenco.exchange.readers.any_list import Item, ListFile, Values
from opensenco.exchange.readers.fields import Fields
from opensenco.exchange.readers.lists import Table
from opensenco.exchange.readers.one_row import OneRow
from opensenco.exchange.readers.values import NameOrder
from opensenco.exchange.readers.words import Fault
from opensenco.exchange.states import Deed, ImportKind, Match
from opensenco.kernel.words import Sentence

__all__ = ["Beside", "Candidate", "Change", "Item", "Kind", "ListFile", "Reading", "Values", "Work"]
Change = dict[str, Any]
#: what a person decided about rows, by place: the subject it is, or (None) something new
Decided = Mapping[int, int | None]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the person who reads a file in has said about it.

    Attributes:
        columns: code of the field by heading, where a person has said what each column is; None
            leaves it to be remembered or guessed.
        sheet: of a workbook, the sheet that holds the list.
        once: by field, the day that holds for every row, where no column says it (ISO). It is
            never remembered: the next such file is of other days.
    """

    blank_sen_is_none: bool = False
    name_order: NameOrder = NameOrder.SURNAME_COMMA
    columns: Mapping[str, str] | None = None
    sheet: str = ""
    once: Mapping[str, str] = field(default_factory=dict)

    def stored(self) -> dict[str, Any]:
        """Give it as JSON holds it."""
        return {
            "blank_sen_is_none": self.blank_sen_is_none,
            "name_order": self.name_order.value,
            "columns": dict(self.columns) if self.columns is not None else None,
            "sheet": self.sheet,
            "once": dict(self.once),
        }

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "Reading":
        """Give what was stored."""
        return cls(
            bool(stored.get("blank_sen_is_none")),
            NameOrder(stored.get("name_order") or NameOrder.SURNAME_COMMA),
            stored.get("columns"),
            stored.get("sheet") or "",
            stored.get("once") or {},
        )


@dataclass(frozen=True, slots=True)
class Beside:
    """One row beside the record.

    Attributes:
        subject: id of what it is about, in the table that the kind is about.
        pupil: id of the pupil whose record it changes, where it is about one.
        candidates: ids of what a doubtful row could be about; a person has to choose.
        reasons: why it is doubtful, or what else to know.
        changes: fields with what stands before and after, in the order in which pages show them.
        faults: why a row that could be read is refused all the same.
        leave: it is left out unless a person takes it.
    """

    match: Match
    subject: int | None = None
    pupil: int | None = None
    candidates: tuple[int, ...] = ()
    reasons: tuple[Sentence, ...] = ()
    changes: list[Change] = field(default_factory=list)
    faults: tuple[Fault, ...] = ()
    leave: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a doubtful row could be about, for the person who decides."""

    pk: int
    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a kind on pages; `Promise` with a count is given by `% {"num": 3}`."""

    title: Promise
    file: Promise
    looks: Promise
    found: Promise
    add: Promise
    change: Promise
    added: Promise
    nothing_yet: Promise
    #: what a doubtful row can be besides what it could be; empty where it cannot be anything new
    new_one: Promise | str


class Kind(ABC):
    """One kind of list. An instance holds nothing: it is asked by every request.

    Only what `here` gives knows a place and a hat, and is kept no longer than they are.
    """

    code: ClassVar[ImportKind]
    fields: Fields
    said: ClassVar[Said]
    #: what each value is called beside what it changes
    labels: Mapping[str, Promise | str]
    #: the verbs that a hat must have over the whole place to read in such a list
    verbs: ClassVar[tuple[Action, ...]]
    #: fields that hardly a list of another kind has, to choose between kinds where nobody said
    telling: ClassVar[frozenset[str]] = frozenset()
    #: days that are asked for once for a whole file, by field, where no column says them
    once: ClassVar[Mapping[str, Promise]] = {}
    asks_names: ClassVar[bool] = False
    asks_sen: ClassVar[bool] = False
    #: its rows are files and not lines of a table
    papers: ClassVar[bool] = False
    #: values that name what a row is about; a new row's page does not say them twice
    names: ClassVar[tuple[str, ...]] = ()
    #: values that come of another by themselves: what stands before them says what ends
    follows: ClassVar[frozenset[str]] = frozenset()
    #: fields that say whom a row is about, the surest first; those of one entry are said together.
    #: A row that could not be read is named by the first of them whose cells hold something.
    who: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("pupil_last_name", "pupil_first_name"),
        ("pupil_name",),
        ("pupil_upn",),
    )
    #: whether a doubtful row can be somebody or something new
    adds_in_doubt: ClassVar[bool] = True

    def here(self, actor: Actor, org: Organisation) -> "Kind":
        """Give this kind with the columns that one place has for this hat, beside ours."""
        return self

    def may(self, actor: Actor) -> bool:
        """Tell whether this hat may take over such a list: all that it does, everywhere here."""
        return all(
            actor.hat.reach(action) is Reach.ALL for action in (Action.IMPORT_PUPILS, *self.verbs)
        )

    def proposed(self, table: Table) -> Mapping[str, str]:
        """Give days of `once` that the file itself seems to say (ISO), to be confirmed."""
        return {}

    def taken(self, actor: Actor) -> frozenset[str]:
        """Give the fields whose columns bring something; others are said to be left out."""
        return frozenset(self.fields.by_code)

    def could_take(self) -> frozenset[str]:
        """Give the fields that some hat's list may bring."""
        return frozenset(self.fields.by_code)

    @abstractmethod
    def read(self, table: Table, reading: Reading, actor: Actor) -> ListFile:
        """Give what the rows of a table say.

        Raises:
            FileRefused: a column that is needed is not there, or two are for one field.
        """

    @abstractmethod
    def beside(
        self, actor: Actor, org: Organisation, rows: Sequence[Values], decided: Decided
    ) -> list[Beside]:
        """Lay rows beside the record as it stands, in a few questions however many there are.

        Args:
            decided: by place in `rows`, what a person said of a doubtful row.
        """

    @abstractmethod
    def apply(self, work: "Work") -> None:
        """Do what rows say by the operations of the trade, and tell `work` what each one did."""

    def clashes(
        self, actor: Actor, org: Organisation, rows: Sequence[ImportRow]
    ) -> Mapping[int, str]:
        """Give by line the decisions that cannot stand beside the record, and why."""
        return {}

    @abstractmethod
    def called(self, values: Values) -> str:
        """Give what a row is called: the name it has in the file."""

    @abstractmethod
    def in_words(self, name: str, value: Any) -> str:
        """Give a value as a page shows it; empty where there is none."""

    def shown(self, actor: Actor, name: str) -> bool:
        """Tell whether this reader of the page may see a value."""
        return True

    def question(self, row: ImportRow) -> Hashable:
        """Give what a doubtful row asks; parts of one row that ask the same are answered once."""
        return row.place

    def answered(self, values: Values, answers: Mapping[str, Any]) -> Values:
        """Give the values of a row with what a person said once for the whole file."""
        return values

    def open_questions(self, file: FileImport) -> int:
        """Give how many things a person has to say once for the whole file before all of it can be
        applied; the page that asks is `imports:provisions`."""
        return 0

    def candidates(self, actor: Actor, rows: Sequence[ImportRow]) -> dict[int, list[Candidate]]:
        """Give for each doubtful row, by its id, what it could be."""
        return {row.pk: [] for row in rows}

    def settled(self, file: FileImport) -> None:
        """Forget what waited beside the record for a file that is settled; called at its end."""
        del file

    def missing(self, file: FileImport) -> Any:
        """Give the query of those who stand in the record and not in the file, or None."""
        return None

    def remarks(self, file: FileImport) -> list[str]:
        """Give what else there is to say before a file is applied."""
        return []


class Work:
    """The rows of one file being applied: what to add, what to change, and what came of it."""

    def __init__(
        self,
        actor: Actor,
        file: FileImport,
        adding: Sequence[ImportRow],
        changing: Sequence[ImportRow],
    ) -> None:
        self.actor = actor
        self.org = file.org
        self.file = file
        self.adding = adding
        self.changing = changing
        self.traces: list[Trace] = []

    @property
    def rows(self) -> list[ImportRow]:
        """Every row that does something, in the order of the file."""
        return sorted((*self.adding, *self.changing), key=lambda row: row.line)

    def made(self, row: ImportRow, thing: Model, changes: Iterable[Change] = ()) -> None:
        """Tell that a row made something."""
        self._trace(row, thing, Deed.MADE, changes)

    def changed(self, row: ImportRow, thing: Model, changes: Iterable[Change]) -> None:
        """Tell that a row changed something, field by field."""
        self._trace(row, thing, Deed.CHANGED, changes)

    def _trace(self, row: ImportRow, thing: Model, deed: Deed, changes: Iterable[Change]) -> None:
        progress.done(row.pk)
        pupil = (
            thing.pk if thing._meta.label == "people.Pupil" else getattr(thing, "pupil_id", None)
        )
        self.traces.append(
            Trace(
                org=self.org,
                file=self.file,
                row=row,
                pupil_id=pupil,
                thing=thing._meta.label,
                thing_ref=thing.ref,  # type: ignore[attr-defined]
                deed=deed,
                changes=list(changes),
            )
        )


def wanted(row: ImportRow) -> Values:
    """Give the values that a row brings, by field."""
    return {one["field"]: one["after"] for one in row.changes}


def change(name: str, before: Any, after: Any) -> Change:
    """Give one field that changes."""
    return {"field": name, "before": before, "after": after}


def differing(held: Values, said: Values, order: Sequence[str]) -> list[Change]:
    """Give the fields of `said` that `held` has otherwise, in an order."""
    found = [
        change(name, held.get(name), value)
        for name, value in said.items()
        if name in order and held.get(name) != value
    ]
    return sorted(found, key=lambda one: order.index(one["field"]))


def reads(one: OneRow, *codes: str) -> Values:
    """Give the plain texts of some fields."""
    return {code: one.text(code) for code in codes}
