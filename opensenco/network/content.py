"""What a pack holds: sections of plain typed blocks, which a reader understands without the sender.

A section is one part of the record, a block a heading with rows, a row a tuple of plain texts:
"terms" are pairs of label and text, "list" and "text" single texts, "dated" pairs of day and text,
"points" what was measured on a day, where the aim line stood, how the one stands to the other, and
by whom and how.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

Kind = Literal["terms", "list", "text", "dated", "points"]
KINDS: dict[str, int] = {"terms": 2, "list": 1, "text": 1, "dated": 2, "points": 5}
Row = tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """Rows of one kind under a heading, which may be empty."""

    kind: Kind
    rows: tuple[Row, ...]
    heading: str = ""


@dataclass(frozen=True)
class Section:
    """One part of a record as it was copied.

    Args:
        part: a value of states.Part.
        hidden: whoever looks may not see this part of the record; its blocks were left out.
        source: from whose record it is and when it was last written; empty in a blind pack.
    """

    part: str
    title: str
    blocks: tuple[Block, ...]
    hidden: bool = False
    source: str = ""


@dataclass(frozen=True)
class Place:
    """Where one text stands: numbers of section, block, row and cell; row -1 is the heading."""

    section: int
    block: int
    row: int
    cell: int

    @property
    def name(self) -> str:
        """The name of a form field for this text."""
        return f"at_{self.section}_{self.block}_{self.row + 1}_{self.cell}"


def to_data(sections: Iterable[Section]) -> list[dict[str, Any]]:
    """Write sections as they are stored."""
    return [
        {
            "part": section.part,
            "title": section.title,
            "source": section.source,
            "blocks": [
                {"kind": b.kind, "heading": b.heading, "rows": [list(row) for row in b.rows]}
                for b in section.blocks
            ],
        }
        for section in sections
    ]


def from_data(data: Any) -> tuple[Section, ...]:
    """Read sections that `to_data` wrote.

    Raises:
        ValueError: something else is stored.
    """
    return tuple(
        Section(
            str(one["part"]),
            str(one["title"]),
            tuple(_block(block) for block in one["blocks"]),
            source=str(one.get("source", "")),
        )
        for one in data
    )


def _block(data: Any) -> Block:
    kind = data["kind"]
    rows = tuple(tuple(str(cell) for cell in row) for row in data["rows"])
    if kind not in KINDS or any(len(row) != KINDS[kind] for row in rows):
        raise ValueError("a pack holds blocks of another shape")
    return Block(kind, rows, str(data["heading"]))


def texts(sections: Iterable[Section]) -> Iterator[tuple[Place, str]]:
    """Give every text that came from the record, with its place."""
    for s, section in enumerate(sections):
        for b, block in enumerate(section.blocks):
            if block.heading:
                yield Place(s, b, -1, 0), block.heading
            for r, row in enumerate(block.rows):
                for c, text in enumerate(row):
                    yield Place(s, b, r, c), text


def rewritten(
    sections: Iterable[Section], write: Callable[[Place, str], str]
) -> tuple[Section, ...]:
    """Give the same sections with each text as `write` gives it."""

    def block(s: int, b: int, one: Block) -> Block:
        heading = write(Place(s, b, -1, 0), one.heading) if one.heading else ""
        rows = tuple(
            tuple(write(Place(s, b, r, c), text) for c, text in enumerate(row))
            for r, row in enumerate(one.rows)
        )
        return replace(one, heading=heading, rows=rows)

    return tuple(
        replace(section, blocks=tuple(block(s, b, one) for b, one in enumerate(section.blocks)))
        for s, section in enumerate(sections)
    )
