"""The list of EHC plans, and the card of one: read, begun, put right."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.beside import guided
from opensenco.ehc import queries
from opensenco.ehc.operations import cards
from opensenco.exchange import out
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import Draftable, converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotAllowed
from opensenco.pages.ehc import show
from opensenco.pages.ehc.forms import CardForm, FilterForm
from opensenco.people import queries as people

READERS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 403,
           "ta": 403, "admin": 403, "dsl": 200, "governor": 403, "parent": 403}  # fmt: skip
LISTERS = {**READERS, "other_teacher": 200}
KEEPERS = {**READERS, "teacher": 403, "dsl": 403}
#: the card that is kept is of the lower school, and the phase SENCO has the upper
OF_A_CARD = {**KEEPERS, "phase_senco": 403}


@page(Action.PLAN_VIEW, logs=Logs.LIST, tab="register", who=LISTERS)
def plan_list(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show every EHC plan that this person may read, with authority, officer and what is due."""
    if actor.hat.role.guest:
        raise NotAllowed
    form = FilterForm(request.GET or None, authorities=queries.authorities(actor))
    if kind := out.asked(request.GET):
        whole = show.listed(actor, request.GET.dict(), form, whole=True)
        return out.as_file(actor, kind, "ehc-plans", show.table(whole.rows))
    shown = show.listed(actor, request.GET.dict(), form)
    keeps = actor.can_somewhere(Action.EHC_KEEP)
    return Answer(
        "ehc/list.html",
        {"shown": shown, "without": queries.without_card(actor) if keeps else [],
         "several": len(actor.hat.orgs) > 1},
        listed=Listed(shown.listing.total, "ehc-plans"),
    )  # fmt: skip


@page(Action.PLAN_VIEW, logs=Logs.CHILD, tab="register", who=READERS)
@guided("ehc")
def card(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer:
    """Show the card of a pupil's EHC plan: words for staff."""
    if actor.hat.role.guest:
        raise NotAllowed
    row = people.pupil(actor, pupil, Action.PLAN_VIEW)
    return Answer(
        "ehc/card.html",
        {"page": show.card_page(actor, row), "words": show},
        opened=[row],
    )


@page(Action.EHC_KEEP, logs=Logs.CHILD, writes=True, tab="register", who=KEEPERS)
def begin(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Begin the card of a pupil's EHC plan."""
    row = people.pupil(actor, pupil, Action.EHC_KEEP)
    papers = show.papers(actor, row)
    back = reverse("ehc:card", args=[row.ref])
    form = converse(
        request,
        actor,
        lambda **given: CardForm(papers=show.paper_choices(papers), **given),
        act=lambda given: cards.begin_card(
            actor=actor, pupil=row, given=show.given_card(given, papers)
        ),
        then=lambda _row: back,
        said=_("The card is kept. The dates that the law gives are worked out."),
        draft=Draftable("ehc-card", row.ref, leave_to=back),
        initial=show.to_begin(row, actor.today),
    )
    if isinstance(form, HttpResponse):
        return form
    shown = {"form": form, "pupil": row, "back": back, "heading": _("Keep the card of an EHC plan"),
             "main": _("Keep this card"), "draft": ("ehc-card", row.ref)}  # fmt: skip
    return Answer("ehc/form.html", shown, opened=[row])


@page(Action.EHC_KEEP, logs=Logs.CHILD, writes=True, tab="register", who=OF_A_CARD)
def put_right(request: HttpRequest, actor: Actor, ehc_plan: uuid.UUID) -> Answer | HttpResponse:
    """Complete a card, or put it right."""
    row = queries.plan(actor, ehc_plan)
    papers = show.papers(actor, row.pupil)
    back = reverse("ehc:card", args=[row.pupil.ref])
    form = converse(
        request,
        actor,
        lambda **given: CardForm(papers=show.paper_choices(papers), **given),
        act=lambda given: cards.put_card_right(
            actor=actor, plan=row, version=given["version"], given=show.given_card(given, papers)
        ),
        then=lambda _row: back,
        said=_("Saved. The dates are worked out anew."),
        initial=show.as_it_stands(row, papers),
        fresh=lambda: show.as_it_stands(queries.plan(actor, ehc_plan), papers),
    )
    if isinstance(form, HttpResponse):
        return form
    shown = {"form": form, "pupil": row.pupil, "back": back,
             "heading": _("Put the card right"), "main": _("Save")}  # fmt: skip
    return Answer("ehc/form.html", shown, opened=[row.pupil])
