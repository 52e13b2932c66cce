"""A remark of the plan check is set aside with a reason, and taken up again."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.pages.plans import forms_beside, show, tasks
from opensenco.support import queries
from opensenco.support.operations import remarks as verbs
from opensenco.support.queries import beside as reading

WRITERS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 403, "other_teacher": 403,
           "ta": 403, "admin": 403, "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip


@page(Action.PLAN_WRITE, logs=Logs.CHILD, writes=True, tab="register", who=WRITERS)
def dismiss(request: HttpRequest, actor: Actor, cycle: uuid.UUID) -> Answer | HttpResponse:
    """Set a remark aside. Which one it is stands in the address by its rule and place alone."""
    row = queries.cycle(actor, cycle, Action.PLAN_WRITE)
    back = reverse("plans:plan", args=[row.ref])
    key = request.GET.get("remark", "")
    line = next((o for o in show.plan_page(actor, row).check.lines if o.key == key), None)
    if line is None and request.method == "POST":
        messages.info(request, _("This remark is not on the plan any more."))
        return HttpResponseRedirect(back)
    if line is None:
        gone = {"form": None, "line": None, "back": back, "pupil": row.pupil}
        return Answer("plans/dismiss.html", gone, opened=[row.pupil])
    found = line.found

    def act(given: dict[str, Any]) -> Any:
        place = f"{found.place.kind} {found.place.part}"
        return verbs.dismiss_remark(
            actor=actor, cycle=row, rule=found.remark.rule, place=place, sentence=found.sentence,
            **given,
        )  # fmt: skip

    form = converse(
        request, actor, forms_beside.DismissForm, act=act, then=lambda _row: back,
        said=_("Set aside. It comes back when the sentence changes."),
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    show_it = {"form": form, "line": line, "back": back, "pupil": row.pupil}
    return Answer("plans/dismiss.html", show_it, opened=[row.pupil])


@page(Action.PLAN_WRITE, logs=Logs.NOTHING, writes=True, reads=False, who=WRITERS)
def take_up(request: HttpRequest, actor: Actor, remark_dismissed: uuid.UUID) -> HttpResponse:
    """Let a remark that was set aside stand again."""
    row = reading.dismissed(actor, remark_dismissed)
    tasks.try_to(request, lambda: verbs.take_up_remark(actor=actor, dismissed=row))
    return HttpResponseRedirect(reverse("plans:plan", args=[row.cycle.ref]))
