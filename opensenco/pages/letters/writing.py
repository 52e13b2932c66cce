"""Letters are begun for pupils, filled in, looked through one by one, and sent."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.beside import guided
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.refs import short
from opensenco.letters import queries
from opensenco.letters.operations import mailings
from opensenco.letters.operations.sending import send_mailing
from opensenco.pages.letters import show as shown
from opensenco.pages.letters.forms import DropForm, FillForm, LetterForm, SendForm
from opensenco.pages.letters.views import MAILERS, WRITERS


@page(Action.LETTER_WRITE, logs=Logs.LIST, writes=True, tab="home", who=WRITERS)
@guided("letter", several=True)
def begin(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Choose a letter and whose families get it: by the register's filters, or one by one."""
    choice = shown.choice(actor, request.GET)
    form = converse(
        request,
        actor,
        choice.form,
        act=lambda given: mailings.begin_mailing(
            actor=actor, pupils=choice.chosen(given["pupils"]), form=given["form"],
            wording=queries.wording(actor, given["letter"]),
        ),
        then=lambda made: reverse("letters:words", args=[made.ref]),
        initial=choice.initial,
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    return Answer(
        "letters/begin.html",
        {"form": form, "choice": choice},
        listed=Listed(len(choice.pupils), "whom to write to"),
    )


@page(Action.LETTER_WRITE, logs=Logs.LIST, writes=True, tab="home", who=MAILERS)
def words(request: HttpRequest, actor: Actor, mailing: uuid.UUID) -> Answer | HttpResponse:
    """Fill in what the record does not hold, once for all of the letters."""
    row = queries.mailing(actor, mailing)
    letters = queries.letters_of(actor, row)
    wanted = queries.to_fill_in(row, letters)
    meeting, known = shown.planned(actor, row, letters)
    form = converse(
        request,
        actor,
        lambda **given: FillForm(wanted=wanted, **given),
        act=lambda given: mailings.fill_in(
            actor=actor, mailing=row, form=given["form"], version=given["version"],
            given={one.name: given[one.name] for one in wanted},
        ),
        then=lambda _made: reverse("letters:mailing", args=[row.ref]),
        initial={**known, **_stands(row)},
        fresh=lambda: _stands(queries.mailing(actor, mailing)),
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    tells = meeting if any(one.name in known for one in wanted) else None
    show = {"form": form, "row": row, "count": len(letters), "meeting": tells}
    return Answer("letters/words.html", show, listed=Listed(len(letters), "letters"))


@page(Action.LETTER_WRITE, logs=Logs.LIST, writes=True, tab="home", who=MAILERS)
def look(request: HttpRequest, actor: Actor, mailing: uuid.UUID) -> Answer | HttpResponse:
    """Look through the letters with what each lacks, and send them."""
    row = queries.mailing(actor, mailing)
    form = converse(
        request,
        actor,
        SendForm,
        act=lambda given: send_mailing(actor=actor, mailing=row, **given),
        then=lambda _made: reverse("letters:mailing", args=[row.ref]),
        said=_("Filed in each record, logged as a contact, and kept word for word."),
        initial={"how": "post", "on": actor.today, "version": row.version},
        fresh=lambda: {"version": queries.mailing(actor, mailing).version},
    )
    if isinstance(form, HttpResponse):
        return form
    found = shown.lines(actor, row)
    return Answer(
        "letters/mailing.html", {"form": form, "row": row, **found},
        listed=Listed(len(found["lines"]), "letters"),
    )  # fmt: skip


@page(Action.LETTER_WRITE, logs=Logs.NOTHING, writes=True, tab="home", who=MAILERS)
def drop(request: HttpRequest, actor: Actor, mailing: uuid.UUID) -> Answer | HttpResponse:
    """Drop letters that were begun."""
    row = queries.mailing(actor, mailing)
    form = converse(
        request,
        actor,
        DropForm,
        act=lambda given: mailings.drop_mailing(actor=actor, mailing=row, version=given["version"]),
        then=lambda _made: reverse("letters:start"),
        said=_("Dropped. Nothing was sent."),
        initial={"version": row.version},
        fresh=lambda: {"version": queries.mailing(actor, mailing).version},
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("letters/drop.html", {"form": form, "row": row})


@page(Action.LETTER_WRITE, logs=Logs.CHILD, writes=True, tab="home", who=MAILERS)
def one(request: HttpRequest, actor: Actor, mailing_letter: uuid.UUID) -> Answer | HttpResponse:
    """Show one letter as it will go, and change its words."""
    row = queries.letter(actor, mailing_letter)
    form = converse(
        request,
        actor,
        LetterForm,
        act=lambda given: mailings.write_letter(actor=actor, letter=row, **given),
        then=lambda _made: reverse("letters:mailing", args=[row.mailing.ref]),
        said=_("Kept."),
        initial=_letter(row),
        fresh=lambda: _letter(queries.letter(actor, mailing_letter)),
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "row": row, "pupil": row.pupil, "line": shown.line(row)}
    return Answer("letters/one.html", show, opened=[row.pupil], wanted=short(row.ref))


def _stands(row: Any) -> dict[str, Any]:
    return {**row.given, "form": row.form, "version": row.version}


def _letter(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("subject", "body", "left_out", "version")}
