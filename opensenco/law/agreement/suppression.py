"""Hiding small counts in a table, and so many more that none can be worked out (FUND-124).

See docs/law/suppression.md. The reader is taken to know all that is shown, all totals that are
shown, that a hidden count is a whole number of at least 1, and nothing about why it is hidden.

Each equation of a table (the cells of a row and their total, those of a column and theirs) is a
node, and each cell an arc between the two equations it stands in: raising the cell by one has to be
made good by others in both. A hidden cell has a second possible value exactly where its arc lies on
a circle of hidden cells, each of which may rise, or fall without reaching nought. That is looked
for by its cheapest path, which also names the cells to hide where there is none yet.
"""

import heapq
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from opensenco.kernel.words import mark
from opensenco.law.money.basis import check_whole
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.moderation import FUND_124

LEAST_SHOWN = 5
HIDDEN = "[c]"

Cell = tuple[int, int]
"""Row and column; TOTAL in place of either for a total."""

TOTAL = -1


@dataclass(frozen=True, slots=True)
class Arc:
    """A cell's count, and the nodes between which raising it moves one."""

    count: int
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A table as it may be published.

    `shown` holds every cell and total, None where it is hidden. `small` are the cells hidden for
    being small, `others` those hidden to protect them.
    """

    shown: dict[Cell, int | None]
    small: frozenset[Cell]
    others: frozenset[Cell]
    rule: str = FUND_124.id

    def row(self, number: int, columns: int) -> tuple[str, ...]:
        """A row as it is printed, "[c]" for what is hidden, with its total last."""
        cells = [self.shown[number, column] for column in (*range(columns), TOTAL)]
        return tuple(HIDDEN if count is None else str(count) for count in cells)


@answers(FUND_124)
def hide_in_list(*, counts: Sequence[int], least: int = LEAST_SHOWN) -> Suppressed:
    """One row of counts with its total, which is published.

    Counts from 1 up to, and not counting, `least` are hidden. Nought is shown. Raises BadFact for
    what is no count, and for no counts at all.
    """
    return _suppress({(0, column): count for column, count in _given(counts)}, least, _in_list)


@answers(FUND_124)
def hide_in_table(*, rows: Sequence[Sequence[int]], least: int = LEAST_SHOWN) -> Suppressed:
    """A table with totals of rows, of columns and of all, which are published.

    Totals are cells like any others: small ones are hidden too. Raises BadFact for what is no
    count, and for rows of different length.
    """
    if len({len(row) for row in rows}) > 1:
        raise BadFact(FUND_124.id, "rows", mark("All rows have the same number of cells."))
    cells = {(at, column): count for at, row in enumerate(rows) for column, count in _given(row)}
    return _suppress(cells, least, _in_table)


def _given(counts: Sequence[int]) -> list[tuple[int, int]]:
    """The cells of a row that are no totals, with their column."""
    if not counts:
        raise BadFact(FUND_124.id, "counts", mark("There is nothing to publish."))
    for count in counts:
        check_whole(FUND_124, counts=count)
    return list(enumerate(counts))


def _in_list(cells: Mapping[Cell, int]) -> dict[Cell, Arc]:
    arcs = {cell: Arc(count, "outside", "row") for cell, count in cells.items()}
    return arcs | {(0, TOTAL): Arc(sum(cells.values()), "row", "outside")}


def _in_table(cells: Mapping[Cell, int]) -> dict[Cell, Arc]:
    arcs = {
        (row, column): Arc(count, f"column {column}", f"row {row}")
        for (row, column), count in cells.items()
    }
    for row in sorted({row for row, _ in cells}):
        count = sum(count for (at, _), count in cells.items() if at == row)
        arcs[row, TOTAL] = Arc(count, f"row {row}", "column total")
    for column in sorted({column for _, column in cells}):
        count = sum(count for (_, at), count in cells.items() if at == column)
        arcs[TOTAL, column] = Arc(count, "row total", f"column {column}")
    arcs[TOTAL, TOTAL] = Arc(sum(cells.values()), "column total", "row total")
    return arcs


def _suppress(
    cells: Mapping[Cell, int], least: int, build: Callable[[Mapping[Cell, int]], dict[Cell, Arc]]
) -> Suppressed:
    check_whole(FUND_124, 2, least=least)
    arcs = build(cells)
    small = frozenset(cell for cell, arc in arcs.items() if 0 < arc.count < least)
    hidden = set(small)
    for cell in sorted(small):
        hidden.update(_circle(arcs, hidden, cell))
    shown = {cell: None if cell in hidden else arc.count for cell, arc in arcs.items()}
    return Suppressed(shown, small, frozenset(hidden) - small)


def _circle(arcs: Mapping[Cell, Arc], hidden: set[Cell], cell: Cell) -> tuple[Cell, ...]:
    """The other cells of the cheapest circle by which `cell` may have another value.

    There always is one: the cell, its totals and the total of all may each be one more.
    """
    arc = arcs[cell]
    ways = [_path(arcs, hidden, cell, arc.end, arc.start)]
    if arc.count > 1:
        ways.append(_path(arcs, hidden, cell, arc.start, arc.end))
    return min(way for way in ways if way is not None)[1]


def _path(
    arcs: Mapping[Cell, Arc], hidden: set[Cell], without: Cell, start: str, end: str
) -> tuple[int, tuple[Cell, ...]] | None:
    """The cheapest way from node to node: what it hides anew in counts, and its cells.

    A cell may rise, and fall if that leaves at least 1. A count of nought is shown, so it may not.
    """
    steps: dict[str, list[tuple[int, str, Cell]]] = {}
    for cell, arc in arcs.items():
        if cell == without or arc.count == 0:
            continue
        cost = 0 if cell in hidden else arc.count
        steps.setdefault(arc.start, []).append((cost, arc.end, cell))
        if arc.count > 1:
            steps.setdefault(arc.end, []).append((cost, arc.start, cell))
    queue: list[tuple[int, tuple[Cell, ...], str]] = [(0, (), start)]
    done: set[str] = set()
    while queue:
        cost, cells, node = heapq.heappop(queue)
        if node == end:
            return cost, cells
        if node in done:
            continue
        done.add(node)
        for more, following, cell in steps.get(node, ()):
            heapq.heappush(queue, (cost + more, (*cells, cell), following))
    return None
