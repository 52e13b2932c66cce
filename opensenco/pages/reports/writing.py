"""A report is begun and its parts are written, each on its own."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import Draftable, converse
from opensenco.gate.page import Logs, page
from opensenco.pages.reports import show as shown
from opensenco.pages.reports.forms import BeginForm, FiguresForm, PartForm, PointForm
from opensenco.pages.reports.views import WRITERS
from opensenco.reports import queries
from opensenco.reports.drawing import kind_of
from opensenco.reports.operations import writing


@page(Action.REPORT_WRITE, logs=Logs.NOTHING, writes=True, tab="school", who=WRITERS)
def begin(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Begin a report, with the words of the last edition."""
    form = converse(
        request,
        actor,
        lambda **given: BeginForm(
            kinds=shown.kind_choices(), schools=shown.school_choices(actor), **given
        ),
        act=lambda given: writing.begin_report(
            actor=actor, org=shown.school(actor, given.get("school", "")), kind=given["kind"],
            since=given["since"],
        ),
        then=lambda made: reverse("reports:show", args=[made.ref]),
        initial={
            "since": shown.first_day(actor), "kind": request.GET.get("kind", ""),
            "school": request.GET.get("school", ""),
        },
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    return Answer("reports/begin.html", {"form": form})


@page(Action.REPORT_WRITE, logs=Logs.NOTHING, writes=True, tab="school", who=WRITERS)
def part(request: HttpRequest, actor: Actor, report_part: uuid.UUID) -> Answer | HttpResponse:
    """Write one part, or say whether its figures stand in the report."""
    row = queries.part(actor, report_part)
    kind = kind_of(row.report.kind)
    about = kind.part(row.part)
    back = f"{reverse('reports:show', args=[row.report.ref])}#part-{row.part}"
    drawn = about is not None and about.drawn
    act = writing.show_figures if drawn else writing.write_part
    form = converse(
        request,
        actor,
        FiguresForm if drawn else PartForm,
        act=lambda given: act(actor=actor, report_part=row, **given),
        then=lambda _row: back if drawn else reverse("reports:show", args=[row.report.ref]),
        said=_("Saved."),
        initial=_stands(row),
        fresh=lambda: _stands(queries.part(actor, report_part)),
        draft=None if drawn else Draftable("report-part", row.ref, leave_to=back),
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "row": row, "part": about, "kind": kind, "drawn": drawn, "back": back,
            **shown.beside(actor, row)}  # fmt: skip
    return Answer("reports/part.html", show)


@page(Action.REPORT_WRITE, logs=Logs.NOTHING, writes=True, tab="school", who=WRITERS)
def point(request: HttpRequest, actor: Actor, report_point: uuid.UUID) -> Answer | HttpResponse:
    """Say where one point is answered, or why it is not."""
    row = queries.point(actor, report_point)
    back = f"{reverse('reports:show', args=[row.report.ref])}#points"
    form = converse(
        request,
        actor,
        lambda **given: PointForm(parts=shown.part_choices(row), **given),
        act=lambda given: writing.place_point(actor=actor, report_point=row, **given),
        then=lambda _row: back,
        said=_("Saved."),
        initial=_point(row),
        fresh=lambda: _point(queries.point(actor, report_point)),
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "row": row, "point": shown.point(row), "kind": kind_of(row.report.kind),
            "back": back}  # fmt: skip
    return Answer("reports/point.html", show)


def _stands(row: Any) -> dict[str, Any]:
    return {"words": row.words, "left_out": row.left_out, "version": row.version}


def _point(row: Any) -> dict[str, Any]:
    return {"part": row.part, "reason": row.reason, "version": row.version}
