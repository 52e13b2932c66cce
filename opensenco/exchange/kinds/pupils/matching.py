"""Which pupil each row of a list is about: by UPN, then by name and date of birth, else a person
decides. Nothing is guessed: whatever only looks alike is put as a question.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from opensenco.exchange.kinds.pupils.roll import Known, names_of
from opensenco.kernel.words import Sentence, sentence

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """Whom a row is about: one pupil for sure, or some perhaps, with the reasons, or nobody."""

    known: Known | None = None
    candidates: tuple[Known, ...] = ()
    reasons: tuple[Sentence, ...] = ()


class Finder:
    """The pupils of a setting, to be found in the ways in which a list names them."""

    def __init__(self, roll: Sequence[Known], today: date) -> None:
        self._today = today
        self._by_upn = {known.values["upn"]: known for known in roll if known.values["upn"]}
        self._by_former_upn = {upn: known for known in roll for upn in known.was.upns}
        self._by_former_name: dict[object, list[Known]] = defaultdict(list)
        self._by_name: dict[object, list[Known]] = defaultdict(list)
        self._by_birth: dict[object, list[Known]] = defaultdict(list)
        for known in roll:
            self._by_birth[known.values["birth_date"]].append(known)
            for name in known.names:
                self._by_name[name].append(known)
            for name in known.was.names - known.names:
                self._by_former_name[name].append(known)

    def find_all(self, rows: Sequence[Values]) -> list[Found]:
        """Give whom each row is about. What one row takes for sure is nobody else's."""
        found = [self._surely(values) for values in rows]
        taken = Counter(one.known.pk for one in found if one.known)
        found = [_one_each(one, taken) for one in found]
        sure = {one.known.pk for one in found if one.known}
        return [
            self._perhaps(values, sure) if one == Found() else one
            for values, one in zip(rows, found, strict=True)
        ]

    def _surely(self, values: Values) -> Found:
        return self._upn(values) or self._former_upn(values) or self._who(values)

    def _upn(self, values: Values) -> Found | None:
        for name in ("upn", "former_upn"):
            known = self._by_upn.get(values.get(name, ""))
            if known is None:
                continue
            if _same_birth(values, known) or names_of(values) & known.names:
                return self._here(known, values)
            return Found(candidates=(known,), reasons=(OTHER_WITH_UPN,))
        return None

    def _former_upn(self, values: Values) -> Found | None:
        """A number that was a pupil's before counts as theirs where somebody else's is not meant:
        the name or the date of birth must agree as well (CTF-02).
        """
        for name in ("upn", "former_upn"):
            known = self._by_former_upn.get(values.get(name, ""))
            if known is None:
                continue
            if _same_birth(values, known) or names_of(values) & (known.names | known.was.names):
                return self._here(known, values)
            return Found(candidates=(known,), reasons=(FORMER_UPN,))
        return None

    def _who(self, values: Values) -> Found:
        same = [k for k in self._named(values) if _same_birth(values, k)]
        if len(same) > 1:
            return Found(candidates=tuple(same), reasons=(SEVERAL,))
        if not same:
            return Found()
        known = same[0]
        given, held = values.get("upn", ""), known.values["upn"]
        replaced = is_temporary(held) and not is_temporary(given)
        if given and held and values.get("former_upn", "") != held and not replaced:
            return Found(candidates=(known,), reasons=(OTHER_UPN,))
        return self._here(known, values)

    def _here(self, known: Known, values: Values) -> Found:
        if known.has_left(self._today) and not values.get("left_on"):
            return Found(candidates=(known,), reasons=(HAS_LEFT,))
        return Found(known)

    def _named(self, values: Values) -> list[Known]:
        return _distinct(k for name in sorted(names_of(values)) for k in self._by_name[name])

    def _perhaps(self, values: Values, taken: set[int]) -> Found:
        """Give pupils nobody else in the list is, with the same name or nearly so."""
        birth = [k for k in self._by_birth[values["birth_date"]] if _shares_a_name(values, k)]
        before = [k for name in sorted(names_of(values)) for k in self._by_former_name[name]]
        everybody = _distinct([*self._named(values), *birth, *before])
        near = [k for k in everybody if k.pk not in taken]
        if not near:
            return Found()
        reasons = {_why_near(values, k): None for k in near}
        return Found(candidates=tuple(near), reasons=tuple(reasons))


def _one_each(one: Found, taken: Counter[int]) -> Found:
    if one.known and taken[one.known.pk] > 1:
        return Found(candidates=(one.known,), reasons=(TWO_ROWS,))
    return one


def is_temporary(upn: str) -> bool:
    """Tell whether a pupil number is one that a school gave for the time being."""
    return upn[-1:].isalpha()


def _why_near(values: Values, known: Known) -> Sentence:
    if names_of(values) & known.was.names:
        return FORMER_NAME
    return OTHER_NAME if _same_birth(values, known) else OTHER_BIRTH


def _same_birth(values: Values, known: Known) -> bool:
    return bool(values["birth_date"] == known.values["birth_date"])


def _shares_a_name(values: Values, known: Known) -> bool:
    mine, theirs = names_of(values), known.names
    return any(
        a == c or b == d for a, b in mine for c, d in theirs
    )  # fmt: skip


def _distinct(several: Iterable[Known]) -> list[Known]:
    return list({known.pk: known for known in several}.values())


OTHER_WITH_UPN = sentence("This UPN is that of a pupil here with another name and date of birth.")
FORMER_UPN = sentence(
    "This UPN was that of a pupil here with another name and date of birth before."
)
FORMER_NAME = sentence("A pupil here had this name before.")
OTHER_UPN = sentence("A pupil here has the same name and date of birth, and another UPN.")
SEVERAL = sentence("Several pupils here have this name and date of birth.")
TWO_ROWS = sentence("Two rows of the file seem to be about the same pupil.")
HAS_LEFT = sentence("This pupil has left. Taking the row puts them back on the roll.")
OTHER_BIRTH = sentence("A pupil here has the same name and another date of birth.")
OTHER_NAME = sentence("A pupil here has the same date of birth and part of the name.")
