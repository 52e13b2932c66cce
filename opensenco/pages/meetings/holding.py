"""Holding a meeting: its record with a draft, closing it, giving it out, and what was promised."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.beside import guided
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import Draftable, converse
from opensenco.gate.page import Logs, page
from opensenco.meetings import queries
from opensenco.meetings.operations import holding
from opensenco.meetings.operations.holding import Promise, Words
from opensenco.meetings.states import MeetingState
from opensenco.pages.meetings import forms
from opensenco.pages.meetings import show as shown
from opensenco.pages.meetings.who import READ, SEE

WORDS = ("pupil_said", "parents_said", "notes", "agreed")


@page(Action.MEETING_RECORD, logs=Logs.CHILD, writes=True, tab="meetings", who=READ)
@guided("meeting")
def record(request: HttpRequest, actor: Actor, meeting: uuid.UUID) -> Answer | HttpResponse:
    """Write the record while the meeting runs; correct it once it is closed."""
    row = queries.meeting(actor, meeting, Action.MEETING_RECORD)
    back = reverse("meetings:show", args=[row.ref])
    members = queries.members_of(row)
    if row.state == MeetingState.RECORDED:
        form = _correcting(request, actor, row, back)
    else:
        form = _writing(request, actor, row, members)
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "meeting": row, "pupil": row.pupil, "when": shown.when(row),
            "promised": queries.actions_of(row), "promises": _promise_fields(form),
            "closed": row.state == MeetingState.RECORDED,
            "words": [name for name in WORDS if name in form.fields]}  # fmt: skip
    return Answer("meetings/record.html", show, **shown.seen(row))


def _writing(request: HttpRequest, actor: Actor, row: Any, members: list[Any]) -> Any:
    choices = [(str(one.ref), _named(one)) for one in members]
    here = reverse("meetings:record", args=[row.ref])
    back = reverse("meetings:show", args=[row.ref])
    return converse(
        request, actor, lambda **given: forms.RecordForm(
            members=choices, here=row.pupil is None, **given
        ),
        act=lambda given: holding.write_record(
            actor=actor, meeting=row, version=given["version"], words=_words(given),
            came=[uuid.UUID(ref) for ref in given.get("came", [])], promises=_promises(given),
        ),
        then=lambda _row: here if "more" in request.POST else back,
        said=_("Saved. Nobody else is told before the record is closed."),
        initial=_held(row, members),
        fresh=lambda: _held(queries.meeting(actor, row.ref), queries.members_of(row)),
        draft=Draftable("minutes", row.ref, leave_to=back),
    )  # fmt: skip


def _correcting(request: HttpRequest, actor: Actor, row: Any, back: str) -> Any:
    def held() -> dict[str, Any]:
        now = queries.meeting(actor, row.ref)
        return {"version": now.version, **{name: getattr(now, name) for name in WORDS}}

    return converse(
        request, actor,
        lambda **given: forms.CorrectForm(here=row.pupil is None, **given),
        act=lambda given: holding.correct_record(
            actor=actor, meeting=row, version=given["version"], words=_words(given),
            reason=given["reason"],
        ),
        then=lambda _row: back,
        said=_("Corrected. Give out the new edition."),
        initial=held(), fresh=held,
        draft=Draftable("correction", row.ref, leave_to=back),
    )  # fmt: skip


def _named(member: Any) -> str:
    return ", ".join(part for part in (member.name, member.part, member.place) if part)


def _words(given: Mapping[str, Any]) -> Words:
    return Words(**{name: given.get(name, "") for name in WORDS})


def _promises(given: Mapping[str, Any]) -> list[Promise]:
    return [
        Promise(given[f"what_{n}"], uuid.UUID(given[f"who_{n}"]), given[f"due_{n}"])
        for n in range(1, forms.PROMISES + 1)
        if given[f"what_{n}"]
    ]


def _promise_fields(form: Any) -> list[tuple[Any, Any, Any]]:
    if "what_1" not in form.fields:
        return []
    numbers = range(1, forms.PROMISES + 1)
    return [(form[f"what_{n}"], form[f"who_{n}"], form[f"due_{n}"]) for n in numbers]


def _held(row: Any, members: list[Any]) -> dict[str, Any]:
    first = row.state == MeetingState.PLANNED
    came = [str(one.ref) for one in members if one.came or (first and one.reply == "yes")]
    return {"version": row.version, "came": came, **{n: getattr(row, n) for n in WORDS}}


@page(Action.MEETING_RECORD, logs=Logs.CHILD, writes=True, tab="meetings", who=READ)
def give(request: HttpRequest, actor: Actor, meeting: uuid.UUID) -> Answer | HttpResponse:
    """Read the record once more and close it; then say to whom it was given, when and how."""
    row = queries.meeting(actor, meeting, Action.MEETING_RECORD)
    here = reverse("meetings:give", args=[row.ref])
    if request.method == "POST" and "close" in request.POST:
        version = request.POST.get("version", "")
        holding.close_record(
            actor=actor, meeting=row, version=int(version) if version.isdecimal() else None
        )
        messages.success(request, _("The record is closed. Colleagues have it here."))
        return HttpResponseRedirect(here)
    around = queries.around(actor, row)
    choices = [(str(one.ref), _named(one)) for one in around.members if one.person is None]
    form = converse(
        request, actor, lambda **given: forms.GiveForm(members=choices, **given),
        act=lambda given: holding.give_record(
            actor=actor, meeting=row, way=given["way"], on=given["on"],
            members=[uuid.UUID(ref) for ref in given.get("members", [])],
        ),
        then=lambda _rows: reverse("meetings:show", args=[row.ref]),
        said=_("Kept: the record was given."),
        initial={"on": actor.today, "members": [str(one.ref) for one in around.waiting_for_it]},
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "meeting": row, "pupil": row.pupil, "around": around,
            "closes": row.state == MeetingState.HELD, "someone": bool(choices)}  # fmt: skip
    return Answer("meetings/give.html", show, **shown.seen(row))


@page(Action.MEETING_ANSWER, logs=Logs.CHILD, writes=True, tab="meetings",
      who={**SEE, "admin": 403})  # fmt: skip
def action(request: HttpRequest, actor: Actor, meeting_action: uuid.UUID) -> Answer | HttpResponse:
    """Say that what was promised is done, or given up."""
    row = queries.action_of(actor, meeting_action)
    form = converse(
        request, actor, forms.ActionForm,
        act=lambda given: holding.settle_action(
            actor=actor, action=row, version=given["version"], done=given["done"] == "yes",
            result=given["result"],
        ),
        then=lambda _row: reverse("home:start"),
        said=_("Kept. Whoever called the meeting has been told."),
        initial={"version": row.version, "done": "yes"},
        fresh=lambda: {"version": queries.action_of(actor, meeting_action).version},
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "action": row, "meeting": row.meeting, "pupil": row.meeting.pupil}
    return Answer("meetings/action.html", show, **shown.seen(row.meeting))
