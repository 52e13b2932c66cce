"""Attendance: how much of school each pupil attended from a day to a day."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy, ngettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.exchange.kinds import pupil_here
from opensenco.exchange.kinds.kind import (
    Beside,
    Candidate,
    Decided,
    Kind,
    ListFile,
    Reading,
    Said,
    Values,
    Work,
    change,
)
from opensenco.exchange.kinds.pupils.kind import pupil_candidates
from opensenco.exchange.kinds.pupils.roll import Known
from opensenco.exchange.kinds.records import whose
from opensenco.exchange.models import ImportRow
from opensenco.exchange.readers import attendance_row
from opensenco.exchange.readers.any_list import read_list
from opensenco.exchange.readers.fields import Fields
from opensenco.exchange.readers.lists import Table, layout_of
from opensenco.exchange.readers.one_row import OneRow
from opensenco.exchange.readers.periods import Period, period_above
from opensenco.exchange.readers.record_values import plain
from opensenco.exchange.readers.words import NotUnderstood
from opensenco.exchange.states import ImportKind
from opensenco.kernel.words import Sentence, mark, sentence
from opensenco.people.models import Pupil
from opensenco.support.checking_records import OF_ATTENDANCE, SPAN
from opensenco.support.models import Attendance
from opensenco.support.operations import records
from opensenco.support.states import Origin
from opensenco.ui import words

ATTENDANCE_FIELDS = Fields(
    [*pupil_here.FIELDS, *attendance_row.FIELDS],
    needed=(*pupil_here.NEEDED, ("percent", "attended", "missed", "missed_percent")),
    instead=pupil_here.INSTEAD,
)
NO_SPAN = mark(
    "This list does not say from when until when its figures count. Give the first and last day."
)
SPAN_ABOVE = mark(
    "The lines above the list say: from {first} to {last}. Say whether its figures count for these "
    "days."
)
SPAN_TO_COME = mark("The last day is still to come. Give the day until which the figures count.")
SPAN_BACKWARDS = mark("The last day is before the first.")
ABSENCES = ("authorised", "unauthorised")
PERCENT_FIELDS = frozenset({"percent", "authorised_percent", "unauthorised_percent"})


class AttendanceLists(Kind):
    """The attendance of pupils over a span of days."""

    code = ImportKind.ATTENDANCE
    fields = ATTENDANCE_FIELDS
    verbs = (Action.ATTENDANCE_VIEW, Action.RECORDS_EDIT)
    telling = attendance_row.TELLING
    asks_names = True
    once = {
        "starts": gettext_lazy("First day that the figures count"),
        "ends": gettext_lazy("Last day that the figures count"),
    }
    labels = {
        "starts": gettext_lazy("From"),
        "ends": gettext_lazy("Until"),
        "possible": gettext_lazy("Possible sessions"),
        "attended": gettext_lazy("Attended sessions"),
        "percent": gettext_lazy("Attendance"),
        "authorised": gettext_lazy("Authorised absence, sessions"),
        "unauthorised": gettext_lazy("Unauthorised absence, sessions"),
        "authorised_percent": gettext_lazy("Authorised absence"),
        "unauthorised_percent": gettext_lazy("Unauthorised absence"),
        "late": gettext_lazy("Lates"),
    }
    said = Said(
        title=gettext_lazy("Attendance"),
        file=gettext_lazy("Attendance from %(name)s"),
        looks=gettext_lazy(
            "A row for each pupil, with possible and attended sessions or a percentage; authorised "
            "and unauthorised absence and lates where they are there. From when until when it "
            "counts stands in two columns or above the list, or we ask you for it once."
        ),
        found=gettext_lazy(
            "A pupil has one figure for the same first and last day: a later list corrects it."
        ),
        add=ngettext_lazy(
            "Add the attendance of %(num)s row", "Add the attendance of %(num)s rows", "num"
        ),
        change=ngettext_lazy(
            "Correct the attendance of %(num)s row",
            "Correct the attendance of %(num)s rows",
            "num",
        ),
        added=ngettext_lazy("%(num)s row added,", "%(num)s rows added,", "num"),
        nothing_yet=gettext_lazy("Nobody’s attendance has been changed."),
        new_one="",
    )

    def proposed(self, table: Table) -> Mapping[str, str]:
        """The days that the lines above the list name."""
        found = period_above(table.above)
        return dict(zip(SPAN, map(str, found), strict=True)) if found else {}

    def read(self, table: Table, reading: Reading, actor: Actor) -> ListFile:
        """Read attendance, each row with who the pupil is."""
        columns = layout_of(table, ATTENDANCE_FIELDS, reading.columns)
        asked = not {"starts", "ends"} <= columns.keys()
        _check_span(reading, actor.today, period_above(table.above), asked=asked)
        fractions = attendance_row.parts_of_one(table.rows, columns)

        def one(row: OneRow) -> Values:
            figures = attendance_row.read_attendance(row, actor.today, reading.once, fractions)
            return {**pupil_here.read_pupil(row, reading.name_order), **figures}

        found = read_list(table, ATTENDANCE_FIELDS, reading.columns, one)
        told = (sentence(attendance_row.FRACTIONS),) if fractions else ()
        return replace(found, notes=(*found.notes, *told))

    def beside(
        self, actor: Actor, org: Organisation, rows: Sequence[Values], decided: Decided
    ) -> list[Beside]:
        """Lay attendance beside what stands of the same pupils and days."""
        held = _Held(org)
        seen: dict[tuple[Any, ...], Values] = {}
        results = []
        for values, who in zip(rows, whose.whose(actor, org, rows, decided), strict=True):
            if who.beside is not None or who.pupil is None:
                results.append(who.beside or whose.refused(pupil_here.NOBODY))
                continue
            key = who.pupil.pk, values["starts"], values["ends"]
            one = whose.before_birth(who.pupil, values["ends"])
            if one is None and key in seen:
                one = _second(who.pupil, values, seen[key])
            seen.setdefault(key, values)
            results.append(who.told(one or held.beside(who.pupil, key, values)))
        return results

    def apply(self, work: Work) -> None:
        """Record and correct attendance."""
        here = Pupil.objects.in_bulk({row.pupil_id or 0 for row in work.rows})
        adding = [row for row in work.rows if "of" not in row.changes[0]]
        if adding:
            made = records.record_attendance(
                actor=work.actor,
                pupils=[here[row.pupil_id or 0] for row in adding],
                spans=[as_python(row.values) for row in adding],
            )
            for row, thing in zip(adding, made, strict=True):
                work.made(row, thing, row.changes)
        changing = [row for row in work.rows if "of" in row.changes[0]]
        if changing:
            there = Attendance.objects.in_bulk([row.changes[0]["of"] for row in changing])
            things = [there[row.changes[0]["of"]] for row in changing]
            records.correct_attendance(
                actor=work.actor, rows=things, values=[_wanted(row) for row in changing]
            )
            for row, thing in zip(changing, things, strict=True):
                work.changed(row, thing, row.changes)

    def called(self, values: Values) -> str:
        """The pupil."""
        return pupil_here.called(values) if values else ""

    def in_words(self, name: str, value: Any) -> str:
        """Give a value as a page shows it."""
        if value is None or value == "":
            return ""
        if name in SPAN:
            return words.day(date.fromisoformat(value))
        return f"{value} %" if name in PERCENT_FIELDS else str(value)

    def candidates(self, actor: Actor, rows: Sequence[ImportRow]) -> dict[int, list[Candidate]]:
        """The pupils that a row could be of."""
        return pupil_candidates(actor, rows)


class _Held:
    """The attendance that stands here, and what people have marked as made in error."""

    def __init__(self, org: Organisation) -> None:
        every = list(Attendance.objects.filter(org=org).order_by("id"))
        self._held = {_key(row): row for row in every if not row.in_error}
        wrong = whose.marked_wrong(row for row in every if row.in_error)
        self._wrong = {(*_key(row), *_figures(row)): row for row in wrong}

    def beside(self, known: Known, key: tuple[Any, ...], values: Values) -> Beside:
        """Lay one row beside them."""
        said = {name: values.get(name) for name in OF_ATTENDANCE}
        wrong = self._wrong.get((*key, *said.values()))
        there = self._held.get(key)
        if wrong is not None and there is None:
            return whose.settled(known, [], new=False, reasons=[whose.said_wrong(wrong)])
        if there is None:
            shown = {name: values.get(name) for name in (*SPAN, *OF_ATTENDANCE)}
            changes = [change(n, None, v) for n, v in shown.items() if v is not None]
            return whose.settled(known, changes, new=True, reasons=())
        stands = dict(zip(OF_ATTENDANCE, _figures(there), strict=True))
        changes = [
            change(name, stands[name], value) | {"of": there.pk}
            for name, value in said.items()
            if value != stands[name] and (value is not None or name in _gone(said, stands))
        ]
        if changes and there.origin == Origin.HAND:
            reason = sentence(whose.BY_HAND, what=_in_short(values))
            return whose.settled(known, [], new=False, reasons=[reason])
        return whose.settled(known, changes, new=False, reasons=())


def _gone(said: Values, stands: Values) -> tuple[str, ...]:
    """What goes though a list does not say so, since it cannot stand beside what the list says.

    Sessions and a percentage exclude each other; earlier absences may be more than are left.
    """
    if said["possible"] is None:
        return ("possible", "attended")
    left = said["possible"] - said["attended"]
    absent = {n: said[n] if said[n] is not None else stands[n] for n in ABSENCES}
    if sum(value or 0 for value in absent.values()) > left:
        return ("percent", *ABSENCES)
    return ("percent",)


def _second(known: Known, values: Values, first: Values) -> Beside:
    if all(values.get(name) == first.get(name) for name in OF_ATTENDANCE):
        again: list[Sentence] = [sentence(whose.TWICE_THE_SAME)]
        return whose.settled(known, [], new=False, reasons=again)
    return whose.refused(whose.TWICE_OTHERWISE)


def _in_short(values: Values) -> str:
    if values.get("percent") is not None:
        return f"{values['percent']} %"
    return f"{values.get('attended')} / {values.get('possible')}"


def _check_span(reading: Reading, today: date, above: Period | None, *, asked: bool) -> None:
    starts, ends = reading.once.get("starts", ""), reading.once.get("ends", "")
    if asked and not (starts and ends):
        if above:
            raise NotUnderstood(sentence(SPAN_ABOVE, first=above[0], last=above[1]))
        raise NotUnderstood(sentence(NO_SPAN))
    if ends > today.isoformat():
        raise NotUnderstood(sentence(SPAN_TO_COME))
    if starts and ends and ends < starts:
        raise NotUnderstood(sentence(SPAN_BACKWARDS))


def _key(row: Attendance) -> tuple[int, str, str]:
    return row.pupil_id, row.starts.isoformat(), row.ends.isoformat()


def _figures(row: Attendance) -> list[Any]:
    values = [getattr(row, name) for name in OF_ATTENDANCE]
    return [plain(value) if isinstance(value, Decimal) else value for value in values]


def _wanted(row: ImportRow) -> dict[str, Any]:
    return as_python({one["field"]: one["after"] for one in row.changes})


def as_python(values: Values) -> dict[str, Any]:
    """Give values as the record holds them: days and exact numbers."""
    found: dict[str, Any] = {}
    for name in (*SPAN, *OF_ATTENDANCE):
        if name not in values:
            continue
        value = values[name]
        if name in SPAN:
            value = date.fromisoformat(value)
        elif name in PERCENT_FIELDS and value is not None:
            value = Decimal(value)
        found[name] = value
    return found
