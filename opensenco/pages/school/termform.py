"""The form of a school year: a row for each term, half-term, training day and closed time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.cases import term_dates
from opensenco.cases.explain import said
from opensenco.cases.term_dates import Entry
from opensenco.law.calendar.school import DayKind
from opensenco.law.calendar.years import AcademicYear
from opensenco.ui.forms import PickDateField, VersionedForm

#: rows that are always there; one more is always empty
LEAST = {DayKind.TERM: 3, DayKind.HALF_TERM: 3, DayKind.INSET: 5, DayKind.CLOSED: 1}
#: nobody has more; an address that asks for more gets no more
MOST = 30
#: days that are entered one by one
SINGLE = frozenset({DayKind.INSET})
SEASONS = (
    gettext_lazy("Autumn term"), gettext_lazy("Spring term"), gettext_lazy("Summer term"),
)  # fmt: skip
NAMES: dict[DayKind, Promise] = {
    DayKind.TERM: gettext_lazy("Term %(number)s"),
    DayKind.HALF_TERM: gettext_lazy("Half-term %(number)s"),
    DayKind.INSET: gettext_lazy("Training day %(number)s"),
    DayKind.CLOSED: gettext_lazy("Closed %(number)s"),
}


@dataclass(frozen=True)
class Row:
    """The fields of one row on the page; `last` is None where a row is one day."""

    name: str
    first: forms.BoundField
    last: forms.BoundField | None


class TermDatesForm(VersionedForm):
    """The days of one academic year. Empty rows are nothing."""

    def __init__(
        self, *, year: AcademicYear, entries: Sequence[Entry], data: Any = None, **options: Any
    ) -> None:
        super().__init__(data=data, **options)
        self.year = year
        self.counts = {kind: _count(kind, entries, data or {}) for kind in term_dates.ENTERED}
        for kind, count in self.counts.items():
            for number in range(1, count + 1):
                self.fields |= _fields(kind, number, self.name_of(kind, number))

    def name_of(self, kind: DayKind, number: int) -> str:
        """Give what a row is called: three terms by their season."""
        if kind is DayKind.TERM and self.counts[kind] <= len(SEASONS) + 1:
            season = SEASONS[number - 1] if number <= len(SEASONS) else _("Another term")
            return str(season)
        return str(NAMES[kind]) % {"number": number}

    def rows(self, kind: str) -> list[Row]:
        """Give the rows of one kind, for the page."""
        of_kind = DayKind(kind)
        return [
            Row(
                name=self.name_of(of_kind, number),
                first=self[f"{key}_first"],
                last=None if of_kind in SINGLE else self[f"{key}_last"],
            )
            for number in range(1, self.counts[of_kind] + 1)
            for key in [_key(of_kind, number)]
        ]

    def clean(self) -> dict[str, Any]:
        """Say everything that is wrong with the year at once, each at its row."""
        given = super().clean() or self.cleaned_data
        if self.errors:
            return given
        for key in self._keys(DayKind.CLOSED):
            # one day is entered by its first alone
            if given[f"{key}_first"] and not given[f"{key}_last"]:
                given[f"{key}_last"] = given[f"{key}_first"]
        for kind in (DayKind.TERM, DayKind.HALF_TERM, DayKind.CLOSED):
            self._check_pairs(kind, given)
        if not self.errors:
            for fault in term_dates.faults(self.year, entries_of(given)):
                named = fault.field if fault.field in self.fields else None
                self.add_error(named, said(fault.words))
        return given

    def _keys(self, kind: DayKind) -> list[str]:
        return [_key(kind, number) for number in range(1, self.counts[kind] + 1)]

    def _check_pairs(self, kind: DayKind, given: Mapping[str, Any]) -> None:
        for key in self._keys(kind):
            first, last = given.get(f"{key}_first"), given.get(f"{key}_last")
            if bool(first) != bool(last):
                missing, words = (
                    ("last", _("Enter the last day too.")) if first
                    else ("first", _("Enter the first day too."))
                )  # fmt: skip
                self.add_error(f"{key}_{missing}", words)


def values_of(entries: Iterable[Entry], version: int) -> dict[str, Any]:
    """Give what stands in the record, by the names of the form's fields."""
    values: dict[str, Any] = {"version": version}
    numbers = dict.fromkeys(term_dates.ENTERED, 0)
    for one in entries:
        numbers[one.kind] += 1
        key = _key(one.kind, numbers[one.kind])
        values[f"{key}_first"] = one.first
        if one.kind not in SINGLE:
            values[f"{key}_last"] = one.last
    return values


def entries_of(given: Mapping[str, Any]) -> list[Entry]:
    """Give what was typed as the operation takes it."""
    return [
        Entry(first, given.get(f"{key}_last") or first, kind, key)
        for kind in term_dates.ENTERED
        for number in range(1, MOST + 1)
        for key in [_key(kind, number)]
        if (first := given.get(f"{key}_first"))
    ]


def _key(kind: DayKind, number: int) -> str:
    return f"{kind.name.lower()}_{number}"


def _count(kind: DayKind, entries: Sequence[Entry], data: Mapping[str, Any]) -> int:
    stored = sum(one.kind is kind for one in entries) + 1
    prefix = f"{kind.name.lower()}_"
    sent = [
        int(number)
        for name in data
        if name.startswith(prefix)
        and (number := name.removeprefix(prefix).partition("_")[0]).isdecimal()
        and len(number) < 4
    ]
    return min(max(LEAST[kind], stored, *sent, 0), MOST)


def _fields(kind: DayKind, number: int, name: str) -> dict[str, forms.Field]:
    key = _key(kind, number)
    if kind in SINGLE:
        return {f"{key}_first": PickDateField(label=name, required=False)}
    labels = {"first": _("%(name)s, first day"), "last": _("%(name)s, last day")}
    return {
        f"{key}_{end}": PickDateField(label=words % {"name": name}, required=False)
        for end, words in labels.items()
    }
