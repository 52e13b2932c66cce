"""Whose each row of such a list is, and what has been said of its pupil.

These lists have many rows about one pupil. A pupil of whom a person has said once who it is needs
no second answer: the other rows that name them in the same way follow.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Model

from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.exchange.kinds.kind import Beside, Decided
from opensenco.exchange.kinds.pupil_here import BORN, FIRST, LAST, UPN, Found, PupilsHere
from opensenco.exchange.kinds.pupils.roll import Known
from opensenco.exchange.models import Trace
from opensenco.exchange.readers.any_list import Values
from opensenco.exchange.readers.words import Fault
from opensenco.exchange.states import Fate, Match
from opensenco.kernel.clock import london_date
from opensenco.kernel.words import Sentence, mark, sentence

BY_NAME = mark("Found by the name alone. No other pupil here has it.")
AS_SAID = mark("The pupil was chosen for another row of this name.")
BEFORE_BIRTH = mark("The pupil was not born on this day.")
CHECK_ROW = mark("Check the day and the pupil.")
MARKED_WRONG = mark("This was marked as made in error here on {day}. It is left out.")
BY_HAND = mark("Somebody corrected this here by hand and it stays. The list says: {what}.")
TWICE_OTHERWISE = mark("An earlier row of the list says this of the pupil otherwise.")
KEEP_ONE = mark("Keep the row that is right.")
TWICE_THE_SAME = mark("An earlier row of the list says the same.")


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose one row is. Without a pupil `beside` is what becomes of the row."""

    pupil: Known | None = None
    beside: Beside | None = None
    candidates: tuple[int, ...] = ()
    reasons: tuple[Sentence, ...] = ()

    def told(self, one: Beside) -> Beside:
        """Give what a row is, with how its pupil was found; a question stays one that was asked."""
        if one.match is Match.REFUSED:
            return one
        reasons = (*self.reasons, *one.reasons)
        if self.candidates:
            return replace(one, match=Match.DOUBTFUL, candidates=self.candidates, reasons=reasons)
        return replace(one, reasons=reasons)


def whose(actor: Actor, org: Organisation, rows: Sequence[Values], decided: Decided) -> list[Whose]:
    """Say of each row whose it is."""
    here = PupilsHere(actor, org, by_name_alone=True)
    found: dict[tuple[Any, ...], Found] = {}
    said: dict[tuple[Any, ...], int] = {}
    for place, values in enumerate(rows):
        key = _key(values)
        if key not in found:
            found[key] = here.find(values)
        chosen = decided.get(place)
        if chosen in {known.pk for known in found[key].candidates}:
            said.setdefault(key, chosen or 0)
    return [
        _whose(here, found[key], decided.get(place), said.get(key), alone=not (key[0] or key[3]))
        for place, key in enumerate(map(_key, rows))
    ]


def _key(values: Values) -> tuple[Any, ...]:
    return tuple(values.get(name, "") for name in (UPN, LAST, FIRST, BORN))


def _whose(
    here: PupilsHere, found: Found, chosen: int | None, said: int | None, *, alone: bool
) -> Whose:
    ids = tuple(known.pk for known in found.candidates)
    if found.fault:
        return Whose(beside=Beside(Match.REFUSED, faults=(found.fault,)))
    if found.pupil is not None:
        return Whose(found.pupil, reasons=(sentence(BY_NAME),) if alone else ())
    if chosen in ids and chosen is not None:
        return Whose(here.by_id[chosen], candidates=ids, reasons=found.reasons)
    if said is not None:
        return Whose(here.by_id[said], reasons=(sentence(AS_SAID),))
    return Whose(beside=Beside(Match.DOUBTFUL, candidates=ids, reasons=found.reasons))


def before_birth(known: Known, day: str) -> Beside | None:
    """Give the refusal of a row of a day on which its pupil was not born; None where it can be."""
    if day >= known.values["birth_date"]:
        return None
    fault = Fault("", sentence(BEFORE_BIRTH), sentence(CHECK_ROW))
    return Beside(Match.REFUSED, faults=(fault,))


def refused(why: str, mend: str = KEEP_ONE) -> Beside:
    """Give a row that is refused beside the record."""
    return Beside(Match.REFUSED, faults=(Fault("", sentence(why), sentence(mend)),))


def marked_wrong(rows: Iterable[Any]) -> list[Any]:
    """Give of some rows in error those that people have marked so.

    Others went back with the list that brought them, and that list may bring them again.
    """
    several = list(rows)
    back = set(
        Trace.objects.filter(
            fate=Fate.UNDONE, thing__in={row._meta.label for row in several}
        ).values_list("thing_ref", flat=True)
    ) if several else set()  # fmt: skip
    return [row for row in several if row.ref not in back]


def said_wrong(row: Any) -> Sentence:
    """Say when a row was marked as made in error."""
    return sentence(MARKED_WRONG, day=london_date(row.in_error_at))


def settled(known: Known, changes: list[Any], *, new: bool, reasons: Sequence[Sentence]) -> Beside:
    """Give a row beside the record: new, changed, or unchanged where nothing is left to do."""
    match = (Match.NEW if new else Match.CHANGED) if changes else Match.UNCHANGED
    return Beside(match, known.pk, known.pk, reasons=tuple(reasons), changes=changes)


def by_pk(rows: Iterable[Model]) -> dict[int, Any]:
    """Give rows by their id."""
    return {row.pk: row for row in rows}
