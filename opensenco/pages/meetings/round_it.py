"""Who is invited and what they answer; the papers of a meeting."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.documents import queries as documents
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.meetings import queries
from opensenco.meetings.operations import changing, inviting
from opensenco.meetings.states import MeetingState, Reply
from opensenco.pages.meetings import forms, planning
from opensenco.pages.meetings import show as shown
from opensenco.pages.meetings.who import PLAN, SEE
from opensenco.ui import words

MOST_DOCUMENTS = 60


@page(Action.MEETING_PLAN, logs=Logs.CHILD, writes=True, tab="meetings", who=PLAN)
def people(request: HttpRequest, actor: Actor, meeting: uuid.UUID) -> Answer | HttpResponse:
    """Invite further people; take off who need not come."""
    row = queries.meeting(actor, meeting, Action.MEETING_PLAN)
    here = reverse("meetings:people", args=[row.ref])
    if ref := _pressed(request, "off"):
        inviting.take_off(actor=actor, member=queries.member(actor, ref))
        messages.success(request, _("Taken off the list."))
        return HttpResponseRedirect(here)
    near, family = planning.whom(actor, row)
    members = queries.members_of(row)
    choices = _not_yet(shown.people_choices(near), members)
    choices["family"] = _family_left(actor, row, members)
    form = converse(
        request, actor, lambda **given: forms.PeopleForm(
            here=row.pupil is None, **choices, **given
        ),
        act=lambda given: inviting.invite(
            actor=actor, meeting=row, invited=planning.invited(given, near, family)
        ),
        then=lambda _rows: here,
        said=_("They are on the list. Colleagues have been told."),
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "meeting": row, "pupil": row.pupil, "members": members,
            "coming": row.state in (MeetingState.OFFERED, MeetingState.PLANNED)}  # fmt: skip
    return Answer("meetings/people.html", show, **shown.seen(row))


def _pressed(request: HttpRequest, name: str) -> uuid.UUID | None:
    """Give the reference of the row whose button was pressed."""
    sent = request.POST.get(name, "") if request.method == "POST" else ""
    try:
        return uuid.UUID(sent) if sent else None
    except ValueError:
        return None


def _not_yet(choices: Any, members: list[Any]) -> dict[str, list[tuple[str, str]]]:
    taken = {str(one.person.ref) for one in members if one.person}
    return {name: [c for c in given if c[0] not in taken] for name, given in choices.items()}


def _family_left(actor: Actor, row: Any, members: list[Any]) -> list[tuple[str, str]]:
    if row.pupil is None:
        return []
    taken = {str(one.contact.ref) for one in members if one.contact}
    taken |= {planning.PUPIL_KEY for one in members if one.is_pupil}
    return [c for c in planning.family_choices(actor, row.pupil) if c[0] not in taken]


@page(Action.MEETING_VIEW, logs=Logs.CHILD, writes=True, tab="meetings", who=SEE)
def answer(request: HttpRequest, actor: Actor, meeting_member: uuid.UUID) -> Answer | HttpResponse:
    """Answer one's own invitation, or write down what somebody else answered."""
    member = queries.member(actor, meeting_member, Action.MEETING_VIEW)
    row = member.meeting
    own = member.person_id == actor.person.pk
    act = inviting.answer_invitation if own else inviting.record_answer
    offered = queries.slots_of(row) if row.state == MeetingState.OFFERED else []
    slots = [(str(one.row.ref), words.moment(one.row.starts)) for one in offered]
    form = converse(
        request, actor,
        (lambda **given: forms.SlotsForm(slots=slots, **given)) if slots else forms.AnswerForm,
        act=lambda given: act(actor=actor, member=member, **_answered(given)),
        then=lambda _row: reverse("meetings:show", args=[row.ref]),
        said=_("The answer is kept."),
        initial=_held(member),
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "meeting": row, "pupil": row.pupil, "own": own, "member": member,
            "when": shown.when(row)}  # fmt: skip
    return Answer("meetings/answer.html", show, **shown.seen(row))


def _held(member: Any) -> dict[str, Any]:
    reply = "" if member.reply == Reply.WAITING else member.reply
    chosen = [str(ref) for ref in queries.chosen_slots(member)]
    return {"reply": reply, "words": member.reply_words, "slots": chosen}


def _answered(given: dict[str, Any]) -> dict[str, Any]:
    if "slots" in given:
        return {"slots": [uuid.UUID(ref) for ref in given["slots"]], "words": given["words"]}
    return given


@page(Action.MEETING_PLAN, logs=Logs.CHILD, writes=True, tab="meetings", who=PLAN)
def papers(request: HttpRequest, actor: Actor, meeting: uuid.UUID) -> Answer | HttpResponse:
    """Add papers, take them off, and say when invitation and papers were sent."""
    row = queries.meeting(actor, meeting, Action.MEETING_PLAN)
    here = reverse("meetings:papers", args=[row.ref])
    if ref := _pressed(request, "off"):
        inviting.take_off_paper(actor=actor, paper=queries.paper(actor, ref))
        messages.success(request, _("Taken off the list. The paper stays in the record."))
        return HttpResponseRedirect(here)
    around = queries.around(actor, row)
    lines = shown.papers(actor, around)
    sends = request.method == "POST" and "on" in request.POST
    notice = _notice(request, actor, row, here) if sends else _notice_form(actor, row)
    if isinstance(notice, HttpResponse):
        return notice
    choices = _documents(actor, row.pupil, {line.row.document for line in lines})
    form = forms.PapersForm(documents=choices) if sends else _add(request, actor, row, choices)
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "notice": notice, "meeting": row, "pupil": row.pupil, "lines": lines,
            "forms": [form, notice],
            "dues": [shown.due_line(actor, due) for due in around.dues]}  # fmt: skip
    return Answer("meetings/papers.html", show, **shown.seen(row))


def _add(request: HttpRequest, actor: Actor, row: Any, choices: forms.Choices) -> Any:
    return converse(
        request, actor, lambda **given: forms.PapersForm(documents=choices, **given),
        act=lambda given: inviting.add_papers(
            actor=actor, meeting=row, label=given["label"],
            documents=[uuid.UUID(ref) for ref in given.get("documents", [])],
        ),
        then=lambda _rows: reverse("meetings:papers", args=[row.ref]),
        said=_("The papers are on the list."),
    )  # fmt: skip


def _notice_form(actor: Actor, row: Any) -> forms.NoticeForm:
    sent = row.notice_sent_on or actor.today
    return forms.NoticeForm(initial={"version": row.version, "on": sent}, prefix=None)


def _notice(request: HttpRequest, actor: Actor, row: Any, here: str) -> Any:
    return converse(
        request, actor, forms.NoticeForm,
        act=lambda given: changing.record_notice(actor=actor, meeting=row, **given),
        then=lambda _row: here,
        said=_("Kept: invitation and papers were sent."),
        initial={"version": row.version},
        fresh=lambda: {"version": queries.meeting(actor, row.ref).version},
    )  # fmt: skip


def _documents(actor: Actor, pupil: Any, taken: set[Any]) -> list[tuple[str, str]]:
    """Give the documents to choose from that this person may know of, the newest first."""
    if pupil is None or not actor.can_somewhere(Action.DOCUMENT_VIEW):
        return []
    rows = documents.chosen(actor, pupil, documents.Wanted()).order_by("-filed_at", "-id")
    return [(str(one.ref), one.title) for one in rows[:MOST_DOCUMENTS] if one.ref not in taken]
