"""The school's bank of strategies, outcomes to begin with, and what the school calls its plans."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.beside import guided
from opensenco.gate.answer import Answer
from opensenco.gate.chrome import place_tabs
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.dates import age_on
from opensenco.pages.plans import forms_beside, tasks
from opensenco.people import queries as people
from opensenco.support import queries
from opensenco.support.operations import bank as verbs
from opensenco.support.operations import helped, plans
from opensenco.support.operations.plans import OutcomeWords
from opensenco.support.queries import beside as reading
from opensenco.support.queries.tried import tried_with
from opensenco.support.starter import stems, strategies
from opensenco.ui import words as said
from opensenco.ui.listing import Listing

WRITERS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 403, "ta": 403, "admin": 403,
           "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip
CHOOSERS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 403,
            "ta": 403, "admin": 403, "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip
STAFF = {**WRITERS, "teacher": 200, "ta": 200, "admin": 200, "dsl": 200}
NAMERS = {"senco": 200, "head": 200, "teacher": 403, "ta": 403, "parent": 403}
#: entries of the starter bank that one page shows
MOST = 30


def _asked_for(request: HttpRequest) -> tuple[Any, str, str]:
    form = forms_beside.FindForm(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    return form, given.get("words", ""), given.get("situation", "")


@page(Action.PLAN_WRITE, logs=Logs.NOTHING, writes=True, tab="school", who=WRITERS)
@guided("strategies", several=True)
def bank(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show the school's bank of strategies, and others to take from."""
    if request.method == "POST":
        tasks.try_to(request, lambda: verbs.add_strategy_from_starter(
            actor=actor, org=people.place(actor), starter=request.POST.get("starter", "")
        ))  # fmt: skip
        return HttpResponseRedirect(reverse("plans:bank"))
    form, words, situation = _asked_for(request)
    retired = request.GET.get("retired") == "1"
    own = list(reading.bank(actor, words, situation, retired=retired))
    have = {one.starter for one in reading.bank(actor)} if (words or situation) else {
        one.starter for one in own
    }  # fmt: skip
    others = [one for one in strategies().found(words, situation) if one.id not in have]
    return Answer(
        "plans/bank.html",
        {"form": form, "own": own, "others": others[:MOST], "more": max(len(others) - MOST, 0),
         "situations": strategies().situations, "retired": retired, "here": reverse("plans:bank"),
         "tabs": place_tabs(actor, "plans:bank")},
    )  # fmt: skip


@page(Action.SENCO_ASK, logs=Logs.NOTHING, who=STAFF)
def ours(request: HttpRequest, actor: Actor) -> Answer:
    """Show the bank to read: for any member of staff, whom it offers something to try."""
    form, words, situation = _asked_for(request)
    rows = reading.bank(actor, words, situation, action=Action.SENCO_ASK)
    listing = Listing(request.GET, (), rows.count(), size=MOST)
    return Answer(
        "plans/our_bank.html",
        {"form": form, "rows": list(rows[listing.start : listing.stop]), "listing": listing,
         "situations": strategies().situations, "here": reverse("plans:our_bank"),
         "keeps": actor.can_somewhere(Action.PLAN_WRITE), "asks": len(actor.hat.orgs) == 1,
         "searched": bool(words or situation)},
    )  # fmt: skip


@page(Action.PLAN_WRITE, logs=Logs.NOTHING, writes=True, tab="school", who=WRITERS)
def add(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Add a strategy of the school's own."""
    form = converse(
        request, actor, forms_beside.StrategyForm,
        act=lambda given: verbs.add_strategy(actor=actor, org=people.place(actor), **given),
        then=lambda _row: reverse("plans:bank"), said=_("Added to your bank."),
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    return _form(form, _("Add a strategy"), _("Add it to our bank"))


@page(Action.PLAN_WRITE, logs=Logs.NOTHING, writes=True, tab="school", who=WRITERS)
def change(request: HttpRequest, actor: Actor, bank_strategy: uuid.UUID) -> Answer | HttpResponse:
    """Change a strategy of the bank, retire it or bring it back."""
    row = reading.bank_strategy(actor, bank_strategy)
    if request.method == "POST" and ("retire" in request.POST or "back" in request.POST):
        deed = verbs.retire_strategy if "retire" in request.POST else verbs.bring_strategy_back
        tasks.try_to(request, lambda: deed(actor=actor, strategy=row))
        return HttpResponseRedirect(reverse("plans:bank"))
    names = ("text", "why", "situation", "version")

    def values(one: Any) -> dict[str, Any]:
        return {name: getattr(one, name) for name in names}

    form = converse(
        request, actor, forms_beside.ChangeStrategyForm,
        act=lambda given: verbs.change_strategy(actor=actor, strategy=row, **given),
        then=lambda _row: reverse("plans:bank"),
        said=_("Changed. What pupils were given keeps its words."), initial=values(row),
        fresh=lambda: values(reading.bank_strategy(actor, bank_strategy)),
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    return _form(form, _("Change a strategy"), _("Save this"), row)


def _form(form: Any, heading: str, main: str, row: Any = None) -> Answer:
    return Answer("plans/bank_form.html", {"form": form, "heading": heading, "main": main,
                                           "row": row, "back": reverse("plans:bank")})  # fmt: skip


@page(Action.PROFILE_EDIT, logs=Logs.CHILD, writes=True, tab="register", who=CHOOSERS)
@guided("strategies")
def choose(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Choose what every adult does for a pupil, from what helped or from the bank."""
    row = people.pupil(actor, pupil, Action.PROFILE_EDIT)
    form, words, situation = _asked_for(request)
    own = list(reading.bank(actor, words, situation))
    if request.method == "POST":
        chosen = next((one for one in own if str(one.ref) == request.POST.get("use")), None)
        if chosen is not None:
            tasks.try_to(request, lambda: verbs.use_strategy(
                actor=actor, pupil=row, strategy=chosen
            ))  # fmt: skip
        return HttpResponseRedirect(request.get_full_path())
    now = queries.strategies_of(actor, row)
    profile = queries.profile_of(actor, row)
    return Answer(
        "plans/choose.html",
        {"pupil": row, "form": form, "own": own, "now": now, "profile": profile,
         "tried": tried_with(actor, row, profile, now),
         "here": reverse("plans:choose", args=[row.ref])},
        opened=[row],
    )  # fmt: skip


@page(Action.PROFILE_EDIT, logs=Logs.NOTHING, writes=True, reads=False, who=CHOOSERS)
def keep(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> HttpResponse:
    """Put what was tried and helped into the profile, or among what every adult does: one tap."""
    row = people.pupil(actor, pupil, Action.PROFILE_EDIT)
    for name, deed in (("helps", helped.put_in_profile), ("class", helped.do_it_everywhere)):
        if request.POST.get(name):
            _keep(request, actor, row, deed, request.POST[name])
    return HttpResponseRedirect(reverse("plans:choose", args=[row.ref]))


def _keep(
    request: HttpRequest, actor: Actor, pupil: Any, deed: Callable[..., Any], line: str
) -> None:
    def act() -> None:
        deed(actor=actor, pupil=pupil, tried=line)
        messages.success(request, _("Added, word for word. Every adult sees it now."))

    tasks.try_to(request, act)


@page(Action.PLAN_WRITE, logs=Logs.CHILD, writes=True, tab="register", who=WRITERS)
def begin(request: HttpRequest, actor: Actor, cycle: uuid.UUID) -> Answer | HttpResponse:
    """Begin an outcome with one of the stems; its figures are the pupil's own, to be filled in."""
    row = queries.cycle(actor, cycle, Action.PLAN_WRITE)
    words = request.GET.get("words", "")[:80]
    born = row.pupil.birth_date
    age = age_on(born, actor.today) if born else None
    day = said.day(row.review_on) if row.review_on else ""
    found = stems().found(words, age=None if words else age)
    if request.method == "POST":
        one = stems().entries.get(request.POST.get("stem", ""))
        if one is not None:
            text = one.begun(row.pupil.said, day)
            tasks.try_to(request, lambda: plans.add_outcome(
                actor=actor, cycle=row, outcome=OutcomeWords(text=text, measure=one.measure)
            ))  # fmt: skip
        return HttpResponseRedirect(reverse("plans:plan", args=[row.ref]))
    lines = [(one, one.begun(row.pupil.said, day)) for one in found]
    return Answer(
        "plans/stems.html",
        {"pupil": row.pupil, "cycle": row, "lines": lines, "areas": stems().areas, "words": words,
         "principles": stems().principles},
        opened=[row.pupil],
    )  # fmt: skip


@page(Action.SETTING_EDIT, logs=Logs.NOTHING, writes=True, tab="school", who=NAMERS)
def naming(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Say what this place calls its plans."""
    org = people.place(actor)

    def values() -> dict[str, Any]:
        now = reading.naming(org)
        return {"name": now.own, "proposed": now.proposed, "version": now.version}

    form = converse(
        request, actor, forms_beside.NamingForm,
        act=lambda given: verbs.name_plans(actor=actor, org=org, **given),
        then=lambda _row: reverse("plans:naming"),
        said=_("Saved. Pages and papers call plans so from now on."), initial=values(),
        fresh=values,
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    return Answer("plans/naming.html", {"form": form, "tabs": place_tabs(actor, "plans:naming")})
