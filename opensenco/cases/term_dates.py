"""One academic year as a school enters it: what can be wrong with it, and how far it reaches.

Pure: no rows. The operation that stores a year and the page that asks for it use the same faults.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from opensenco.kernel.words import Sentence, mark, sentence
from opensenco.law.calendar.holidays import SATURDAY
from opensenco.law.calendar.school import CLOSING, DayKind
from opensenco.law.calendar.years import AcademicYear

#: the kinds of days that people enter; OPEN and HOLIDAY only commands do
ENTERED = (DayKind.TERM, DayKind.HALF_TERM, DayKind.INSET, DayKind.CLOSED)
#: holidays between two terms are shorter: a longer gap is a term that was forgotten
LONGEST_HOLIDAY = timedelta(days=35)
AUGUST, SEPTEMBER, JULY = 8, 9, 7


@dataclass(frozen=True, slots=True)
class Entry:
    """Days of a year, both counted, and what they are. `field` is the form's name for the row."""

    first: date
    last: date
    kind: DayKind
    field: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an entry, and at which field of the form it is said."""

    field: str
    words: Sentence


def earliest(year: AcademicYear) -> date:
    """Give the first day that a year can have: some autumn terms begin in August."""
    return date(year.starts, AUGUST, 1)


def faults(year: AcademicYear, entries: Sequence[Entry]) -> list[Fault]:
    """Give everything that is wrong with a year as it was entered, one fault for each row.

    Rows whose own days make no sense are told of first; only a year without such is looked at as
    a whole.
    """
    alone = [fault for one in entries if (fault := _fault_alone(year, one))]
    if alone:
        return alone
    terms = terms_of(entries)
    if not terms:
        return [Fault("", sentence(mark("Enter at least one term.")))]
    return [*_between(terms), *_within(terms, entries), *_twice(entries)]


def terms_of(entries: Sequence[Entry]) -> list[Entry]:
    """Give the terms in order of time."""
    return sorted((one for one in entries if one.kind is DayKind.TERM), key=lambda one: one.first)


def reach(year: AcademicYear, entries: Sequence[Entry]) -> Entry:
    """Give the days for which a year is known: what lies in them and in no term is holiday.

    From 1 September where the first term begins by the end of that month, to 31 August where the
    last one ends in July or later. A year that is entered in part is known for that part alone.
    """
    terms = terms_of(entries)
    first, last = terms[0].first, terms[-1].last
    whole_start = first < date(year.starts, SEPTEMBER + 1, 1)
    whole_end = last >= date(year.starts + 1, JULY, 1)
    return Entry(
        min(year.first, first) if whole_start else first,
        year.last if whole_end else last,
        DayKind.YEAR,
    )


def _fault_alone(year: AcademicYear, one: Entry) -> Fault | None:
    if one.last < one.first:
        words = mark("{last} is before {first}. The last day is on or after the first.")
        return Fault(f"{one.field}_last", sentence(words, first=one.first, last=one.last))
    for day, end in ((one.first, "first"), (one.last, "last")):
        if not earliest(year) <= day <= year.last:
            words = mark("{day} is not in the school year {year}.")
            return Fault(f"{one.field}_{end}", sentence(words, day=day, year=str(year)))
    if one.kind is DayKind.INSET and one.first == one.last and one.first.weekday() >= SATURDAY:
        words = mark("{day} is at a weekend. A training day is from Monday to Friday.")
        return Fault(f"{one.field}_first", sentence(words, day=one.first))
    return None


def _between(terms: Sequence[Entry]) -> Iterator[Fault]:
    """Look at each term and the one that follows."""
    for one, after in pairwise(terms):
        if after.first <= one.last:
            words = mark("This term begins before the one before it ends, on {last}.")
            yield Fault(f"{after.field}_first", sentence(words, last=one.last))
        elif after.first - one.last > LONGEST_HOLIDAY:
            words = mark(
                "From {last} to {first} is too long for a holiday. Enter the term between."
            )
            yield Fault(f"{after.field}_first", sentence(words, last=one.last, first=after.first))


def _within(terms: Sequence[Entry], entries: Sequence[Entry]) -> Iterator[Fault]:
    """Look for half-terms and closed days that lie outside the terms."""
    for one in entries:
        if one.kind not in CLOSING or one.kind is DayKind.HOLIDAY:
            continue
        if not any(term.first <= one.first and one.last <= term.last for term in terms):
            words = mark(
                "{first} is in no term, so the school is closed then already. Leave it out, "
                "or mend the term’s first and last day."
            )
            if one.first != one.last:
                words = mark(
                    "{first} to {last} is not within one term. Mend these days or the term’s."
                )
            yield Fault(f"{one.field}_first", sentence(words, first=one.first, last=one.last))


def _twice(entries: Sequence[Entry]) -> Iterator[Fault]:
    """Look for days on which the school is closed for two reasons."""
    closed = sorted((one for one in entries if one.kind in CLOSING), key=lambda one: one.first)
    for one, after in pairwise(closed):
        if after.first <= one.last:
            words = mark("{day} is entered twice. Once is enough.")
            yield Fault(f"{after.field}_first", sentence(words, day=after.first))


@dataclass(frozen=True, slots=True)
class Moved:
    """Days that somebody whose year was taken over has changed since; None where there are none."""

    before: Entry | None
    after: Entry | None


#: a day that moved further than this is another day
NEAR = timedelta(days=21)


def moved(old: Sequence[Entry], new: Sequence[Entry], ours: Sequence[Entry]) -> list[Moved]:
    """Give what has changed between two publications and still stands in our year as it was.

    What we entered otherwise ourselves is ours, and no difference to be told of.

    Args:
        old: the year as it was published when ours was last entered. new: as it is now.
    """
    known, held = {_days(one) for one in old}, {_days(one) for one in ours}
    coming = [one for one in new if _days(one) not in known | held]
    found = []
    for one in old:
        if _days(one) not in held or any(_days(one) == _days(other) for other in new):
            continue
        near = [c for c in coming if c.kind is one.kind and abs(c.first - one.first) <= NEAR]
        after = min(near, key=lambda c: abs(c.first - one.first), default=None)
        if after is not None:
            coming.remove(after)
        found.append(Moved(one, after))
    added = [c for c in coming if c.kind in (DayKind.TERM, DayKind.HALF_TERM)]
    free = [c for c in added if not any(_touch(c, one) for one in ours if one.kind is c.kind)]
    return [*found, *(Moved(None, one) for one in free)]


def with_moves(ours: Sequence[Entry], moves: Sequence[Moved]) -> list[Entry]:
    """Give our year with those changes taken over."""
    gone = {_days(one.before) for one in moves if one.before is not None}
    kept = [one for one in ours if _days(one) not in gone]
    return sorted(
        [*kept, *(one.after for one in moves if one.after is not None)], key=lambda one: one.first
    )


def _days(one: Entry) -> tuple[DayKind, date, date]:
    return one.kind, one.first, one.last


def _touch(one: Entry, other: Entry) -> bool:
    return one.first <= other.last and other.first <= one.last
