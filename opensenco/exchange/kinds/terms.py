"""Term dates: terms, half-terms, training days and days on which the school is closed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.cases import term_dates
from opensenco.cases.models import CalendarDays, CalendarYear
from opensenco.cases.operations.everyday import enter_term_dates
from opensenco.cases.term_dates import Entry
from opensenco.exchange.kinds.kind import (
    Beside,
    Change,
    Decided,
    Item,
    Kind,
    ListFile,
    Reading,
    Said,
    Values,
    Work,
    change,
)
from opensenco.exchange.models import FileImport, ImportRow
from opensenco.exchange.readers.any_list import read_list
from opensenco.exchange.readers.fields import Field, Fields
from opensenco.exchange.readers.lists import Table
from opensenco.exchange.readers.one_row import OTHER_WEEKDAY, OneRow
from opensenco.exchange.readers.term_values import read_day_kind
from opensenco.exchange.readers.values import read_date
from opensenco.exchange.readers.words import Fault
from opensenco.exchange.sentences import again, kept
from opensenco.exchange.states import Decision, ImportKind, Match
from opensenco.kernel.words import mark, sentence
from opensenco.law.calendar.school import DayKind
from opensenco.law.calendar.years import AcademicYear
from opensenco.ui import words

AUGUST = 8
#: what is odd about the days of a row, kept until a person has said that they are right
ODD = "odd"
TERM_FIELDS = Fields(
    [
        Field(
            "what",
            mark("Term, half-term, training day or closure"),
            "Term|Name|Event|Description|Type|What|Period|Title",
            missing=mark("This file has no column that says what the days are."),
        ),
        Field(
            "first",
            mark("First day"),
            "First Day|Start|Start Date|Starts|From|Begins|Opens|Date|Term Starts|Begin",
            date=True,
            missing=mark("This file has no column with the first day."),
        ),
        Field(
            "last",
            mark("Last day"),
            "Last Day|End|End Date|Ends|To|Until|Closes|Finish|Term Ends",
            date=True,
        ),
    ],
    needed=(("what",), ("first",)),
)
WHOLE_YEAR = mark("A school year is entered as a whole.")
MEND = mark("Mend the days and read the list in again.")
NAMES = {
    DayKind.TERM: gettext_lazy("Term"),
    DayKind.HALF_TERM: gettext_lazy("Half-term"),
    DayKind.INSET: gettext_lazy("Training day"),
    DayKind.CLOSED: gettext_lazy("Closed"),
}


class Terms(Kind):
    """The days of a school's years."""

    code = ImportKind.TERMS
    fields = TERM_FIELDS
    verbs = (Action.CALENDAR_EDIT,)
    names = ("what",)
    labels = {
        "what": gettext_lazy("What"),
        "first": gettext_lazy("First day"),
        "last": gettext_lazy("Last day"),
    }
    who = (("what",),)
    said = Said(
        title=gettext_lazy("Term dates"),
        file=gettext_lazy("Term dates from %(name)s"),
        looks=gettext_lazy(
            "A row for each term, half-term, training (INSET) day and closure, with its first and "
            "last day. Holidays between the terms need no row."
        ),
        found=gettext_lazy(
            "A year in the list takes the place of that year as it was entered before."
        ),
        add=ngettext_lazy("Enter %(num)s row", "Enter %(num)s rows", "num"),
        change=ngettext_lazy("Change %(num)s row", "Change %(num)s rows", "num"),
        added=ngettext_lazy("%(num)s row entered,", "%(num)s rows entered,", "num"),
        nothing_yet=gettext_lazy("The school’s days have not been changed."),
        new_one=gettext_lazy("Take this row"),
    )

    def read(self, table: Table, reading: Reading, actor: Actor) -> ListFile:
        """Read what the days are; a row of one day needs no last day."""

        def one(row: OneRow) -> Values:
            first = row.need("first", read_date, None)
            last = row.must("last", read_date, None) or first
            kind = row.need("what", read_day_kind, "")
            return {
                "what": kind,
                "first": first.isoformat() if first else "",
                "last": last.isoformat() if last else "",
                ODD: [kept(one.said) for one in row.odd_weekdays(("first", "last")).values()],
            }

        found = read_list(table, TERM_FIELDS, reading.columns, one)
        return replace(found, items=tuple(map(_asked_once, found.items)))

    def beside(
        self, actor: Actor, org: Organisation, rows: Sequence[Values], decided: Decided
    ) -> list[Beside]:
        """Lay days beside those that are entered; a year with a fault is refused as a whole."""
        held = _held(org)
        faults = _faults(rows)
        results = []
        for place, values in enumerate(rows):
            known = held.get((values["what"], values["first"], values["last"]))
            if place in faults:
                results.append(Beside(Match.REFUSED, faults=(faults[place],)))
            elif known is not None:
                results.append(Beside(Match.UNCHANGED, known))
            elif values.get(ODD):
                results.append(self._doubtful(values, chosen=place in decided))
            else:
                results.append(Beside(Match.NEW, changes=self._changes(values)))
        return results

    def _changes(self, values: Values) -> list[Change]:
        return [change(name, None, values[name]) for name in self.labels]

    def _doubtful(self, values: Values, *, chosen: bool) -> Beside:
        """Ask of a row whose days are written with other days of the week than theirs."""
        why = tuple(again(one) for one in values[ODD])
        changes = self._changes(values) if chosen else []
        return Beside(Match.DOUBTFUL, reasons=why, changes=changes)

    def apply(self, work: Work) -> None:
        """Enter each year of which something is new, with what stands unchanged in it."""
        taken = ImportRow.objects.filter(
            Q(match__in=[Match.NEW, Match.UNCHANGED])
            | Q(match=Match.DOUBTFUL, decision=Decision.ADD),
            file=work.file,
        ).exclude(decision=Decision.LEAVE)
        entries: dict[AcademicYear, list[Entry]] = {}
        for row in taken.order_by("line"):
            entries.setdefault(_year(row.values), []).append(_entry(row.values, f"line-{row.line}"))
        rows: dict[AcademicYear, ImportRow] = {}
        for row in work.rows:
            rows.setdefault(_year(row.values), row)
        for year, row in rows.items():
            before = entries_of(work.org, year)
            entered = enter_term_dates(
                actor=work.actor, org=work.org, year=year, entries=entries[year], version=None
            )
            work.changed(row, entered, [change("days", before, entries_of(work.org, year))])

    def called(self, values: Values) -> str:
        """What the days are."""
        return str(NAMES[DayKind(values["what"])]) if values.get("what") else ""

    def in_words(self, name: str, value: Any) -> str:
        """Give a value as a page shows it."""
        if not value:
            return ""
        return (
            str(NAMES[DayKind(value)]) if name == "what" else words.day(date.fromisoformat(value))
        )

    def remarks(self, file: FileImport) -> list[str]:
        """The days that stand now and not in the list: they go."""
        rows = ImportRow.objects.filter(file=file, match__in=[Match.NEW, Match.UNCHANGED])
        values = [row.values for row in rows.exclude(decision=Decision.LEAVE)]
        said = {(one["what"], one["first"], one["last"]) for one in values}
        years = {_year(one) for one in values}
        gone = [
            f"{NAMES[DayKind(kind)]} {words.day(date.fromisoformat(first))}"
            for year in sorted(years)
            for kind, first, last in entries_of(file.org, year)
            if (kind, first, last) not in said
        ]
        if not gone:
            return []
        return [_("These days are entered now and not in the list. They go: %(days)s.")
                % {"days": ", ".join(gone)}]  # fmt: skip


def _year(values: Values) -> AcademicYear:
    """The school year of days; an autumn term may begin in August."""
    first = date.fromisoformat(values["first"])
    return AcademicYear(first.year if first.month >= AUGUST else first.year - 1)


def _entry(values: Values, field: str) -> Entry:
    first, last = date.fromisoformat(values["first"]), date.fromisoformat(values["last"])
    return Entry(first, last, DayKind(values["what"]), field)


def _held(org: Organisation) -> dict[tuple[str, str, str], int]:
    rows = CalendarDays.objects.filter(org=org, taken_back_at__isnull=True)
    return {(row.kind, row.first.isoformat(), row.last.isoformat()): row.pk for row in rows}


def entries_of(org: Organisation, year: AcademicYear) -> list[list[str]]:
    """Give what is entered of a year, as JSON holds it: kind, first and last day of each row."""
    rows = CalendarDays.objects.filter(
        org=org, year__starts=year.starts, taken_back_at__isnull=True
    ).exclude(kind=DayKind.YEAR.value)
    return [
        [row.kind, row.first.isoformat(), row.last.isoformat()]
        for row in rows.order_by("first", "id")
    ]


def enter_again(
    actor: Actor, org: Organisation, row: CalendarYear, days: Sequence[Sequence[str]]
) -> None:
    """Enter a year as it was told by `entries_of`."""
    entries = [
        Entry(date.fromisoformat(first), date.fromisoformat(last), DayKind(kind))
        for kind, first, last in days
    ]
    enter_term_dates(
        actor=actor, org=org, year=AcademicYear(row.starts), entries=entries, version=None
    )


def _faults(rows: Sequence[Values]) -> Mapping[int, Fault]:
    """Give what is wrong with years, by place; every row of such a year has a fault."""
    years: dict[AcademicYear, list[int]] = {}
    for place, values in enumerate(rows):
        years.setdefault(_year(values), []).append(place)
    found: dict[int, Fault] = {}
    for year, places in years.items():
        entries = [_entry(rows[place], str(place)) for place in places]
        wrong = {
            int(fault.field.partition("_")[0]) if fault.field else places[0]: fault
            for fault in term_dates.faults(year, entries)
        }
        for place in places if wrong else ():
            words_ = wrong[place].words if place in wrong else sentence(WHOLE_YEAR)
            found[place] = Fault("", words_, sentence(MEND))
    return found


def _asked_once(item: Item) -> Item:
    """Give a row without notes of what it asks in any case."""
    told = tuple(note for note in item.notes if note.said.template != OTHER_WEEKDAY)
    return replace(item, notes=told)
