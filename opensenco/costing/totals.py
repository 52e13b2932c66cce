"""What the costs of all pupils add up to: by class, by first need, by outcome, by provision.

Every total is made of the same lines as a pupil's sum, each rounded once, so that all four come to
the same whole to the penny. At the rates that the reader sees costs at, like everything of costs.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any, NamedTuple

from django.db.models import QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.questions import Among, question
from opensenco.access.registry import visible
from opensenco.costing.counting import Cost, Promise
from opensenco.costing.many import Counted, Summed
from opensenco.costing.place import OfPupil
from opensenco.provision.models import Allocation, Provision

NOTHING = Counted.of(Fraction(0), missing=False)


class By(StrEnum):
    """What totals are made by."""

    CLASS = "class"
    NEED = "need"
    OUTCOME = "outcome"
    PROVISION = "provision"


class Part(NamedTuple):
    """A part of what one pupil's provision costs: of one promise, of a share, or of all."""

    planned: Summed
    delivered: int
    missing: bool


@dataclass(slots=True)
class Total:
    """What comes together under one head.

    Args:
        key: the row it stands for, or a name; None where there is none.
        pupils: whoever has a part in it, each once. over: who of them is over the threshold.
        above: by how much those are, together.
    """

    key: Any
    pence: int = 0
    delivered: int = 0
    missing: bool = False
    missing_delivered: bool = False
    pupils: dict[int, OfPupil] = field(default_factory=dict)

    def add(self, pupil: OfPupil, part: Part) -> None:
        """Add a part of one pupil's."""
        self.pence += part.planned.pence
        self.delivered += part.delivered
        self.missing = self.missing or part.planned.missing
        self.missing_delivered = self.missing_delivered or part.missing
        self.pupils[pupil.pupil_id] = pupil

    @property
    def planned_sum(self) -> Summed:
        """What is planned in the year."""
        return Summed(self.pence, self.missing, trimmed=False)

    @property
    def delivered_sum(self) -> Summed:
        """What was delivered by today."""
        return Summed(self.delivered, self.missing_delivered, trimmed=False)

    @property
    def over(self) -> int:
        """How many pupils are over the threshold."""
        return sum(1 for one in self.pupils.values() if one.over)

    @property
    def comes_in(self) -> int:
        """What comes in for them as top-up."""
        return sum(one.comes_in for one in self.pupils.values())

    @property
    def above(self) -> int:
        """By how much they are, together."""
        return sum(one.over for one in self.pupils.values())


def added_up(
    rows: Iterable[OfPupil], by: By, outcomes: Mapping[int, int] | None = None
) -> list[Total]:
    """Add up what pupils' provision costs, in no order.

    Args:
        rows: with what was delivered.
        outcomes: by promise the outcome that it works towards; needed for totals by outcome.
    """
    found: dict[Any, Total] = {}
    for one in rows:
        for key, part in _parts(one, by, outcomes or {}):
            found.setdefault(key, Total(key)).add(one, part)
    return list(found.values())


def whole(rows: Iterable[OfPupil]) -> Total:
    """Add up everything."""
    total = Total(None)
    for one in rows:
        total.add(one, _all_of(one))
    return total


def _parts(one: OfPupil, by: By, outcomes: Mapping[int, int]) -> Iterable[tuple[Any, Part]]:
    if by is By.CLASS:
        return [((one.org.pk, one.class_name), _all_of(one))]
    if by is By.NEED:
        return [(str(one.area), _all_of(one))]
    if by is By.PROVISION:
        return _by_promise(one, lambda promise: promise.provision)
    return _by_promise(one, lambda promise: outcomes.get(promise.key))


def _all_of(one: OfPupil) -> Part:
    held = one.delivered or Cost()
    return Part(one.planned, held.pence, held.missing)


def _by_promise(one: OfPupil, key_of: Callable[[Promise], Any]) -> Iterable[tuple[Any, Part]]:
    """Give each line of a pupil's under its head.

    What a provision costs once goes where all that the pupil has of it goes, else to nothing.
    """
    keys = {promise.key: key_of(promise) for promise in one.promises}
    lines = dict(one.lines)
    # what was delivered counts, also where nothing of its promise is planned in the year
    for key in dict.fromkeys((*lines, *one.held)):
        counted, held = lines.get(key, NOTHING), one.held.get(key, Cost())
        planned = Summed(counted.pence, counted.missing, trimmed=False)
        yield keys[key], Part(planned, held.pence, held.missing)
    for share in one.shares:
        heads = {
            keys[promise.key] for promise in one.promises
            if promise.provision == share.provision and not promise.universal
        }  # fmt: skip
        head = heads.pop() if len(heads) == 1 else None
        yield head, Part(Summed(share.pence, missing=False, trimmed=False), 0, missing=False)


@dataclass(frozen=True, slots=True)
class OfOutcome:
    """An outcome as totals name it."""

    text: str
    pupil_id: int


def outcomes_of(
    actor: Actor, rows: Sequence[OfPupil]
) -> tuple[dict[int, int], dict[int, OfOutcome]]:
    """Give by promise the outcome that it works towards, and the outcomes. Asks once.

    Carried from one cycle into the next, an outcome is one.
    """
    promises = [promise.key for one in rows for promise in one.promises]
    heads: dict[Any, int] = {}
    by_promise, found = {}, {}
    for key, outcome, root, text, pupil in _outcomes.ask(actor, promises=promises):
        head = by_promise[key] = heads.setdefault(root, outcome)
        found[head] = OfOutcome(text, pupil)
    return by_promise, found


@question
def _outcomes(actor: Actor) -> QuerySet[Any, Any]:
    seen = visible(actor, Action.COST_VIEW, Allocation).filter(
        Among("pk", "promises"), outcome__isnull=False
    )
    return seen.order_by("outcome_id").values_list(
        "pk", "outcome_id", "outcome__root", "outcome__text", "pupil_id"
    )


def provisions_of(keys: Iterable[Any]) -> dict[int, Provision]:
    """Give the provisions that totals are of. Asks once."""
    return Provision.objects.in_bulk([key for key in keys if key is not None])
