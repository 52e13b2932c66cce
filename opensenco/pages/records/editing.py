"""One result, one entry of the behaviour log or one span of attendance: added or corrected."""

import uuid
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import Draftable, converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.refs import short
from opensenco.pages.records import forms, show
from opensenco.people import queries as people
from opensenco.support.operations import records
from opensenco.support.queries import records as queries
from opensenco.support.queries.nameable import nameable

CO_ORDINATORS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 403, "ta": 403,
                 "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip
WITH_ADMIN = {**CO_ORDINATORS, "admin": 200}
WITHOUT_ADMIN = {**CO_ORDINATORS, "admin": 403}


@page(Action.RECORDS_EDIT, logs=Logs.CHILD, writes=True, tab="register", who=WITH_ADMIN)
def add_result(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Add one result."""
    row = people.pupil(actor, pupil, Action.RECORDS_EDIT)
    back = reverse("records:show", args=[row.ref])
    papers = {short(one.ref): (one, words) for one, words in nameable(actor, row)}
    form = converse(
        request,
        actor,
        lambda **given: forms.ResultForm(papers=_titles(papers), **given),
        act=lambda given: records.record_results(
            actor=actor,
            pupils=[row],
            results=[_result(given)],
            by_hand=True,
            paper=papers.get(given.get("paper", ""), (None, ""))[0],
        ),
        then=lambda _rows: f"{back}?span=all#results",
        said=_("The result has been added."),
    )
    if isinstance(form, HttpResponse):
        return form
    shown = show.task(form, _("Add a result"), _("Add this result"), row)
    return Answer("records/form.html", shown, opened=[row])


@page(Action.RECORDS_EDIT, logs=Logs.CHILD, writes=True, tab="register", who=WITH_ADMIN)
def correct_result(
    request: HttpRequest, actor: Actor, assessment_result: uuid.UUID
) -> Answer | HttpResponse:
    """Correct one result."""
    row = queries.result(actor, assessment_result)
    papers = {short(one.ref): (one, words) for one, words in nameable(actor, row.pupil)}
    form = converse(
        request,
        actor,
        lambda **given: forms.CorrectResultForm(
            measure=row.measure,
            papers=_titles(papers),
            **given,
        ),
        act=lambda given: records.correct_results(
            actor=actor,
            rows=[row],
            values=[_value(given)],
            version=given["version"],
            by_hand=True,
            paper=papers.get(given.get("paper", ""), (None, ""))[0],
        ),
        then=lambda _rows: reverse("records:show", args=[row.pupil.ref]) + "?span=all#results",
        said=_("The result has been corrected."),
        initial=show.result_values(row),
        fresh=lambda: show.result_values(queries.result(actor, assessment_result)),
    )
    if isinstance(form, HttpResponse):
        return form
    wrong = show.wrong(actor, row, "records:result_in_error")
    shown = show.task(form, _("Correct a result"), _("Save this result"), row.pupil,
                      about=show.result_facts(row), **wrong)  # fmt: skip
    return Answer("records/form.html", shown, opened=[row.pupil])


@page(Action.BEHAVIOUR_EDIT, logs=Logs.CHILD, writes=True, tab="register", who=WITHOUT_ADMIN)
def add_incident(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Add one entry to the behaviour log."""
    row = people.pupil(actor, pupil, Action.BEHAVIOUR_EDIT)
    back = reverse("records:show", args=[row.ref])
    form = converse(
        request,
        actor,
        forms.IncidentForm,
        act=lambda given: records.record_incidents(
            actor=actor, pupils=[row], incidents=[given], by_hand=True
        ),
        then=lambda _rows: f"{back}?span=all#behaviour",
        said=_("The entry has been added."),
        draft=Draftable("incident", row.ref, leave_to=back),
    )
    if isinstance(form, HttpResponse):
        return form
    shown = show.task(form, _("Add an incident"), _("Add this entry"), row,
                      draft=("incident", row.ref))  # fmt: skip
    return Answer("records/form.html", shown, opened=[row])


@page(Action.BEHAVIOUR_EDIT, logs=Logs.CHILD, writes=True, tab="register", who=WITHOUT_ADMIN)
def correct_incident(
    request: HttpRequest, actor: Actor, incident: uuid.UUID
) -> Answer | HttpResponse:
    """Correct one entry of the behaviour log."""
    row = queries.incident(actor, incident)
    form = converse(
        request,
        actor,
        forms.CorrectIncidentForm,
        act=lambda given: records.correct_incidents(
            actor=actor, rows=[row], values=[_named(given, forms.IncidentWords)],
            version=given["version"], by_hand=True,
        ),
        then=lambda _rows: reverse("records:show", args=[row.pupil.ref]) + "?span=all#behaviour",
        said=_("The entry has been corrected."),
        initial=show.values(row, forms.CorrectIncidentForm),
        fresh=lambda: show.values(queries.incident(actor, incident), forms.CorrectIncidentForm),
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    wrong = show.wrong(actor, row, "records:incident_in_error")
    shown = show.task(form, _("Correct an entry"), _("Save this entry"), row.pupil,
                      about=show.incident_facts(row), **wrong)  # fmt: skip
    return Answer("records/form.html", shown, opened=[row.pupil])


@page(Action.RECORDS_EDIT, logs=Logs.CHILD, writes=True, tab="register", who=WITH_ADMIN)
def correct_attendance(
    request: HttpRequest, actor: Actor, attendance: uuid.UUID
) -> Answer | HttpResponse:
    """Correct the figures of one span of attendance."""
    row = queries.attendance(actor, attendance)
    kind = forms.PercentForm if row.possible is None else forms.SessionsForm
    form = converse(
        request,
        actor,
        kind,
        act=lambda given: records.correct_attendance(
            actor=actor, rows=[row], values=[_figures(given)], version=given["version"],
            by_hand=True,
        ),
        then=lambda _rows: reverse("records:show", args=[row.pupil.ref]) + "?span=all#attendance",
        said=_("The attendance has been corrected."),
        initial=show.values(row, kind),
        fresh=lambda: show.values(queries.attendance(actor, attendance), kind),
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    wrong = show.wrong(actor, row, "records:attendance_in_error")
    shown = show.task(form, _("Correct attendance"), _("Save these figures"), row.pupil,
                      about=show.attendance_facts(row), **wrong)  # fmt: skip
    return Answer("records/form.html", shown, opened=[row.pupil])


def _titles(papers: dict[str, tuple[Any, str]]) -> list[tuple[str, str]]:
    return [(ref, words) for ref, (_one, words) in papers.items()]


def _value(given: dict[str, Any]) -> dict[str, Any]:
    number = given["value"]["number"]
    return {
        "number": Decimal(number) if number is not None else None,
        "words": given["value"]["words"],
        "assessed_by": given["assessed_by"],
    }


def _result(given: dict[str, Any]) -> dict[str, Any]:
    return {**{name: given[name] for name in ("test", "area", "on", "measure")}, **_value(given)}


def _figures(given: dict[str, Any]) -> dict[str, Any]:
    figures = {name: value for name, value in given.items() if name != "version"}
    if "percent" in figures:
        figures["percent"] = Decimal(figures["percent"])
    return figures


def _named(given: dict[str, Any], form: Any) -> dict[str, Any]:
    return {name: given[name] for name in form.base_fields}
