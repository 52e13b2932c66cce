"""The rows of a list laid beside the record: what each one is, and what it would change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from opensenco.exchange.matching import Finder, Found, Values
from opensenco.exchange.pupil_values import ASIDE, DETAILS, GROUP, SEN
from opensenco.exchange.readers.compare import changes
from opensenco.exchange.roll import Known
from opensenco.exchange.states import Match
from opensenco.kernel.words import Sentence, sentence
from opensenco.support.states import Status

Change = dict[str, Any]
#: what a person decided about a row: it is this pupil, or (None) a new one
Decided = Mapping[int, Known | None]
ENDS_SUPPORT = sentence("The file would end an EHC plan or SEN support that is on the record.")
LEFT_TOO_SOON = sentence("The date of leaving is before the day this pupil joined.")
LEFT_ALREADY = sentence("This pupil left before today, and is not on the record.")
_ORDER = {name: place for place, name in enumerate((*DETAILS, GROUP, *SEN))}
_STRENGTH = {"": 0, Status.NO_SEN.value: 0, Status.SEN_SUPPORT.value: 1, Status.EHC_PLAN.value: 2}


@dataclass(frozen=True, slots=True)
class Beside:
    """One row beside the record.

    `known` is the pupil it changes, `candidates` are those a person has to choose from; `changes`
    are fields with what stands before and after, in the order in which pages show them.
    """

    match: Match
    known: Known | None = None
    candidates: tuple[Known, ...] = ()
    reasons: tuple[Sentence, ...] = ()
    changes: list[Change] = field(default_factory=list)


def beside(
    rows: Sequence[Values],
    roll: Sequence[Known],
    today: date,
    decided: Decided | None = None,
) -> list[Beside]:
    """Lay rows beside the record.

    Args:
        decided: by place in `rows`, what a person said of a doubtful row.
    """
    found = Finder(roll, today).find_all(rows)
    said = decided or {}
    results = []
    for place, (values, one) in enumerate(zip(rows, found, strict=True)):
        plain = _found(values, one, today)
        if plain.match is Match.DOUBTFUL and place in said:
            plain = _decided(values, plain, today, said[place])
        results.append(plain)
    return results


def _found(values: Values, found: Found, today: date) -> Beside:
    if found.candidates:
        return Beside(Match.DOUBTFUL, None, found.candidates, found.reasons)
    if found.known is None:
        gone = values.get("left_on", "") and values["left_on"] < today.isoformat()
        reasons = (LEFT_ALREADY,) if gone else ()
        return Beside(Match.NEW, reasons=reasons, changes=_as_new(values))
    differing, why = _differences(values, found.known, today)
    if why:
        return Beside(Match.DOUBTFUL, None, (found.known,), why)
    match = Match.CHANGED if differing else Match.UNCHANGED
    return Beside(match, found.known, changes=differing)


def _decided(values: Values, plain: Beside, today: date, chosen: Known | None) -> Beside:
    """Give a doubtful row with what its decision changes; a pupil who is in question no more
    is not taken.
    """
    if chosen is None:
        return replace(plain, changes=_as_new(values))
    if chosen not in plain.candidates:
        return plain
    differing, _why = _differences(values, chosen, today)
    return replace(plain, known=chosen, changes=differing)


def _as_new(values: Values) -> list[Change]:
    said = {name: value for name, value in values.items() if name not in ASIDE}
    _drop_empty_sen(said, held="")
    return _listed((name, None, value) for name, value in said.items() if value != "")


def _differences(
    values: Values, known: Known, today: date
) -> tuple[list[Change], tuple[Sentence, ...]]:
    """Give what a row would change in a pupil, and why a person should be asked first."""
    held = known.values
    said = {name: value for name, value in values.items() if name not in ASIDE}
    if known.has_left(today) and "left_on" not in said:
        said["left_on"] = None
    if said.get(GROUP, "").casefold() == held[GROUP].casefold():
        said.pop(GROUP, None)
    why: list[Sentence] = []
    joined, left = said.get("joined_on") or held["joined_on"], said.get("left_on")
    if joined and left and left < joined:
        del said["left_on"]
        why.append(LEFT_TOO_SOON)
    before = held.get("sen_status", "")
    _drop_empty_sen(said, held=before)
    if _STRENGTH[said.get("sen_status", before)] < _STRENGTH[before]:
        why.append(ENDS_SUPPORT)
    differing = _listed((one.name, one.before, one.after) for one in changes(held, said))
    return differing, tuple(why)


def _drop_empty_sen(said: Values, *, held: str) -> None:
    """Take out what says nothing: "no SEN" where nothing is recorded, needs without a status."""
    if said.get("sen_status") == Status.NO_SEN and not held:
        del said["sen_status"]
    if not _STRENGTH[said.get("sen_status", held)]:
        said.pop("needs", None)


def _listed(several: Iterable[tuple[str, Any, Any]]) -> list[Change]:
    rows = [{"field": name, "before": old, "after": new} for name, old, new in several]
    return sorted(rows, key=lambda one: _ORDER[one["field"]])
