"""Who is on site at a moment, and whom to call. No database, no clock."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

DAY_BEGINS, DAY_ENDS = time(0), time(23, 59)

#: whom one calls about a pupil's support, in this order
FOR_ALL = ("SENCO", "SENCO_LEAD", "EY_SENCO", "SENCO_SHARED", "SENCO_TRUST")
FOR_A_PART, TEAM = "SENCO_PHASE", "SEN_TEAM"
ANSWERS = ("HEAD", "MANAGER", "CHILDMINDER")
SAFEGUARDS, LEADS = "DSL", "SLT"
#: the most who are named
MOST_CALLED = 6


class Where(StrEnum):
    """Where somebody is at a moment, as far as it is known."""

    HERE = "here"
    UNSAID = "unsaid"
    LATER = "later"
    ELSEWHERE = "elsewhere"
    LEFT = "left"
    OFF = "off"
    AWAY = "away"


@dataclass(frozen=True)
class Stretch:
    """A stretch of a day at one place.

    Args:
        place: its name; empty where they do not work then.
        here: whether it is the place that is asked about.
        first, last: both empty for the whole day.
    """

    place: str
    here: bool
    first: time | None = None
    last: time | None = None
    reach: str = ""

    @property
    def begins(self) -> time:
        """When it begins, for comparing."""
        return self.first or DAY_BEGINS

    @property
    def ends(self) -> time:
        """When it ends, for comparing."""
        return self.last or DAY_ENDS

    def holds(self, now: time) -> bool:
        """Tell whether it runs at a time."""
        return self.begins <= now < self.ends


@dataclass(frozen=True)
class Gone:
    """Part of a day in which somebody is away; both empty for the whole day."""

    first: time | None = None
    last: time | None = None

    @property
    def begins(self) -> time:
        """When it begins, for comparing."""
        return self.first or DAY_BEGINS

    @property
    def ends(self) -> time:
        """When it ends, for comparing."""
        return self.last or DAY_ENDS


@dataclass(frozen=True)
class Standing:
    """Where somebody is at a moment.

    Args:
        place: the name of the other school, where they are elsewhere.
        since, until: from when and until when, where that is known.
        back: when they are here today, where they are not now.
        reach: how they are reached where they are.
    """

    where: Where
    place: str = ""
    since: time | None = None
    until: time | None = None
    back: time | None = None
    reach: str = ""


@dataclass(frozen=True)
class Cover:
    """That somebody stands in: for whom or by whom, and until which day."""

    name: str
    until: date | None


@dataclass(frozen=True)
class Adult:
    """One adult of a place on a day.

    Args:
        key: the number of the person.
        roles: the codes of their roles; called: what these are called here.
        ref: of one of these roles.
        cover: for whom they stand in. covered: who stands in for them, who are away for some days.
    """

    key: int
    name: str
    roles: tuple[str, ...]
    called: tuple[str, ...]
    standing: Standing
    cover: Cover | None = None
    covered: Cover | None = None
    ref: uuid.UUID | None = None


def standing_at(said: Sequence[Stretch] | None, gone: Iterable[Gone], now: time) -> Standing:
    """Tell where somebody is.

    Args:
        said: where they are on this weekday; None where nobody has said.
        gone: in which parts of the day they are away.
    """
    away = sorted(gone, key=lambda one: one.begins)
    current = next((one for one in away if one.begins <= now < one.ends), None)
    stretches = sorted((one for one in said or () if one.place), key=lambda one: one.begins)
    back = _back(stretches if said is not None else None, away, now)
    if said is not None and not stretches:
        return Standing(Where.OFF)
    if current is not None:
        return Standing(Where.AWAY, back=back)
    leaves = next((one.begins for one in away if one.begins > now), None)
    if said is None:
        return Standing(Where.UNSAID, until=leaves)
    runs = next((one for one in stretches if one.holds(now)), None)
    if runs is not None and runs.here:
        until = min((at for at in (runs.last, leaves) if at is not None), default=None)
        return Standing(Where.HERE, since=runs.first, until=until, reach=runs.reach)
    if runs is not None:
        return Standing(Where.ELSEWHERE, runs.place, runs.first, runs.last, back, runs.reach)
    return _between(stretches, back, now)


def whom_to_call(adults: Iterable[Adult]) -> list[Adult]:
    """Give whom to call, the first first: who can be reached now, of those who answer for it."""
    found = [(rank, one.name, one.key, one) for one in adults if (rank := _rank(one)) is not None]
    return [one for *_order, one in sorted(found, key=lambda row: row[:3])[:MOST_CALLED]]


def not_to_be_called(adults: Iterable[Adult]) -> list[Adult]:
    """Give those who co-ordinate here and are not called today, so that it is said why."""
    rows = [one for one in adults if _co_ordinates(one) and _rank(one) is None]
    return sorted(rows, key=lambda one: (one.name, one.key))


def _co_ordinates(one: Adult) -> bool:
    return any(role in FOR_ALL for role in one.roles)


def _rank(one: Adult) -> int | None:
    """Give the place in the order of calling; None for who is not called today."""
    where = one.standing.where
    here, likely = where is Where.HERE, where in (Where.HERE, Where.UNSAID)
    tests = (
        _co_ordinates(one) and here,
        _co_ordinates(one) and likely,
        one.cover is not None and FOR_A_PART not in one.roles and likely,
        _co_ordinates(one) and where is Where.ELSEWHERE,
        FOR_A_PART in one.roles and likely,
        TEAM in one.roles and likely,
        any(role in ANSWERS for role in one.roles) and likely,
        SAFEGUARDS in one.roles and likely,
        LEADS in one.roles and likely,
    )
    return next((number for number, true in enumerate(tests) if true), None)


def _back(stretches: Sequence[Stretch] | None, away: Sequence[Gone], now: time) -> time | None:
    """Give when somebody who is not here now is here today."""
    held = [Stretch("here", True)] if stretches is None else [one for one in stretches if one.here]
    for one in held:
        begins = max(one.begins, now)
        for gone in away:
            if gone.begins <= begins < gone.ends:
                begins = gone.ends
        if now < begins < one.ends:
            return begins
    return None


def _between(stretches: Sequence[Stretch], back: time | None, now: time) -> Standing:
    """Tell where somebody is before, between and after what was said of the day."""
    coming = next((one for one in stretches if one.begins > now), None)
    if back is not None:
        return Standing(Where.LATER, since=back)
    if coming is not None and not coming.here:
        return Standing(Where.ELSEWHERE, coming.place, coming.first, coming.last, None,
                        coming.reach)  # fmt: skip
    past = [one for one in stretches if one.ends <= now]
    if not past:
        return Standing(Where.AWAY)
    last = past[-1]
    if not last.here:
        # the day at the other school is over; who is asked for there still knows of it
        return Standing(Where.ELSEWHERE, last.place, last.first, last.last, None, last.reach)
    return Standing(Where.LEFT, until=last.last)
