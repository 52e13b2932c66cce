"""Rows of one list that are about one pupil: joined where they agree, refused where they clash.

Some systems write one line for each need of a pupil. Two pupils with one UPN are an error (check
1520 of the children in need census); only a person can say which of them has it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from opensenco.exchange.readers.needs import Need, ranked
from opensenco.exchange.readers.pupil import PupilRow, Refused
from opensenco.exchange.readers.words import Fault, Note, Unreadable
from opensenco.kernel.text import search_key
from opensenco.kernel.words import sentence

_MOST_LINES_NAMED = 6
Result = PupilRow | Refused


def settled(rows: Sequence[Result], cells: Mapping[int, tuple[str, ...]]) -> tuple[Result, ...]:
    """`rows` with each pupil once and their needs ranked 1, 2, 3, in the order of first lines.

    `cells` gives a row's cells by its line, for those that have to be refused now.
    """
    pupils = [row for row in rows if isinstance(row, PupilRow)]
    results: list[Result] = [row for row in rows if isinstance(row, Refused)]
    for group in _groups(pupils):
        results += _one(group, cells)
    return tuple(sorted(results, key=lambda row: row.line))


def _groups(pupils: Sequence[PupilRow]) -> list[list[PupilRow]]:
    """Rows that share an identifier, directly or through a third row."""
    leader = list(range(len(pupils)))

    def lead(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    first_with: dict[tuple[str, ...], int] = {}
    for index, pupil in enumerate(pupils):
        for key in _keys(pupil):
            other = lead(first_with.setdefault(key, index))
            mine = lead(index)
            leader[max(mine, other)] = min(mine, other)
    groups: dict[int, list[PupilRow]] = {}
    for index, pupil in enumerate(pupils):
        groups.setdefault(lead(index), []).append(pupil)
    return list(groups.values())


def _keys(pupil: PupilRow) -> Iterator[tuple[str, ...]]:
    identifiers = (
        ("upn", pupil.upn),
        ("admission number", pupil.admission_number),
        ("mis id", pupil.mis_id),
    )
    given = [pair for pair in identifiers if pair[1]]
    yield from given
    if not given:
        born = pupil.birth_date.isoformat()
        yield "who", search_key(pupil.surname), search_key(pupil.forename), born


def _one(group: Sequence[PupilRow], cells: Mapping[int, tuple[str, ...]]) -> list[Result]:
    first = group[0]
    if any(_without_needs(other) != _without_needs(first) for other in group[1:]):
        return [_clash(pupil, group, cells) for pupil in group]
    notes = list(chain.from_iterable(pupil.notes for pupil in group))
    notes += [
        Note("", sentence("Line {line} repeats this pupil.", line=other.line))
        for other in group[1:]
        if set(other.needs) <= set(first.needs)
    ]
    try:
        needs = ranked(_all_needs(group))
    except Unreadable as refusal:
        fault = Fault("", refusal.wrong, refusal.mend)
        return [Refused(pupil.line, (fault,), cells.get(pupil.line, ())) for pupil in group]
    lines = tuple(pupil.line for pupil in group)
    return [replace(first, needs=needs, notes=tuple(dict.fromkeys(notes)), lines=lines)]


def _all_needs(group: Sequence[PupilRow]) -> tuple[Need, ...]:
    """The needs of all rows; one that an earlier row has told already is not told again."""
    needs = group[0].needs
    for pupil in group[1:]:
        needs += tuple(need for need in pupil.needs if need not in needs)
    return needs


def _without_needs(pupil: PupilRow) -> PupilRow:
    return replace(pupil, line=0, lines=(), notes=(), needs=())


def _clash(
    pupil: PupilRow, group: Sequence[PupilRow], cells: Mapping[int, tuple[str, ...]]
) -> Refused:
    others = [str(other.line) for other in group if other is not pupil]
    named = ", ".join(others[:_MOST_LINES_NAMED])
    fault = Fault(
        "",
        sentence("This row and line {lines} have the same number or name but differ.", lines=named),
        sentence(
            "If they are two pupils, correct the UPN or number of one. If they are one pupil, "
            "keep one row."
        ),
    )
    return Refused(pupil.line, (fault,), cells.get(pupil.line, ()))
