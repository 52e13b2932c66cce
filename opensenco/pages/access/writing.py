"""Recording what is changed for disabled pupils, what was decided, and when a plan was approved."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.beside import guided
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import Draftable, converse
from opensenco.gate.page import Logs, page
from opensenco.pages.access import forms
from opensenco.pages.access.views import PLANNERS, READERS
from opensenco.people import queries as people
from opensenco.support.operations import access as verbs
from opensenco.support.queries import access as queries
from opensenco.support.states import AccessAim, Decided

WRITERS = {**READERS, "governor": 403}


@page(Action.REPORT_WRITE, logs=Logs.NOTHING, writes=True, tab="school", who=WRITERS)
@guided("adjustment", several=True)
def add(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Record what is changed for everybody or for a group, or was refused."""
    org = people.place(actor)
    back = reverse("access:list")
    form = converse(
        request,
        actor,
        forms.DecisionForm,
        act=lambda given: verbs.record_access(
            actor=actor, org=org, for_whom=given.pop("for_whom"), group=given.pop("group"),
            given=given,
        ),
        then=lambda _row: back,
        said=_("It stands in the register."),
        draft=Draftable("access", org.ref, leave_to=back),
        initial=_starting(actor, request.GET.get("aim", ""))
        | {"for_whom": "all", "in_plan": "plan" in request.GET},
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    return _answer(form, _("An adjustment, or a step for access"), _("Keep it"), back)


@page(Action.PLAN_WRITE, logs=Logs.CHILD, writes=True, tab="register", who=PLANNERS)
@guided("adjustment")
def add_of_pupil(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Record what was decided for one pupil, also a refusal, with the reason."""
    row = people.pupil(actor, pupil, Action.PLAN_WRITE)
    about = _about(actor, request, row)
    back = reverse("plans:beside", args=[row.ref])
    start = _starting(actor, "")
    if about is not None:
        start |= {"barrier": about.barrier, "words": about.words, "starts": about.starts,
                  "who": about.who}  # fmt: skip
    form = converse(
        request,
        actor,
        forms.PupilDecisionForm,
        act=lambda given: verbs.record_access_of_pupil(
            actor=actor, pupil=row, adjustment=about, given=given
        ),
        then=lambda _row: back,
        said=_("The decision is kept, with its reason."),
        initial=start,
    )
    if isinstance(form, HttpResponse):
        return form
    return _answer(form, _("What was decided about an adjustment"), _("Keep it"), back, row)


@page(Action.REPORT_WRITE, logs=Logs.LIST, writes=True, tab="school", who=WRITERS)
@guided("adjustment", several=True)
def change(
    request: HttpRequest, actor: Actor, access_decision: uuid.UUID
) -> Answer | HttpResponse:  # fmt: skip
    """Change a decision, or decide what was open."""
    row = queries.decision(actor, access_decision)
    return _through(
        request, actor, row,
        forms.ChangeForm if row.pupil is None else forms.ChangePupilForm,
        lambda given: verbs.change_access(
            actor=actor, decision=row, version=given.pop("version"), given=given
        ),
        (_("A decision on access"), _("Save this decision"), _("The decision is changed.")),
        verbs.FIELDS,
    )  # fmt: skip


@page(Action.REPORT_WRITE, logs=Logs.LIST, writes=True, tab="school", who=WRITERS)
def helped(
    request: HttpRequest, actor: Actor, access_decision: uuid.UUID
) -> Answer | HttpResponse:  # fmt: skip
    """Say whether a change helps, and end it where it is over."""
    row = queries.decision(actor, access_decision)
    return _through(
        request, actor, row, forms.HelpedForm,
        lambda given: verbs.say_whether_access_helps(actor=actor, decision=row, **given),
        (_("Does it help?"), _("Keep this"), _("What you said is kept.")),
        ("helped", "helped_words", "ended_on", "ended_reason"),
    )  # fmt: skip


@page(Action.REPORT_WRITE, logs=Logs.LIST, writes=True, tab="school", who=WRITERS)
def in_error(
    request: HttpRequest, actor: Actor, access_decision: uuid.UUID
) -> Answer | HttpResponse:  # fmt: skip
    """Mark a decision as recorded in error."""
    row = queries.decision(actor, access_decision)
    return _through(
        request, actor, row, forms.ErrorForm,
        lambda given: verbs.access_in_error(actor=actor, decision=row, **given),
        (_("This was recorded in error"), _("Mark it so"),
         _("Marked as recorded in error. The history keeps it.")),
        (),
    )  # fmt: skip


@page(Action.REPORT_WRITE, logs=Logs.NOTHING, writes=True, tab="school", who=WRITERS)
def approved(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Record that the accessibility plan was approved or reviewed."""
    org = people.place(actor)
    back = reverse("access:plan")
    form = converse(
        request,
        actor,
        forms.ApprovedForm,
        act=lambda given: verbs.record_plan_approval(actor=actor, org=org, **given),
        then=lambda _row: back,
        said=_("Kept. Three years run from that day."),
        initial={"approved_on": actor.today},
    )
    if isinstance(form, HttpResponse):
        return form
    return _answer(form, _("The accessibility plan was approved"), _("Keep this day"), back)


@page(Action.REPORT_WRITE, logs=Logs.NOTHING, writes=True, tab="school", who=WRITERS)
def approval_in_error(
    request: HttpRequest, actor: Actor, access_plan_approval: uuid.UUID
) -> Answer | HttpResponse:
    """Mark the day of an approval as recorded in error."""
    row = queries.approval(actor, access_plan_approval)
    back = reverse("access:plan")
    form = converse(
        request,
        actor,
        forms.ErrorForm,
        act=lambda given: verbs.approval_in_error(actor=actor, approval=row, **given),
        then=lambda _row: back,
        said=_("Marked as recorded in error. The history keeps it."),
        initial={"version": row.version},
        fresh=lambda: {"version": queries.approval(actor, access_plan_approval).version},
    )
    if isinstance(form, HttpResponse):
        return form
    return _answer(form, _("This day was recorded in error"), _("Mark it so"), back)


def _through(
    request: HttpRequest, actor: Actor, row: Any, make: Callable[..., Any],
    act: Callable[[dict[str, Any]], Any], words: tuple[str, str, str], names: tuple[str, ...],
) -> Answer | HttpResponse:  # fmt: skip
    """Lead through one form about a decision: heading, button and what is said after."""
    heading, main, said = words
    back = reverse("access:list")

    def held(one: Any) -> dict[str, Any]:
        return {name: getattr(one, name) for name in ("version", *names)}

    form = converse(
        request, actor, make, act=act, then=lambda _row: back, said=said, initial=held(row),
        fresh=lambda: held(queries.decision(actor, row.ref)),
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    return _answer(form, heading, main, back, row.pupil, row)


def _answer(
    form: Any, heading: str, main: str, back: str, pupil: Any = None, row: Any = None
) -> Answer:
    shown = {"form": form, "heading": heading, "main": main, "back": back, "pupil": pupil,
             "row": row}  # fmt: skip
    listed = Listed(1, "access decision") if row is not None else None
    return Answer("access/form.html", shown, opened=[pupil] if pupil else [], listed=listed)


def _about(actor: Actor, request: HttpRequest, pupil: Any) -> Any:
    """Give the adjustment that the address names, where it is this pupil's."""
    try:
        ref = uuid.UUID(request.GET.get("adjustment", ""))
    except ValueError:
        return None
    row = queries.adjustment_of(actor, ref)
    return row if row.pupil_id == pupil.pk else None


def _starting(actor: Actor, aim: str) -> dict[str, Any]:
    known = aim if aim in AccessAim.values else ""
    return {"aim": known, "decided": Decided.AGREED.value, "decided_on": actor.today}
