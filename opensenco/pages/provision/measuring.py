"""Measuring whether it helps: what is measured, one point, putting it right, the aim."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.beside import guided
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.dates import say
from opensenco.pages.provision import course, show
from opensenco.pages.provision.lists import GIVERS
from opensenco.pages.provision.logging import LOGGERS
from opensenco.pages.provision.point_forms import (
    AimForm,
    CorrectPointForm,
    PointForm,
    ScaleForm,
    UnmeasuredForm,
    UsualForm,
)
from opensenco.provision import queries
from opensenco.provision.in_words import in_words
from opensenco.provision.operations import exits, measuring
from opensenco.provision.operations import usual as verbs
from opensenco.provision.progress import plain
from opensenco.provision.queries import points


@page(Action.PROVISION_ALLOCATE, logs=Logs.NOTHING, writes=True, tab="provision", who=GIVERS)
def scale(request: HttpRequest, actor: Actor, provision: uuid.UUID) -> Answer | HttpResponse:
    """Say what is measured of a provision."""
    row = queries.provision(actor, provision, Action.PROVISION_ALLOCATE)
    back = reverse("provision:show", args=[row.ref])
    form = converse(
        request,
        actor,
        ScaleForm,
        act=lambda given: measuring.set_scale(actor=actor, provision=row, **given),
        then=lambda _row: back,
        said=_("From now on this is measured. Pupils measured before keep what they began with."),
        initial=_of_scale(points.scale_for(row), row),
    )
    if isinstance(form, HttpResponse):
        return form
    heading = _("What is measured: %(name)s") % {"name": row.name}
    shown = {"form": form, "heading": heading, "main": _("Measure this"), "back": back}
    return Answer("provision/form.html", shown)


def _of_scale(now: Any, provision: Any) -> dict[str, Any]:
    if now is None:
        return {"name": provision.entry_measure[:120], "lowest": "0"}
    return {
        "name": now.name, "lowest": plain(now.lowest), "highest": plain(now.highest),
        "less_is_better": now.less_is_better,
    }  # fmt: skip


@page(Action.PROVISION_ALLOCATE, logs=Logs.NOTHING, writes=True, tab="provision", who=GIVERS)
def usual(request: HttpRequest, actor: Actor, provision: uuid.UUID) -> Answer | HttpResponse:
    """Say what progress is usual for what is measured of a provision."""
    row = queries.provision(actor, provision, Action.PROVISION_ALLOCATE)
    back = reverse("provision:show", args=[row.ref])
    now = points.scale_for(row)
    said = points.usual_for([now]).get(now.pk) if now else None
    form = converse(
        request,
        actor,
        UsualForm,
        act=lambda given: verbs.set_usual(actor=actor, provision=row, **given),
        then=lambda _row: back,
        said=_("From now on progress is set beside this. What was said before stays."),
        initial=_of_usual(said),
    )
    if isinstance(form, HttpResponse):
        return form
    heading = _("What is usual: %(name)s") % {"name": row.name}
    main = _("Set progress beside this")
    shown = {"form": form, "heading": heading, "main": main, "back": back, "under": _range(now)}
    return Answer("provision/form.html", shown)


def _of_usual(said: Any) -> dict[str, Any]:
    if said is None:
        return {}
    return {
        "kind": said.kind, "source": said.source,
        **{part: plain(value) for part in ("gain", "error")
           if (value := getattr(said, part)) is not None},
    }  # fmt: skip


@page(Action.SESSION_LOG, logs=Logs.CHILD, writes=True, tab="provision", who=LOGGERS)
@guided("effect")
def measure(request: HttpRequest, actor: Actor, allocation: uuid.UUID) -> Answer | HttpResponse:
    """Write down what a pupil reached."""
    row = queries.allocation(actor, allocation, Action.SESSION_LOG)
    back = reverse("provision:allocation", args=[row.ref])
    now = points.scale_of(row)
    form = converse(
        request,
        actor,
        lambda **given: PointForm(scale=now, **given),
        act=lambda given: measuring.record_point(actor=actor, allocation=row, **given),
        then=lambda _row: back,
        said=_("Written down."),
    )
    if isinstance(form, HttpResponse):
        return form
    shown = show.task(form, row, _("Where is the pupil now?"), _("Write it down"), back)
    exit_due = course.exit_due(actor, row)
    more = {"under": _range(now), "exit_due": exit_due}
    return Answer("provision/form.html", {**shown, **more}, opened=[row.pupil])


@page(Action.SESSION_LOG, logs=Logs.CHILD, writes=True, tab="provision", who=LOGGERS)
def unmeasured(request: HttpRequest, actor: Actor, allocation: uuid.UUID) -> Answer | HttpResponse:
    """Say why a pupil is not measured at the end."""
    row = queries.allocation(actor, allocation, Action.SESSION_LOG)
    back = reverse("provision:allocation", args=[row.ref])
    form = converse(
        request,
        actor,
        UnmeasuredForm,
        act=lambda given: exits.leave_unmeasured(actor=actor, allocation=row, **given),
        then=lambda _row: back,
        said=_("It is not asked for any more. The reason stands on the timeline."),
    )
    if isinstance(form, HttpResponse):
        return form
    heading = _("It cannot be measured at the end")
    shown = show.task(form, row, heading, _("Do not ask again"), back)
    return Answer("provision/form.html", shown, opened=[row.pupil])


@page(Action.SESSION_LOG, logs=Logs.CHILD, writes=True, tab="provision", who=LOGGERS)
def correct(request: HttpRequest, actor: Actor, point: uuid.UUID) -> Answer | HttpResponse:
    """Put right what was measured; the first row stays."""
    row = points.point(actor, point)
    back = reverse("provision:allocation", args=[row.allocation.ref])
    form = converse(
        request,
        actor,
        lambda **given: CorrectPointForm(scale=row.scale, **given),
        act=lambda given: measuring.correct_point(actor=actor, point=row, **given),
        then=lambda _row: back,
        said=_("Put right. The record keeps what was written before."),
        initial={
            "score": "" if row.score is None else plain(row.score),
            "source": row.source,
            "last": row.last,
        },
    )
    if isinstance(form, HttpResponse):
        return form
    heading = _("Put a measure right")
    shown = show.task(form, row.allocation, heading, _("Save what is different"), back)
    under = _("Measured on %(day)s, written down by %(who)s.") % {
        "day": say(row.on), "who": row.person.name,
    }  # fmt: skip
    return Answer("provision/form.html", {**shown, "under": under}, opened=[row.pupil])


@page(Action.SESSION_LOG, logs=Logs.CHILD, writes=True, tab="provision", who=LOGGERS)
def aim(request: HttpRequest, actor: Actor, allocation: uuid.UUID) -> Answer | HttpResponse:
    """Say what a pupil is to reach by when."""
    row = queries.allocation(actor, allocation, Action.SESSION_LOG)
    back = reverse("provision:allocation", args=[row.ref])
    now = points.scale_of(row)
    form = converse(
        request,
        actor,
        AimForm,
        act=lambda given: measuring.set_aim(actor=actor, allocation=row, **given),
        then=lambda _row: back,
        said=_("The aim is set. What was aimed at before stays on the record."),
        initial={"by": row.ends},
    )
    if isinstance(form, HttpResponse):
        return form
    shown = show.task(form, row, _("What is the pupil to reach?"), _("Set this aim"), back)
    return Answer("provision/form.html", {**shown, "under": _range(now)}, opened=[row.pupil])


def _range(now: Any) -> str:
    if now is None:
        return _(
            "Nobody has said yet what is measured here. The page of the provision asks for it."
        )
    return f"{now.name}, {in_words(now)}"
