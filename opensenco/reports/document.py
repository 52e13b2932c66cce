"""A report as it is read: on screen, on paper, and as it was published. Plain values, no models.

The same is drawn live for a draft and kept in an edition, so both are shown by one template.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from opensenco.law.strength import Strength
from opensenco.reports.states import PartType

#: the audience of a report that is published to the world
EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure.

    Args:
        shown: as it is read; "under 5" or "also hidden" where it could name a child.
        value: the number; None where it is hidden or is none.
    """

    shown: str
    value: float | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: what it is of, its figures, and its name under a bar."""

    name: str
    cells: tuple[Cell, ...]
    short: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Figures of one kind, with what is drawn and from when."""

    name: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    note: str = ""

    @property
    def counts(self) -> bool:
        """Whether it holds numbers, which stand to the right."""
        return any(
            cell.hidden or cell.value is not None for line in self.lines for cell in line.cells
        )

    @property
    def hides(self) -> bool:
        """Whether a number is hidden, so that the reader is told why."""
        return any(cell.hidden for line in self.lines for cell in line.cells)

    @property
    def bars(self) -> tuple[tuple[str, str, float, str], ...]:
        """The first figure of each row for a chart: short name, name, height, words."""
        return tuple(
            (line.short or line.name, line.name, line.cells[0].value or 0, line.cells[0].shown)
            for line in self.lines
        )


@dataclass(frozen=True, slots=True)
class Answered:
    """One point of a list: where it stands, and in which numbered section it is answered.

    Args:
        section: as "4", where it is answered; empty where it is not.
        reason: why it is not answered.
    """

    id: str
    words: str
    source: str
    strength: Strength
    section: str = ""
    part: str = ""
    reason: str = ""

    @property
    def missing(self) -> bool:
        """Whether it is neither answered nor is there a reason why not."""
        return not self.section and not self.reason

    @property
    def by_law(self) -> bool:
        """Whether the law asks for it."""
        return self.strength is Strength.MUST


@dataclass(frozen=True, slots=True)
class Section:
    """One part as it is read.

    Args:
        number: of a part that people write, counted from "1", where it or its figures say
            something.
        words: paragraphs apart by an empty line.
    """

    id: str
    type: PartType
    title: str
    number: str = ""
    words: str = ""
    table: Table | None = None
    points: tuple[Answered, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing would be read. A numbered part heads the figures that follow it."""
        return not (self.number or self.points or (self.table and self.table.lines))

    @property
    def paragraphs(self) -> list[list[str]]:
        """The words by paragraph and line."""
        blocks = self.words.replace("\r\n", "\n").split("\n\n")
        found = [[line for line in block.split("\n") if line.strip()] for block in blocks]
        return [block for block in found if block]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report, as it stands on a day."""

    kind: str
    audience: str
    title: str
    place: str
    senco_word: str
    since: date
    drawn_on: date
    sections: tuple[Section, ...]

    @property
    def shown(self) -> tuple[Section, ...]:
        """The sections that say something.

        Readers outside are not told which points of mere guidance or practice nobody answered.
        """
        inside = self.audience != EVERYBODY
        kept = (
            replace(one, points=tuple(p for p in one.points if inside or not p.missing))
            for one in self.sections
        )
        return tuple(one for one in kept if not one.empty)

    @property
    def points(self) -> tuple[Answered, ...]:
        """The points that it must, should or usually does answer."""
        return tuple(point for one in self.sections for point in one.points)

    @property
    def hides(self) -> bool:
        """Whether any number is hidden."""
        return any(one.table is not None and one.table.hides for one in self.sections)


def to_data(document: Document) -> dict[str, Any]:
    """Give a document as JSON holds it."""
    data = asdict(document)
    return {**data, "since": document.since.isoformat(), "drawn_on": document.drawn_on.isoformat()}


def from_data(data: Mapping[str, Any]) -> Document:
    """Give the document that `to_data` gave.

    Raises:
        KeyError, TypeError, ValueError: it is none.
    """
    return Document(
        **{
            **data,
            "since": date.fromisoformat(data["since"]),
            "drawn_on": date.fromisoformat(data["drawn_on"]),
            "sections": tuple(_section(one) for one in data["sections"]),
        }
    )


def _section(data: Mapping[str, Any]) -> Section:
    points = tuple(
        Answered(**{**one, "strength": Strength(one["strength"])}) for one in data["points"]
    )
    table = _table(data["table"]) if data["table"] else None
    return Section(**{**data, "type": PartType(data["type"]), "points": points, "table": table})


def _table(data: Mapping[str, Any]) -> Table:
    lines = tuple(
        Line(one["name"], tuple(Cell(**cell) for cell in one["cells"]), one["short"])
        for one in data["lines"]
    )
    return Table(data["name"], tuple(data["heads"]), lines, data["note"])
