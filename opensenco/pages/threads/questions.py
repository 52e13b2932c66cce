"""Asking the SENCO, answering, and finding questions with their answers again."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.cases.beside import guided
from opensenco.concerns import safeguarding
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import Draftable, converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.refs import short
from opensenco.pages.threads.forms import (
    AnswerForm,
    AskAnythingForm,
    AskForm,
    ErrorForm,
    Offers,
)
from opensenco.pages.threads.talks import picks
from opensenco.people import queries as people
from opensenco.support import queries as support
from opensenco.support.queries import bank_offers as offers
from opensenco.threads import asked
from opensenco.threads.operations import asking
from opensenco.ui.listing import Listing

FOUND = "senco_questions"
#: strategies that are offered while a question waits
MEANWHILE = 3
STAFF = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 200,
         "ta": 200, "admin": 200, "dsl": 200, "governor": 403, "parent": 403}  # fmt: skip
#: the question about Idris is his teacher's
READERS = {**STAFF, "other_teacher": 403, "ta": 403, "admin": 403, "dsl": 403}
ANSWERS = {**READERS, "teacher": 403}


@page(Action.SENCO_ASK, logs=Logs.LIST, writes=True, who=STAFF)
def question_list(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show the questions that this person may read, what waits first; some words find them."""
    pupil = pupil_in(actor, request)
    if request.method == "POST":
        # A name that was looked for never stands in an address.
        request.session[FOUND] = request.POST.get("q", "").strip()[: asked.LONGEST]
        about = f"&pupil={pupil.ref}" if pupil else ""
        return HttpResponseRedirect(f"{reverse('threads:questions')}?found=1{about}")
    words = request.session.get(FOUND, "") if "found" in request.GET else ""
    rows = asked.questions(actor, words, pupil)
    listing = Listing(request.GET, (), rows.count(), size=asked.PAGE)
    show = {"rows": list(rows[listing.start : listing.stop]), "words": words, "pupil": pupil,
            "listing": listing, "answers": actor.can_somewhere(Action.SENCO_ANSWER),
            "asks": len(actor.hat.orgs) == 1, "picks": picks(actor, "questions")}  # fmt: skip
    listed = Listed(listing.total, words, search=bool(words))
    return Answer("threads/questions.html", show, listed=listed)


@page(Action.SENCO_ASK, logs=Logs.LIST, writes=True, who=STAFF)
@guided("message", several=True)
def ask(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Ask in general, or about one of one's own pupils."""
    place = people.place(actor)
    own = {str(one.ref): one for one in people.pupils_taught(actor)}

    def act(given: dict[str, Any]) -> Any:
        about = own.get(given["about"])
        if about is None:
            return asking.ask_in_general(actor=actor, org=place, words=given["words"])
        row = people.pupil(actor, about.ref, Action.SENCO_ASK)
        return asking.ask_about_pupil(actor=actor, pupil=row, words=given["words"])

    form = converse(
        request,
        actor,
        lambda **given: AskAnythingForm(
            pupils=[(ref, one.register_name) for ref, one in own.items()], **given
        ),
        act=act,
        then=_page_of,
        said=_("Your question is sent. You will be told when it is answered."),
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "pupil": None, "word": place.senco_word}
    return Answer("threads/ask.html", show, listed=Listed(len(own)))


@page(Action.SENCO_ASK, logs=Logs.CHILD, writes=True, who=STAFF)
@guided("message")
def ask_about(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Ask about a pupil: whom it is about stands, one writes the words."""
    row = people.pupil(actor, pupil, Action.SENCO_ASK)
    people.attach_classes([row], actor.today)
    form = converse(
        request,
        actor,
        AskForm,
        act=lambda given: asking.ask_about_pupil(actor=actor, pupil=row, **given),
        then=_page_of,
        said=_("Your question is sent. You will be told when it is answered."),
        draft=Draftable("senco-question", row.ref),
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "pupil": row, "word": row.org.senco_word,
            "own_words": safeguarding.words_of_the_school(row.org)}  # fmt: skip
    return Answer("threads/ask.html", show, opened=[row])


@page(Action.SENCO_ASK, logs=Logs.LIST, who=READERS)
@guided("message")
def show(request: HttpRequest, actor: Actor, senco_question: uuid.UUID) -> Answer:
    """Show a question with its answer."""
    row = asked.question(actor, senco_question)
    mine = row.asked_by_id == actor.person.pk
    bank = [] if row.in_error else offers.offered(actor)
    by_words = {one.text: one for one in bank}
    uses = row.pupil is not None and may(actor, Action.PROFILE_EDIT, row.pupil)
    waited = _fitting(actor, row, bank)[:MEANWHILE] if mine and not row.answer else []
    return _about(row, "threads/question.html", {
        "may_answer": not row.in_error and may(actor, Action.SENCO_ANSWER, row),
        "may_mark": not row.in_error and may(actor, Action.RECORD_INVALIDATE, row),
        "named": [(words, by_words.get(words)) for words in row.strategies],
        "meanwhile": [(one.text, one) for one in waited],
        "uses": uses, "now": support.strategies_of(actor, row.pupil) if uses else [],
    })  # fmt: skip


@page(Action.SENCO_ANSWER, logs=Logs.LIST, writes=True, who=ANSWERS)
def answer(request: HttpRequest, actor: Actor, senco_question: uuid.UUID) -> Answer | HttpResponse:
    """Answer a question; who asked is told. A general answer can be shared with all staff."""
    row = asked.question(actor, senco_question, Action.SENCO_ANSWER)

    bank = _offers(actor, row)
    form = converse(
        request,
        actor,
        lambda **given: AnswerForm(offers=bank, general=row.pupil_id is None, **given),
        act=lambda given: asking.answer_question(actor=actor, question=row, **given),
        then=_page_of,
        said=_("Answered."),
        draft=Draftable("senco-answer", row.ref),
        initial=_held(row) | {"fitting": bank.named},
        fresh=lambda: _held(asked.question(actor, senco_question, Action.SENCO_ANSWER)),
    )
    if isinstance(form, HttpResponse):
        return form
    return _about(row, "threads/answer.html", {
        "form": form, "heading": _("Answer a question"), "main": _("Send this answer"),
        "draft": "senco-answer",
    })  # fmt: skip


@page(Action.SENCO_ANSWER, logs=Logs.LIST, writes=True, who=ANSWERS)
def in_error(
    request: HttpRequest, actor: Actor, senco_question: uuid.UUID
) -> Answer | HttpResponse:
    """Mark a question as made in error, with a reason."""
    row = asked.question(actor, senco_question, Action.RECORD_INVALIDATE)
    form = converse(
        request,
        actor,
        ErrorForm,
        act=lambda given: asking.mark_question_in_error(actor=actor, question=row, **given),
        then=_page_of,
        said=_("Marked as made in error. The history keeps it."),
        initial={"version": row.version},
    )
    if isinstance(form, HttpResponse):
        return form
    return _about(row, "threads/answer.html", {
        "form": form, "heading": _("This question was asked in error"), "main": _("Mark it so"),
        "draft": "",
    })  # fmt: skip


def _about(row: Any, template: str, given: dict[str, Any]) -> Answer:
    """Give a page about one question: logged as a look at its pupil, or as one at no child."""
    show = {"question": row, **given}
    if row.pupil is None:
        return Answer(template, show, listed=Listed(1))
    return Answer(template, show, opened=[row.pupil], listed=Listed(1))


def pupil_in(actor: Actor, request: HttpRequest) -> Any:
    """Give the pupil whose questions alone are asked for, where the address names one."""
    given = request.GET.get("pupil", "")
    try:
        ref = uuid.UUID(given)
    except ValueError:
        return None
    return people.pupil(actor, ref, Action.SENCO_ASK)


def _fitting(actor: Actor, row: Any, bank: list[Any]) -> list[Any]:
    needs = support.needs_of(actor, row.pupil) if row.pupil else []
    return offers.fitting(bank, row.words, [one.code for one in needs])


def _offers(actor: Actor, row: Any) -> Offers:
    """Give what can be named: what fits the question or was named before, then all others."""
    bank = offers.offered(actor)
    first = _fitting(actor, row, bank)
    first += [one for one in bank if one.text in row.strategies and one not in first]
    keys = {one.text: short(one.ref) for one in first}
    # what the bank says otherwise by now stays in the answer as it was said
    keys |= {words: f"said-{place}" for place, words in enumerate(row.strategies)
             if words not in keys}  # fmt: skip
    others = [(short(one.ref), one.text) for one in bank if one.text not in keys]
    named = [keys[words] for words in row.strategies]
    return Offers([(key, words) for words, key in keys.items()], others, named)


def _held(row: Any) -> dict[str, Any]:
    return {"version": row.version, "answer": row.answer, "shared": row.shared}


def _page_of(made: Any) -> str:
    return reverse("threads:question", args=[made.ref])
