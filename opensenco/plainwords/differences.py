"""Two texts side by side, word by word: what stayed, what was taken out, what was put in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, OUT, IN = "same", "out", "in"
#: words beyond which texts are laid side by side whole: comparing would take too long
MOST = 4_000
#: a word with the space after it; words are compared, spaces are only kept
_TOKEN = re.compile(r"\S+\s*|\s+")
Part = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words, and what became of them: SAME, OUT or IN."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One part of a plan in two versions."""

    name: str
    stretches: tuple[Stretch, ...]

    @property
    def changed(self) -> bool:
        """Whether a word of it was changed."""
        return any(one.kind != SAME for one in self.stretches)


def word_by_word(before: str, after: str) -> tuple[Stretch, ...]:
    """Give what became of the words of a text."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if old == new:
        return (Stretch(SAME, after),) if after else ()
    if len(old) + len(new) > MOST:
        pairs = ((OUT, before), (IN, after))
        return tuple(Stretch(kind, words) for kind, words in pairs if words)
    found: list[Stretch] = []
    was: list[str] = [token.strip() for token in old]
    now: list[str] = [token.strip() for token in new]
    match = SequenceMatcher(None, was, now, autojunk=False)
    for deed, a, b, c, d in match.get_opcodes():
        if deed == "equal":
            found.append(Stretch(SAME, "".join(new[c:d])))
            continue
        if b > a:
            found.append(Stretch(OUT, "".join(old[a:b])))
        if d > c:
            found.append(Stretch(IN, "".join(new[c:d])))
    return tuple(found)


def part_by_part(before: Sequence[Part], after: Sequence[Part]) -> list[Difference]:
    """Give each part of two versions, in the order of the later one; parts are known by name."""
    old, new = dict(before), dict(after)
    names = list(new)
    gone = [name for name, _words in before if name not in new]
    return [
        Difference(name, word_by_word(old.get(name, ""), new.get(name, "")))
        for name in [*names, *gone]
    ]
