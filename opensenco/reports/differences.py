"""What changed since the edition before: figures beside figures, words beside words."""

from collections.abc import Iterator
from dataclasses import dataclass

from opensenco.reports.document import Cell, Document, Table


@dataclass(frozen=True, slots=True)
class Changed:
    """One figure then and now.

    Args:
        by: the difference; None where either is hidden or is none.
    """

    table: str
    name: str
    then: str
    now: str
    by: float | None


def figures(now: Document, before: Document) -> list[Changed]:
    """Give the figures that differ, in the order of the report now.

    A figure that was or is hidden has no difference: it would tell what is hidden.
    """
    then = dict(_cells(before))
    return [
        Changed(table, name, then[key].shown, cell.shown, _by(then[key], cell))
        for key, cell in _cells(now)
        for _part, table, name in [key]
        if key in then and then[key].shown != cell.shown
    ]


def _by(then: Cell, now: Cell) -> float | None:
    return None if then.value is None or now.value is None else now.value - then.value


def _cells(document: Document) -> Iterator[tuple[tuple[str, str, str], Cell]]:
    """Give each figure by its part, the name of its table, and of which row and column it is."""
    for section in document.sections:
        if section.table is not None:
            for name, cell in _of(section.table):
                yield (section.id, section.table.name, name), cell


def _of(table: Table) -> Iterator[tuple[str, Cell]]:
    for line in table.lines:
        for head, cell in zip(table.heads[1:], line.cells, strict=False):
            several = len(line.cells) > 1
            yield (f"{line.name}, {head}" if several else line.name), cell


def words(now: Document, before: Document) -> list[str]:
    """Give the titles of the parts whose words are not those of the edition before."""
    then = {one.id: one.words for one in before.sections}
    return [one.title for one in now.sections if one.words and one.words != then.get(one.id, "")]
