"""Where the time of those who co-ordinate goes, beside what is set aside and the need (ROL-12)."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.time_words import HOUR, SHORT, long
from opensenco.exchange import out
from opensenco.exchange.out import Table
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.page import Logs, page
from opensenco.law.rulebook.role import ROL_12
from opensenco.pages.staffing.places import place_asked, to
from opensenco.staffing.queries.workload import Term
from opensenco.staffing.queries.workload import workload as workload_of
from opensenco.ui.charts import Bar
from opensenco.ui.listing import Pick

OVERSEES = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 403, "other_teacher": 403,
            "ta": 403, "admin": 403, "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip
AUTUMN, SPRING, SUMMER = (
    gettext_lazy("Autumn term"), gettext_lazy("Spring term"), gettext_lazy("Summer term"),
)  # fmt: skip
AUGUST, MARCH = 8, 3


@page(Action.TIME_VIEW, logs=Logs.LIST, tab="home", who=OVERSEES)
def workload(request: HttpRequest, actor: Actor) -> Answer:
    """Show each term's time by kind of work against what is set aside, and the need."""
    place, picks = place_asked(request, actor, "staffing:workload")
    found = workload_of(actor, place)
    if kind := out.asked(request.GET):
        return out.as_file(actor, kind, "workload", _table(found.terms), wanted=place.name)
    wanted = request.GET.get("term", "")
    term = next((one for one in found.terms if str(one.number) == wanted), found.terms[-1])
    show = {
        "place": place, "picks": picks, "found": found, "term": term, "long": long,
        "season": season, "rule": ROL_12, "rule_words": _(ROL_12.text),
        "keeps": actor.can_somewhere(Action.STAFF_KEEP),
        "bars": _bars(term), "headline": headline(term),
        "terms": [
            Pick(season(one), f"{to('staffing:workload', place)}&term={one.number}",
                 current=one is term)
            for one in found.terms
        ],
    }  # fmt: skip
    return Answer("staffing/workload.html", show, listed=Listed(0, "workload"))


def season(term: Term) -> str:
    """Name a term by its season, as `cases.calendar.term_week` does."""
    month = term.span.first.month
    return str(AUTUMN if month >= AUGUST else SPRING if month <= MARCH else SUMMER)


def headline(term: Term) -> str:
    """Say what the figures of a term come to, in one sentence."""
    spent, aside = long(term.share.spent), term.share.aside
    if aside is None:
        return _("%(spent)s are on the record. No hours to co-ordinate have been entered.") % {
            "spent": spent
        }
    if term.share.spent > aside:
        return _("%(spent)s are on the record, %(more)s more than was set aside") % {
            "spent": spent, "more": long(term.share.spent - aside),
        }  # fmt: skip
    return _("%(spent)s of the %(aside)s set aside are on the record") % {
        "spent": spent, "aside": long(aside),
    }  # fmt: skip


def _bars(term: Term) -> list[Bar]:
    return [
        Bar(str(SHORT[work]), round(minutes / HOUR, 1), shown=long(minutes),
            name=str(work.label))
        for work, minutes in term.totals.by_work
    ]  # fmt: skip


def _table(terms: list[Term]) -> Table:
    heads = [
        _("Term"), _("First day"), _("Until"), _("Who"), _("Kind of work"), _("Minutes"),
        _("Minutes set aside"), _("Pupils with an EHC plan"), _("Pupils on SEN support"),
    ]  # fmt: skip
    rows: list[tuple[Any, ...]] = []
    for term in terms:
        head = (season(term), term.span.first, term.until)
        for person, share in term.people:
            rows.append((*head, person.name, _("All"), share.spent, share.aside, None, None))
        for work, minutes in term.totals.by_work:
            rows.append((*head, _("Everybody"), str(work.label), minutes, None, None, None))
        rows.append((*head, _("Everybody"), _("All"), term.share.spent, term.share.aside,
                     term.plans, term.support))  # fmt: skip
    return Table(_("Workload"), heads, rows)
