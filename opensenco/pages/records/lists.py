"""The records of a pupil as they go into a file: one row for each fact, newest first."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from opensenco.exchange.out import Table
from opensenco.pages.records.show import Glance, absences, between

#: the day, and seven cells of words or numbers
Row = tuple[date, Any, Any, Any, Any, Any, Any, Any]


def everything(page: Glance) -> Table:
    """Give all facts between the days of a page, with status and plans among them."""
    heads = [
        _("Day"), _("What"), _("Kind"), _("Value"), _("What happened, or remark"),
        _("What was done"), _("When and where"), _("Who"),
    ]  # fmt: skip
    rows: list[Row] = [*_attendance(page), *_results(page), *_incidents(page), *_steps(page)]
    rows.sort(key=lambda row: row[0], reverse=True)
    return Table(_("Records"), heads, rows)


def _attendance(page: Glance) -> Iterable[Row]:
    for one in page.records.attendance or ():
        row = one.row
        days = between(row.starts, row.ends)
        sessions = ""
        if row.possible is not None:
            sessions = _("%(attended)s of %(possible)s sessions") % {
                "attended": row.attended, "possible": row.possible
            }  # fmt: skip
        late = _("%(num)s late") % {"num": row.late} if row.late is not None else ""
        told = ", ".join(filter(None, (sessions, absences(one), late)))
        yield row.ends, _("Attendance"), days, f"{one.percent} %", told, "", "", ""


def _results(page: Glance) -> Iterable[Row]:
    for one in page.records.results or ():
        row = one.row
        yield row.on, _("Result"), one.name, one.reached, one.measure, "", "", row.assessed_by


def _incidents(page: Glance) -> Iterable[Row]:
    for row in page.records.incidents or ():
        what = _("Praise") if row.praise else _("Incident")
        yield row.on, what, row.category, row.points, row.words, row.done, row.place, row.told_by


def _steps(page: Glance) -> Iterable[Row]:
    for one in page.steps:
        yield one.on, _("SEN support"), str(one.text), "", "", "", "", ""
