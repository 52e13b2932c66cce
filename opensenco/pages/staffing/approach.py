"""How a place works with SEN: confirmed by all who work there; who has, and who has not."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.guides import For, kind_of_place
from opensenco.documents.keeping import Incoming
from opensenco.exchange import out
from opensenco.exchange.out import Table
from opensenco.gate.answer import Answer
from opensenco.gate.chrome import place_tabs
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.law.rulebook.role_settings import ROL_18
from opensenco.pages.staffing.approach_forms import (
    ApproachForm,
    RefresherForm,
    SignForm,
    TeamForm,
)
from opensenco.pages.staffing.places import place_asked, to
from opensenco.staffing.operations import approach as verbs
from opensenco.staffing.queries import approach as queries
from opensenco.staffing.starter import approach as starter
from opensenco.ui.listing import Column, Listing

STAFF = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 200,
         "ta": 200, "admin": 200, "dsl": 200, "governor": 403, "parent": 403}  # fmt: skip
WRITERS = {**STAFF, "phase_senco": 403, "teacher": 403, "other_teacher": 403, "ta": 403,
           "admin": 403, "dsl": 403}  # fmt: skip
LEADS = {**WRITERS, "phase_senco": 200}


@page(Action.SENCO_ASK, logs=Logs.NOTHING, writes=True, tab="school", who=STAFF)
def approach(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show the approach of one's place as it counts, and let one confirm it."""
    place, picks = place_asked(request, actor, "staffing:approach")
    editions = queries.editions(actor, place)
    return _edition(request, actor, place, editions, editions[0] if editions else None, picks)


@page(Action.SENCO_ASK, logs=Logs.NOTHING, writes=True, tab="school", who=STAFF)
def edition(
    request: HttpRequest, actor: Actor, approach_edition: uuid.UUID
) -> Answer | HttpResponse:
    """Show one edition: what waits for whoever is to confirm it leads here."""
    row = queries.edition(actor, approach_edition)
    return _edition(request, actor, row.org, queries.editions(actor, row.org), row, [])


def _edition(
    request: HttpRequest, actor: Actor, place: Any, editions: list[Any], row: Any, picks: list[Any]
) -> Answer | HttpResponse:
    mine = queries.own(actor, place)
    counts = bool(editions) and row is not None and row.pk == editions[0].pk
    months = queries.months_of(place.pk)
    asked = [one for one in reversed(mine) if counts and one.edition_id == row.pk]
    form = None
    if counts and queries.wanted_number(asked, months, actor.today) is not None:
        form = converse(
            request,
            actor,
            SignForm,
            act=lambda given: verbs.sign_approach(actor=actor, edition=row, **given),
            then=lambda _row: to("staffing:approach", place),
            said=_("Confirmed, by your name and today’s day."),
        )
        if isinstance(form, HttpResponse):
            return form
    kind = kind_of_place(place.phase)
    show = {
        "place": place, "picks": picks, "row": row, "counts": counts, "editions": editions,
        "form": form, "mine": [one for one in mine if one.signed_on], "months": months,
        "paragraphs": _paragraphs(row.words) if row else [], "opens": row and _opens(row),
        "rule": None if kind is For.SCHOOL else ROL_18,
        "writes": actor.can_somewhere(Action.SETTING_EDIT),
        "leads": actor.can_somewhere(Action.SUPERVISE),
        "tabs": place_tabs(actor, "staffing:approach"),
    }  # fmt: skip
    return Answer("staffing/approach.html", show)


@page(Action.SENCO_ASK, logs=Logs.NOTHING, tab="school", who=STAFF)
def paper(request: HttpRequest, actor: Actor, approach_edition: uuid.UUID) -> Answer:
    """Give the place's own paper of an edition, to be saved."""
    row = queries.edition(actor, approach_edition)
    path, media = queries.paper_of(row)
    return Answer(file=path, content_type=media, filename=row.file_name)


@page(Action.SETTING_EDIT, logs=Logs.NOTHING, writes=True, tab="school", who=WRITERS)
def write(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Put the approach into words: a new edition, which everybody here is asked to confirm."""
    place, _picks = place_asked(request, actor, "staffing:approach_write")
    back = to("staffing:approach", place)
    before = queries.newest(place.pk)
    had_paper = before is not None and before.file is not None
    form = converse(
        request,
        actor,
        lambda **given: ApproachForm(paper=had_paper, **given),
        act=lambda given: _written(actor, place, given),
        then=lambda _row: back,
        said=_("Saved as a new edition. Everybody who works here is asked to confirm it."),
        initial=_held(place, before),
        fresh=lambda: _held(place, queries.newest(place.pk)),
    )
    if isinstance(form, HttpResponse):
        return form
    show = {
        "form": form, "back": back, "place": place, "main": _("Save and ask everybody"),
        "heading": _("Our approach to SEN, in our own words"),
        "lede": _("A new edition asks everybody who works here again. Those before it stay."),
    }  # fmt: skip
    return Answer("staffing/approach_form.html", show)


@page(Action.SETTING_EDIT, logs=Logs.NOTHING, writes=True, tab="school", who=WRITERS)
def refresher(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Say after how many months everybody is asked again."""
    place, _picks = place_asked(request, actor, "staffing:approach_refresher")
    back = to("staffing:approach_team", place)
    form = converse(
        request,
        actor,
        RefresherForm,
        act=lambda given: verbs.set_refresher(actor=actor, org=place, **given),
        then=lambda _row: back,
        said=_("Saved. It counts from now on."),
        initial={"months": queries.months_of(place.pk)},
    )
    if isinstance(form, HttpResponse):
        return form
    show = {
        "form": form, "back": back, "place": place, "main": _("Save"),
        "heading": _("When everybody reads it again"),
        "lede": _("Counted for each person from the day on which they last confirmed it."),
    }  # fmt: skip
    return Answer("staffing/approach_form.html", show)


@page(Action.SUPERVISE, logs=Logs.NOTHING, tab="school", who=LEADS)
def team(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show who has confirmed the edition that counts, and who has not, since when."""
    place, picks = place_asked(request, actor, "staffing:approach_team")
    row = queries.newest(place.pk)
    here = queries.works_here(place.pk, actor.today) if row else {}
    known = queries.readings(row, here) if row else {}
    owing = queries.owed(here, known, queries.months_of(place.pk), actor.today)
    form = TeamForm(request.GET.dict() or None, roles=queries.role_names(here))
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    heads = _heads()
    sort = Listing(request.GET, heads, 0, usual="name").sort
    wanted = queries.Wanted(given.get("state", ""), given.get("role", ""), sort)
    chosen = queries.team(actor, row, here, owing, wanted) if row else None
    if kind := out.asked(request.GET):
        every = list(chosen[: out.MOST]) if chosen is not None else []
        return out.as_file(actor, kind, "approach", _table(every, here), wanted=wanted.state)
    total = chosen.count() if chosen is not None else 0
    listing = Listing(request.GET, heads, total, usual="name")
    show = {
        "place": place, "picks": picks, "row": row, "form": form, "listing": listing,
        "people": list(chosen[listing.start : listing.stop]) if chosen is not None else [],
        "here": here, "signed": len(here) - len(owing), "back": to("staffing:approach", place),
        "keep": [("school", str(place.ref)), ("sort", sort)],
        "filtered": bool(wanted.state or wanted.role),
        "writes": actor.can_somewhere(Action.SETTING_EDIT),
    }  # fmt: skip
    return Answer("staffing/approach_team.html", show)


def _written(actor: Actor, place: Any, given: dict[str, Any]) -> Any:
    file = given["paper"]
    return verbs.write_approach(
        actor=actor, org=place, words=given["words"], version=given["version"],
        paper=Incoming(file.name or "", file.chunks()) if file else None,
        keeps_paper=given.get("keeps_paper", False),
    )  # fmt: skip


def _held(place: Any, row: Any) -> dict[str, Any]:
    if row is None:
        return {"words": starter(kind_of_place(place.phase)), "version": 0}
    return {"words": row.words, "version": row.number, "keeps_paper": row.file is not None}


def _paragraphs(words: str) -> list[str]:
    return [part.strip() for part in words.split("\n\n") if part.strip()]


def _opens(row: Any) -> str:
    """Give the address of the paper, where there is one that can be opened."""
    if not queries.can_be_opened(row):
        return ""
    return reverse("staffing:approach_paper", args=[row.ref])


def _heads() -> list[Column]:
    return [
        Column(_("Colleague"), "name"), Column(_("Role")), Column(_("Confirmed on"), "signed"),
        Column(_("Asked on"), "asked"), Column(_("Now")),
    ]  # fmt: skip


def _table(rows: list[Any], here: dict[int, Any]) -> Table:
    lines = [
        (one.name, here[one.pk].roles, one.signed_on, one.asked_on,
         _("Not yet") if one.waits else _("Confirmed"))
        for one in rows
    ]  # fmt: skip
    return Table(_("Our approach to SEN"), [str(one.label) for one in _heads()], lines)
