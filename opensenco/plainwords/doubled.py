"""Provision that stands twice in a plan, or twice at one hour."""

import re
from collections.abc import Iterator
from datetime import time
from itertools import combinations

from opensenco.plainwords.plan import ProvisionText, Slot
from opensenco.plainwords.reading import words

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
#: how long something takes of which nobody says how long
USUAL = 20
ALIKE = 0.75
#: words that say nothing of what is done
_EMPTY = """
    a an and the of in on at for with to by from as is are be his her their he she they it this
    that each every day days week weeks daily weekly times time minutes mins min hour hours once
    twice group groups small session sessions intervention interventions programme support help
    provision adult ta tas teacher lesson lessons class one two three four five six work working
    practice mr mrs ms miss dr pupil pupils children child
    monday tuesday wednesday thursday friday mondays tuesdays wednesdays thursdays fridays
"""
EMPTY = frozenset(_EMPTY.split())

_CLOCK = r"(\d{1,2})(?:[.:](\d{2}))\s*(am|pm)?|(\d{1,2})\s*(am|pm)"
_TIME = re.compile(_CLOCK, re.IGNORECASE)
_DAY = re.compile(r"\b(mon|tues?|wed(?:nes)?|thu(?:rs)?|fri)(?:days?)?\b", re.IGNORECASE)
_DAILY = re.compile(r"\b(?:daily|every (?:day|morning|afternoon)|each (?:day|morning))\b", re.I)


def content(text: str) -> frozenset[str]:
    """Give the words of a text that say what is done."""
    found = (word.casefold().removesuffix("’s").removesuffix("'s") for word in words(text))
    return frozenset(_stem(word) for word in found if word not in EMPTY)


def _stem(word: str) -> str:
    for end in ("ing", "s"):
        if len(word) > len(end) + 3 and word.endswith(end) and not word.endswith("ss"):
            return word.removesuffix(end)
    return word


def alike(one: ProvisionText, other: ProvisionText) -> bool:
    """Tell whether two provisions are called nearly the same."""
    first, second = content(one.name), content(other.name)
    if not first or not second:
        return one.name.strip().casefold() == other.name.strip().casefold()
    return len(first & second) / len(first | second) >= ALIKE


def serve_the_same(one: ProvisionText, other: ProvisionText) -> bool:
    """Tell whether two provisions serve one outcome, or one need where no outcome is named."""
    if one.outcomes or other.outcomes:
        return bool(one.outcomes & other.outcomes)
    return bool(one.needs & other.needs)


def slots_of(one: ProvisionText) -> tuple[Slot, ...]:
    """Give when something is: as the record says, else as its words say."""
    if one.slots:
        return one.slots
    return read_slots(f"{one.name}. {one.words}", one.minutes or USUAL)


def read_slots(text: str, minutes: int = USUAL) -> tuple[Slot, ...]:
    """Read days and hours from words: "Tuesdays and Thursdays at 9.30". None where one lacks."""
    days = sorted({_weekday(match) for match in _DAY.findall(text)})
    if not days and _DAILY.search(text):
        days = list(range(len(DAYS)))
    hours = [found for match in _TIME.finditer(text) if (found := _hour(match)) is not None]
    if not days or not hours:
        return ()
    begins = hours[0]
    ends = hours[1] if len(hours) > 1 and hours[1] > begins else _later(begins, minutes)
    return tuple(Slot(day, begins, ends) for day in days)


def _weekday(name: str) -> int:
    return next(n for n, day in enumerate(DAYS) if day.startswith(name.casefold()[:3]))


def _hour(match: re.Match[str]) -> time | None:
    hour, minute = int(match[1] or match[4]), int(match[2] or 0)
    half = (match[3] or match[5] or "").casefold()
    if half == "pm" and hour < 12:
        hour += 12
    if not half and 1 <= hour <= 5:
        hour += 12  # nobody teaches at three in the morning
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _later(begins: time, minutes: int) -> time:
    whole = min(begins.hour * 60 + begins.minute + minutes, 24 * 60 - 1)
    return time(*divmod(whole, 60))


def _clash(one: ProvisionText, other: ProvisionText) -> bool:
    return any(
        a.weekday == b.weekday
        and a.starts < b.ends
        and b.starts < a.ends
        and (not a.week or not b.week or a.week == b.week)
        for a in slots_of(one)
        for b in slots_of(other)
    )


def doubles(provision: tuple[ProvisionText, ...]) -> Iterator[tuple[str, ProvisionText, str]]:
    """Give each pair that doubles or clashes: the rule, the later one, and both names."""
    for one, other in combinations(provision, 2):
        both = f"{one.name} / {other.name}"
        if alike(one, other):
            yield "same-provision-twice", other, both
        elif one.timed and other.timed and serve_the_same(one, other):
            yield "two-for-one", other, both
        if _clash(one, other):
            yield "two-at-one-hour", other, both
