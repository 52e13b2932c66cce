"""The ledger of promised against delivered: its words, its stretches of time and its figures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.kernel.dates import ONE_DAY, Span
from opensenco.law.calendar.holidays import SATURDAY
from opensenco.law.calendar.school import DayKind, SchoolCalendar
from opensenco.law.calendar.years import AcademicYear
from opensenco.provision.states import MISSED_WORDS


class By(models.TextChoices):
    """What the figures of the ledger are put together by."""

    PROVISION = "provision", gettext_lazy("Provision")
    CLASS = "class", gettext_lazy("Class")
    STAFF = "staff", gettext_lazy("Member of staff")
    PUPIL = "pupil", gettext_lazy("Pupil")
    #: each promise to one pupil alone
    PROMISE = "promise", gettext_lazy("Each promise")


class Spell(models.TextChoices):
    """Which stretch of time is looked at."""

    HALF = "half", gettext_lazy("This half-term")
    TERM = "term", gettext_lazy("This term")
    YEAR = "year", gettext_lazy("This year")


#: where no term dates are entered, the first day of each half-term by month and day, in order of
#: the year; every second one begins a term
USUAL_HALVES = ((9, 1), (11, 1), (1, 1), (2, 15), (4, 1), (6, 1))


def span_of(spell: str, today: date, calendar: SchoolCalendar) -> Span:
    """Give the days of a stretch: the one that holds a day; in holidays, the one before it.

    Along the terms that the school entered; where it entered none, by the usual months.
    """
    year = AcademicYear.of(today)
    if spell == Spell.YEAR:
        return year.span
    terms = [one for one in calendar.terms if one.first in year.span and one.last is not None]
    begun = [one for one in terms if one.first <= today]
    if not begun:
        return _usual(spell, today, year)
    term = begun[-1]
    if spell == Spell.TERM:
        return term
    return [one for one in _halves(term, calendar) if one.first <= today][-1]


def _halves(term: Span, calendar: SchoolCalendar) -> list[Span]:
    """Cut a term at the half-terms that lie in it."""
    gaps = [row for row in calendar.rows if row.kind is DayKind.HALF_TERM and row.first in term]
    firsts, found = term.first, []
    for gap in sorted(gaps, key=lambda row: row.first):
        if gap.first > firsts:
            found.append(Span(firsts, gap.first - ONE_DAY))
        firsts = gap.last + ONE_DAY
        while firsts.weekday() >= SATURDAY:
            firsts += ONE_DAY
    if term.last is not None and firsts <= term.last:
        found.append(Span(firsts, term.last))
    return found


def _usual(spell: str, today: date, year: AcademicYear) -> Span:
    firsts = [
        date(year.starts if month >= USUAL_HALVES[0][0] else year.starts + 1, month, day)
        for month, day in USUAL_HALVES
    ]
    if spell == Spell.TERM:
        firsts = firsts[::2]
    spans = [Span.before(one, after) for one, after in pairwise([*firsts, year.last + ONE_DAY])]
    return next(one for one in spans if today in one)


def unaccounted(due: int, held: int, missed: int, linked: int = 0) -> int:
    """Give how many sessions that were due nobody has said anything of; those of today are left
    out of what was due, for they may yet be held.

    Args:
        linked: of those held, how many say which missed one they make up. That one is told of
            already, so they account for no other.
    """
    return max(0, due - (held - linked) - missed)


def made_up(due: int, held: int, missed: int, linked: int = 0) -> int:
    """Give how many missed sessions were made up: first those of which a session says so, then so
    many as took place beyond those left to hold."""
    beyond = max(0, (held - linked) + missed - due)
    return min(missed, linked + beyond)


@dataclass(frozen=True)
class Figures:
    """Promised and delivered of one stretch of time.

    Args:
        promised, due, delivered: minutes, in all, by today, and logged.
        due_sessions, held, missed, made_up, unaccounted: sessions; see `made_up` and `unaccounted`.
        again: minutes of the sessions that say which missed one they make up.
        by_others, for_others: sessions given by somebody else than they were promised of, and given
            in place of others, with their minutes; told by member of staff alone.
        why: missed sessions by what stood in the way, a value of `Went` or `WhyNot`.
    """

    promised: int = 0
    due: int = 0
    delivered: int = 0
    due_sessions: int = 0
    held: int = 0
    missed: int = 0
    made_up: int = 0
    again: int = 0
    unaccounted: int = 0
    by_others: int = 0
    by_others_minutes: int = 0
    for_others: int = 0
    for_others_minutes: int = 0
    pupils: int = 0
    why: Mapping[str, int] = field(default_factory=dict)

    @property
    def percent(self) -> int | None:
        """Delivered of due, in whole per cent; None where nothing is due yet."""
        return round(100 * self.delivered / self.due) if self.due else None

    @property
    def reasons(self) -> list[tuple[str, int, Promise]]:
        """What stood in the way, most often first: its value, how often, and its words."""
        often = sorted(self.why.items(), key=lambda pair: (-pair[1], pair[0]))
        return [(why, count, MISSED_WORDS[why]) for why, count in often]

    @property
    def reason_words(self) -> str:
        """The same as one line: "13 staff absent, 4 pupil away"."""
        return ", ".join(f"{count} {words}" for _why, count, words in self.reasons)


@dataclass(frozen=True)
class Line:
    """One row of the ledger: what it is of, and its figures.

    Args:
        thing: the provision, group, person, pupil or promise; None for what has none.
    """

    by: str
    thing: Any
    figures: Figures

    @property
    def name(self) -> str:
        """What it is called."""
        if self.thing is None:
            return _("No class") if self.by == By.CLASS else _("Nobody yet")
        if self.by == By.PUPIL:
            return str(self.thing.register_name)
        if self.by == By.PROMISE:
            return f"{self.thing.pupil.register_name}: {self.thing.provision.name}"
        return str(self.thing.name)
