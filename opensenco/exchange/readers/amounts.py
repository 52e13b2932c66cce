"""Cells of provision maps that say how much: "3x20", "2 x 30 mins", "daily 15", "Mon/Wed", "1.5h".

A promise has a number of times a week and of minutes each time. A cell may give both, one, or only
that there is something. What it does not say is never filled in here.
"""

import re
from dataclasses import dataclass

from opensenco.exchange.readers.words import Unreadable
from opensenco.kernel.words import mark, sentence

MOST_TIMES, MOST_MINUTES = 25, 360
_TICKS = "✓|✔|☑|√|x|y|yes|true|*|•|●|/|tick|in|gets|✗|☒"
TICKS = frozenset(_TICKS.split("|"))
NONE = frozenset(["n", "no", "false", "-", "–", "—", "0", "none", "n/a", "na", "nil", "☐"])
_NUMBERS = {"once": 1, "one": 1, "twice": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_DAYS = {
    "mon": "mon|monday|mondays|m", "tue": "tue|tues|tuesday|tuesdays|tu",
    "wed": "wed|weds|wednesday|wednesdays|w", "thu": "thu|thur|thurs|thursday|thursdays|th",
    "fri": "fri|friday|fridays|f",
}  # fmt: skip
_DAY = {word: day for day, words in _DAYS.items() for word in words.split("|")}
#: two days of one letter begin alike, so one letter alone counts only among others
_LETTERS = frozenset({"m", "tu", "w", "th", "f", "t"})
_FILLERS = (
    "a|an|per|each|every|the|for|of|at|in|on|x|times|time|session|sessions|week|weekly|"
    "wk|wks|pw|weeks|and|group|grp|1to1|am|pm|approx|about|ca|slot|slots|day|days"
)
_FILLING = frozenset(_FILLERS.split("|"))
_HOURS = re.compile(
    r"(\d+(?:\.\d+)?)\s*(?:hours?|hrs?|h)(?![a-z])(?:\s*(\d{1,2})\s*(?:minutes?|mins?|m)?(?![a-z\d]))?"
)
_MINUTES = re.compile(r"(\d+)\s*(?:minutes?|mins?|m|')(?![a-z\d])")
_UNIT = re.compile(r"\s*(?:minutes?|mins?|m|'|hours?|hrs?|h)(?![a-z])")
#: of two numbers, one above the first is how long where the other is a number of days at most
MOST_FIRST, MOST_SECOND = 10, 7
_BOTH = re.compile(r"(\d+)\s*x\s*(\d+)(?![\d.:])")
_TIMES = re.compile(
    r"(\d+)\s*(?:x(?![a-z])|times?(?![a-z])|sessions?(?![a-z])|days?(?![a-z]))|(?<![a-z\d])x\s*(\d+)(?![\d.:])"
)
_DAILY = re.compile(r"\b(?:daily|every ?day|each day|per day|a day)\b")
_RATIO = re.compile(r"\b\d+\s*(?::|-?to-?)\s*\d+\b")
_SELDOM = re.compile(
    r"\b(?:fortnight\w*|month\w*|half[- ]?term\w*|term\w*|annual\w*|year\w*|alternate)\b"
)
_A_WEEK = re.compile(r"\b(?:weekly|a week|per week|each week|every week|pw|p/w|/ ?w(?:ee)?k)\b")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d+)?")
SELDOM = mark("This is less often than every week, and a promise here is kept by the week.")
NOT_AN_AMOUNT = mark("We cannot read how much this is.")
WRITE_IT = mark("Write how often and how long, like 3 x 20, or a tick.")


@dataclass(frozen=True, slots=True)
class Amount:
    """What a cell says of how much.

    Attributes:
        times: how often a week; None where it does not say.
        minutes: how long each time; None where it does not say.
        weekly: minutes in a whole week.
        length: minutes, of which it is not said whether they are each time or in the whole week.
        number: a number and nothing else, as it is written.
        rest: words that say nothing of how much.
    """

    times: int | None = None
    minutes: int | None = None
    weekly: int | None = None
    length: int | None = None
    number: str = ""
    rest: str = ""

    @property
    def explicit(self) -> bool:
        """Whether it says how often or how long, and is not only a tick or a number."""
        return any(one is not None for one in (self.times, self.minutes, self.weekly, self.length))


def read_amount(text: str) -> Amount | None:
    """How much a cell gives; None where it says that there is nothing.

    Raises:
        Unreadable: it says something else.
    """
    plain = text.casefold().replace("×", "x").replace("½", ".5").strip(" .")
    if plain in NONE:
        return None
    if plain in TICKS:
        return Amount()
    if _NUMBER.fullmatch(plain):
        return Amount(number=plain)
    if _SELDOM.search(plain):
        raise Unreadable(sentence(SELDOM), sentence(WRITE_IT))
    return _checked(_Reading(plain))


class _Reading:
    """A text from which one thing after the other is taken."""

    def __init__(self, text: str) -> None:
        self.text = _RATIO.sub(" ", text)
        self.a_week = bool(_A_WEEK.search(self.text))
        self.text = _A_WEEK.sub(" ", self.text)
        self.times: int | None = None
        self.minutes: int | None = None
        self.hours = False
        if not self._both():
            self._length()
            self._times()
        self._days()

    def _both(self) -> bool:
        """Take "3x20", or "20x3": how often stands first, unless it cannot be."""
        both = _BOTH.search(self.text)
        if both is None or _UNIT.match(self.text, both.end(1)):
            return False
        first, second = int(both[1]), int(both[2])
        swapped = first > MOST_FIRST and second <= MOST_SECOND
        rest = self.text[both.end() :]
        unit = _UNIT.match(rest)
        in_hours = unit is not None and "h" in unit[0] and not swapped
        self.times = second if swapped else first
        self.minutes = first if swapped else second * (60 if in_hours else 1)
        self.text = f"{self.text[: both.start()]} {rest[unit.end() if unit else 0 :]}"
        return True

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.search(self.text)
        if found:
            self.text = f"{self.text[: found.start()]} {self.text[found.end() :]}"
        return found

    def _length(self) -> None:
        if found := self._take(_HOURS):
            self.minutes = round(float(found[1]) * 60) + int(found[2] or 0)
            self.hours = True
        elif found := self._take(_MINUTES):
            self.minutes = int(found[1])

    def _times(self) -> None:
        if self._take(_DAILY):
            self.times = 5
        elif found := self._take(_TIMES):
            self.times = int(found[1] or found[2])
        words = self.text.split()
        for word in words:
            if self.times is None and word in _NUMBERS:
                self.times = _NUMBERS[word]
                self.text = " ".join(one for one in words if one != word)
        bare = [one for one in self.text.split() if one.isdecimal()]
        if self.times is not None and self.minutes is None and len(bare) == 1:
            # "daily 15", "twice 20": what stands beside how often is how long
            self.minutes = int(bare[0])
            self.text = " ".join(one for one in self.text.split() if one != bare[0])

    def _days(self) -> None:
        words = re.split(r"[\s/,&;+.]+", self.text)
        named = [_DAY.get(word, "") for word in words]
        letters = [word for word in words if word in _LETTERS]
        if len(letters) == 1 and letters == [word for word in words if word]:
            return
        days = {day for day in named if day}
        if days and self.times is None:
            self.times = len(days)
        self.text = " ".join(
            word for word, day in zip(words, named, strict=True) if word and not day
        )
        bare = [one for one in self.text.split() if one.isdecimal()]
        if days and self.minutes is None and len(bare) == 1:
            self.minutes = int(bare[0])
            self.text = " ".join(one for one in self.text.split() if one != bare[0])

    @property
    def rest(self) -> str:
        """The words that say nothing of how much."""
        words = re.findall(r"[^\W_]+(?:['’][^\W_]+)?|\d+", self.text)
        return " ".join(word for word in words if word not in _FILLING | TICKS)


def _checked(found: _Reading) -> Amount:
    times, minutes = found.times, found.minutes
    if times is None and minutes is None:
        if found.a_week and not found.rest:
            return Amount(times=1)
        raise Unreadable(sentence(NOT_AN_AMOUNT), sentence(WRITE_IT))
    if any(one.isdecimal() for one in found.rest.split()):
        # a number of which we do not know what it counts would be lost
        raise Unreadable(sentence(NOT_AN_AMOUNT), sentence(WRITE_IT))
    check_range(times, MOST_TIMES)
    if times is not None:
        check_range(minutes, MOST_MINUTES)
        return Amount(times=times, minutes=minutes, rest=found.rest)
    check_range(minutes, MOST_MINUTES * MOST_TIMES)
    if found.a_week:
        return Amount(weekly=minutes, rest=found.rest)
    if found.hours:
        return Amount(length=minutes, rest=found.rest)
    check_range(minutes, MOST_MINUTES)
    return Amount(minutes=minutes, rest=found.rest)


def check_range(number: int | None, most: int) -> None:
    """Refuse a number that no promise can have.

    Raises:
        Unreadable: it is nought, or more than the most.
    """
    if number is not None and not 1 <= number <= most:
        raise Unreadable(
            sentence("This number must lie between 1 and {most}.", most=most), sentence(WRITE_IT)
        )
