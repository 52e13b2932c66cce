"""The aims of the strategic plan as a table: the figure then and now, and how each stands."""

from decimal import Decimal
from textwrap import shorten

from django.utils.translation import gettext as _

from opensenco.kernel.dates import say as on_day
from opensenco.reports import aims
from opensenco.reports.document import Cell, Line, Table
from opensenco.reports.measures import Figure, say
from opensenco.reports.models import PlanAim
from opensenco.reports.questions import Asking
from opensenco.reports.states import AimState, Measure
from opensenco.support.queries.figures import check

#: of what was noted last, as much as a column holds; all of it stands with the aim
MOST_WORDS = 240


def table(asking: Asking) -> Table:
    """Aims on the way, and those that ended since the report's first day."""
    check(asking.actor, asking.org.pk)
    rows = aims.of_report(asking.actor, asking.org, asking.since)
    found = aims.figures_now(asking.actor, rows)
    heads = (_("Aim"), _("At the start"), _("Now"), _("Target, by when"), _("Who answers for it"),
             _("How it stands"))  # fmt: skip
    return Table(_("Aims"), heads, tuple(_line(row, found) for row in rows))


def _line(row: PlanAim, found: dict[tuple[int, str], Figure]) -> Line:
    now, on = aims.now_of(row, found)
    name = _("%(aim)s (%(measure)s)") % {"aim": row.words, "measure": measured_by(row)}
    return Line(
        name,
        (
            _then(row),
            _dated(row, now, on),
            Cell(_("%(target)s by %(day)s") % {
                "target": say(row.measure, row.target), "day": on_day(row.by),
            }),
            Cell(row.owner.name),
            Cell(_stands(row)),
        ),
        row.words,
    )  # fmt: skip


def measured_by(row: PlanAim) -> str:
    """Say by which figure an aim is measured."""
    return row.own_measure if row.measure == Measure.OWN else str(row.get_measure_display())


def _then(row: PlanAim) -> Cell:
    return _dated(row, Figure(row.start), row.start_on)


def _dated(row: PlanAim, figure: Figure, on: object) -> Cell:
    if figure.hidden:
        return Cell(_("too few pupils to say"), None, hidden=True)
    if figure.value is None:
        return Cell(_("no figure"))
    value: Decimal = figure.value
    said = say(row.measure, value)
    if on is None:
        return Cell(said)
    return Cell(_("%(figure)s, %(day)s") % {"figure": said, "day": on_day(on)})  # type: ignore[arg-type]


def _stands(row: PlanAim) -> str:
    """Say how an aim stands, with what was noted last."""
    state = str(AimState(row.state).label)
    if not row.noted:  # type: ignore[attr-defined]
        return state
    return _("%(state)s. %(day)s: %(words)s") % {
        "state": state, "day": on_day(row.noted_on),  # type: ignore[attr-defined]
        "words": shorten(row.noted, MOST_WORDS, placeholder="…"),  # type: ignore[attr-defined]
    }  # fmt: skip


QUESTIONS = {"aims": table}
