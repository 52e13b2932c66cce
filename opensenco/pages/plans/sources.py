"""Where the sentences of a plan came from: named, and taken away."""

import hashlib
import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import statements
from opensenco.documents import queries as documents
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotFound
from opensenco.kernel.refs import RefConverter, short
from opensenco.pages.plans import tasks
from opensenco.pages.plans.views import WRITERS
from opensenco.support import queries
from opensenco.support.operations import sources
from opensenco.support.queries.sources import Text, sources_of, taken_away, texts_of
from opensenco.ui.forms import Form, GovDateField, Words

LONGEST_SHOWN = 140


class SourceForm(Form):
    """A sentence, and the paper or person that it came from."""

    quote = forms.ChoiceField(label=gettext_lazy("Which sentence?"))
    document = forms.ChoiceField(label=gettext_lazy("Which paper?"), required=False)
    said_by = Words(
        label=gettext_lazy("Or who said it?"),
        help_text=gettext_lazy("For example: Leila Hassan, mother. Or: class teacher."),
        max_length=statements.LONGEST_WHO,
        required=False,
    )
    said_on = GovDateField(label=gettext_lazy("When did they say it?"), required=False)

    def __init__(self, *args: Any, texts: list[Text], papers: list[Any], **options: Any) -> None:
        """Take the texts of the plan and the papers that can be named."""
        super().__init__(*args, **options)
        self.sentences = {
            mark_of(text.key, one): (text.key, one)
            for text in texts
            for one in statements.sentences(text.words)
        }
        headings = {text.key: text.heading for text in texts}
        self._choices(
            "quote",
            [
                (mark, f"{headings[key]}: {_short(one)}")
                for mark, (key, one) in self.sentences.items()
            ],
        )
        self._choices("document", [(short(one.ref), one.title) for one in papers])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [("", _("Choose one")), *choices]


def mark_of(key: str, sentence: str) -> str:
    """Give the mark of a sentence in a form: words that have changed since have another one."""
    return hashlib.sha256(f"{key} {sentence}".encode()).hexdigest()[:16]


@page(Action.PLAN_WRITE, logs=Logs.CHILD, writes=True, tab="register", who=WRITERS)
def of_plan(request: HttpRequest, actor: Actor, cycle: uuid.UUID) -> Answer | HttpResponse:
    """Say where a sentence of a plan came from, or take that away."""
    row = queries.cycle(actor, cycle, Action.PLAN_WRITE)
    here = reverse("plans:sources", args=[row.ref])
    if request.method == "POST" and "remove" in request.POST:
        ref = _ref(request.POST["remove"])
        tasks.try_to(request, lambda: sources.remove_source(actor=actor, cycle=row, source=ref))
        return HttpResponseRedirect(here)
    plan = queries.plan_of(actor, row)
    papers = _papers(actor, row.pupil)
    made: list[SourceForm] = []

    def make(**given: Any) -> SourceForm:
        made.append(SourceForm(texts=texts_of(plan), papers=papers, **given))
        return made[-1]

    form = converse(
        request,
        actor,
        make,
        act=lambda given: sources.name_source(
            actor=actor, cycle=row, **_said(made[-1], papers, given)
        ),
        then=lambda _made: here,
        said=_("Kept. It stands beside the sentence."),
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "cycle": row, "pupil": row.pupil, "sources": sources_of(actor, plan),
            "gone": taken_away(actor, plan)}  # fmt: skip
    return Answer("plans/sources.html", show, opened=[row.pupil])


def _said(form: SourceForm, papers: list[Any], given: dict[str, Any]) -> dict[str, Any]:
    place, quote = form.sentences[given["quote"]]
    chosen = next((one for one in papers if short(one.ref) == given["document"]), None)
    return {"place": place, "quote": quote, "document": chosen, "said_by": given["said_by"],
            "said_on": given["said_on"]}  # fmt: skip


def _papers(actor: Actor, pupil: Any) -> list[Any]:
    if not actor.can_somewhere(Action.DOCUMENT_VIEW):
        return []
    return list(documents.to_name(actor, pupil))


def _ref(text: str) -> uuid.UUID:
    try:
        return RefConverter().to_python(text)
    except ValueError:
        raise NotFound from None


def _short(sentence: str) -> str:
    if len(sentence) <= LONGEST_SHOWN:
        return sentence
    return sentence[: LONGEST_SHOWN - 1] + "…"
