"""How dates, times, money and counts are written on screen."""

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils import dateformat
from django.utils.translation import gettext, ngettext

from opensenco.ui.language import language_now

MINUS = "\N{MINUS SIGN}"
LONDON = ZoneInfo("Europe/London")


def _date(value: dt.date | dt.datetime) -> dt.date:
    """Give the calendar day in London of a date or of an aware moment."""
    return _local(value).date() if isinstance(value, dt.datetime) else value


def _local(value: dt.datetime) -> dt.datetime:
    if value.tzinfo is None:
        raise ValueError("A moment without a time zone cannot be shown. Make it aware first.")
    return value.astimezone(LONDON)


@lru_cache(maxsize=10_000)
def _written(value: dt.date, form: str, language: str | None) -> str:
    # A page of a register writes the same few days hundreds of times.
    return dateformat.format(value, form)


def begins(words: str) -> str:
    """Write words as the beginning of a sentence: "SEN support is to start", "Being watched".

    Only the first letter changes: abbreviations, names and subjects keep their capitals.
    """
    return words[:1].upper() + words[1:]


def day(value: dt.date | dt.datetime) -> str:
    """Write a day as records show it: "14 February 2027"."""
    return _written(_date(value), "j F Y", language_now())


def day_short(value: dt.date | dt.datetime) -> str:
    """Write a day as lists show it: "Tue 24 Nov"."""
    return _written(_date(value), "D j M", language_now())


def month(value: dt.date | dt.datetime) -> str:
    """Write the month of a day as dense lists show it: "Sep 2024"."""
    return _written(_date(value), "M Y", language_now())


def weekday(value: dt.date | dt.datetime) -> str:
    """Write a day with its weekday: "Monday 23 November 2026"."""
    return _written(_date(value), "l j F Y", language_now())


def clock(value: dt.datetime | dt.time) -> str:
    """Write a time of day: "15:30", "9:42". Moments are turned to London time first."""
    time = _local(value) if isinstance(value, dt.datetime) else value
    return f"{time.hour}:{time.minute:02d}"


def moment(value: dt.datetime) -> str:
    """Write a moment in London time: "24 November 2026, 15:30"."""
    return f"{day(value)}, {clock(value)}"


def number(value: int) -> str:
    """Write a whole number with commas: "1,079"."""
    return f"{value:,}".replace("-", MINUS)


def money_pounds(pence: int, *, ledger: bool = False) -> str:
    """Write an amount held in pence: "£5,000", "£86.40".

    Whole pounds show no pence, except in a ledger, where every line shows both.
    """
    pounds, rest = divmod(abs(pence), 100)
    sign = MINUS if pence < 0 else ""
    pennies = f".{rest:02d}" if rest or ledger else ""
    return f"{sign}£{pounds:,}{pennies}"


def plural(count: int, one: str, many: str) -> str:
    """Write a count with its noun: plural(5, "pupil", "pupils") is "5 pupils".

    Both words are looked up as one translation. For whole sentences use ngettext.
    """
    return f"{number(count)} {ngettext(one, many, count)}"


def away(value: dt.date, today: dt.date) -> str:
    """Write how far a day is from today: "today", "tomorrow", "in 7 days", "3 days ago"."""
    days = (value - today).days
    if days == 0:
        return gettext("today")
    if days == 1:
        return gettext("tomorrow")
    if days == -1:
        return gettext("yesterday")
    if days > 0:
        return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": number(days)}
    return ngettext("%(days)s day ago", "%(days)s days ago", -days) % {"days": number(-days)}


def year_group(year: int | None) -> str:
    """Say a year group as schools do."""
    if year is None:
        return gettext("No year group")
    if year > 0:
        return gettext("Year %(year)s") % {"year": year}
    return gettext("Reception") if year == 0 else gettext("Nursery")


def initials(name: str) -> str:
    """Give the letters of a person's mark: "Idris Hassan-Cole" is "IH"."""
    parts = name.split()
    return "".join(part[0] for part in (parts[:1] + parts[1:][-1:])).upper()
