"""Something is done for several pupils of the register, looked over by count before it is done."""

import uuid
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.exchange import out
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotPossible
from opensenco.kernel.refs import RefConverter, short
from opensenco.pages.register import show
from opensenco.pages.register.forms import AskManyForm, RemindManyForm
from opensenco.pages.register.own import own_of
from opensenco.participation.operations.asking_many import ask_about_many
from opensenco.participation.sets import of_key, offered
from opensenco.support.operations.having_read import remind_to_read
from opensenco.support.queries import several
from opensenco.support.queries.register import rows_of

CO_ORDINATORS = {"senco": 200, "head": 200, "phase_senco": 200, "admin": 403, "teacher": 403,
                 "other_teacher": 403, "ta": 403, "dsl": 403, "governor": 403, "parent": 403,
                 "outsider": 200, "shared_senco": 200, "family": 403, "authority": 403}  # fmt: skip
NOBODY = "nobody"
#: until when answers are asked for, at first
A_WEEK = timedelta(days=7)


@page(Action.ASK_SEND, logs=Logs.LIST, tab="register", who=CO_ORDINATORS)
def choose(request: HttpRequest, actor: Actor) -> Answer:
    """Choose pupils among those that the filters of the register leave, and what to do."""
    shown = show.register(actor, request.GET, as_file=True)
    rows = shown.found.rows[: several.MOST]
    ticked = request.GET.get("tick") != NOBODY
    other = QueryDict(mutable=True)
    other.update({k: v for k, v in show.asked_of(request.GET).items() if k != "tick"})
    if ticked:
        other["tick"] = NOBODY
    given = {
        "shown": shown,
        "lines": show.lines(shown.found, actor.today, shown.own)[: several.MOST],
        "refs": [short(row.pupil.ref) for row in rows],
        "ticked": ticked,
        "other": other.urlencode(),
        "letters": letters_of(request.GET),
        "more": max(0, shown.found.total - several.MOST),
    }
    return Answer("register/several.html", given, listed=Listed(len(rows), shown.wanted))


@page(Action.ASK_SEND, logs=Logs.LIST, writes=True, tab="register", who=CO_ORDINATORS)
def ask(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Ask whoever works with each chosen pupil the same questions, after a look at the count."""
    pupils = chosen_of(actor, request.GET)
    doable = several.to_ask(actor, pupils)
    lines = offered(actor, pupils[0].org) if pupils and _one_place(pupils) else []
    form = converse(
        request,
        actor,
        lambda **given: AskManyForm(lines=[(one.key, one.words.title) for one in lines], **given),
        act=lambda given: ask_about_many(
            actor=actor,
            pupils=doable.can,
            questions=(line := of_key(lines, given["questions"])).held or line.starter,
            due=given["due"],
        ),
        then=lambda _rows: reverse("register:list"),
        said=_asked(len(doable.can)),
        initial={"questions": lines[0].key if lines else "", "due": actor.today + A_WEEK},
    )
    if isinstance(form, HttpResponse):
        return form
    shown = shown_of(pupils, doable, form, _("Ask the adults who work with them"))
    main = ngettext("Ask about %(num)s pupil", "Ask about %(num)s pupils", len(doable.can))
    shown |= {"main": main % {"num": len(doable.can)}, "one_place": _one_place(pupils)}
    return Answer("register/several_check.html", shown, listed=listed(pupils, "ask"))


@page(Action.ASK_SEND, logs=Logs.LIST, writes=True, tab="register", who=CO_ORDINATORS)
def remind(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Remind the adults of each chosen pupil to read what helps, after a look at the count."""
    pupils = chosen_of(actor, request.GET)
    doable = several.to_remind(actor, pupils)
    form = converse(
        request,
        actor,
        RemindManyForm,
        act=lambda _given: _remind(actor, doable.can),
        then=lambda _told: reverse("plans:who_has_read"),
        said=_("The adults are reminded."),
    )
    if isinstance(form, HttpResponse):
        return form
    shown = shown_of(pupils, doable, form, _("Remind adults to read what helps"))
    words = ngettext(
        "Remind the adults of %(num)s pupil", "Remind the adults of %(num)s pupils",
        len(doable.can),
    )  # fmt: skip
    shown |= {"main": words % {"num": len(doable.can)}, "one_place": True}
    return Answer("register/several_check.html", shown, listed=listed(pupils, "remind"))


@page(Action.ASK_SEND, logs=Logs.LIST, tab="register", who=CO_ORDINATORS)
def file(request: HttpRequest, actor: Actor) -> Answer:
    """Give the rows of the chosen pupils as a file."""
    own = own_of(actor)
    rows = rows_of(actor, [pupil.ref for pupil in chosen_of(actor, request.GET)], own.columns)
    kind = out.asked(request.GET) or out.Kind.CSV
    table = show.table_of(rows, own, several=len(actor.hat.orgs) > 1)
    words = ngettext("%(num)s pupil chosen", "%(num)s pupils chosen", len(rows))
    chosen = words % {"num": len(rows)}
    return out.as_file(actor, kind, "sen-register", table, wanted="several", chosen=chosen)


def _remind(actor: Actor, pupils: list[Any]) -> list[Any]:
    if not pupils:
        raise NotPossible(_("There is nobody to remind. Choose other pupils."))
    return remind_to_read(actor=actor, pupils=pupils)


def letters_of(query: QueryDict) -> str:
    """Give where letters are begun for the families of those that the filters leave."""
    kept = QueryDict(mutable=True)
    for name in ("status", "group", "need"):
        if (value := query.get(name)) and value != "none":
            kept[name] = value
    address = reverse("letters:begin")
    return f"{address}?{kept.urlencode()}" if kept else address


def chosen_of(actor: Actor, query: QueryDict) -> list[Any]:
    """Give the pupils that an address chose."""
    return several.pupils_chosen(actor, _refs(query.getlist("pupil")))


def _refs(given: Iterable[str]) -> Iterable[uuid.UUID]:
    for text in given:
        try:
            yield RefConverter().to_python(text)
        except ValueError:
            continue


def _one_place(pupils: list[Any]) -> bool:
    return len({pupil.org_id for pupil in pupils}) <= 1


def listed(pupils: list[Any], what: str) -> Listed:
    """Give what the log says of a list of chosen pupils."""
    return Listed(len(pupils), f"several: {what}")


def _asked(many: int) -> str:
    words = ngettext("Asked about %(num)s pupil.", "Asked about %(num)s pupils.", many)
    return words % {"num": many}


def shown_of(pupils: list[Any], doable: several.Doable, form: Any, heading: str) -> dict[str, Any]:
    """Give what is shown before anything is done: for how many it can be, and for whom not."""
    words = ngettext("You have chosen %(num)s pupil", "You have chosen %(num)s pupils", len(pupils))
    return {
        "form": form,
        "heading_words": heading,
        "count": words % {"num": len(pupils)},
        "can": doable.can,
        "cannot": doable.cannot,
        "paper_url": "",
    }
