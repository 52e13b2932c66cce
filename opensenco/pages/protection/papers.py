"""Single papers past their date: chosen, counted, decided about, and the certificate."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.documents.types import OTHER, TYPES
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotPossible
from opensenco.pages.protection.forms import PapersForm
from opensenco.pages.protection.keeping import DECIDE, DECIDERS
from opensenco.people import queries as people
from opensenco.protection import going_papers, past
from opensenco.protection.going_papers import Past
from opensenco.protection.operations import papers as operations
from opensenco.protection.states import Disposing
from opensenco.ui.words import day as said_day


@page(DECIDE, logs=Logs.CHILD, writes=True, tab="school", fresh=True, who=DECIDERS)
def choose(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Choose which papers past their date are disposed of before their record."""
    row = people.pupil(actor, pupil, DECIDE)
    every = going_papers.past_papers(actor, row)
    some = [one for one in every if not one.with_record]
    form = converse(
        request,
        actor,
        lambda **given: PapersForm(papers=_offered(row.org_id, some), **given),
        act=lambda given: operations.decide_papers(
            actor=actor, pupil=row, papers=[uuid.UUID(one) for one in given["papers"]],
            why=given["why"],
        ),
        then=lambda made: reverse("protection:paper_certificate", args=[made.ref]),
        said=_("Decided. It can be called off for seven days."),
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    show = {"pupil": row, "form": form, "papers": some, "others": len(every) - len(some),
            "standing": going_papers.standing(row), "lists": may(actor, Action.DOCUMENT_VIEW, row),
            "keeps_them": going_papers.why_kept(row, actor.today)}  # fmt: skip
    return Answer("protection/papers.html", show, opened=[row])


def _offered(org: int, papers: Sequence[Past]) -> list[tuple[str, str]]:
    packs = going_papers.in_packs(org, [one.document for one in papers])
    return [(str(one.document.ref), _said(one, packs.get(one.document.pk, 0))) for one in papers]


def _said(one: Past, packs: int) -> str:
    """Say of a paper what it is, until when it was kept, and which packs hold it."""
    row = one.document
    dated = row.dated_as or (said_day(row.dated) if row.dated else "")
    kept = _("kept until %(day)s") % {"day": said_day(one.until)}
    said = ", ".join(filter(None, (row.title, kind_words(row.kind), dated, kept)))
    if not packs:
        return said
    words = ngettext(
        "It is in %(num)s pack on paper, which stays as it is.",
        "It is in %(num)s packs on paper, which stay as they are.",
        packs,
    )
    return f"{said}. {words % {'num': packs}}"


def kind_words(code: str) -> str:
    """Give the words of a type of paper."""
    return str(TYPES.get(code, OTHER).words)


@page(DECIDE, logs=Logs.NOTHING, writes=True, tab="school", who=DECIDERS)
def certificate(
    request: HttpRequest, actor: Actor, paper_disposal: uuid.UUID
) -> Answer | HttpResponse:
    """Show what was decided about single papers or is gone; call it off while that can be done."""
    row = past.paper_disposal(actor, paper_disposal)
    if request.method == "POST":
        try:
            operations.call_off_papers(actor=actor, paper_disposal=row, version=None)
        except NotPossible as refused:
            messages.error(request, refused.sentence)
        else:
            messages.success(request, _("Called off. The papers stay."))
        return HttpResponseRedirect(reverse("protection:keeping"))
    kinds: list[tuple[str, Any]] = [(kind_words(code), many) for code, many in row.kinds.items()]
    show = {"row": row, "kinds": kinds, "can_call_off": row.state == Disposing.DECIDED}
    return Answer("protection/paper_certificate.html", show)
