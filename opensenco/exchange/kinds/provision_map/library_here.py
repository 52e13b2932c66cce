"""What a name in a map is: something of the school's library, of the starter library, or new."""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache

from opensenco.access.models import Organisation
from opensenco.exchange.readers.cells import squeezed
from opensenco.kernel.text import search_key
from opensenco.provision.models import Provision
from opensenco.provision.starter import Starter, library

_ALIKE = 0.84
_SHORTEST_WORD = 4
MOST_ALIKE = 4
_NUMBER = re.compile(r"\s*\d+$")
#: words that many provisions have, so that sharing them says nothing
_COMMONS = (
    "group|groups|support|programme|programmes|intervention|interventions|skills|work|"
    "time|session|sessions|club|catch|up|with|and|the|for"
)
_COMMON = frozenset(_COMMONS.split("|"))


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be given: an entry of the school's own library, or of the starter's."""

    key: str
    name: str
    layer: int
    minutes: int | None
    times: int | None
    own: Provision | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Found:
    """What a name is: surely one entry, or perhaps one of several that are only alike."""

    entry: Entry | None = None
    alike: tuple[Entry, ...] = ()


class LibraryHere:
    """The school's library and the starter library, to be found by the names of a map."""

    def __init__(self, org: Organisation) -> None:
        self.by_key: dict[str, Entry] = {}
        self._by_name: dict[str, Entry] = {}
        copied = set()
        own = Provision.objects.filter(org=org, ended_on__isnull=True).order_by("id")
        for row in own:
            entry = Entry(f"own:{row.ref}", row.name, row.layer, row.minutes, row.times_a_week, row)
            self._add(entry, (row.name,))
            if row.starter:
                copied.add(row.starter)
                self._add(entry, _names(library().entries.get(row.starter)))
        for starter in library().entries.values():
            if starter.id not in copied:
                entry = Entry(
                    f"starter:{starter.id}", starter.name, starter.layer, starter.minutes,
                    starter.times_a_week,
                )  # fmt: skip
                self._add(entry, _names(starter))
        self._asked: dict[str, Found] = {}

    def _add(self, entry: Entry, names: tuple[str, ...]) -> None:
        self.by_key[entry.key] = entry
        for name in names:
            # what the school calls its own goes before what others call by the same name
            self._by_name.setdefault(search_key(name), entry)

    def find(self, name: str) -> Found:
        """Give what a name is; the same name is looked for once."""
        key = search_key(name)
        if key not in self._asked:
            self._asked[key] = self._find(key)
        return self._asked[key]

    def _find(self, key: str) -> Found:
        if entry := self._by_name.get(key):
            return Found(entry)
        ranked: dict[str, tuple[float, Entry]] = {}
        for name, entry in self._by_name.items():
            score = _alike(key, name)
            if score >= _ALIKE and score > ranked.get(entry.key, (0.0, entry))[0]:
                ranked[entry.key] = score, entry
        best = sorted(ranked.values(), key=lambda one: (-one[0], one[1].key))
        return Found(alike=tuple(entry for _score, entry in best[:MOST_ALIKE]))


def _names(starter: Starter | None) -> tuple[str, ...]:
    return (starter.name, *starter.aliases) if starter else ()


def _alike(one: str, other: str) -> float:
    """How alike two names are, from 0 to 1: letters, or the words that they share."""
    plain = _NUMBER.sub("", one)
    words, others = _words(plain), _words(other)
    fewer = min(words, others, key=len)
    if fewer and fewer <= (words & others):
        return 0.9
    if abs(len(plain) - len(other)) > max(len(plain), len(other)) // 3:
        return 0.0
    matcher = SequenceMatcher(None, plain, other)
    return matcher.ratio() if matcher.real_quick_ratio() >= _ALIKE else 0.0


def _words(key: str) -> set[str]:
    return {word for word in key.split() if len(word) >= _SHORTEST_WORD and word not in _COMMON}


@cache
def starter_headings() -> frozenset[str]:
    """The names of what schools usually give, as keys of headings."""
    return frozenset(
        squeezed(name) for entry in library().entries.values() for name in _names(entry)
    )


def is_known(heading: str) -> bool:
    """Tell whether a squeezed heading names something that schools usually give, "ELSA 2" too."""
    known = starter_headings()
    return heading in known or _NUMBER.sub("", heading) in known
