"""A heap of papers: brought in, whose each is decided about, one of them put right."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.documents.files.names import harmless
from opensenco.exchange import queries
from opensenco.exchange.kinds.known import kind_of
from opensenco.exchange.operations.papers import say_of_papers, stage_papers
from opensenco.exchange.readers.papers import of_uploads
from opensenco.exchange.readers.words import FileRefused
from opensenco.exchange.sentences import said
from opensenco.exchange.states import Decision, ImportKind, Match, State
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import Invalid
from opensenco.kernel.refs import short
from opensenco.pages.imports.paper_forms import HeapForm, PaperForm
from opensenco.people import queries as people

#: files papers about everybody here: the SENCO and who leads; not who only reads lists in
FILERS = {"senco": 200, "head": 200, "admin": 403, "phase_senco": 403, "teacher": 403, "ta": 403,
          "dsl": 403, "governor": 403, "parent": 403, "family": 403, "authority": 403}  # fmt: skip


@page(Action.IMPORT_PUPILS, logs=Logs.NOTHING, who=FILERS, writes=True, tab="school")
def bring(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Bring a heap of papers in; each is shown with whose it is before anything is filed."""
    queries.may_file_papers(actor)
    places = queries.places(actor)
    form = converse(
        request,
        actor,
        lambda **given: HeapForm(places=[(short(p.ref), p.name) for p in places], **given),
        act=lambda given: _brought(actor, places, given),
        then=lambda row: reverse("imports:show", args=[row.ref]),
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("imports/papers.html", {"form": form})


@page(Action.IMPORT_PUPILS, logs=Logs.LIST, who=FILERS, writes=True, tab="school")
def paper(request: HttpRequest, actor: Actor, import_row: uuid.UUID) -> Answer | HttpResponse:
    """Say of one paper whose it is, what, and from when; or leave it out."""
    queries.may_file_papers(actor)
    row = queries.row(actor, import_row)
    form = converse(
        request,
        actor,
        lambda **given: PaperForm(candidates=_candidates(actor, row), **given),
        act=lambda given: _said(actor, row, given),
        then=lambda _row: f"{reverse('imports:show', args=[row.file.ref])}?show=doubtful",
        said=_("Kept. Nothing has been filed yet."),
        initial=_stands(row),
        fresh=lambda: {"version": queries.row(actor, import_row).file.version},
    )
    if isinstance(form, HttpResponse):
        return form
    shown = {
        "row": row,
        "form": form,
        "name": kind_of(row.file.kind).called(row.values),
        "reasons": [said(reason) for reason in row.reasons],
        "waits": row.file.state == State.READ and row.match in (Match.NEW, Match.DOUBTFUL),
        "papers": row.file.kind == ImportKind.PLANS,
    }
    return Answer("imports/paper.html", shown, listed=Listed(1, "one paper of a heap"))


def decided(actor: Actor, shown: Any, given: Mapping[str, Any]) -> Any:
    """Keep whose the doubtful papers of a page are.

    Raises:
        Invalid: nobody here, or several, are called as was typed; the field is "other-line-7".
    """
    answers: dict[int, dict[str, Any]] = {}
    for one in shown.lines:
        answer, other = given.get(one.question, ""), given.get(f"other-{one.question}", "")
        if other.strip():
            answers[one.line] = {"pupil": _called(actor, other, f"other-{one.question}")}
        elif answer in one.candidates:
            answers[one.line] = {"pupil": one.candidates[answer]}
        elif answer == "leave":
            answers[one.line] = {"leave": True}
    return say_of_papers(actor=actor, file_import=shown.row, version=given["version"], said=answers)


def _brought(actor: Actor, places: Sequence[Any], given: Mapping[str, Any]) -> Any:
    """Stage what was chosen.

    Raises:
        Invalid: there is no paper in it, or a ZIP file cannot be unpacked.
    """
    chosen = given.get("school") or short(places[0].ref)
    org = next(place for place in places if short(place.ref) == chosen)
    papers = of_uploads(given["papers"], settings.LARGEST_FORM)
    try:
        return stage_papers(actor=actor, org=org, papers=papers, level=given["level"])
    except FileRefused as refused:
        raise Invalid("papers", said(refused.words)) from None


def _candidates(actor: Actor, row: Any) -> list[tuple[int, str]]:
    """Give whose a paper could be, with the one that it is taken for first."""
    row.candidates = list(
        dict.fromkeys([*([row.pupil_id] if row.pupil_id else []), *row.candidates])
    )
    found = kind_of(row.file.kind).candidates(actor, [row])[row.pk]
    return [(one.pk, one.words) for one in found]


def _stands(row: Any) -> dict[str, Any]:
    told = {one["field"]: one["after"] for one in row.changes}
    dated = told.get("dated")
    return {
        "version": row.file.version,
        "whose": "leave" if row.decision == Decision.LEAVE else str(row.pupil_id or ""),
        "title": told.get("title", ""),
        "kind": told.get("kind", ""),
        "dated": date.fromisoformat(dated[0]) if dated else None,
        "level": told.get("level", ""),
    }


def _said(actor: Actor, row: Any, given: Mapping[str, Any]) -> Any:
    """Keep what was said of a paper.

    Raises:
        Invalid: nobody here, or several, are called as was typed.
    """
    before = _stands(row)
    told = {name: given[name] for name in ("title", "kind", "level")}
    if given["dated"] != before["dated"]:
        told["dated"] = given["dated"].isoformat() if given["dated"] else ""
    told["leave"] = given["whose"] == "leave"
    if given["other"].strip():
        told["pupil"] = _called(actor, given["other"])
        told["leave"] = False
    elif given["whose"].isdigit():
        told["pupil"] = int(given["whose"])
    try:
        return say_of_papers(
            actor=actor, file_import=row.file, version=given["version"], said={row.line: told}
        )
    except Invalid as refused:
        raise Invalid("whose", refused.words) from None


def _called(actor: Actor, words: str, field: str = "other") -> int:
    """Give the one pupil whom typed words mean, by name or UPN."""
    found, count = people.found(actor, harmless(words))
    if count == 1:
        return found[0].pk
    if not count:
        raise Invalid(field, _("No pupil here is called so. Check the name."))
    raise Invalid(field, _("Several pupils are called so. Type the whole name."))
