"""What the name of a file, or its first words, tell of a paper: its date, its type, its title.

A guess is shown and can be put right. What is not said is not made up: the day on which a file was
last saved tells nothing of the paper, and two dates that differ tell none.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from opensenco.documents.files.names import stem
from opensenco.documents.limits import LONGEST_TITLE
from opensenco.documents.types import DocumentType, guessed

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORDS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip
#: first day of what schools call a term, by month
_TERMS = {"autumn": 9, "spring": 1, "summer": 4}
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_SEP = r"[ ._/\-]+"
_DAYS = (
    re.compile(r"(?<!\d)((?:19|20)\d\d)[._/\- ](\d{1,2})[._/\- ](\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)"),
)
_DAYS_FIRST = re.compile(r"(?<!\d)(\d{1,2})[._/\-](\d{1,2})[._/\-]((?:19|20)?\d\d)(?!\d)")
_DAYS_WORD = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?(?: of)?{_SEP}{_MONTH}\.?,?{_SEP}((?:19|20)?\d\d)(?!\d)",
    re.I,
)
_MONTH_YEAR = re.compile(rf"(?<![^\W_]){_MONTH}\.?{_SEP}((?:19|20)\d\d)(?!\d)", re.I)
_TERM_YEAR = re.compile(
    rf"(?<![^\W_])(autumn|spring|summer)(?:{_SEP}?(?:term|\d))*{_SEP}((?:19|20)\d\d)(?!\d)"
    rf"(?!{_SEP}?\d)",
    re.I,
)
#: words before a date inside a paper that say it is the paper's own
_LABEL = re.compile(
    r"(?:^|\n|[.;|\t ])\s*(?:date(?:d)?(?: (?:of|for) (?:the |this )?"
    r"(?:plan|report|meeting|review|assessment|visit|document|letter|issue|passport|profile))?"
    r"|(?:plan|report|review|meeting|start|assessment) date|date (?:written|completed|agreed|set|"
    r"started|reviewed)|written on|agreed on)\s*[:\-–]?\s*",
    re.I,
)
_WEEKDAY = re.compile(r"^(?:mon|tues|wednes|thurs|fri|satur|sun)day,? ", re.I)
_OLDEST = date(1995, 1, 1)
_AFTER_LABEL = 40
_CENTURY = 2000
_SHORT = 100


@dataclass(frozen=True, slots=True)
class When:
    """A date and, where the paper names no day, what it says instead."""

    on: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for a file until a person says otherwise."""

    title: str
    kind: DocumentType
    when: When


def proposal(name: str, today: date, *, not_days: Iterable[date] = ()) -> Proposal:
    """Propose title, type and date from a harmless name.

    Args:
        not_days: dates in names that are not the paper's: the birth date of the pupil.
    """
    plain = bare(name)
    title = " ".join(plain.replace("_", " ").split())[:LONGEST_TITLE]
    return Proposal(title or name, guessed(plain), in_name(plain, today, not_days=not_days))


def bare(name: str) -> str:
    """Give the name of a file without its ending."""
    return stem(name)


def in_name(text: str, today: date, *, not_days: Iterable[date] = ()) -> When:
    """Give the one date that a name holds: a day, else a month, else a term."""
    days = _usable(days_in(text), today, not_days)
    if days:
        return When(days.pop()) if len(days) == 1 else When()
    stretches = {when for when in _stretches(text) if when.on and _OLDEST <= when.on <= today}
    return stretches.pop() if len(stretches) == 1 else When()


def inside(text: str, today: date, *, not_days: Iterable[date] = ()) -> When:
    """Give the date that a paper's first words call its own."""
    for label in _LABEL.finditer(text):
        rest = _WEEKDAY.sub("", text[label.end() : label.end() + _AFTER_LABEL])
        for first in _day_first(rest):
            if _usable([first], today, not_days):
                return When(first)
    return When()


def _day_first(text: str) -> Iterator[date]:
    """Give the day with which a text begins, if it begins with one."""
    for pattern in _DAYS:
        if found := pattern.match(text):
            yield from _day(found[3], found[2], found[1])
    if found := _DAYS_FIRST.match(text):
        yield from _day(found[1], found[2], found[3])
    if found := _DAYS_WORD.match(text):
        yield from _day(found[1], str(_month(found[2])), found[3])


def days_in(text: str) -> Iterator[date]:
    """Give every day that is written in a text, in British order where the order is open."""
    for pattern in _DAYS:
        for found in pattern.finditer(text):
            yield from _day(found[3], found[2], found[1])
    for found in _DAYS_FIRST.finditer(text):
        yield from _day(found[1], found[2], found[3])
    for found in _DAYS_WORD.finditer(text):
        yield from _day(found[1], str(_month(found[2])), found[3])


def _usable(days: Iterable[date], today: date, not_days: Iterable[date]) -> set[date]:
    others = set(not_days)
    return {day for day in days if _OLDEST <= day <= today and day not in others}


def _stretches(text: str) -> Iterator[When]:
    for found in _MONTH_YEAR.finditer(text):
        number, year = _month(found[1]), int(found[2])
        yield When(date(year, number, 1), f"{_WORDS[number - 1]} {year}")
    for found in _TERM_YEAR.finditer(text):
        term, year = found[1].casefold(), int(found[2])
        yield When(date(year, _TERMS[term], 1), f"{term.capitalize()} {year}")


def _month(word: str) -> int:
    return _MONTHS.index(word[:3].casefold()) + 1


def _day(day: str, month: str, year: str) -> Iterator[date]:
    number = int(year)
    try:
        yield date(number + _CENTURY if number < _SHORT else number, int(month), int(day))
    except ValueError:
        return
