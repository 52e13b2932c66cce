"""Who leads how much: pupils, plans and reviews of each SENCO, and whom each assistant supports."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.time_words import long
from opensenco.ehc.caseloads import ANNUAL_SOON, PLAN_SOON, Load
from opensenco.ehc.caseloads import caseloads as loads_of
from opensenco.exchange import out
from opensenco.exchange.out import Table
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.page import Logs, page
from opensenco.pages.staffing.places import place_asked
from opensenco.pages.staffing.roster import VIEWERS
from opensenco.staffing.queries.roster import Row, roster


@page(Action.STAFF_VIEW, logs=Logs.LIST, tab="provision", who=VIEWERS)
def caseloads(request: HttpRequest, actor: Actor) -> Answer:
    """Show what each SENCO leads and how many pupils each adult supports."""
    place, picks = place_asked(request, actor, "staffing:caseloads")
    leads = loads_of(actor, place) if actor.can_somewhere(Action.PLAN_VIEW) else []
    rows = roster(actor, place, actor.today).rows
    if kind := out.asked(request.GET):
        return out.as_file(actor, kind, "caseloads", _table(leads, rows), wanted=place.name)
    show = {
        "place": place, "picks": picks, "leads": leads, "rows": rows, "long": long,
        "named": named, "weeks": PLAN_SOON.days // 7, "annual_weeks": ANNUAL_SOON.days // 7,
    }  # fmt: skip
    return Answer("staffing/caseloads.html", show, listed=Listed(0, "caseloads"))


def named(load: Load, loads: list[Load]) -> str:
    """Name a part of a school, or say that it is all of it."""
    if load.part:
        return load.part
    return _("The whole school") if len(loads) == 1 else _("In no phase")


def _table(leads: list[Load], rows: list[Row]) -> Table:
    heads = [
        _("Who"), _("Part of the school"), _("Pupils"), _("EHC plans"), _("SEN support"),
        _("Plans under way"), _("Plan reviews due soon"), _("Plan reviews past their day"),
        _("Annual reviews due soon"), _("Annual reviews past their day"),
        _("Minutes promised a week"),
    ]  # fmt: skip
    cells: list[tuple[Any, ...]] = [
        (", ".join(one.sencos), named(one, leads), one.pupils, one.ehc, one.pupils - one.ehc,
         one.plans, one.reviews, one.late, one.annual, one.annual_late, None)
        for one in leads
    ]  # fmt: skip
    cells += [
        (row.person.name, "", row.pupils, row.plans, row.support, None, None, None, None, None,
         row.promised)
        for row in rows
    ]  # fmt: skip
    return Table(_("Caseloads"), heads, cells)
