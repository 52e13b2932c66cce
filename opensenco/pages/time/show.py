"""What the pages of working time show, put into words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actor import Actor
from opensenco.cases import time_log
from opensenco.cases.time_log import Spent, Totals
from opensenco.cases.time_words import HOUR, SHORT
from opensenco.cases.time_words import long as long
from opensenco.exchange.out import Table
from opensenco.pages.time.forms import PeriodForm
from opensenco.ui.charts import Bar

WEEK = timedelta(days=7)
#: no time was recorded before; days before it are none of ours
EARLIEST = date(2000, 1, 3)
FOUR_WEEKS = timedelta(days=28)
MOST_DAYS = timedelta(days=366)
#: pupils that the page shows; the file has all of them
MOST_PUPILS = 50


@dataclass(frozen=True)
class Week:
    """One's own week from Monday to Sunday."""

    first: date
    last: date
    lines: list[Spent]
    totals: Totals
    before: date
    after: date | None


def week_of(actor: Actor, asked: str) -> Week:
    """Give one's own week that holds a day; this week where the day is none or to come."""
    try:
        day = min(date.fromisoformat(asked), actor.today)
    except ValueError:
        day = actor.today
    # the weeks before it must be days too
    day = max(day, EARLIEST)
    first = day - timedelta(days=day.weekday())
    last = first + timedelta(days=6)
    found = time_log.lines(actor, first, last)
    after = first + WEEK
    return Week(
        first, last, found, time_log.totals(found), first - WEEK,
        after if after <= actor.today else None,
    )  # fmt: skip


@dataclass(frozen=True)
class Period:
    """Where time went between two days, for whoever sees that of others."""

    form: PeriodForm
    first: date
    last: date
    lines: list[Spent]
    totals: Totals

    @property
    def pupils(self) -> list[tuple[Any, int]]:
        """The pupils with the most time."""
        return self.totals.by_pupil[:MOST_PUPILS]

    @property
    def bars(self) -> list[Bar]:
        """The kinds of work as bars, in hours."""
        return [
            Bar(str(SHORT[work]), round(minutes / HOUR, 1), shown=long(minutes),
                name=str(work.label))
            for work, minutes in self.totals.by_work
        ]  # fmt: skip

    @property
    def headline(self) -> str:
        """What the chart shows."""
        work, minutes = self.totals.by_work[0]
        return _("%(work)s took most: %(long)s of %(all)s") % {
            "work": work.label,
            "long": long(minutes),
            "all": long(self.totals.minutes),
        }


def period(actor: Actor, query: Mapping[str, str]) -> Period:
    """Give where time went: the last four weeks, or the days that the address asks for."""
    asked = {name: value for name, value in query.items() if name != "file"}
    form = PeriodForm(asked or None)
    cleaned = form.cleaned_data if form.is_bound and form.is_valid() else {}
    last = max(cleaned.get("last") or actor.today, EARLIEST)
    first = cleaned.get("first") or last - FOUR_WEEKS
    first = max(first, last - MOST_DAYS)
    found = time_log.lines(actor, first, last, own=False)
    if work := cleaned.get("work"):
        found = [one for one in found if one.work == work]
    if not form.is_bound:
        form = PeriodForm(initial={"first": first, "last": last})
    return Period(form, first, last, found, time_log.totals(found))


def table(found: Sequence[Spent]) -> Table:
    """Give time line by line as it goes into a file; a group's session is one line."""
    heads = [
        _("Day"), _("Who"), _("Kind of work"), _("Minutes"), _("Pupil or pupils"), _("What it was"),
        _("Where it comes from"),
    ]  # fmt: skip
    rows = [
        (
            one.on, one.person.name, one.work_words, one.minutes,
            "; ".join(pupil.register_name for pupil in one.pupils), one.words,
            _("recorded by hand") if one.entry else _("known from the record"),
        )
        for one in found
    ]  # fmt: skip
    return Table(_("Working time"), heads, rows)
