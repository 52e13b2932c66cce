"""How many pupils are on the register, by status, broad area of need and year group."""

from django.utils.translation import gettext as _

from opensenco.kernel.small_numbers import guard
from opensenco.law.codes.sen import Area
from opensenco.reports.document import Table
from opensenco.reports.questions import Asking, Register
from opensenco.reports.questions.telling import listed
from opensenco.support.queries.figures import support_figures
from opensenco.support.states import Status


def counted(asking: Asking) -> Register:
    """Count the register. All three tables are of the same pupils, so they are guarded as one."""
    found = support_figures(asking.actor, asking.org.pk)
    guarded = guard(
        tuple(found.by_status.values()),
        tuple(found.by_area.values()),
        tuple(found.by_year.values()),
    )
    return Register(tuple(found.by_status), tuple(found.by_area), tuple(found.by_year), guarded)


def status(asking: Asking) -> Table:
    """Pupils with an EHC plan and on SEN support today."""
    one = asking.register
    names = [str(Status(code).label) for code in one.statuses]
    rows = zip(names, names, one.tables.tables[0], strict=True)
    total = one.tables.total
    note = _("Together: %(total)s pupils.") % {"total": total} if total else ""
    return listed(_("Pupils by status"), _("Status"), _("Pupils"), rows, note=note)


def areas(asking: Asking) -> Table:
    """The same pupils by the broad area of their first need."""
    one = asking.register
    rows = [
        (_short(area), _long(area), shown)
        for area, shown in zip(one.areas, one.tables.tables[1], strict=True)
    ]
    return listed(
        _("Pupils by the broad area of their first need"), _("Broad area"), _("Pupils"), rows
    )


def years(asking: Asking) -> Table:
    """The same pupils by year group."""
    one = asking.register
    rows = [
        (_year_short(year), _year(year), shown)
        for year, shown in zip(one.years, one.tables.tables[2], strict=True)
    ]
    return listed(_("Pupils by year group"), _("Year group"), _("Pupils"), rows)


def _year(year: int | None) -> str:
    if year is None:
        return _("Not known")
    if year > 0:
        return _("Year %(year)s") % {"year": year}
    return _("Reception") if year == 0 else _("Nursery, age %(age)s") % {"age": year + 4}


def _year_short(year: int | None) -> str:
    if year is None:
        return "?"
    return str(year) if year > 0 else (_("R") if year == 0 else _("N%(age)s") % {"age": year + 4})


def _short(area: object) -> str:
    return {
        Area.COMMUNICATION: _("Communication"),
        Area.COGNITION: _("Learning"),
        Area.SEMH: _("Mental health"),
        Area.SENSORY_PHYSICAL: _("Senses, body"),
        None: _("Other"),
    }[area]  # type: ignore[index]


def _long(area: object) -> str:
    return _(area.label) if isinstance(area, Area) else _("Other, or no need ranked yet")


QUESTIONS = {"status": status, "areas": areas, "years": years}
