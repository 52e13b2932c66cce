"""What section F promises, in numbers: read from its words, and what of it falls due. No rows.

A promise of so many times in a stretch falls due evenly over the school days, as every promise does
(`provision.minutes`): floor(times × days / days of the stretch).
"""

import re
from dataclasses import dataclass

from opensenco.ehc.states import MOST_MINUTES, MOST_TIMES, Per

#: school days of each stretch; a school year has 190 of them, in three terms and six half-terms
DAYS: dict[str, int] = {Per.WEEK: 5, Per.FORTNIGHT: 10, Per.HALF_TERM: 32, Per.TERM: 63,
                        Per.YEAR: 190}  # fmt: skip
WORDS = {
    "a": 1, "an": 1, "one": 1, "once": 1, "two": 2, "twice": 2, "three": 3, "thrice": 3, "four": 4,
    "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "forty-five": 45, "sixty": 60,
    "half an": 0.5,
}  # fmt: skip
NUMBER = r"(\d+(?:\.\d+)?|half an|" + "|".join(
    sorted((word for word in WORDS if " " not in word), key=len, reverse=True)
) + ")"  # fmt: skip
LENGTH_OF = NUMBER + r"[\s-]*(minutes?|mins?|hours?|hrs?)\b"
TIMES_OF = NUMBER + r"\s*(?:times|sessions?|visits?|x\b|×)"
LENGTH, TIMES = re.compile(LENGTH_OF), re.compile(TIMES_OF)
ONCE = re.compile(r"\b(once|twice|thrice)\b")
STRETCHES: tuple[tuple[re.Pattern[str], Per], ...] = (
    (re.compile(r"half[ -]?term"), Per.HALF_TERM), (re.compile("fortnight"), Per.FORTNIGHT),
    (re.compile(r"term(?:ly)?\b"), Per.TERM), (re.compile("year|annum|annual"), Per.YEAR),
    (re.compile("week"), Per.WEEK),
)  # fmt: skip
DAILY = re.compile(r"\b(daily|every day|each day|a day|per day|every school day)\b")
#: a span such as "two to three times" is nobody's promise of a number
SPANS = re.compile(r"\b(?:up to|at least|or|to)\b|\d\s*[-–]\s*\d")


@dataclass(frozen=True, slots=True)
class Amount:
    """So many times in a stretch, so many minutes each."""

    times: int
    per: str
    minutes: int

    @property
    def weekly(self) -> int:
        """Minutes in a week of five school days, rounded."""
        return round(self.times * self.minutes * DAYS[Per.WEEK] / DAYS[self.per])

    def due(self, days: int) -> tuple[int, int]:
        """Give the sessions and the minutes that fall due in so many school days."""
        sessions = self.times * days // DAYS[self.per]
        # what is promised as one long time a week is owed day by day, not on Friday alone
        if self.times == 1:
            return sessions, self.minutes * days // DAYS[self.per]
        return sessions, sessions * self.minutes


def read(how_much: str, how_often: str) -> Amount | None:
    """Propose numbers for what section F says in words; None where they say no single number.

    Somebody looks at what is proposed before it counts.
    """
    much, often = how_much.casefold(), how_often.casefold()
    both = f"{much} {often}"
    length = LENGTH.search(much) or LENGTH.search(often)
    if length is None or SPANS.search(both):
        return None
    minutes = _number(length[1]) * (60 if length[2].startswith("h") else 1)
    rest = both.replace(length[0], " ", 1)
    if DAILY.search(rest):
        times, per = _times(DAILY.sub(" ", rest)) * 5, Per.WEEK.value
    else:
        found = next((per for words, per in STRETCHES if words.search(rest)), None)
        if found is None:
            return None
        times, per = _times(rest), found.value
    if not (1 <= times <= MOST_TIMES and minutes == int(minutes) and 1 <= minutes <= MOST_MINUTES):
        return None
    return Amount(times, per, int(minutes))


def _times(words: str) -> int:
    found = TIMES.search(words) or ONCE.search(words)
    if found is None:
        return 1
    number = _number(found[1])
    return int(number) if number == int(number) else 0


def _number(word: str) -> float:
    return WORDS[word] if word in WORDS else float(word)
