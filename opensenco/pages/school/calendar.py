"""Our own calendar: the terms, half-terms, training days and closed days of each school year."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.operations.everyday import enter_term_dates
from opensenco.gate.answer import Answer
from opensenco.gate.chrome import place_tabs
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.pages.school import years
from opensenco.pages.school.termform import TermDatesForm

EDITORS = {"senco": 200, "head": 200, "admin": 200, "phase_senco": 403, "teacher": 403, "ta": 403,
           "dsl": 403, "governor": 403, "parent": 403, "family": 403, "officer": 200,
           "authority": 403}  # fmt: skip


@page(Action.CALENDAR_EDIT, logs=Logs.NOTHING, tab="school", writes=True, who=EDITORS)
def term_dates(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Enter or change the days of one school year of one school."""
    shown = years.shown(actor, request.GET)
    form = converse(
        request,
        actor,
        lambda **given: TermDatesForm(year=shown.year, entries=shown.entries, **given),
        act=lambda given: enter_term_dates(
            actor=actor, org=shown.place, year=shown.year, **shown.chosen(given)
        ),
        then=lambda _row: shown.address,
        said=_("The term dates are saved. Dates that hang on them are worked out again."),
        initial=shown.values,
        fresh=lambda: years.shown(actor, request.GET).values,
    )
    if isinstance(form, HttpResponse):
        return form
    tabs = place_tabs(actor, "school:calendar")
    return Answer(
        "school/calendar.html",
        {"form": form, "tabs": tabs, "shown": shown, "names": years.NAMES},
    )
