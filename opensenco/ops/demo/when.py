"""The dates of the stories: each is written from today, a birthday or the school year."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from opensenco.ops.demo import terms
from opensenco.ops.demo.files import rows, table

PLUS = re.compile(r"([+-]\d+)([md]?)")


@dataclass(frozen=True)
class When:
    """Turns what a file says of time into days.

    Args:
        today: the day that the demo world is made for.
    """

    today: date

    @property
    def year(self) -> terms.Year:
        """The school year that holds today."""
        return terms.year_of(self.today)

    def base(self, at: int | str, born: date | None = None) -> date:
        """Give the day of -210, "dob+26m-1d" or "ay-1.autumn.start+2", before any moving.

        Raises:
            ValueError: the text is none of these.
        """
        if isinstance(at, int):
            return self.today + timedelta(days=at)
        if at.startswith("dob") and born is not None:
            return _plus(born, at[3:])
        if found := re.fullmatch(r"ay([+-]?\d+)\.([a-z_.0-9]+?)([+-]\d+)?", at):
            number, name, more = found.groups()
            return _plus(anchor(terms.Year(self.year.starts + int(number)), name), more or "")
        raise ValueError(f"this is no time that the stories use: {at!r}")

    def snapped(self, at: int | str, kind: str, born: date | None = None) -> date:
        """Give the day of an event, moved back to a day on which its kind can happen."""
        day = self.base(at, born)
        possible = possible_days(kind)
        while not possible(day):
            day -= terms.ONE
        return day

    def born(self, year_group: int, month_and_day: str) -> date:
        """Give the birth date that puts a pupil of "04-17" into a year group today."""
        month, day = (int(part) for part in month_and_day.split("-"))
        back = 5 if month >= 9 else 4
        return date(self.year.starts - year_group - back, month, day)


def possible_days(kind: str) -> Callable[[date], bool]:
    """Give the rule for days on which a kind of event can happen: home, office or school."""
    snap = table("calendar")["snap"]
    if kind.startswith(tuple(snap["family_kinds"])):
        return lambda day: True
    if kind.startswith(tuple(snap["office_kinds"])):
        return terms.is_working
    return terms.is_school_day


def anchor(year: terms.Year, name: str) -> date:
    """Give a named day of a school year: "autumn.start", "feb14", "start".

    Raises:
        KeyError: no such name.
    """
    if name == "start":
        return year.terms[0][0]
    season, _dot, end = name.partition(".")
    if end:
        start, stop = year.terms[("autumn", "spring", "summer").index(season)]
        inside = [d for d in terms.school_days(year.starts) if start <= d <= stop]
        return inside[0] if end == "start" else inside[-1]
    if name == "last_friday_june":
        return terms.last(terms.FRIDAY, date(year.starts + 1, 6, 30))
    fixed = {row["name"]: row for row in rows("calendar", "anchor")}[name]
    return date(year.starts + int(fixed["after"]), fixed["month"], fixed["day"])


def _plus(day: date, text: str) -> date:
    for number, unit in PLUS.findall(text):
        if unit == "m":
            months = day.year * 12 + day.month - 1 + int(number)
            day = _in_month(months // 12, months % 12 + 1, day.day)
        else:
            day += timedelta(days=int(number))
    return day


def _in_month(year: int, month: int, day: int) -> date:
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1
