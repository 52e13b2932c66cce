"""Which column of a list is which: by its heading, then by what stands in it.

A kind of list declares its fields with the headings under which schools' systems export them; one
guess serves every kind. The guess is shown to the person, who may change it; a mapping given by a
person is never second-guessed.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from opensenco.exchange.readers.cells import squeezed, tidy
from opensenco.exchange.readers.words import Unreadable
from opensenco.kernel.errors import DomainError
from opensenco.kernel.words import Sentence, sentence

_ENOUGH = 0.8  # of the samples must fit before content alone decides
_FEWEST_SAMPLES = 3
_SHORTEST_SAMPLE = 3
_WHOSE = re.compile(r"(?:pupil|student|child|learner)(s?.+)")


@dataclass(frozen=True, slots=True)
class Field:
    """What a column can hold.

    Args:
        code: its name in values and mappings.
        title: its name on pages, marked for translation.
        headings: those met in exports, best first, divided by "|".
        date: it holds dates; a column of them is looked at as a whole.
        repeated: several columns may hold it.
        tells: reads a cell; what it can read is recognised without a heading.
        doubt: what is said where content alone told, with {number} for the column.
        missing: what is said where a list that needs it has no such column.
        number: fills {number} in the title, where one row has several of a kind.
        called: fills {name} in the title, where people gave it its name.
    """

    code: str
    title: str
    headings: str
    date: bool = False
    repeated: bool = False
    tells: Callable[[str], object] | None = None
    doubt: str = ""
    missing: str = ""
    number: int = 0
    called: str = ""


@dataclass(frozen=True, slots=True)
class Guess:
    """What each column of a header probably is, None where it is nothing we read.

    `doubts` are sentences for the person who checks it; `missing` are fields without which no row
    can be read.
    """

    fields: tuple[str | None, ...]
    doubts: tuple[Sentence, ...] = ()
    missing: tuple[str, ...] = ()


Claim = tuple[int, str]


class Fields:
    """The fields of one kind of list.

    Args:
        fields: in the order in which pages list them.
        needed: each entry is fields of which one must be there, the first named where none is.
        instead: fields that are left out where all of the others are there.
        claims: knows headings that no list can hold, as (how good, field); 0 is best.
        thin: of several columns of a repeated field, which to take.
    """

    def __init__(
        self,
        fields: Sequence[Field],
        *,
        needed: Sequence[Sequence[str]],
        instead: Mapping[str, Iterable[str]] | None = None,
        claims: Callable[[str], Claim | None] | None = None,
        thin: Callable[[Sequence[str], list[int]], list[int]] | None = None,
    ) -> None:
        self.by_code = {field.code: field for field in fields}
        self._needed = needed
        self._instead = {code: frozenset(others) for code, others in (instead or {}).items()}
        self._claims = claims
        self._thin = thin
        self._fields = tuple(fields)

    @cached_property
    def _by_heading(self) -> dict[str, Claim]:
        # some thousands of headings are folded, when the first list is read
        return {
            heading_key(heading): (place, field.code)
            for field in self._fields
            for place, heading in enumerate(field.headings.split("|"))
            if heading
        }

    @property
    def dates(self) -> frozenset[str]:
        """The fields that hold dates."""
        return frozenset(code for code, field in self.by_code.items() if field.date)

    @property
    def repeated(self) -> frozenset[str]:
        """The fields that several columns may hold."""
        return frozenset(code for code, field in self.by_code.items() if field.repeated)

    @property
    def asks(self) -> int:
        """How many columns a list cannot do without."""
        return len(self._needed)

    def title(self, code: str) -> Sentence:
        """The name of a field on pages."""
        field = self.by_code[code]
        if field.called:
            return sentence(field.title, name=field.called)
        return sentence(field.title, number=field.number) if field.number else sentence(field.title)

    def with_more(self, more: Sequence[Field], taken: Iterable[str]) -> "Fields":
        """Give these fields with some of one place, each of one heading: its name.

        Args:
            taken: codes of fields here that keep their headings, whatever else has such a name.
        """
        kept = frozenset(taken)
        whole = copy(self)
        whole.by_code = {**self.by_code, **{field.code: field for field in more}}
        whole._by_heading = dict(self._by_heading)
        for field in more:
            claim = self._claim(field.headings)
            if claim is None or claim[1] not in kept:
                whole._by_heading[heading_key(field.headings)] = (0, field.code)
        return whole

    def known_headings(self, cells: Sequence[str]) -> int:
        """How many of the cells are headings that we know; two or more make a header."""
        known = sum(self._claim(cell) is not None for cell in cells)
        return known if known > 1 else 0

    def knows(self, heading: str) -> bool:
        """Tell whether a heading is one of ours."""
        return self._claim(heading) is not None

    def sure(self, header: Sequence[str], sample: Sequence[Sequence[str]]) -> int:
        """How many columns speak for such a list, where nobody has said what the file is."""
        return sum(code is not None for code in self.guess(header, sample).fields)

    def guess(self, header: Sequence[str], sample: Sequence[Sequence[str]] = ()) -> Guess:
        """Guesses what each column is, by its heading and then by some rows of the file.

        `header` as it stands; `sample` some rows of the same length. Where two columns claim one
        field the better known heading wins and the other is left unused, with a doubt if they are
        equal.
        """
        chosen: list[str | None] = [None] * len(header)
        doubts: list[Sentence] = []
        claims = [self._claim(heading) for heading in header]
        for code, field in self.by_code.items():
            places = [place for place, claim in enumerate(claims) if claim and claim[1] == code]
            if field.repeated:
                for place in self._thin(header, places) if self._thin else places:
                    chosen[place] = code
            elif places:
                best = min(places, key=lambda place: (claims[place] or (0, ""))[0])
                chosen[best] = code
                if any(claims[place] == claims[best] for place in places if place != best):
                    doubts.append(_two_columns(header[best]))
        for code, others in self._instead.items():
            if others <= set(chosen):
                chosen = [None if one == code else one for one in chosen]
        self._by_content(chosen, sample, doubts)
        return Guess(tuple(chosen), tuple(doubts), self.missing(chosen))

    def missing(self, chosen: Iterable[str | None]) -> tuple[str, ...]:
        """The fields without which no row can be read."""
        have = set(chosen)
        return tuple(one[0] for one in self._needed if not have & set(one))

    def _claim(self, heading: str) -> Claim | None:
        """The field that a heading names, and how good a name for it this is (0 is best)."""
        for text in readings(heading):
            if text in self._by_heading:
                return self._by_heading[text]
            if self._claims and (claim := self._claims(text)):
                return claim
        return None

    def _by_content(
        self, chosen: list[str | None], sample: Sequence[Sequence[str]], doubts: list[Sentence]
    ) -> None:
        """Finds by content what no heading named. Never a date: which one would it be?"""
        for code, field in self.by_code.items():
            if field.tells is None or code in chosen:
                continue
            fitting = [
                place
                for place, taken in enumerate(chosen)
                if taken is None and _fits(_column(sample, place), field.tells)
            ]
            if len(fitting) == 1:
                chosen[fitting[0]] = code
                doubts.append(sentence(field.doubt, number=fitting[0] + 1))


def whole_or_parts(whole: str, parts: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Give as `needed` that either one field or each of some others must be there."""
    return tuple((part, whole) for part in parts)


def readings(heading: str) -> tuple[str, ...]:
    """A heading squeezed, and without "pupil" or "pupils" before it: that "s" may be either's."""
    if "%" in heading:
        return (heading_key(heading), *readings(heading.replace("%", " ")))
    whole = squeezed(heading)
    found = _WHOSE.fullmatch(whole)
    if not found:
        return (whole,)
    rest = found[1]
    return (whole, rest, rest[1:]) if rest.startswith("s") and len(rest) > 1 else (whole, rest)


def heading_key(heading: str) -> str:
    """A heading squeezed, with its percent sign as a word: "Att" is a count and "Att %" is none."""
    return squeezed(heading.replace("%", " percent "))


def _two_columns(heading: str) -> Sentence:
    return sentence("Two columns have the heading “{heading}”. Choose one.", heading=tidy(heading))


def _column(sample: Sequence[Sequence[str]], place: int) -> list[str]:
    return list(chain.from_iterable(row[place : place + 1] for row in sample))


def _fits(cells: list[str], reader: Callable[[str], object]) -> bool:
    texts = [text for text in map(tidy, cells) if text]
    if len(texts) < _FEWEST_SAMPLES:
        return False
    return sum(_tells(text, reader) for text in texts) >= _ENOUGH * len(texts)


def _tells(text: str, reader: Callable[[str], object]) -> bool:
    # A letter or two are too little: they may be a house, a set or a sex.
    if len(text) < _SHORTEST_SAMPLE:
        return False
    try:
        reader(text)
    except (Unreadable, DomainError):
        return False
    return True
