"""A date that the law gives, and the state it is in on a day.

A `Due` holds no state: it is the same today and tomorrow, so it can be stored and read again. The
state is asked for with `state(due, today)`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from opensenco.kernel.dates import Span
from opensenco.kernel.words import Sentence, counted, mark, sentence
from opensenco.law.parameters import Used
from opensenco.law.rule import Rule
from opensenco.law.strength import Provision, Strength

SOON_DAYS = 14


@dataclass(frozen=True, slots=True)
class Excuse:
    """An exception in the law that lifts the duty to be in time. It never gives a new date."""

    provision: Provision
    reason: Sentence


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a step that asks for a status and not for a day, such as whether an exception
    holds. `name` is its stable name, `words` says it to people."""

    name: str
    words: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One step, the day it is due, and why.

    `step` is the stable name of the step, `title` its name for people. `on` is None where no date
    can be said, and `reasons` then says what is missing. `window` is the time in which the step may
    be done, `done_on` the day it was done. `moved_by` says what would move the date; `excused_by`
    holds the exceptions that apply, and the date stays as it was (CAL-13). `used` names the numbers
    that a school or authority may set and which of them were used. `comes` is true of a day that
    comes by itself, such as the day of a census: it is over afterwards and never late. `answer` is
    given where the step asks for a status instead of a day; its state is then that answer.

    `right` is given where the step is something that somebody may do and need not, such as an
    appeal: what they are told once its time has passed. A right is never late either, so `comes`
    is true of it too.
    """

    step: str
    title: str
    rule: str
    on: date | None
    provision: Provision
    strength: Strength
    verified: bool
    reasons: tuple[Sentence, ...]
    window: Span | None = None
    moved_by: tuple[Sentence, ...] = ()
    excused_by: tuple[Excuse, ...] = ()
    done_on: date | None = None
    soon_days: int = SOON_DAYS
    used: tuple[Used[Any], ...] = ()
    comes: bool = False
    answer: Answer | None = None
    right: Sentence | None = None


def due_by(
    rule: Rule,
    *,
    step: str,
    title: str,
    on: date | None,
    reasons: tuple[Sentence, ...],
    strength: Strength | None = None,
    window: Span | None = None,
    moved_by: tuple[Sentence, ...] = (),
    excused_by: tuple[Excuse, ...] = (),
    done_on: date | None = None,
    used: tuple[Used[Any], ...] = (),
    comes: bool = False,
    answer: Answer | None = None,
    right: Sentence | None = None,
    provision: Provision | None = None,
    rests_on_unverified: bool | None = None,
) -> Due:
    """A due date under `rule`, with its provision, strength and what is unverified about it.

    `strength` is given only where this step is weaker than the rule: a custom round a legal duty.
    `provision` is given where the step stands in another place than the rule as a whole.
    `rests_on_unverified` says whether this step rests on the very detail of the rule that nobody
    has checked: True makes it unverified, False keeps that doubt away from it, and None tells of
    the doubt and leaves the step as well known as its rule.
    """
    doubt = () if rests_on_unverified is False and rule.verified else unverified(rule)
    return Due(
        step=step,
        title=title,
        rule=rule.id,
        on=on,
        provision=provision or rule.provision,
        strength=strength or rule.strength,
        verified=rule.verified and not rests_on_unverified,
        reasons=reasons + doubt,
        window=window,
        moved_by=moved_by,
        excused_by=excused_by,
        done_on=done_on,
        used=used,
        comes=comes or right is not None,
        answer=answer,
        right=right,
    )


def unverified(rule: Rule) -> tuple[Sentence, ...]:
    """What a reader has to be told about how well a rule is known."""
    if not rule.verified:
        return (sentence(mark("Unverified: nobody has checked this against its source yet.")),)
    if rule.unverified:
        return (sentence(rule.unverified),)
    return ()


class StateKind(StrEnum):
    """The states of a step, as their stable names."""

    NOT_YET = "not-yet"
    DUE_SOON = "due-soon"
    DUE_TODAY = "due-today"
    LATE = "late"
    DONE = "done"
    OVER = "over"
    """A day that comes by itself has been, or the time for a right has passed."""
    EXCUSED = "excused"
    NO_DATE = "no-date"
    """No date can be said: a fact is missing, such as an agreed day for the review."""
    NOT_LAW = "not-law"
    """The day has passed, but what asked for it is only proposed."""
    ANSWERED = "answered"
    """The step is a question of status; `State.name` is the answer."""


class State(NamedTuple):
    """The state of a step on a day. `days` is the number late (also when done late) or to go."""

    kind: StateKind
    words: Sentence
    days: int = 0
    answer: str = ""

    @property
    def name(self) -> str:
        """The stable name that programs read: the kind, or the answer to a question of status."""
        return self.answer or str(self.kind)

    @property
    def late(self) -> bool:
        return self.kind is StateKind.LATE


def state(due: Due, today: date) -> State:
    """The state of `due` on `today`: the first line of the ladder that holds.

    A step done after `today` is not done yet, so an earlier day can be shown as it stood.
    """
    days = _to_go(due, today)
    for holds, gives in LADDER:
        if holds(due, today, days):
            return gives(due, today)
    raise AssertionError("The last line of the ladder always holds.")


def _to_go(due: Due, today: date) -> int:
    return 0 if due.on is None else (due.on - today).days


def _done(due: Due, today: date) -> State:
    done = due.done_on or today
    days = max(0, (done - due.on).days) if due.on else 0
    if days and due.right is not None:
        words = counted(
            mark("Done on {done}, {count} day after the time had passed"),
            mark("Done on {done}, {count} days after the time had passed"),
            count=days,
            done=done,
        )
    elif days:
        words = counted(
            mark("Done on {done}, {count} day after it was due"),
            mark("Done on {done}, {count} days after it was due"),
            count=days,
            done=done,
        )
    else:
        words = sentence(mark("Done on {done}"), done=done)
    return State(StateKind.DONE, words, days)


def _answered(due: Due, today: date) -> State:
    answer = due.answer or Answer("", sentence(""))
    return State(StateKind.ANSWERED, answer.words, answer=answer.name)


def _over(due: Due, today: date) -> State:
    words = due.right or sentence(mark("Was on {on}"), on=due.on or today)
    return State(StateKind.OVER, words)


def _excused(due: Due, today: date) -> State:
    return State(StateKind.EXCUSED, due.excused_by[0].reason)


def _no_date(due: Due, today: date) -> State:
    return State(StateKind.NO_DATE, sentence(mark("No date yet")))


def _not_law(due: Due, today: date) -> State:
    return State(StateKind.NOT_LAW, sentence(mark("Only proposed: nothing is late")))


_LATE: dict[Strength, tuple[str, str]] = {
    Strength.MUST: (
        mark("Overdue in law by {count} day"),
        mark("Overdue in law by {count} days"),
    ),
    Strength.SHOULD: (
        mark("Guidance overdue by {count} day"),
        mark("Guidance overdue by {count} days"),
    ),
    Strength.GRANT: (
        mark("Grant condition overdue by {count} day"),
        mark("Grant condition overdue by {count} days"),
    ),
    Strength.PRACTICE: (
        mark("Late by {count} day"),
        mark("Late by {count} days"),
    ),
}


def _late(due: Due, today: date) -> State:
    days = -_to_go(due, today)
    return State(StateKind.LATE, counted(*_LATE[due.strength], count=days), days)


def _today(due: Due, today: date) -> State:
    if due.right is not None:
        return State(StateKind.DUE_TODAY, sentence(mark("Today is the last day")))
    words = mark("Today") if due.comes else mark("Due today")
    return State(StateKind.DUE_TODAY, sentence(words))


def _soon(due: Due, today: date) -> State:
    days = _to_go(due, today)
    if due.right is not None:
        words = counted(mark("{count} day left"), mark("{count} days left"), count=days)
    elif due.comes:
        words = counted(mark("In {count} day"), mark("In {count} days"), count=days)
    else:
        words = counted(mark("Due in {count} day"), mark("Due in {count} days"), count=days)
    return State(StateKind.DUE_SOON, words, days)


def _not_yet(due: Due, today: date) -> State:
    on = due.on or today
    words = mark("On {on}") if due.comes else mark("Due on {on}")
    if due.right is not None:
        words = mark("Until {on}")
    return State(StateKind.NOT_YET, sentence(words, on=on), _to_go(due, today))


Holds = Callable[[Due, date, int], bool]
LADDER: tuple[tuple[Holds, Callable[[Due, date], State]], ...] = (
    (lambda due, today, days: due.done_on is not None and due.done_on <= today, _done),
    (lambda due, today, days: due.answer is not None, _answered),
    (lambda due, today, days: days < 0 and due.comes, _over),
    (lambda due, today, days: bool(due.excused_by), _excused),
    (lambda due, today, days: due.on is None, _no_date),
    (lambda due, today, days: days < 0 and not due.strength.can_be_late, _not_law),
    (lambda due, today, days: days < 0, _late),
    (lambda due, today, days: days == 0, _today),
    (lambda due, today, days: days <= due.soon_days, _soon),
    (lambda due, today, days: True, _not_yet),
)
"""What holds, and the state it gives; `days` are those to go, nought where there is no date."""


def soon_from(due: Due) -> date | None:
    """The first day on which the step is due soon, for lists that pick by date."""
    return None if due.on is None else due.on - timedelta(days=due.soon_days)
