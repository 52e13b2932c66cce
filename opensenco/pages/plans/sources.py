"""Where the sentences of a plan or profile came from: named, and taken away."""

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import statements
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotFound
from opensenco.kernel.refs import RefConverter, short
from opensenco.pages.plans import tasks
from opensenco.pages.plans.pupil import PROFILE_WRITERS
from opensenco.pages.plans.views import WRITERS
from opensenco.people import queries as people
from opensenco.support import queries
from opensenco.support.operations import sources
from opensenco.support.queries.nameable import Nameable, nameable
from opensenco.support.queries.sources import (
    Text,
    sources_in,
    taken_away,
    texts_of,
    texts_of_profile,
)
from opensenco.ui.forms import Form, GovDateField, Words
from opensenco.ui.own_words import plan_and_cycle

LONGEST_SHOWN = 140


class SourceForm(Form):
    """A sentence, and the paper, the answers or the person that it came from."""

    quote = forms.ChoiceField(label=gettext_lazy("Which sentence?"))
    document = forms.ChoiceField(
        label=gettext_lazy("Which paper, answers or observation?"), required=False
    )
    said_by = Words(
        label=gettext_lazy("Or who said it?"),
        help_text=gettext_lazy("For example: Leila Hassan, mother. Or: class teacher."),
        max_length=statements.LONGEST_WHO,
        required=False,
    )
    said_on = GovDateField(label=gettext_lazy("When did they say it?"), required=False)

    def __init__(self, *args: Any, texts: list[Text], papers: Nameable, **options: Any) -> None:
        """Take the texts, and the papers and answers that can be named."""
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
        self._choices("document", [(short(row.ref), words) for row, words in papers])

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
    return _page(
        request, actor, row.pupil,
        Sourced(
            lambda: texts_of(queries.plan_of(actor, row), empty=True),
            partial(sources.name_source, actor=actor, cycle=row),
            partial(sources.remove_source, actor=actor, cycle=row),
            reverse("plans:sources", args=[row.ref]),
            reverse("plans:plan", args=[row.ref]),
            plan_and_cycle(row.pupil.org, row.number),
        ),
    )  # fmt: skip


@page(Action.PROFILE_EDIT, logs=Logs.CHILD, writes=True, tab="register", who=PROFILE_WRITERS)
def of_profile(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Say where a sentence of the one-page profile came from, or take that away."""
    row = people.pupil(actor, pupil, Action.PROFILE_EDIT)
    return _page(
        request, actor, row,
        Sourced(
            lambda: texts_of_profile(queries.profile_of(actor, row), empty=True),
            partial(sources.name_profile_source, actor=actor, pupil=row),
            partial(sources.remove_profile_source, actor=actor, pupil=row),
            reverse("plans:profile_sources", args=[row.ref]),
            reverse("plans:profile", args=[row.ref]),
            _("Profile"),
        ),
    )  # fmt: skip


@dataclass(frozen=True)
class Sourced:
    """What has sentences: its texts, how a source is named and taken away, and its pages.

    Args:
        here: the address of the page of sources. back: where the texts are read. name: of that.
    """

    texts: Callable[[], list[Text]]
    name_it: Callable[..., Any]
    remove: Callable[..., Any]
    here: str
    back: str
    name: str


def _page(request: HttpRequest, actor: Actor, pupil: Any, of: Sourced) -> Answer | HttpResponse:
    if request.method == "POST" and "remove" in request.POST:
        ref = _ref(request.POST["remove"])
        tasks.try_to(request, lambda: of.remove(source=ref))
        return HttpResponseRedirect(of.here)
    texts, papers = of.texts(), nameable(actor, pupil)
    made: list[SourceForm] = []

    def make(**given: Any) -> SourceForm:
        said = [one for one in texts if one.words]
        made.append(SourceForm(texts=said, papers=papers, **given))
        return made[-1]

    form = converse(
        request,
        actor,
        make,
        act=lambda given: of.name_it(**_said(made[-1], papers, given)),
        then=lambda _made: of.here,
        said=_("Kept. It stands beside the sentence."),
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "of": of, "pupil": pupil, "sources": sources_in(actor, texts),
            "gone": taken_away(actor, texts)}  # fmt: skip
    return Answer("plans/sources.html", show, opened=[pupil])


def _said(form: SourceForm, papers: Nameable, given: dict[str, Any]) -> dict[str, Any]:
    place, quote = form.sentences[given["quote"]]
    chosen = next((row for row, _words in papers if short(row.ref) == given["document"]), None)
    return {"place": place, "quote": quote, "document": chosen, "said_by": given["said_by"],
            "said_on": given["said_on"]}  # fmt: skip


def _ref(text: str) -> uuid.UUID:
    try:
        return RefConverter().to_python(text)
    except ValueError:
        raise NotFound from None


def _short(sentence: str) -> str:
    if len(sentence) <= LONGEST_SHOWN:
        return sentence
    return sentence[: LONGEST_SHOWN - 1] + "…"
