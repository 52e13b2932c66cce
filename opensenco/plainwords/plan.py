"""What the checker is told of a plan, and what it answers. Plain facts: no row, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from opensenco.plainwords.reading import Ease, same_words
from opensenco.plainwords.rules import Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeText:
    """One outcome as it is written.

    Args:
        key: its name, by which provision and remarks point at it.
        need: the name of the need that it answers; empty where that is not said.
        before: its words in the cycle before, and `baseline_before` where it began then.
    """

    key: str
    text: str
    baseline: str = ""
    aim: str = ""
    measure: str = ""
    by: date | None = None
    who: str = ""
    need: str = ""
    before: str = ""
    baseline_before: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """When something is done: a day of the week (Monday is 0), and from when to when.

    Args:
        week: which of two weeks that take turns; empty for every week.
    """

    weekday: int
    starts: time
    ends: time
    week: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionText:
    """Something that is done for the pupil.

    Args:
        name: what it is called; `words` what is done, where that is written.
        outcomes, needs: the names of those it serves.
        minutes, times_a_week: where it has a time of its own; None for what is part of lessons.
        kind: "provision", or "adjustment" for a change in class.
        slots: when it is; where empty, days and hours are read from its words.
    """

    key: str
    name: str
    words: str = ""
    outcomes: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    minutes: int | None = None
    times_a_week: int | None = None
    who: str = ""
    kind: str = "provision"
    slots: tuple[Slot, ...] = ()

    @property
    def timed(self) -> bool:
        """Whether it has minutes and times of its own."""
        return bool(self.minutes and self.times_a_week)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanText:
    """A plan as it is written.

    Args:
        needs: the names of the pupil's needs, in their rank.
        strategies: what every adult does in class, one thing each.
        at_home: what the family does, one text for each thing.
        parents_said: whether there is a word from home; their words are never checked.
        pupil_said, strengths: whether the pupil was heard, and anything good is told.
    """

    outcomes: tuple[OutcomeText, ...] = ()
    provision: tuple[ProvisionText, ...] = ()
    needs: tuple[str, ...] = ()
    strategies: tuple[str, ...] = ()
    at_home: tuple[str, ...] = ()
    found: str = ""
    starts: date | None = None
    review_on: date | None = None
    parents_said: bool = True
    pupil_said: bool = True
    strengths: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """What a remark is about: "outcome", "provision", "strategy" or "plan", which, and its part."""

    kind: str
    key: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One remark in its place.

    Args:
        sentence: on which it fired; for counts and blanks, what it was counted from.
        offer: a better form with what the record knows; empty where none can be made.
    """

    remark: Remark
    place: Place
    sentence: str
    offer: str = ""

    @property
    def mark(self) -> tuple[str, str, str, str]:
        """What stays the same as long as the sentence does: a dismissed remark is known by it."""
        return (self.remark.rule, self.place.kind, self.place.part, same_words(self.sentence))


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checker says of a plan.

    Args:
        sentences: how many sentences were looked at; `rules` by how many rules.
        ease: how hard the plan's own words are to read.
    """

    remarks: tuple[Found, ...]
    sentences: int
    rules: int
    ease: Ease

    def about(self, kind: str, key: str = "", *parts: str) -> Sequence[Found]:
        """Give the remarks on one thing, or on some parts of it."""
        return [
            one
            for one in self.remarks
            if one.place.kind == kind
            and one.place.key == key
            and (not parts or one.place.part in parts)
        ]
