"""The guides beside the steps, whose words they are, and where guidance is departed from."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import explain
from opensenco.cases import guides as read
from opensenco.cases.guides import For
from opensenco.cases.operations import guiding
from opensenco.documents import on_paper
from opensenco.exchange import out
from opensenco.exchange.out import Table
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotAllowed
from opensenco.law.rules import get
from opensenco.law.stored import from_data
from opensenco.pages.steps import forms
from opensenco.people import queries as people
from opensenco.ui.listing import Column, Listing, Pick

STAFF = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 200,
         "ta": 200, "admin": 200, "governor": 200, "parent": 403}  # fmt: skip
EDITORS = {"senco": 200, "head": 200, "phase_senco": 403, "teacher": 403, "ta": 403, "admin": 403,
           "governor": 403, "parent": 403, "officer": 200}  # fmt: skip
READERS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 200,
           "ta": 403, "admin": 403, "governor": 403, "parent": 403}  # fmt: skip
KEEPERS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 403, "ta": 403, "admin": 403,
           "governor": 403, "parent": 403}  # fmt: skip


@page(Action.WHO_SEES, logs=Logs.NOTHING, tab="school", who=STAFF)
def guides(request: HttpRequest, actor: Actor) -> Answer:
    """Show every guide, or one, with the rules under it and whose words each is; as PDF too."""
    asked = request.GET.get("step", "")
    only = asked if asked in read.shipped() else ""
    place = _asked_place(request, actor)
    every = [read.guide_for(actor, only, place=place)] if only else read.every_guide(actor, place)
    mine = read.place_of(actor)
    # a place words what is read there; whoever stands above several kinds words each of them
    edits = actor.can_somewhere(Action.GUIDE_EDIT) and (
        place is mine or not actor.hat.phases - {""}
    )
    answer = Answer(
        "steps/list.html",
        {"guides": every, "only": only, "edits": edits, "place": place,
         "picks": _kinds_of_places(only, place)},
    )  # fmt: skip
    if on_paper.asked(request):
        name = f"guide-{only}" if only else "guides"
        where = people.place(actor).name if len(actor.hat.orgs) == 1 else ""
        return on_paper.as_paper(answer, name=name, today=actor.today, place=where)
    return answer


def _asked_place(request: HttpRequest, actor: Actor) -> For:
    """Give for which kind of place the words are asked for; without a word, for one's own."""
    asked = request.GET.get("for", read.place_of(actor) or "school")
    return next((one for one in For if one and one == asked), For.SCHOOL)


def _kinds_of_places(only: str, here: For) -> list[Pick]:
    names = {For.SCHOOL: _("Schools"), For.EARLY: _("Nurseries"), For.ALONE: _("Childminders")}
    step = f"&step={only}" if only else ""
    return [Pick(name, f"?for={one or 'school'}{step}", one is here) for one, name in names.items()]


@page(Action.GUIDE_EDIT, logs=Logs.NOTHING, writes=True, tab="school", who=EDITORS)
def words(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Word the guide beside a step; the one before is kept."""
    asked = request.GET.get("step", "")
    step = asked if asked in read.shipped() else next(iter(read.shipped()))
    kind = _asked_place(request, actor)
    place = people.place(actor)
    guide = read.guide_for(actor, step, place=kind)
    form = converse(
        request,
        actor,
        forms.WordsForm,
        act=lambda given: guiding.word_guide(
            actor=actor, org=place, step=step, place=kind, **given
        ),
        then=lambda _row: f"{reverse('steps:list')}?for={kind or 'school'}#{step}",
        said=_("Saved. It is shown beside the step from now on."),
        initial={"words": "\n\n".join(guide.paragraphs)},
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("steps/words.html", {"form": form, "about": guide, "place": place})


@page(Action.PLAN_VIEW, logs=Logs.LIST, tab="register", who=READERS)
def otherwise(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show where guidance is departed from and why, and where nobody has said why yet."""
    if actor.hat.role.guest:
        raise NotAllowed
    rows = read.departures(actor).select_related("pupil", "by")
    if kind := out.asked(request.GET):
        return out.as_file(actor, kind, "otherwise", _table(list(rows[: out.MOST])))
    listing = Listing(request.GET.dict(), _heads(), rows.count())
    keeps = actor.can_somewhere(Action.PLAN_WRITE)
    late = list(read.unexplained(actor)[: listing.size]) if keeps else []
    shown = list(rows[listing.start : listing.stop])
    return Answer(
        "steps/otherwise.html",
        {"rows": [(row, get(row.rule)) for row in shown], "listing": listing,
         "late": [(row, explain.title(from_data(row.data), row.org)) for row in late],
         "keeps": keeps},
        listed=Listed(listing.total, "otherwise"),
    )  # fmt: skip


@page(Action.PLAN_WRITE, logs=Logs.CHILD, writes=True, tab="register", who=KEEPERS)
def depart(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Say that guidance is not followed for a pupil, and why."""
    row = people.pupil(actor, pupil, Action.PLAN_WRITE)
    rules = [(rule.id, f"{_(rule.title)} ({rule.id})") for rule in read.may_differ()]
    form = converse(
        request,
        actor,
        lambda **given: forms.OtherwiseForm(rules=rules, **given),
        act=lambda given: guiding.do_otherwise(actor=actor, pupil=row, **given),
        then=lambda _row: reverse("pupils:show", args=[row.ref]),
        said=_("The reason is kept, and stands beside the guide."),
        initial={"rule": request.GET.get("rule", "")},
    )
    if isinstance(form, HttpResponse):
        return form
    shown = {"form": form, "pupil": row, "heading": _("We do otherwise than guidance"),
             "main": _("Keep this reason")}  # fmt: skip
    return Answer("steps/form.html", shown, opened=[row])


@page(Action.RECORD_INVALIDATE, logs=Logs.CHILD, writes=True, tab="register", who=KEEPERS)
def in_error(request: HttpRequest, actor: Actor, departure: uuid.UUID) -> Answer | HttpResponse:
    """Mark a departure as made in error."""
    row = read.departure(actor, departure)
    form = converse(
        request,
        actor,
        forms.ErrorForm,
        act=lambda given: guiding.departure_in_error(actor=actor, departure=row, **given),
        then=lambda _row: reverse("steps:otherwise"),
        said=_("Marked as made in error. The history keeps it."),
        initial={"version": row.version},
        fresh=lambda: {"version": read.departure(actor, departure).version},
    )
    if isinstance(form, HttpResponse):
        return form
    shown = {"form": form, "pupil": row.pupil, "heading": _("This was entered in error"),
             "main": _("Mark it so"), "about": row}  # fmt: skip
    return Answer("steps/form.html", shown, opened=[row.pupil])


def _heads() -> list[Column]:
    return [Column(_("Pupil")), Column(_("Guidance")), Column(_("Why")), Column(_("Who, when"))]


def _table(rows: list[Any]) -> Table:
    names = [_("Pupil"), _("Rule"), _("Guidance"), _("Why"), _("Who"), _("Day")]
    lines = [
        (row.pupil.register_name, row.rule, str(_(get(row.rule).title)), row.words, row.by.name,
         row.on)
        for row in rows
    ]  # fmt: skip
    return Table(_("Otherwise than guidance"), names, lines)
