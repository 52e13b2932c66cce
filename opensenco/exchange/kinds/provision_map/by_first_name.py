"""Pupils as a map of provisions names them: "Amara", "Josh S", under a class or without one.

A first name says who is meant where the map says of which class, and one pupil of it has that name.
Anywhere else it is a question.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from opensenco.exchange.kinds import pupil_here
from opensenco.exchange.kinds.pupil_here import Found, PupilsHere
from opensenco.exchange.kinds.pupils.roll import Known
from opensenco.exchange.readers.any_list import Values
from opensenco.exchange.readers.cells import squeezed
from opensenco.exchange.readers.map_names import YEAR
from opensenco.exchange.readers.words import Fault
from opensenco.kernel.text import search_key
from opensenco.kernel.words import mark, sentence

NOBODY = mark("No pupil here has this name.")
NOT_IN_CLASS = mark("A pupil here has this name, and is not in {name}.")
FIRST_NAME_ONLY = mark("A pupil here has this first name. The map does not say of which class.")
SEVERAL = mark("Several pupils here have this name.")
CORRECT = mark("Read the pupils in first, or write the whole name.")


class FirstNames:
    """Finds pupils by first name, with a surname, the first letter of one, or a class."""

    def __init__(self, pupils: PupilsHere, today: date) -> None:
        self._by_first: dict[str, list[Known]] = defaultdict(list)
        for known in pupils.by_id.values():
            if known.has_left(today):
                continue
            for first in sorted({first for _last, first in known.names}):
                self._by_first[first].append(known)

    def find(self, values: Values) -> Found:
        """Give who is meant."""
        words = search_key(
            f"{values.get(pupil_here.FIRST, '')} {values.get(pupil_here.LAST, '')}"
        ).split()
        named = self._named(words)
        group = values.get("class", "")
        if not named:
            return Found(fault=Fault("", sentence(NOBODY), sentence(CORRECT)))
        inside = [known for known in named if group and is_of(known, group)]
        whole = len(words) > 1 and len(words[-1]) > 1
        if len(inside) == 1 or (whole and len(named) == 1 and not group):
            return Found((inside or named)[0])
        if len(inside or named) > 1:
            return Found(candidates=tuple(inside or named), reasons=(sentence(SEVERAL),))
        why = sentence(NOT_IN_CLASS, name=group) if group else sentence(FIRST_NAME_ONLY)
        return Found(candidates=tuple(named), reasons=(why,))

    def _named(self, words: list[str]) -> list[Known]:
        """Give those who could be meant: a first name can have two words, and so a surname."""
        found: dict[int, Known] = {}
        for count in range(1, len(words) + 1):
            last = " ".join(words[count:])
            several = self._by_first.get(" ".join(words[:count]), [])
            found |= {known.pk: known for known in _with_surname(several, last)}
        return list(found.values())


def _with_surname(several: Iterable[Known], last: str) -> list[Known]:
    """Give those whose surname begins so; one letter stands for a surname."""
    if not last:
        return list(several)
    return [
        known
        for known in several
        if any(
            surname == last or (len(last) == 1 and surname.startswith(last))
            for surname, _first in known.names
        )
    ]


def is_of(known: Known, heading: str) -> bool:
    """Tell whether a pupil is of the class or year that a heading names."""
    group, wanted = squeezed(known.values["group"]), squeezed(heading)
    if group and group in (wanted, wanted.removeprefix("class"), wanted.removeprefix("year")):
        return True
    found = YEAR.fullmatch(heading.strip())
    if not found:
        return False
    number, letters = found[1] or found[3], found[2] or found[4] or ""
    if letters:
        return group == squeezed(f"{number}{letters}")
    year = known.values.get("year_group")
    return year == (int(number) if number else 0 if found[5] else -1)
