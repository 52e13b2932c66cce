"""What came of one provision: gains as a distribution, in words that say no more than is known."""

import uuid
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.reach import Reach
from opensenco.cases.beside import guided
from opensenco.exchange import out
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.dates import say
from opensenco.pages.provision.effect_cost import cost_in_words
from opensenco.pages.provision.lists import GIVERS
from opensenco.provision import queries, usual_words
from opensenco.provision.in_words import gain_in_words, in_words
from opensenco.provision.operations import deciding
from opensenco.provision.progress import plain
from opensenco.provision.queries import decided
from opensenco.provision.queries.effect import Child, Effect, Known, effect_of
from opensenco.provision.spread import FEWEST, Spread
from opensenco.provision.starter import library
from opensenco.provision.states import Verdict
from opensenco.ui.forms import Form, LongText, PickDateField

YEAR = timedelta(days=365)


class SpanForm(Form):
    """Between which days to look."""

    since = PickDateField(label=gettext_lazy("From"), required=False)
    until = PickDateField(label=gettext_lazy("Until"), required=False)

    def clean(self) -> dict[str, Any] | None:
        """Refuse a span that ends before it begins."""
        given = super().clean() or self.cleaned_data
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day must be the first day or later."))
        return given


class DecideForm(Form):
    """What becomes of a provision, and why."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("What is decided?"), choices=Verdict.choices, widget=forms.RadioSelect
    )
    reason = LongText(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("Name no child. What pupils have now goes on until you end it."),
        max_length=2000,
        rows=4,
    )


@page(Action.PROVISION_ALLOCATE, logs=Logs.LIST, tab="provision", who=GIVERS)
@guided("effect", several=True)
def effect(request: HttpRequest, actor: Actor, provision: uuid.UUID) -> Answer | HttpResponse:
    """Show what came of one provision for everybody who had it."""
    row = queries.provision(actor, provision, Action.PROVISION_ALLOCATE)
    form, since, until = span(request.GET, actor.today)
    found = effect_of(actor, row, since, until)
    if kind := out.asked(request.GET):
        return out.as_file(actor, kind, "gains", table(found), wanted=row.name)
    shown = {
        "provision": row, "form": form, "since": since, "until": until, "effect": found,
        "children": [(child, *cells(child)) for child in found.children],
        "beside": usual_words.of_all(found), "in_short": usual_words.in_short,
        "said": said(found), "missing": missing(found), "evidence": evidence(row),
        "costs": cost_in_words(actor, row, found, until),
        "dots": [float(gain) for gain in found.spread.gains], "plain": plain,
        "scale": f"{found.scale.name}, {in_words(found.scale)}" if found.scale else "",
        "decisions": decided.decisions(actor, row), "decide": address(row, since, until),
        "some": actor.hat.reach(Action.PROVISION_ALLOCATE) is not Reach.ALL,
    }  # fmt: skip
    return Answer("provision/effect.html", shown, listed=Listed(len(found.children)))


@page(Action.PROVISION_ALLOCATE, logs=Logs.NOTHING, writes=True, tab="provision", who=GIVERS)
def decide(request: HttpRequest, actor: Actor, provision: uuid.UUID) -> Answer | HttpResponse:
    """Keep, change, grow or stop a provision; what is known now is kept with it."""
    row = queries.provision(actor, provision, Action.PROVISION_ALLOCATE)
    back = reverse("provision:effect", args=[row.ref])
    _form, since, until = span(request.GET, actor.today)
    known = known_now(effect_of(actor, row, since, until), since, until)
    form = converse(
        request,
        actor,
        DecideForm,
        act=lambda given: deciding.decide(actor=actor, provision=row, known=known, **given),
        then=lambda _row: back,
        said=_("Decided. It is shown to whoever chooses this from the library."),
    )
    if isinstance(form, HttpResponse):
        return form
    heading = _("What becomes of it? %(name)s") % {"name": row.name}
    shown = {"form": form, "heading": heading, "main": _("Record this decision"), "back": back}
    return Answer("provision/form.html", {**shown, "under": " ".join(known)})


def known_now(found: Effect, since: date, until: date) -> list[str]:
    """Give what is known of an effect as sentences that name nobody."""
    days = _("Between %(since)s and %(until)s:") % {"since": say(since), "until": say(until)}
    return [days, *said(found), *usual_words.of_all(found), *missing(found)]


def address(row: Any, since: date, until: date) -> str:
    """Give the address where it is decided on what these days tell."""
    words = urlencode({"since": f"{since:%d/%m/%Y}", "until": f"{until:%d/%m/%Y}"})
    return f"{reverse('provision:decide', args=[row.ref])}?{words}"


def span(asked: Mapping[str, str], today: date) -> tuple[SpanForm, date, date]:
    """Give the form of the span, and the days: the last year where none are said, or wrong ones."""
    usual = {"since": today - YEAR, "until": today}
    if not any(name in asked for name in usual):
        return SpanForm(initial=usual), usual["since"], usual["until"]
    form = SpanForm(asked)
    given = form.cleaned_data if form.is_valid() else {}
    until = given.get("until") or today
    return form, given.get("since") or min(until, today) - YEAR, until


def said(found: Effect) -> list[str]:
    """Say what can be said of the gains, sentence by sentence."""
    spread = found.spread
    if not spread.number:
        return [_("No child has both an entry and an exit measure yet, so nothing can be said.")]
    words = [
        ngettext(
            "%(num)s child was measured at entry and exit.",
            "%(num)s children were measured at entry and exit.",
            spread.number,
        )
        % {"num": spread.number},
        _("%(gained)s of %(number)s gained, %(same)s stayed the same, %(lost)s went back.")
        % {
            "gained": spread.gained, "number": spread.number, "same": spread.same,
            "lost": spread.lost,
        },
    ]  # fmt: skip
    words += usual(spread)
    if found.aimed:
        words.append(
            _("%(reached)s of %(aimed)s who had an aim reached it.")
            % {"reached": found.reached, "aimed": found.aimed}
        )
    return words


def usual(spread: Spread) -> list[str]:
    """Say how much a child usually gains, or that they are too few to say so."""
    if spread.median is None or spread.interval is None:
        words = _("Fewer than %(fewest)s: too few to say how much a child usually gains.")
        return [words % {"fewest": FEWEST}]
    middle = _(
        "Half gained %(median)s or more. For children like these, the middle lies between "
        "%(low)s and %(high)s; such a range is right at least 19 times in 20."
    ) % {
        "median": plain(spread.median), "low": plain(spread.interval.low),
        "high": plain(spread.interval.high),
    }  # fmt: skip
    if spread.interval.low <= 0 <= spread.interval.high:
        return [middle, _("No gain at all lies within that range.")]
    return [middle]


def missing(found: Effect) -> list[str]:
    """Say who had it and is not counted, and why."""
    running, no_exit, no_entry, other = (
        found.count(known)
        for known in (Known.RUNNING, Known.NO_EXIT, Known.NO_ENTRY, Known.OTHER_SCALE)
    )
    sentences = (
        (running, ngettext(
            "%(num)s child still has it and was not measured at the end yet.",
            "%(num)s children still have it and were not measured at the end yet.", running)),
        (no_exit, ngettext(
            "For %(num)s child it is over, and nobody measured at the end.",
            "For %(num)s children it is over, and nobody measured at the end.", no_exit)),
        (no_entry, ngettext(
            "%(num)s child was not measured when it began.",
            "%(num)s children were not measured when it began.", no_entry)),
        (other, ngettext(
            "%(num)s child was measured in another way than is usual now.",
            "%(num)s children were measured in another way than is usual now.", other)),
    )  # fmt: skip
    return [words % {"num": count} for count, words in sentences if count]


KNOWN_WORDS = {
    Known.GAIN: "",
    Known.RUNNING: gettext_lazy("no exit measure yet"),
    Known.NO_EXIT: gettext_lazy("no exit measure"),
    Known.NO_ENTRY: gettext_lazy("no entry measure"),
    Known.OTHER_SCALE: gettext_lazy("measured in another way"),
}


def cells(child: Child) -> tuple[str, str, str]:
    """Give entry, exit and gain of a child as words; why there is no gain, in its place."""
    journey = child.journey
    ends = tuple(plain(one.score) if one else "" for one in (journey.entry, journey.exit))
    if child.known != Known.GAIN or journey.gain is None:
        return ends[0], ends[1], str(KNOWN_WORDS[child.known])
    return ends[0], ends[1], gain_in_words(journey.gain)


def evidence(row: Any) -> str:
    """Give what the library says of the research; empty where nobody has read it."""
    entry = library().entries.get(row.starter)
    own = " ".join(filter(None, (row.evidence, f"({row.evidence_from})" * bool(row.evidence_from))))
    return own or (entry.evidence if entry else "")


def table(found: Effect) -> out.Table:
    """Give the children and their gains as they go into a file."""
    heads = [_("Pupil"), _("From"), _("Until"), _("Entry"), _("Exit"), _("Gain"), _("Aim reached"),
             _("Beside what is usual")]  # fmt: skip
    reached = {True: _("yes"), False: _("no"), None: ""}
    rows = [
        (
            child.allocation.pupil.register_name, child.allocation.starts, child.allocation.ends,
            *cells(child), reached[child.reached],
            usual_words.in_short(child.compared) if child.compared else "",
        )
        for child in found.children
    ]  # fmt: skip
    return out.Table(_("What came of it"), heads, rows)
