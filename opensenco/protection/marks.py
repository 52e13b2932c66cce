"""Who else is named in what is held about a child: found by words, decided by people.

A machine finds names and not meanings: whoever looks through the pieces reads each of them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from opensenco.access.models import Membership
from opensenco.access.roles import ROLES
from opensenco.kernel.text import search_key
from opensenco.people.models import Contact, GroupPupil, Pupil
from opensenco.protection.held import Whose
from opensenco.protection.states import Mark

#: names as short as this are words as often as names
SHORTEST = 3
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
GUESTS = [role.code for role in ROLES if role.guest]


@dataclass(frozen=True)
class Names:
    """The names to look for, without case and accents.

    Args:
        pairs: first name and first word of the surname, by what they are a mark of.
        singles: names that are looked for by themselves where they begin with a capital.
        own: the child's own names, which are no mark.
    """

    pairs: Mapping[Mark, frozenset[tuple[str, str]]]
    singles: Mapping[Mark, frozenset[str]]
    own: frozenset[str]


def names_round(child: Whose) -> Names:
    """Give the names of everybody round a child: in four questions, however many there are."""
    place = Pupil.objects.filter(org=child.org)
    ours = place.filter(pk__in=child.pupils)
    own = {word for row in ours for word in _words(row.first_name, row.known_as, row.last_name)}
    others = place.exclude(pk__in=child.pupils)
    columns = ("first_name", "known_as", "last_name")
    pupils = {pair for row in others.values_list(*columns) for pair in _pairs(*row)}
    beside = GroupPupil.objects.filter(pupil__in=child.pupils).values("group")
    known = others.filter(pk__in=GroupPupil.objects.filter(group__in=beside).values("pupil"))
    classmates = {word for row in known.values_list(*columns[:2]) for word in _words(*row)}
    staff, surnames = _staff(child.org)
    family = {
        word
        for name in Contact.objects.filter(pupil__in=child.pupils).values_list("name", flat=True)
        for word in _words(name)
    }
    return Names(
        {Mark.PUPILS: frozenset(pupils), Mark.STAFF: frozenset(staff)},
        {
            Mark.PUPILS: frozenset(classmates - own),
            Mark.FAMILY: frozenset(family - own),
            Mark.STAFF: frozenset(surnames - own),
        },
        frozenset(own),
    )


def _staff(org: int) -> tuple[set[tuple[str, str]], set[str]]:
    rows = Membership.objects.filter(org=org).exclude(role__in=GUESTS)
    found = list(rows.values_list("person__first_name", "person__last_name").distinct())
    pairs = {pair for first, last in found for pair in _pairs(first, "", last)}
    return pairs, {word for _first, last in found for word in _words(last)}


def _words(*names: str) -> list[str]:
    return [word for name in names for word in search_key(name).split() if len(word) >= SHORTEST]


def _pairs(first: str, known: str, last: str) -> Iterable[tuple[str, str]]:
    lasts = search_key(last).split()
    for name in (first, known):
        firsts = search_key(name).split()
        if firsts and lasts:
            yield firsts[0], lasts[0]


def marks_in(texts: Iterable[str], names: Names) -> dict[str, list[str]]:
    """Give by mark the words of texts that name somebody, as they are written there."""
    found: dict[str, dict[str, None]] = {}
    for text in texts:
        written = _WORD.findall(text)
        plain = [search_key(word) for word in written]
        for at, word in enumerate(plain):
            after = plain[at + 1] if at + 1 < len(plain) else ""
            for mark, pairs in names.pairs.items():
                if after and (word, after) in pairs and {word, after} - names.own:
                    found.setdefault(mark, {})[f"{written[at]} {written[at + 1]}"] = None
            if written[at][:1].isupper():
                for mark, singles in names.singles.items():
                    if word in singles:
                        found.setdefault(mark, {})[written[at]] = None
    return {str(mark): sorted(words) for mark, words in sorted(found.items())}
