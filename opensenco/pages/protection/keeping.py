"""How long records are kept: what is past its date, what a person decides, and the certificates."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.documents.retention import KEEPS
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.chrome import place_tabs
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.pages.protection import forms
from opensenco.people import queries as people
from opensenco.protection import past, removing
from opensenco.protection.operations import keeping
from opensenco.protection.states import Disposing
from opensenco.ui.listing import Listing

DECIDERS = {"head": 200, "senco": 403, "phase_senco": 403, "teacher": 403, "other_teacher": 403,
            "ta": 403, "admin": 403, "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip
DECIDE = Action.KEEPING_DECIDE


@page(DECIDE, logs=Logs.LIST, tab="school", who=DECIDERS)
def start(request: HttpRequest, actor: Actor) -> Answer:
    """Show whose records have passed their date, how long what is kept, and what is gone."""
    rows = past.past(actor)
    listing = Listing(request.GET, [], rows.count())
    some = rows.order_by("birth_date", "sort_key", "id")[listing.start : listing.stop]
    show = {
        "listing": listing,
        "lines": past.lines(list(some)),
        "years": past.years(actor),
        "several": len(actor.hat.orgs) > 1,
        "disposals": past.disposals(actor),
        "paper_disposals": past.paper_disposals(actor),
        "opens_papers": actor.can_somewhere(Action.DOCUMENT_CONFIDENTIAL),
        "tabs": place_tabs(actor, "protection:keeping"),
    }
    return Answer("protection/keeping.html", show,
                  listed=Listed(listing.total, "records past their date"))  # fmt: skip


@page(DECIDE, logs=Logs.CHILD, writes=True, tab="school", fresh=True, who=DECIDERS)
def decide(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Decide of one record: keep it on until a day, or dispose of it."""
    row = people.pupil(actor, pupil, DECIDE)
    form = converse(
        request,
        actor,
        forms.KeepForm,
        act=lambda given: _decided(actor, row, given),
        then=lambda _made: reverse("protection:keeping"),
        said=_("Decided."),
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"pupil": row, "form": form, "line": past.line(row), "kept_on": past.kept_on(row),
            "keeps_it": removing.why_kept(row, actor.today)}  # fmt: skip
    return Answer("protection/decide.html", show, opened=[row])


def _decided(actor: Actor, row: Any, given: dict[str, Any]) -> Any:
    if given["decision"] == "keep":
        if given["until"] is None:
            raise Invalid("until", _("Say until when it is kept."))
        return keeping.keep_longer(actor=actor, pupil=row, until=given["until"], why=given["why"])
    if not given["sure"]:
        raise Invalid("sure", _("Tick the box: nobody can bring the record back."))
    return keeping.decide_disposal(actor=actor, pupil=row)


@page(DECIDE, logs=Logs.NOTHING, writes=True, tab="school", who=DECIDERS)
def years(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Say how many years the place keeps what a rule is for."""
    lines = past.years(actor)
    asked = request.GET.get("rule", "")
    found = next((one for one in lines if str(one.org.ref) + one.keep.code == asked), lines[0])
    form = converse(
        request,
        actor,
        forms.YearsForm,
        act=lambda given: keeping.set_years(
            actor=actor, org=found.org, rule=found.keep.code, **given
        ),
        then=lambda _row: reverse("protection:keeping"),
        said=_("Decided. The dates follow at once."),
        initial={"years": found.years, "because": found.own.because if found.own else "",
                 "version": found.own.version if found.own else 0},
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    return Answer("protection/years.html", {"form": form, "line": found, "keeps": KEEPS})


@page(DECIDE, logs=Logs.NOTHING, writes=True, tab="school", who=DECIDERS)
def certificate(request: HttpRequest, actor: Actor, disposal: uuid.UUID) -> Answer | HttpResponse:
    """Show what was decided or is gone; call it off while that can be done."""
    row = past.disposal(actor, disposal)
    if request.method == "POST":
        try:
            keeping.call_off_disposal(actor=actor, disposal=row, version=None)
        except NotPossible as refused:
            messages.error(request, refused.sentence)
        else:
            messages.success(request, _("Called off. The record stays."))
        return HttpResponseRedirect(reverse("protection:keeping"))
    show = {"row": row, "counts": past.counted(row), "keep": KEEPS[row.rule],
            "can_call_off": row.state == Disposing.DECIDED}  # fmt: skip
    return Answer("protection/certificate.html", show)
