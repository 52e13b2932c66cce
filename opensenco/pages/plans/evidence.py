"""What shows how far one outcome has come: pointed to, and taken away again."""

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.refs import RefConverter, short
from opensenco.pages.plans import tasks
from opensenco.pages.plans.views import REVIEWERS
from opensenco.provision.queries import showing
from opensenco.support import queries
from opensenco.support.operations import evidence
from opensenco.support.queries import records
from opensenco.support.queries.nameable import Nameable, nameable
from opensenco.support.queries.sources import Text, sources_in
from opensenco.ui.forms import Form, LongText

LONGEST_NOTE = 80


class EvidenceForm(Form):
    """What shows it, and what it shows."""

    source = forms.ChoiceField(
        label=gettext_lazy("What shows it?"),
        help_text=gettext_lazy("Of this pupil’s record, the newest first in each part."),
    )
    words = LongText(label=gettext_lazy("What does it show?"), max_length=evidence.LONGEST, rows=2)

    def __init__(self, *args: Any, parts: list[tuple[str, Nameable]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["source"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        lines = [(short(row.ref), f"{name}: {said}") for name, rows in parts for row, said in rows]
        field.choices = [("", _("Choose one")), *lines]


@page(Action.REVIEW_WRITE, logs=Logs.CHILD, writes=True, tab="register", who=REVIEWERS)
def of_outcome(request: HttpRequest, actor: Actor, outcome: uuid.UUID) -> Answer | HttpResponse:
    """Show what shows how far an outcome has come, and point to more."""
    row = queries.outcome(actor, outcome, Action.REVIEW_WRITE)
    here = reverse("plans:evidence", args=[row.ref])
    if request.method == "POST" and "remove" in request.POST:
        ref = _ref(request.POST["remove"])
        tasks.try_to(
            request,
            lambda: evidence.take_evidence_away(actor=actor, outcome=row, source=ref),
        )
        return HttpResponseRedirect(here)
    parts = _parts(actor, row.pupil)
    known = {short(one.ref): one for _name, rows in parts for one, _said in rows}
    form = converse(
        request,
        actor,
        lambda **given: EvidenceForm(parts=parts, **given),
        act=lambda given: evidence.point_to(
            actor=actor, outcome=row, words=given["words"], source=known[given["source"]]
        ),
        then=lambda _made: here,
        said=_("Kept. It stands beside the outcome, at its review and on paper."),
    )
    if isinstance(form, HttpResponse):
        return form
    shown = sources_in(actor, [Text("evidence", row, "text", "", row.text)]).shows(row)
    show = {"form": form, "outcome": row, "pupil": row.pupil, "shown": shown}
    return Answer("plans/evidence.html", show, opened=[row.pupil])


def _parts(actor: Actor, pupil: Any) -> list[tuple[str, Nameable]]:
    """Give what can show something, part by part of the record."""
    found: list[tuple[str, Nameable]] = [
        (_("Result"), [(one, records.named(one)) for one in records.to_name(actor, pupil)]),
        (_("Session"), [(one, _noted(one)) for one in showing.sessions_to_name(actor, pupil)]),
        (_("Work"), [(one, showing.work_named(one)) for one in showing.work_to_name(actor, pupil)]),
        (_("Record"), nameable(actor, pupil)),
    ]  # fmt: skip
    return [(name, rows) for name, rows in found if rows]


def _noted(row: Any) -> str:
    note = " ".join(row.note.split())
    return f"{showing.session_named(row)}: {note[:LONGEST_NOTE]}"


def _ref(text: str) -> uuid.UUID:
    try:
        found: uuid.UUID = RefConverter().to_python(text)
    except ValueError:
        return uuid.UUID(int=0)
    return found
