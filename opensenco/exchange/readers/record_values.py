"""Cells of attendance, results and behaviour: sessions, percentages, scores, ages, points.

Each reader takes a tidied, non-empty text and gives the value, or raises Unreadable with what is
wrong and how to mend it. Numbers are exact; as JSON holds them they are text (`plain`).
"""

import re
from collections.abc import Mapping
from decimal import Decimal

from opensenco.exchange.readers.cells import folded
from opensenco.exchange.readers.words import Unreadable
from opensenco.kernel.words import mark, sentence

MOST_SESSIONS = 2_000
MOST_POINTS = 32_000
LONGEST_CATEGORY = 200
LONGEST_STORY = 10_000
LONGEST_NAME = 120
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", re.A)
_HUNDREDTH = Decimal("0.01")
_WHOLE = Decimal(100)

_YEARS_MONTHS = re.compile(
    r"(\d{1,2}) ?(?:years?|yrs?|y|:|/|-)[ ,]*(\d{1,2})? ?(?:months?|mths?|mos?|m)?(?::00)?", re.A
)
_YEARS_POINT = re.compile(r"(\d{1,2})\.(\d{1,2})", re.A)
_MONTHS = re.compile(r"(\d{2,3}) ?(?:months?|mths?|mos?|m)?", re.A)
_BEYOND = re.compile(r"(?:([<>≤≥]) ?=?|(below|under|less than|above|over|more than) )(.+)", re.A)
_AFTER = re.compile(r"(.+?) ?(\+|-|or (?:more|less|above|below))", re.A)
_OLDEST_YEARS = 25
_MONTHS_IN_YEAR = 12

WRITE_NUMBER = mark("Write a number.")
_PRAISE = frozenset({
    "positive", "achievement", "achievements", "praise", "merit", "reward", "rewards", "good",
    "positive behaviour", "house point", "house points", "recognition", "commendation", "pos",
})  # fmt: skip
_BLAME = frozenset({
    "negative", "behaviour", "behavior", "sanction", "demerit", "incident", "concern",
    "negative behaviour", "behaviour incident", "consequence", "neg", "poor behaviour",
})  # fmt: skip

#: what people write where there is no result
_NONE = frozenset({
    "", "n a", "na", "none", "absent", "abs", "ab", "x", "not assessed", "no result", "did not sit",
    "dns", "not taken", "nil", "tbc",
})  # fmt: skip
#: outcomes of national tests that are no score: absent, below, disapplied, not met and so on
_CODES = frozenset({
    "A", "B", "D", "F", "H", "J", "L", "M", "N", "P", "Q", "S", "T", "U", "X", "Z", "WA", "WT",
    "WTS", "EXS", "GDS", "AS", "NS", "HNM", "PKS", "BLW", "EM",
})  # fmt: skip
_CODED = frozenset({"scaled", "phonics"})
OUT_OF_RANGE = mark("This measure goes from {low} to {high}.")
CHECK_MEASURE = mark("Check the figure, or say below that the column holds another kind of result.")


def plain(number: Decimal) -> str:
    """Give a number as JSON holds it: exact, without noughts at its end."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def read_number(text: str) -> Decimal:
    """A number, with at most two digits after its point."""
    bare = text.replace(" ", "")
    if not _NUMBER.fullmatch(bare):
        raise Unreadable(sentence("This is not a number."), sentence(WRITE_NUMBER))
    return Decimal(bare.replace(",", "")).quantize(_HUNDREDTH)


def read_sessions(text: str) -> int:
    """How many sessions (half days): a whole number."""
    number = read_number(text)
    if number != number.to_integral_value():
        raise Unreadable(
            sentence("Sessions are whole numbers."),
            sentence("Give sessions (half days), or choose that the column holds a percentage."),
        )
    if not 0 <= number <= MOST_SESSIONS:
        raise Unreadable(
            sentence("There cannot be so many sessions."),
            sentence("Write how many half days, from 0 to {most}.", most=MOST_SESSIONS),
        )
    return int(number)


def read_percent(text: str) -> str:
    """A percentage from 0 to 100, with or without its sign."""
    number = read_number(text.removesuffix("%").strip())
    if not 0 <= number <= _WHOLE:
        raise Unreadable(
            sentence("A percentage is from 0 to 100."),
            sentence("Check the figure, or choose that the column holds sessions."),
        )
    return plain(number)


def read_points(text: str) -> int:
    """Points of a behaviour log: a whole number, which may be below nought."""
    number = read_number(text)
    if number != number.to_integral_value() or abs(number) > MOST_POINTS:
        raise Unreadable(sentence("Points are whole numbers."), sentence(WRITE_NUMBER))
    return int(number)


def read_praise(text: str) -> bool:
    """Whether an entry praises: "Positive", "Achievement"; or not: "Negative", "Behaviour"."""
    words = folded(text)
    if words in _PRAISE:
        return True
    if words in _BLAME:
        return False
    raise Unreadable(
        sentence("We do not know whether this is praise."),
        sentence("Write Positive or Negative."),
    )


def read_story(text: str) -> str:
    """What somebody wrote, in full."""
    return _short(text, LONGEST_STORY)


def read_category(text: str) -> str:
    """The kind of an incident, in the school's own words."""
    return _short(text, LONGEST_CATEGORY)


def read_who(text: str) -> str:
    """Who wrote or assessed, and the names of tests and subjects."""
    return _short(text, LONGEST_NAME)


def _short(text: str, most: int) -> str:
    if len(text) > most:
        raise Unreadable(
            sentence("The text is longer than {limit} characters.", limit=most),
            sentence("Shorten it, or check that the row is not shifted."),
        )
    return text


def read_age(text: str) -> int:
    """An age in months: 8:04, 8y 4m, 8 years 4 months, 8.04, 100 months, 100.

    A spreadsheet makes 8:04 a time of day, 08:04:00. After a point, two digits are months: 8.10 is
    8 years 10 months, and 8.1 may have been that or 8.01, so it is refused.
    """
    words = text.casefold().strip()
    if found := _YEARS_POINT.fullmatch(words):
        if len(found[2]) == 1 and found[2] == "1":
            raise Unreadable(
                sentence("This can be 1 month or 10: a spreadsheet leaves out the last nought."),
                sentence("Write the age like 8:01 or 8:10."),
            )
        return _age(int(found[1]), int(found[2]))
    if found := _YEARS_MONTHS.fullmatch(words):
        return _age(int(found[1]), int(found[2] or 0))
    if found := _MONTHS.fullmatch(words):
        return _age(0, int(found[1]))
    raise Unreadable(sentence("This is not an age."), sentence("Write the age like 8:04."))


def _age(years: int, months: int) -> int:
    whole = years * _MONTHS_IN_YEAR + months
    if years and months >= _MONTHS_IN_YEAR:
        raise Unreadable(sentence("A year has 12 months."), sentence("Write the age like 8:04."))
    if not _MONTHS_IN_YEAR <= whole <= _OLDEST_YEARS * _MONTHS_IN_YEAR:
        raise Unreadable(
            sentence("Nobody has this age in such a test."), sentence("Write the age like 8:04.")
        )
    return whole


def beyond(text: str) -> str | None:
    """The number in a score at the end of its scale, "<70" or "130+"; None where it is none."""
    found = _BEYOND.fullmatch(text.casefold())
    if found:
        return found[3].strip()
    found = _AFTER.fullmatch(text.casefold())
    return found[1].strip() if found else None


def nothing_reached(text: str) -> bool:
    """Whether a cell says that there is no result."""
    return folded(text) in _NONE


def read_result(
    measure: str, text: str, limits: Mapping[str, tuple[int, int]]
) -> tuple[str | None, str]:
    """What was reached: the number as text, None where it is none, and words where it needs any.

    Args:
        measure: a code of support.states.Measure; limits: the ends of each.
    """
    if measure == "scale":
        return _in_scale(text)
    if measure == "age":
        return _age_result(text)
    if measure in _CODED and text.upper() in _CODES:
        return None, text.upper()
    ends = beyond(text)
    number = read_number(ends if ends is not None else _out_of(text))
    low, high = limits[measure]
    if not low <= number <= high:
        raise Unreadable(sentence(OUT_OF_RANGE, low=low, high=high), sentence(CHECK_MEASURE))
    return plain(number), text if ends is not None else ""


def _out_of(text: str) -> str:
    """The mark in "32/40" and "32 out of 40"."""
    found = re.fullmatch(r"([\d.]+) ?(?:/|out of) ?\d+", text.casefold(), re.A)
    return found[1] if found else text


def _in_scale(text: str) -> tuple[str | None, str]:
    words = read_category(text)
    try:
        number = read_number(text)
    except Unreadable:
        return None, words
    return (plain(number), "") if abs(number) <= LONGEST_STORY else (None, words)


def _age_result(text: str) -> tuple[str | None, str]:
    ends = beyond(text)
    return str(read_age(ends if ends is not None else text)), text if ends is not None else ""
