"""Well-being and involvement over many pupils, for who leads: nobody can be picked out."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer
from opensenco.gate.chrome import place_tabs
from opensenco.gate.page import Logs, page
from opensenco.kernel.small_numbers import SMALL, Guarded, guard
from opensenco.law.calendar.years import AcademicYear
from opensenco.support.queries.wellbeing import Scale, scales
from opensenco.ui.listing import Column

READERS = {"senco": 200, "head": 200, "governor": 200, "phase_senco": 403, "teacher": 403,
           "ta": 403, "admin": 403, "authority": 403, "parent": 403}  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """One measure as it may be shown.

    Args:
        rows: year groups, each with its three levels. total: of all; None where it would tell.
        moved: of those measured twice: rose, stayed, fell.
    """

    name: str
    rows: list[tuple[str, tuple[Guarded, ...]]]
    total: int | None
    moved: tuple[Guarded, ...]
    hides: bool


@page(Action.REPORT_READ, logs=Logs.NOTHING, tab="school", who=READERS)
def wellbeing(request: HttpRequest, actor: Actor) -> Answer:
    """Show well-being and involvement of this school year, by year group."""
    shown = [guarded(one) for one in scales(actor)]
    return Answer("figures/wellbeing.html", {
        "tabs": place_tabs(actor, "figures:wellbeing"),
        "scales": [one for one in shown if one.rows],
        "columns": [
            Column(_("Year group")), Column(_("Low, 1 or 2"), num=True),
            Column(_("In between, 3"), num=True), Column(_("High, 4 or 5"), num=True),
        ],
        "since": AcademicYear.of(actor.today).first,
    })  # fmt: skip


def guarded(one: Scale) -> Shown:
    """Hide what is small, and what a small one could be worked out from.

    Of one to four pupils of a year group nothing is told at all: also a nought would tell of them.
    """
    few = [year for year, cells in one.by_year.items() if 0 < sum(cells) < SMALL]
    many = {year: cells for year, cells in one.by_year.items() if year not in few}
    told = guard([count for cells in many.values() for count in cells])
    cells, moved = told.tables[0], guard(one.moved).tables[0]
    place = {year: 3 * number for number, year in enumerate(many)}
    rows = [
        (_("Not known") if year is None else year_words(year),
         (Guarded(None, True),) * 3 if year in few else cells[place[year] : place[year] + 3])
        for year in one.by_year
    ]  # fmt: skip
    hides = any(count.value is None for count in (*cells, *moved))
    total = None if few else told.total
    return Shown(str(one.measure.label), rows, total, moved, hides)


def year_words(year: int) -> str:
    """Say a year group."""
    return _("Reception") if year == 0 else _("Nursery") if year < 0 else _("Year %(year)s") % {
        "year": year
    }  # fmt: skip
