"""Aims of the strategic plan are set, changed, noted, ended, gone on with, put right."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.beside import guided
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import Draftable, converse
from opensenco.gate.page import Logs, page
from opensenco.pages.reports import aim_forms as forms
from opensenco.pages.reports import aim_show as words
from opensenco.pages.reports import show as reports
from opensenco.pages.reports.views import WRITERS
from opensenco.people import staffing
from opensenco.provision.progress import plain
from opensenco.reports import aims
from opensenco.reports.operations import aims as verbs


@page(Action.REPORT_WRITE, logs=Logs.NOTHING, writes=True, tab="school", who=WRITERS)
@guided("report", several=True)
def add(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Set an aim."""
    places = staffing.places(actor)
    form = converse(
        request,
        actor,
        lambda **given: forms.AimForm(
            schools=reports.school_choices(actor), people=words.people(actor, places), **given
        ),
        act=lambda given: verbs.set_plan_aim(
            actor=actor, org=reports.school(actor, given.get("school", "")),
            given={**given, "owner": words.person(actor, places, given["owner"])},
        ),
        then=lambda row: reverse("reports:aim", args=[row.ref]),
        said=_("The aim is set. It stands in the strategic plan."),
        draft=Draftable("plan-aim", places[0].ref, leave_to=reverse("reports:aims")),
        initial={"owner": str(actor.person.ref)},
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    return Answer("reports/aim_add.html", {"form": form, "place": places[0]})


@page(Action.REPORT_WRITE, logs=Logs.NOTHING, writes=True, tab="school", who=WRITERS)
def change(request: HttpRequest, actor: Actor, plan_aim: uuid.UUID) -> Answer | HttpResponse:
    """Change what an aim says, its target, its day, or who answers for it."""
    row = aims.aim(actor, plan_aim, Action.REPORT_WRITE)
    people = words.people(actor, [row.org], row.owner)

    def act(given: dict[str, Any]) -> Any:
        owner = words.person(actor, [row.org], given["owner"], row.owner)
        return verbs.change_plan_aim(
            actor=actor, plan_aim=row, given={**given, "owner": owner}, version=given["version"]
        )

    def held(one: Any) -> dict[str, Any]:
        kept = {name: getattr(one, name) for name in ("version", "words", "doing", "by")}
        return {**kept, "target": plain(one.target), "owner": str(one.owner.ref)}

    return _through(
        request, actor, row, lambda **given: forms.ChangeAimForm(people=people, **given), act,
        (_("Change the aim"), _("Save the aim"), _("The aim is changed. The history keeps both.")),
        held,
    )  # fmt: skip


@page(Action.REPORT_WRITE, logs=Logs.NOTHING, writes=True, tab="school", who=WRITERS)
def note(request: HttpRequest, actor: Actor, plan_aim: uuid.UUID) -> Answer | HttpResponse:
    """Note how an aim goes on, with the figure of the day and what shows it."""
    row = aims.aim(actor, plan_aim, Action.REPORT_WRITE)
    return _through(
        request, actor, row, _noting(actor, row, forms.NoteForm),
        lambda given: verbs.note_plan_aim(
            actor=actor, plan_aim=row, given=_noted(actor, row, given), version=given["version"]
        ),
        (_("How does the aim go on?"), _("Keep this note"), _("Noted, with the figure of today.")),
        draft=Draftable("aim-note", row.ref, leave_to=reverse("reports:aim", args=[row.ref])),
    )  # fmt: skip


@page(Action.REPORT_WRITE, logs=Logs.NOTHING, writes=True, tab="school", who=WRITERS)
def end(request: HttpRequest, actor: Actor, plan_aim: uuid.UUID) -> Answer | HttpResponse:
    """Say that an aim is met, not met, or dropped."""
    row = aims.aim(actor, plan_aim, Action.REPORT_WRITE)
    return _through(
        request, actor, row, _noting(actor, row, forms.EndForm),
        lambda given: verbs.end_plan_aim(
            actor=actor, plan_aim=row, state=given["state"], given=_noted(actor, row, given),
            version=given["version"],
        ),
        (_("How did the aim end?"), _("Say so"),
         _("Kept. It stands in the plan with the figure of today.")),
    )  # fmt: skip


@page(Action.REPORT_WRITE, logs=Logs.NOTHING, writes=True, tab="school", who=WRITERS)
def again(request: HttpRequest, actor: Actor, plan_aim: uuid.UUID) -> Answer | HttpResponse:
    """Go on with an aim that had ended."""
    row = aims.aim(actor, plan_aim, Action.REPORT_WRITE)
    return _through(
        request, actor, row, forms.AgainForm,
        lambda given: verbs.go_on_with_plan_aim(actor=actor, plan_aim=row, **given),
        (_("Go on with this aim"), _("Go on with it"), _("The aim is on the way again.")),
    )  # fmt: skip


@page(Action.REPORT_WRITE, logs=Logs.NOTHING, writes=True, tab="school", who=WRITERS)
def in_error(request: HttpRequest, actor: Actor, plan_aim: uuid.UUID) -> Answer | HttpResponse:
    """Mark an aim as set in error."""
    row = aims.aim(actor, plan_aim, Action.REPORT_WRITE)
    return _through(
        request, actor, row, forms.ErrorForm,
        lambda given: verbs.plan_aim_in_error(actor=actor, plan_aim=row, **given),
        (_("This aim was set in error"), _("Mark it so"),
         _("Marked as set in error. The history keeps it.")),
    )  # fmt: skip


@page(Action.REPORT_WRITE, logs=Logs.NOTHING, writes=True, tab="school", who=WRITERS)
def note_in_error(request: HttpRequest, actor: Actor, aim_note: uuid.UUID) -> Answer | HttpResponse:
    """Mark a note of an aim as made in error."""
    made = aims.note(actor, aim_note)
    form = converse(
        request,
        actor,
        forms.ErrorForm,
        act=lambda given: verbs.aim_note_in_error(actor=actor, aim_note=made, **given),
        then=lambda _row: reverse("reports:aim", args=[made.aim.ref]),
        said=_("Marked as made in error. The history keeps it."),
        initial={"version": made.version},
        fresh=lambda: {"version": aims.note(actor, aim_note).version},
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "row": made.aim, "draft": None, "main": _("Mark it so"),
            "heading": _("This note was made in error")}  # fmt: skip
    return Answer("reports/aim_form.html", show)


def _noting(actor: Actor, row: Any, make: Callable[..., Any]) -> Callable[..., Any]:
    editions = words.editions(actor, row.org)
    return lambda **given: make(own=words.is_own(row), editions=editions, **given)


def _noted(actor: Actor, row: Any, given: dict[str, Any]) -> dict[str, Any]:
    """Give a note with the edition that was chosen in place of its reference."""
    chosen = given.get("edition", "")
    every = aims.editions(actor, row.org) if chosen else []
    return {**given, "edition": next((one for one in every if str(one.ref) == chosen), None)}


def _version(row: Any) -> dict[str, Any]:
    return {"version": row.version}


def _through(
    request: HttpRequest, actor: Actor, row: Any, make: Callable[..., Any],
    act: Callable[[dict[str, Any]], Any], said: tuple[str, str, str],
    held: Callable[[Any], dict[str, Any]] = _version, draft: Draftable | None = None,
) -> Answer | HttpResponse:  # fmt: skip
    """Lead through one form about an aim: heading, button and what is said after."""
    heading, main, done = said
    form = converse(
        request, actor, make, act=act, then=lambda _row: reverse("reports:aim", args=[row.ref]),
        said=done, initial=held(row), draft=draft,
        fresh=lambda: held(aims.aim(actor, row.ref, Action.REPORT_WRITE)),
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "row": row, "heading": heading, "main": main, "draft": draft}
    return Answer("reports/aim_form.html", show)
