"""Planning a meeting in two steps, settling or moving its day, calling it off."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.cases.beside import guided
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import Draftable, converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.clock import london_time
from opensenco.meetings import queries
from opensenco.meetings import when as clock
from opensenco.meetings.operations import changing
from opensenco.meetings.operations.planning import Invited, Wanted, Where, plan_meeting
from opensenco.meetings.starter import Kind, kind_of
from opensenco.meetings.states import Verb, allows
from opensenco.pages.meetings import forms
from opensenco.pages.meetings import show as shown
from opensenco.pages.meetings.who import PLAN, PUPIL
from opensenco.people import queries as people
from opensenco.ui import words

PUPIL_KEY = "pupil"


@page(Action.MEETING_PLAN, logs=Logs.CHILD, writes=True, tab="meetings", who=PUPIL)
@guided("meeting")
def plan(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Choose what kind of meeting it is; then say when, where and who."""
    row = people.pupil(actor, pupil, Action.MEETING_PLAN)
    people.attach_classes([row], actor.today)
    kind = kind_of(request.GET.get("kind", ""))
    if kind is None or not kind.about_pupil:
        return Answer("meetings/kinds.html", {"pupil": row, "kinds": shown.kinds()}, opened=[row])
    near, family = queries.candidates(actor, row), family_of(actor, row)
    choices: Any = {**shown.people_choices(near), "family": list(_family(row, family))}
    form = converse(
        request, actor, lambda **given: forms.PlanForm(**choices, **given),
        act=lambda given: plan_meeting(
            actor=actor, pupil=row,
            wanted=wanted(kind, given, invited(given, near, family)),
        ),
        then=lambda made: reverse("meetings:show", args=[made.ref]),
        said=_("The meeting is planned. Colleagues who are invited have been told."),
        initial={"minutes": kind.minutes, **_first(actor, kind, near, family)},
        draft=Draftable("meeting", row.ref, leave_to=reverse("meetings:of_pupil", args=[row.ref])),
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "pupil": row, "kind": kind, "further": further(form)}
    return Answer("meetings/plan.html", show, opened=[row])


def family_of(actor: Actor, pupil: Any) -> list[Any]:
    """Give those of the family who may be met, as far as this person knows them."""
    return [one for one in people.contacts_of(actor, pupil) if not one.barred]


def _family(pupil: Any, family: list[Any]) -> Any:
    for one in family:
        yield str(one.ref), f"{one.name}, {one.relation}"
    yield PUPIL_KEY, _("%(name)s, the pupil") % {"name": pupil.said}


def whom(actor: Actor, meeting: Any) -> tuple[queries.Candidates, list[Any]]:
    """Give the colleagues and the family who can be invited to a meeting that is planned."""
    if meeting.pupil is None:
        return queries.colleagues_here(meeting.org, actor.today), []
    return queries.candidates(actor, meeting.pupil), family_of(actor, meeting.pupil)


def family_choices(actor: Actor, pupil: Any) -> list[tuple[str, str]]:
    """Give the family and the pupil to tick."""
    return list(_family(pupil, family_of(actor, pupil)))


def invited(given: Mapping[str, Any], near: queries.Candidates, family: list[Any]) -> list[Invited]:
    """Give who was ticked, chosen and named."""
    staff = near.named([*given.get("staff", []), given.get("others", "")])
    ticked = given.get("family", [])
    return [
        *(Invited(person=one.person, part=one.role) for one in staff),
        *(Invited(contact=one, part=one.relation) for one in family if str(one.ref) in ticked),
        *([Invited(is_pupil=True, part=_("Pupil"))] if PUPIL_KEY in ticked else []),
        *given.get("guests", []),
    ]


def _first(actor: Actor, kind: Kind, near: queries.Candidates, family: list[Any]) -> dict[str, Any]:
    """Tick at first who is usually there."""
    ticked = [str(one.ref) for one in family if one.to_be_told] if "parent" in kind.invite else []
    child = [PUPIL_KEY] if {"pupil", "young-person"} & set(kind.invite) else []
    return {"staff": [str(one.person.ref) for one in near.near], "family": [*ticked, *child]}


def wanted(kind: Kind, given: Mapping[str, Any], people_given: list[Invited]) -> Wanted:
    """Give what was said on the form as what is planned."""
    days = [clock.at(given["day"], given["hour"])]
    for number in range(2, forms.DAYS + 1):
        if given.get(f"day_{number}"):
            days.append(clock.at(given[f"day_{number}"], given[f"hour_{number}"]))
    return Wanted(
        kind=kind.code, where=_where(given), days=days, purpose=given["purpose"],
        each_term=given["each_term"], invited=people_given,
    )  # fmt: skip


def _where(given: Mapping[str, Any]) -> Where:
    return Where(given["minutes"], given["place"], given["link"])


def further(form: Any) -> list[tuple[Any, Any]]:
    """Give the further days to choose from, as pairs of fields."""
    return [(form[f"day_{n}"], form[f"hour_{n}"]) for n in range(2, forms.DAYS + 1)]


@page(Action.MEETING_PLAN, logs=Logs.CHILD, writes=True, tab="meetings", who=PLAN)
def day(request: HttpRequest, actor: Actor, meeting: uuid.UUID) -> Answer | HttpResponse:
    """Settle the day of a meeting among those offered, or move it."""
    row = queries.meeting(actor, meeting, Action.MEETING_PLAN)
    slots = queries.slots_of(row) if row.starts is None else []
    back = reverse("meetings:show", args=[row.ref])
    form = converse(
        request, actor, forms.DayForm,
        act=lambda given: changing.move_meeting(
            actor=actor, meeting=row, version=given["version"], reason=given["reason"],
            starts=clock.at(given["day"], given["hour"]), where=_where(given),
        ),
        then=lambda _row: back,
        said=_("The day is set. Everybody invited who works here has been told."),
        initial=_held(row, max(slots, key=lambda one: len(one.can), default=None)),
        fresh=lambda: _held(queries.meeting(actor, meeting), None),
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    if row.starts is None:
        del form.fields["reason"]
    show = {"form": form, "meeting": row, "pupil": row.pupil, "slots": slots}
    return Answer("meetings/day.html", show, **shown.seen(row))


def _held(row: Any, best: queries.Slot | None) -> dict[str, Any]:
    starts = row.starts or (best.row.starts if best else None)
    begins = london_time(starts) if starts else None
    return {
        "version": row.version, "minutes": row.minutes, "place": row.place, "link": row.link,
        "day": begins.date() if begins else None, "hour": begins.time() if begins else None,
    }  # fmt: skip


@page(Action.MEETING_PLAN, logs=Logs.CHILD, writes=True, tab="meetings", who=PLAN)
def off(request: HttpRequest, actor: Actor, meeting: uuid.UUID) -> Answer | HttpResponse:
    """Call a meeting off, or say that it was recorded in error."""
    row = queries.meeting(actor, meeting, Action.MEETING_PLAN)
    ways = _ways(actor, row)
    back = reverse("meetings:show", args=[row.ref])
    verbs = {"off": changing.cancel_meeting, "error": changing.mark_meeting_in_error}
    form = converse(
        request, actor, lambda **given: forms.OffForm(ways=ways, **given),
        act=lambda given: verbs[given["why"]](
            actor=actor, meeting=row, version=given["version"], reason=given["reason"]
        ),
        then=lambda _row: back,
        said=_("Done. The history keeps the meeting."),
        initial={"version": row.version, "why": ways[0][0]},
        fresh=lambda: {"version": queries.meeting(actor, meeting).version},
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "meeting": row, "pupil": row.pupil, "heading": ways[0][1],
            "when": shown.when(row), "main": words.begins(ways[0][1])}  # fmt: skip
    return Answer("meetings/step.html", show, **shown.seen(row))


def _ways(actor: Actor, row: Any) -> list[tuple[str, str]]:
    ways = [("off", _("Call it off"))]
    if may(actor, Action.RECORD_INVALIDATE, row):
        ways.append(("error", _("It was recorded in error")))
    return ways if allows(row.state, Verb.CANCEL) else ways[::-1]
