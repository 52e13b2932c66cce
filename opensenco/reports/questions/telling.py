"""How figures are said in a report."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from opensenco.kernel.small_numbers import SMALL, Guarded, guard
from opensenco.reports.document import Cell, Line, Table


def cell(one: Guarded) -> Cell:
    """Say a count, or why it is not said."""
    if one.value is not None:
        return Cell(str(one.value), one.value)
    words = _("under %(small)s") % {"small": SMALL} if one.small else _("also hidden")
    return Cell(words, None, hidden=True)


def counted(
    name: str, head: str, unit: str, names: Sequence[str], counts: Sequence[int], *, note: str = ""
) -> Table:
    """Give counts of pupils as a table, each hidden where it could name a child."""
    (shown,) = guard(counts).tables
    return listed(name, head, unit, zip(names, names, shown, strict=True), note=note)


def within(counts: Sequence[int], whole: Guarded) -> tuple[Guarded, ...]:
    """Guard counts of people whose sum stands, shown or hidden, in another table of the report.

    Shown, it is one number more from which a small one could be worked out. Hidden because of a
    small one beside it, it must not be the sum of what is shown here.

    Args:
        whole: the sum as that other table shows it.

    Returns:
        The counts as they may be shown; none at all where they could not be told apart.
    """
    if whole.value is None:
        (shown,) = guard(counts).tables
        if whole.small:
            return shown
        most = [place for place, count in enumerate(counts) if count >= SMALL]
        if not most:
            return ()
        least = min(most, key=lambda place: counts[place])
        return tuple(Guarded(None) if place == least else one for place, one in enumerate(shown))
    if whole.value != sum(counts):
        # they do not count the same people: neither tells anything of the other
        return guard(counts).tables[0]
    shown, (same,) = guard(counts, (whole.value,)).tables
    return shown if same.value is not None else ()


def listed(
    name: str, head: str, unit: str, rows: Iterable[tuple[str, str, Guarded]], *, note: str = ""
) -> Table:
    """Give a table of rows: short name, name, and a count that is guarded already."""
    lines = tuple(Line(full, (cell(one),), short) for short, full, one in rows)
    return Table(name, (head, unit), lines, note)
