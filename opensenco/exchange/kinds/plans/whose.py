"""Whose paper a file is: by what it is called, then by its first page. Else a person decides.

A whole name that one pupil alone has is taken, as is a UPN. A part of a name is a question, and so
is whatever contradicts itself: a paper in the wrong child's record is worse than one not filed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from opensenco.documents.guessing import days_in
from opensenco.exchange.kinds.pupils.roll import Known
from opensenco.kernel.text import search_key
from opensenco.kernel.upn import BadUpn, read_upn
from opensenco.kernel.words import Sentence, mark, sentence

_UPN = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]\d{11}[0-9A-Za-z])(?![A-Za-z0-9])")
MOST_CANDIDATES = 8
SHORTEST_PART = 3
BY_UPN = mark("Found by the UPN.")
BY_NAME = mark("Found by the name of the file.")
BY_FIRST_PAGE = mark("Found by the name and date of birth on its first page.")
BY_PAGE_UPN = mark("Found by the UPN on its first page.")
NOTHING = mark("Neither the name of the file nor its first page tells whose it is.")
SEVERAL = mark("Several pupils here have this name.")
PART = mark("Only a part of a name was found.")
PAGE_NAME = mark("The first page names a pupil. Nothing else says that it is theirs.")
OTHER_BIRTH = mark("The file’s name has another date of birth than this pupil.")
OTHER_PAGE = mark("The name of the file is one pupil’s, the first page another’s.")
LEFT = mark("This pupil has left.")


@dataclass(frozen=True, slots=True)
class Whose:
    """One pupil for sure, or some perhaps; and why."""

    pupil: Known | None = None
    candidates: tuple[Known, ...] = ()
    reason: Sentence | None = None


class Owners:
    """The pupils of a setting, to be found in what papers are called and say."""

    def __init__(self, roll: Sequence[Known], today: date) -> None:
        self._today = today
        self.by_id = {known.pk: known for known in roll}
        self._by_upn = {known.values["upn"]: known for known in roll if known.values["upn"]}
        self._names = [
            (known, [order for last, first in known.names for order in _orders(last, first)])
            for known in roll
        ]
        self._parts = [
            (known, {part for pair in known.names for part in pair if len(part) >= SHORTEST_PART})
            for known in roll
            if not known.has_left(today)
        ]

    def find(self, called: str, words: str) -> Whose:
        """Say whose a paper is.

        Args:
            called: its file's name with the folders it lay in. words: the first ones on its page.
        """
        inside = self._on_page(words)
        if known := self._of_upn(called):
            return self._checked(known, BY_UPN, inside, called)
        named = self._named(called)
        if len(named) == 1:
            return self._checked(named[0], BY_NAME, inside, called)
        if named:
            return self._one_of(named, inside, called)
        if inside.pupil:
            return inside
        return self._perhaps(called, inside)

    def _of_upn(self, text: str) -> Known | None:
        found = {k.pk: k for upn in _UPN.findall(text) if (k := self._of_number(upn))}
        return next(iter(found.values())) if len(found) == 1 else None

    def _of_number(self, text: str) -> Known | None:
        try:
            return self._by_upn.get(read_upn(text).text)
        except BadUpn:
            return None

    def _named(self, text: str) -> list[Known]:
        plain = f" {search_key(text, len(text) * 2)} "
        return [known for known, names in self._names if any(one in plain for one in names)]

    def _on_page(self, words: str) -> Whose:
        """Say whom the first page is about: by UPN, or by name and birth date together."""
        if known := self._of_upn(words):
            return Whose(known, reason=sentence(BY_PAGE_UPN))
        named = self._named(words)
        days = {day.isoformat() for day in days_in(words)}
        sure = [known for known in named if known.values["birth_date"] in days]
        if len(sure) == 1:
            return Whose(sure[0], reason=sentence(BY_FIRST_PAGE))
        return Whose(candidates=tuple(named[:MOST_CANDIDATES]))

    def _checked(self, known: Known, why: str, inside: Whose, called: str) -> Whose:
        """Take a pupil unless something says otherwise."""
        if inside.pupil and inside.pupil.pk != known.pk:
            return Whose(candidates=(known, inside.pupil), reason=sentence(OTHER_PAGE))
        born = date.fromisoformat(known.values["birth_date"])
        named = set(days_in(called))
        if any(_looks_like_a_birth(day, born, self._today) for day in named - {born}):
            return Whose(candidates=(known,), reason=sentence(OTHER_BIRTH))
        if known.has_left(self._today) and why != BY_UPN and inside.pupil is None:
            return Whose(candidates=(known,), reason=sentence(LEFT))
        return Whose(known, reason=sentence(why))

    def _one_of(self, named: list[Known], inside: Whose, called: str) -> Whose:
        """Of several with one name take whom the first page or a birth date in the name tells."""
        if inside.pupil in named:
            return inside
        days = {day.isoformat() for day in days_in(called)}
        born = [known for known in named if known.values["birth_date"] in days]
        if len(born) == 1:
            return Whose(born[0], reason=sentence(BY_NAME))
        return Whose(candidates=tuple(named[:MOST_CANDIDATES]), reason=sentence(SEVERAL))

    def _perhaps(self, called: str, inside: Whose) -> Whose:
        if inside.candidates:
            return Whose(candidates=inside.candidates, reason=sentence(PAGE_NAME))
        plain = f" {search_key(called, len(called) * 2)} "
        near = [
            known for known, parts in self._parts if any(f" {part} " in plain for part in parts)
        ]
        if near and len(near) <= MOST_CANDIDATES:
            return Whose(candidates=tuple(near), reason=sentence(PART))
        return Whose(reason=sentence(NOTHING))


def _orders(last: str, first: str) -> tuple[str, str]:
    return f" {last} {first} ", f" {first} {last} "


def _looks_like_a_birth(day: date, born: date, today: date) -> bool:
    """Tell whether a date in a name can only be a birth: it lies before any paper of the child."""
    return day.year < today.year - 3 and abs(day.year - born.year) <= 2
