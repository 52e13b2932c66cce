"""Coaching, modelling, drop-ins, training and advice: written down, and found again."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.exchange import out
from opensenco.exchange.out import Table
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.pages.threads import advicebeside as beside
from opensenco.pages.threads.adviceforms import AdviceForm, Choices, ErrorForm
from opensenco.pages.threads.questions import pupil_in
from opensenco.pages.threads.talks import picks
from opensenco.people import queries as people
from opensenco.threads import advice as read
from opensenco.threads import asked
from opensenco.threads.advice_models import AdviceKind
from opensenco.threads.operations import advising
from opensenco.ui.listing import Listing, Pick

FOUND = "advice"
STAFF = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 200,
         "ta": 200, "admin": 200, "dsl": 200, "governor": 403, "parent": 403}  # fmt: skip
ROUND_HIM = {**STAFF, "other_teacher": 403, "admin": 403, "dsl": 403}
MENDERS = {**ROUND_HIM, "teacher": 403, "ta": 403}


@page(Action.SENCO_ASK, logs=Logs.LIST, writes=True, who=STAFF)
def advice_list(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show what was taught, the newest first; some words find it again."""
    pupil = pupil_in(actor, request)
    if request.method == "POST":
        # A name that was looked for never stands in an address.
        request.session[FOUND] = request.POST.get("q", "").strip()[: asked.LONGEST]
        about = f"&pupil={pupil.ref}" if pupil else ""
        return HttpResponseRedirect(f"{reverse('threads:advice')}?found=1{about}")
    words = request.session.get(FOUND, "") if "found" in request.GET else ""
    kind = request.GET.get("kind", "")
    rows = read.listed(actor, words, kind, pupil)
    if asked_file := out.asked(request.GET):
        return out.as_file(actor, asked_file, "advice", _table(list(rows[: out.MOST])))
    listing = Listing(request.GET, (), rows.count(), size=read.PAGE)
    joins = actor.can_somewhere(Action.THREAD_JOIN)
    show = {"rows": list(rows[listing.start : listing.stop]), "words": words, "pupil": pupil,
            "listing": listing, "views": _views(kind), "joins": joins,
            "general": len(actor.hat.orgs) == 1, "picks": picks(actor, "advice")}  # fmt: skip
    return Answer("threads/advice.html", show, listed=Listed(listing.total, words, bool(words)))


def _views(kind: str) -> list[Pick]:
    address = reverse("threads:advice")
    every = [Pick(_("All"), address, kind not in AdviceKind.values)]
    return every + [
        Pick(one.label, f"{address}?kind={one.value}", kind == one.value) for one in AdviceKind
    ]


@page(Action.SENCO_ASK, logs=Logs.LIST, writes=True, who=STAFF)
def record(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Write down what was taught in general."""
    place = people.place(actor)
    made = Making(beside.in_general(actor, place))
    form = converse(
        request,
        actor,
        made,
        act=lambda given: advising.record_general_advice(
            actor=actor, org=place, given=given, step=made.form.step()
        ),
        then=lambda _row: reverse("threads:advice"),
        said=_("Written down. All staff find it here."),
        initial={"on": actor.today, "version": 0, "who": actor.person.name},
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "pupil": None, "heading": _("Write down what was taught"),
            "main": _("Keep this")}  # fmt: skip
    return Answer("threads/advise.html", show, listed=Listed(0, "advice"))


@page(Action.THREAD_JOIN, logs=Logs.CHILD, writes=True, who=ROUND_HIM)
def record_about(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Write down what was taught for a pupil, also because of a lesson that was visited."""
    row = people.pupil(actor, pupil, Action.THREAD_JOIN)
    visit = beside.visit_in(actor, row, request.GET.get("visit", ""))
    made = Making(beside.about(actor, row, visit))
    form = converse(
        request,
        actor,
        made,
        act=lambda given: advising.record_advice(
            actor=actor, pupil=row, given=given, step=made.form.step(visit.ref if visit else None)
        ),
        then=lambda new: (
            reverse("threads:walk", args=[new.ref])
            if visit
            else f"{reverse('threads:advice')}?pupil={row.ref}"
        ),
        said=_("Written down. Everybody who works with this pupil finds it."),
        initial=beside.starting(actor, visit, request.GET.get("kind", "")),
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "pupil": row, "heading": _("Write down what was taught"),
            "main": _("Keep this"), "visit": visit}  # fmt: skip
    return Answer("threads/advise.html", show, opened=[row])


@page(Action.THREAD_MEND, logs=Logs.LIST, writes=True, who=MENDERS)
def put_right(request: HttpRequest, actor: Actor, advice: uuid.UUID) -> Answer | HttpResponse:
    """Say what came of it, or put it right."""
    row = read.advice(actor, advice)
    made = Making(beside.held_choices(actor, row))
    form = converse(
        request,
        actor,
        made,
        act=lambda given: advising.put_advice_right(
            actor=actor, advice=row, version=given["version"], given=given, step=made.form.step()
        ),
        then=lambda _row: _back(row),
        said=_("Saved. The history keeps how it stood before."),
        initial=_held(row) | beside.came_of(actor, row, request.GET.get("after", "")),
        fresh=lambda: _held(read.advice(actor, advice)),
    )
    if isinstance(form, HttpResponse):
        return form
    return _about(row, form, _("What came of it"), _("Save"))


@page(Action.THREAD_MEND, logs=Logs.LIST, writes=True, who=MENDERS)
def in_error(request: HttpRequest, actor: Actor, advice: uuid.UUID) -> Answer | HttpResponse:
    """Mark an entry as made in error."""
    row = read.advice(actor, advice)
    form = converse(
        request,
        actor,
        ErrorForm,
        act=lambda given: advising.advice_in_error(actor=actor, advice=row, **given),
        then=lambda _row: _back(row),
        said=_("Marked as made in error. The history keeps it."),
        initial={"version": row.version},
        fresh=lambda: {"version": read.advice(actor, advice).version},
    )
    if isinstance(form, HttpResponse):
        return form
    return _about(row, form, _("This was written down in error"), _("Mark it so"))


class Making:
    """Makes the form, and remembers the last that was made."""

    def __init__(self, choices: Choices) -> None:
        self._choices = choices

    def __call__(self, **given: Any) -> AdviceForm:
        self.form = AdviceForm(choices=self._choices, **given)
        return self.form


def _back(row: Any) -> str:
    if row.visit:
        return reverse("threads:walk", args=[row.ref])
    about = f"?pupil={row.pupil.ref}" if row.pupil else ""
    return f"{reverse('threads:advice')}{about}"


def _about(row: Any, form: Any, heading: str, main: str) -> Answer:
    wrong = "" if "reason" in form.fields else reverse("threads:advice_in_error", args=[row.ref])
    show = {"form": form, "pupil": row.pupil, "heading": heading, "main": main, "wrong": wrong}
    if row.pupil is None:
        return Answer("threads/advise.html", show, listed=Listed(1))
    return Answer("threads/advise.html", show, opened=[row.pupil], listed=Listed(1))


def _held(row: Any) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in (*advising.NAMES, "strategies", "version")}
    return values | {"learner": str(row.learner.ref) if row.learner else ""}


def _table(rows: list[Any]) -> Table:
    names = [_("Day"), _("How"), _("Pupil"), _("Who taught it"), _("Who learned it"),
             _("What"), _("Strategies"), _("What came of it"), _("Written by")]  # fmt: skip
    lines = [
        (row.on, str(row.get_kind_display()), row.pupil.register_name if row.pupil else "",
         row.who, row.to_whom, row.words, "; ".join(row.strategies), row.came_of, row.by.name)
        for row in rows
    ]  # fmt: skip
    return Table(_("Coaching, drop-ins and advice"), names, lines)
