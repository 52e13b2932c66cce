"""What somebody looks for in papers: words, their other forms, and phrases in quotation marks.

A word is found by its beginning and by the other forms of its stem, so "therapies" finds what says
"therapist". A phrase is found as it stands, whole words side by side. Neither database has a part
in this, so both find the same.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

#: letters that a stem keeps; a shorter word has one form
SHORTEST_STEM, SHORTEST_TWIN = 4, 3
#: endings that take each other's place, the longest first
_FAMILIES = (
    ("ists", "ying", "ies", "ied", "ist", "y"),
    ("ments", "ment", "ings", "ing", "ers", "er", "es", "ed", "e", "s", ""),
)
_SILENT = ("e", "es", "ed", "er", "ers", "ing")
_VOWELS = "aeiouy"
_TWINNED = ("ings", "ing", "ers", "er", "ed")
_QUOTED = re.compile("[\"\u201c\u201d\u201e\u00ab\u00bb]([^\"\u201c\u201d\u201e\u00ab\u00bb]+)"
                     "[\"\u201c\u201d\u201e\u00ab\u00bb]")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: each of the words and each of the phrases.

    Args:
        words: in any order and form. phrases: whole words side by side.
    """

    words: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.phrases)

    def is_hit(self, word: str) -> bool:
        """Tell whether a word of a paper is one that is looked for."""
        return any(word.startswith(one) or word in forms(one) for one in self.words)

    def places(self, words: Sequence[str]) -> list[int]:
        """Give where in these words of a paper something stands that is looked for."""
        found = {place for place, word in enumerate(words) if self.is_hit(word)}
        for phrase in self.phrases:
            for place in range(len(words) - len(phrase) + 1):
                if tuple(words[place : place + len(phrase)]) == phrase:
                    found.update(range(place, place + len(phrase)))
        return sorted(found)


def asked(text: str, fold: Callable[[str], list[str]], most: int) -> Asked:
    """Read what was typed.

    Args:
        fold: gives the words of a text as papers keep them. most: words that are read.
    """
    phrases, room = [], most
    for inner in _QUOTED.findall(text):
        phrase = tuple(fold(inner)[:room])
        if phrase and phrase not in phrases:
            phrases.append(phrase)
            room -= len(phrase)
    words = tuple(dict.fromkeys(fold(_QUOTED.sub(" ", text))))[:room]
    return Asked(words, tuple(phrases))


def forms(word: str) -> frozenset[str]:
    """Give the other forms of a word, as whole words; none of a short one or of a number.

    Some of what is given is no English. No paper says it, so it finds nothing.
    """
    if not word.isascii() or not word.isalpha():
        return frozenset()
    for family in _FAMILIES:
        for ending in family:
            if word.endswith(ending) and (found := _formed(word, ending, family)):
                return frozenset(found)
    return frozenset()


def _formed(word: str, ending: str, family: Sequence[str]) -> list[str]:
    stem = word.removesuffix(ending) if ending else word
    if len(stem) < SHORTEST_STEM:
        # caring, care: a short stem that lost its "e", and no other
        silent = ending in _SILENT and len(stem) == SHORTEST_TWIN and stem[-1] not in _VOWELS
        return [stem + one for one in _SILENT] if silent else []
    if ending == "s" and stem.endswith("s"):
        return []
    found = [stem + one for one in family]
    if "" in family:
        # planning, plan: what was written twice for the sake of its ending; assess is not
        if ending in _TWINNED and stem[-1] == stem[-2] and stem[-1] not in "lsz":
            found += [stem[:-1], f"{stem[:-1]}s"]
        if stem[-1] not in f"{_VOWELS}wx" and stem[-2] in _VOWELS and stem[-3] not in _VOWELS:
            found += [f"{stem}{stem[-1]}{one}" for one in _TWINNED]
    return found
