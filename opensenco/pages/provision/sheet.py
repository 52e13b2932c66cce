"""One session as a form: whose it is, on which day, what is filled in, and what can be chosen."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actor import Actor
from opensenco.cases.calendar import calendar_of
from opensenco.kernel.clock import london_time
from opensenco.kernel.refs import short
from opensenco.law.calendar.cover import CalendarNotCovered
from opensenco.law.calendar.holidays import SATURDAY
from opensenco.pages.provision import gathering
from opensenco.pages.provision import session_forms as forms
from opensenco.pages.provision.session_forms import ME, MINUTES, NOTE, WENT, Asked, own_key
from opensenco.provision import queries
from opensenco.provision.queries.reasons import own_reasons
from opensenco.provision.states import MISSED_WORDS, Went
from opensenco.ui.words import day_short

#: how many days back one can log from the page, and how many where an older one is looked for
DAYS_BACK, LONG_BACK = 21, 90
#: a weekend is offered while it is fresh: a page kept open over it still sends its own day
FRESH = 3
#: missed sessions that are offered to be made up
MOST_MISSED = 3


@dataclass
class Sheet:
    """One session as a form: whose, on which day, and what is filled in already.

    Args:
        earlier: how far back a day is chosen; empty for today.
        missed: what this session can make up.
        givers: who can have given it, where that is asked.
        theirs: what somebody else logged of this very session, with what one had marked.
        others: who could be there as well, or not: the words of a link and its address.
        rows: as it was logged, where it is put right.
    """

    unit: Any
    allocations: list[Any]
    initial: dict[str, Any]
    days: Sequence[tuple[str, str]] = ()
    again: bool = False
    earlier: str = ""
    correction: bool = False
    logged_by: list[str] = field(default_factory=list)
    missed: Sequence[queries.Open] = ()
    givers: Sequence[Any] = ()
    me: Any = None
    theirs: list[Any] = field(default_factory=list)
    others: list[tuple[str, str]] = field(default_factory=list)
    made: Any = None
    rows: Sequence[Any] = ()

    @property
    def refs(self) -> dict[str, Any]:
        """The references of the promises, as the names of fields hold them."""
        return forms.refs_of(self.allocations)

    @property
    def pupils(self) -> list[Any]:
        """Whose session it is."""
        return [one.pupil for one in self.allocations]

    @property
    def closed(self) -> bool:
        """Whether it is logged already and nobody asked to log another."""
        return bool(self.logged_by) and not self.again and not self.earlier

    @property
    def over(self) -> bool:
        """Whether no day is left on which it can have been."""
        return not self.correction and not self.days

    def form(self, **given: Any) -> forms.SessionForm:
        """Make the form."""
        kind = forms.CorrectionForm if self.correction else forms.SessionForm
        asked = Asked(
            pupils=[(short(one.ref), one.pupil.said) for one in self.allocations],
            minutes=self.lengths,
            days=() if self.correction else self.days or [("", "")],
            missed=[(one.key, missed_words(one, self.allocations)) for one in self.missed],
            givers=self._givers(),
            reasons=own_reasons(self.allocations[0].org_id, self.rows),
        )
        made = kind(asked=asked, **given)
        self.made = made
        return made

    def _givers(self) -> list[tuple[str, str]]:
        others = [(short(one.ref), one.name) for one in self.givers if one != self.me]
        return [*others, (ME, _("I did"))] if others else []

    @property
    def lengths(self) -> list[int]:
        """The lengths to choose from, with the one that is filled in."""
        chosen = int(self.initial["minutes"])
        return sorted({*forms.lengths(self.unit.minutes), chosen})

    def kids(self, form: Any) -> list[tuple[Any, Any, Any, Any]]:
        """Give each promise with the fields of its pupil, for the template."""
        return [
            (one, form[WENT + short(one.ref)], form[MINUTES + short(one.ref)],
             form[NOTE + short(one.ref)])
            for one in self.allocations
        ]  # fmt: skip

    def on_day(self, day: date) -> list[Any]:
        """Give the promises that ran on a day; where none did, all, so that it is said why not."""
        ran = [
            one for one in self.allocations
            if one.starts <= day and (one.ends is None or day <= one.ends)
        ]  # fmt: skip
        return ran or self.allocations

    def held(self) -> Any:
        """Give how it went as a whole, with who gave it where that was asked."""
        gave = self.made.cleaned_data.get("gave", "")
        known = {short(one.ref): one for one in self.givers}
        return self.made.held(self.me if gave == ME else known.get(gave))

    def makes_up(self) -> dict[Any, Any]:
        """Give which missed session each promise makes up, by its reference."""
        chosen = self.made.cleaned_data.get("makes_up", "")
        found = next((one for one in self.missed if one.key == chosen), None)
        rows = found.rows if found else {}
        return {one.ref: rows[one.pk] for one in self.allocations if one.pk in rows}

    def outside(self, one: Any, today: date) -> str:
        """Say of a promise that it ended or began within the days that can be chosen."""
        if one.ends and one.ends < today:
            return _("until %(day)s") % {"day": day_short(one.ends)}
        if self.earlier and one.starts > today - timedelta(days=DAYS_BACK):
            return _("from %(day)s") % {"day": day_short(one.starts)}
        return ""


def sheet(actor: Actor, row: Any, asked: Mapping[str, str]) -> Sheet:
    """Give the form for one session of what is done together with a promise.

    Args:
        asked: the address's own words: `again` for a second session today, `earlier` for another
            day, and as "all" for one of the last three months; `also` and `without` for pupils who
            are there or not on that day alone.
    """
    today = actor.today
    over = row.ends is not None and row.ends < today
    earlier = asked.get("earlier", "") or ("1" if over else "")
    back = LONG_BACK if earlier == "all" else DAYS_BACK
    if earlier:
        unit = queries.unit_since(actor, row, today - timedelta(days=back), today)
    else:
        unit = queries.unit(actor, row, today)
    allocations, others = gathering.there(actor, row, unit, asked)
    days = days_to_choose(today, allocations, back, today=not earlier)
    initial = forms.usual(unit.minutes, [short(one.ref) for one in allocations])
    initial["on"] = _first_open(days)
    made = Sheet(
        unit, allocations, initial, days=[(day.isoformat(), words) for day, words, _closed in days],
        again="again" in asked or unit.again, earlier=earlier, others=others,
        logged_by=queries.logged_by(unit), me=actor.person,
        missed=queries.open_to_make_up(allocations, today)[:MOST_MISSED],
        givers=queries.givers(allocations, today),
    )  # fmt: skip
    if made.me in made.givers:
        made.givers = ()
    if made.givers:
        made.initial["gave"] = short(made.givers[0].ref)
    return made


Day = tuple[date, str, bool]


def days_to_choose(last: date, rows: Sequence[Any], back: int, *, today: bool) -> list[Day]:
    """Give the days on which a session can have been, newest first, and whether school was closed.

    Weekdays, and the weekend that has just been.
    """
    calendar = calendar_of(rows[0].org_id, last).calendar
    first = min(one.starts for one in rows)
    ends = max((one.ends or last) for one in rows)
    found = []
    for number in range(0 if today else 1, back + 1):
        day = last - timedelta(days=number)
        if day < first or day > ends or (day.weekday() >= SATURDAY and number > FRESH):
            continue
        closed = False
        with suppress(CalendarNotCovered):
            closed = not calendar.is_school_day(day)
        words = _("Today") if day == last else day_short(day)
        if closed:
            words = _("%(day)s (school closed)") % {"day": words}
        found.append((day, words, closed))
    return found


def _first_open(days: Sequence[Day]) -> str:
    for day, _words, closed in days:
        if not closed:
            return day.isoformat()
    return days[0][0].isoformat() if days else ""


def missed_words(one: queries.Open, allocations: Sequence[Any]) -> str:
    """Say of a missed session when it was, why it was missed, and by whom of several."""
    row = one.first
    why = MISSED_WORDS[row.reason or row.went]
    words = f"{day_short(one.on)}, {why}"
    if len(one.rows) == len(allocations):
        return words
    said = {pk: row.pupil.said for pk, row in one.rows.items()}
    return f"{words}: {', '.join(said.values())}"


def logged_sheet(actor: Actor, rows: list[Any]) -> Sheet:
    """Give the form for a session as it was logged."""
    allocations = [row.allocation for row in rows]
    made = Sheet(
        unit_of(rows), allocations, _initial(rows, allocations), correction=True, me=actor.person,
        rows=rows,
        missed=queries.open_to_make_up(allocations, rows[0].on, but=rows)[:MOST_MISSED],
    )  # fmt: skip
    known = queries.givers(allocations, rows[0].on)
    # nobody gave what was not held: where it took place after all, it was who is to give it
    was_given = rows[0].went != Went.NOT_HELD or not known
    gave = rows[0].given_by if was_given else known[0]
    known.append(gave)
    if any(one != actor.person for one in known):
        made.givers = list(dict.fromkeys(known))
        made.initial["gave"] = ME if gave == actor.person else short(gave.ref)
    linked = next((row.makes_up for row in rows if row.makes_up_id), None)
    if linked is not None:
        made.initial["makes_up"] = f"{linked.on.isoformat()}.{linked.number}"
    return made


def unit_of(rows: list[Any]) -> Any:
    """Give what is done together, of the rows of one session."""
    return queries.Unit(tuple(queries.Pupil(row.allocation, row) for row in rows), rows[0].on)


def _initial(rows: list[Any], allocations: list[Any]) -> dict[str, Any]:
    counted = Counter(row.minutes for row in rows if row.minutes)
    length = counted.most_common(1)[0][0] if counted else unit_of(rows).minutes
    initial = forms.usual(length, [short(one.ref) for one in allocations])
    not_held = next((row for row in rows if row.went == Went.NOT_HELD), None)
    for row in rows:
        ref = short(row.allocation.ref)
        if row.went in (Went.AWAY, Went.CHOSE_NOT):
            initial[WENT + ref] = row.went
        if row.minutes and row.minutes != length:
            initial[MINUTES + ref] = row.minutes
        if not_held is None:
            initial[NOTE + ref] = row.note
    if not_held is not None:
        initial |= {"not_held": _why(not_held), "note": not_held.note}
    return initial


def _why(row: Any) -> str:
    """Give why a session was not held as the form holds it."""
    found = own_reasons(row.org_id, [row]) if row.own_words else []
    own = next((o for o in found if (o.words, o.kind) == (row.own_words, row.reason)), None)
    return own_key(own) if own else str(row.reason)


def found_logged(actor: Actor, rows: list[Any], mine: Sheet) -> Sheet:
    """Give the form for a session that somebody else has logged meanwhile: theirs, with one's own
    marks over it where they differ."""
    both = logged_sheet(actor, rows)
    both.theirs = rows
    given = mine.made.cleaned_data
    both.initial = forms.with_mine(both.initial, given, mine.unit.minutes)
    return both


def logged_at(row: Any) -> str:
    """Give the time at which a row was written, as a clock in London shows it."""
    moment = london_time(row.at)
    return f"{moment.hour}:{moment.minute:02}"
