"""Sentences in plain words, kept apart from their values so that a page can translate them.

A sentence is a template with named places ("The concern was raised on {raised}.") and the values
for them. `str()` gives it in English; a page translates `chosen()` and hands that to `fill`.
`mark`, `sentence` and `counted` are the names by which the message catalogue finds the templates.
"""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

# Written out, since Python's own list follows the language of the machine.
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

Value = date | int | str


def mark(text: str) -> str:
    """`text` unchanged; the name tells the message catalogue to take it in."""
    return text


def say(day: date) -> str:
    """The date as our pages write it in English: "14 February 2027"."""
    return f"{day.day} {MONTHS[day.month]} {day.year}"


def _plain(value: Value) -> str:
    return say(value) if isinstance(value, date) else str(value)


class Sentence(NamedTuple):
    """One sentence for people, in English until a page translates it.

    It is a tuple because thousands are made at a time, and nothing is made faster.
    `many` and `count` are set where the words depend on a number; {count} is then a place too.
    """

    template: str
    values: tuple[tuple[str, Value], ...] = ()
    many: str = ""
    count: int = 1  # type: ignore[assignment]  # a tuple's own count() is of no use here

    def chosen(self) -> str:
        """The English template for this number."""
        return self.many if self.many and self.count != 1 else self.template

    def fill(self, template: str, written: Callable[[Value], str] = _plain) -> str:
        """`template` (a translation) with this sentence's values in it, each by `written`.

        A sentence without values is given back as it is, whatever signs it holds.
        """
        if not self.values and not self.many:
            return template
        filled = {name: written(value) for name, value in self.values}
        return template.format(count=self.count, **filled)

    def __str__(self) -> str:
        return self.fill(self.chosen())


def sentence(template: str, /, **values: Value) -> Sentence:
    """A sentence with its values: `sentence("Raised on {raised}.", raised=day)`."""
    return Sentence(template, tuple(values.items())) if values else _fixed(template)


@lru_cache(maxsize=4_096)
def _fixed(template: str) -> Sentence:
    """A sentence without values is always the same one: half of all are."""
    return Sentence(template)


def counted(one: str, many: str, /, *, count: int, **values: Value) -> Sentence:
    """A sentence whose words depend on `count`, as "1 day" and "2 days" do."""
    return Sentence(one, tuple(values.items()), many, count)
