"""The rows of a list laid beside the record: what each one is, and what it would change."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from opensenco.exchange.kinds.kind import Beside, Change, Decided
from opensenco.exchange.kinds.pupils.matching import Finder, Found, Values
from opensenco.exchange.kinds.pupils.roll import Known, names_of
from opensenco.exchange.kinds.pupils.values import ASIDE, DETAILS, GROUP, SEN
from opensenco.exchange.readers.compare import changes
from opensenco.exchange.states import Match
from opensenco.kernel.words import Sentence, sentence
from opensenco.people.operations.enrolment import AHEAD
from opensenco.support.states import Status

ENDS_SUPPORT = sentence("The file would end an EHC plan or SEN support that is on the record.")
LEFT_TOO_SOON = sentence("The date of leaving is before the day this pupil joined.")
LEFT_TOO_LATE = sentence("The date of leaving is more than a year and a half from now.")
LEFT_ALREADY = sentence("This pupil left before today, and is not on the record.")
_ORDER = {name: place for place, name in enumerate((*DETAILS, GROUP, *SEN))}
_STRENGTH = {"": 0, Status.NO_SEN.value: 0, Status.SEN_SUPPORT.value: 1, Status.EHC_PLAN.value: 2}


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
    by_id = {known.pk: known for known in roll}
    said = decided or {}
    results = []
    for place, (values, one) in enumerate(zip(rows, found, strict=True)):
        plain = _found(values, one, today)
        if plain.match is Match.DOUBTFUL and place in said:
            chosen = said[place]
            known = by_id.get(chosen) if chosen is not None else None
            plain = _decided(values, plain, today, known, new=chosen is None)
        results.append(plain)
    return results


def _found(values: Values, found: Found, today: date) -> Beside:
    if found.candidates:
        return _doubtful(found.candidates, found.reasons)
    if found.known is None:
        gone = _gone(values.get("left_on"), today)
        reasons = (LEFT_ALREADY,) if gone else ()
        return Beside(Match.NEW, reasons=reasons, changes=_as_new(values, today), leave=gone)
    differing, why = _differences(values, found.known, today)
    if why:
        return _doubtful((found.known,), why)
    match = Match.CHANGED if differing else Match.UNCHANGED
    return Beside(match, found.known.pk, found.known.pk, changes=differing)


def _doubtful(candidates: Iterable[Known], reasons: tuple[Sentence, ...]) -> Beside:
    return Beside(
        Match.DOUBTFUL, candidates=tuple(known.pk for known in candidates), reasons=reasons
    )


def _decided(
    values: Values, plain: Beside, today: date, known: Known | None, *, new: bool
) -> Beside:
    """Give a doubtful row with what its decision changes; a pupil who is in question no more
    is not taken.
    """
    if new:
        return replace(plain, changes=_as_new(values, today))
    if known is None or known.pk not in plain.candidates:
        return plain
    differing, _why = _differences(values, known, today)
    return replace(plain, subject=known.pk, pupil=known.pk, changes=differing)


def _gone(left: str | None, today: date) -> bool:
    """Whether a last day is over: nobody is put into a class after it."""
    return bool(left and left < today.isoformat())


def _as_new(values: Values, today: date) -> list[Change]:
    said = {name: value for name, value in values.items() if name not in ASIDE}
    if _gone(said.get("left_on"), today):
        said.pop(GROUP, None)
    _drop_empty_sen(said, held="")
    return _listed((name, None, value) for name, value in said.items() if value != "")


def _differences(
    values: Values, known: Known, today: date
) -> tuple[list[Change], tuple[Sentence, ...]]:
    """Give what a row would change in a pupil, and why a person should be asked first."""
    held = known.values
    said = {name: value for name, value in values.items() if name not in ASIDE}
    _drop_given_up(said, known)
    if known.has_left(today) and "left_on" not in said:
        said["left_on"] = None
    if said.get(GROUP, "").casefold() == held[GROUP].casefold():
        said.pop(GROUP, None)
    why: list[Sentence] = []
    joined, left = said.get("joined_on") or held["joined_on"], said.get("left_on")
    if joined and left and left < joined:
        del said["left_on"]
        why.append(LEFT_TOO_SOON)
    elif left and left != held["left_on"] and left > (today + AHEAD).isoformat():
        del said["left_on"]
        why.append(LEFT_TOO_LATE)
    if _gone(said["left_on"] if "left_on" in said else held["left_on"], today):
        said.pop(GROUP, None)
    before = held.get("sen_status", "")
    _drop_empty_sen(said, held=before)
    if _STRENGTH[said.get("sen_status", before)] < _STRENGTH[before]:
        why.append(ENDS_SUPPORT)
    differing = _listed((one.name, one.before, one.after) for one in changes(held, said))
    return differing, tuple(why)


def _drop_given_up(said: Values, known: Known) -> None:
    """Take out a name or number that the pupil has given up: a list made before never brings it
    back. Somebody who means it changes it on the pupil's page.
    """
    if names_of(said) & (known.given_up.names - known.names):
        for name in ("last_name", "first_name", "known_as"):
            said.pop(name, None)
    if said.get("upn", "") in known.given_up.upns:
        del said["upn"]


def _drop_empty_sen(said: Values, *, held: str) -> None:
    """Take out what says nothing: "no SEN" where nothing is recorded, needs without a status."""
    if said.get("sen_status") == Status.NO_SEN and not held:
        del said["sen_status"]
    if not _STRENGTH[said.get("sen_status", held)]:
        said.pop("needs", None)


def _listed(several: Iterable[tuple[str, Any, Any]]) -> list[Change]:
    rows = [{"field": name, "before": old, "after": new} for name, old, new in several]
    # columns of one place come last, in their own order
    return sorted(rows, key=lambda one: _ORDER.get(one["field"], len(_ORDER)))
