"""What the pages of observations show, put into words."""

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.concerns import observations as found
from opensenco.concerns.observation_states import (
    EVERY,
    LAID_BESIDE_THE_PLAN,
    Asks,
    Watched,
)
from opensenco.concerns.observations import Wanted
from opensenco.exchange.out import Table
from opensenco.kernel.clock import london_time
from opensenco.kernel.refs import short
from opensenco.pages.observing.forms import LABEL, LOOK, FilterForm, Looks, mark_of
from opensenco.people import classes
from opensenco.provision import queries as provision
from opensenco.support import queries as support
from opensenco.threads import advice
from opensenco.threads.advice_models import AdviceKind
from opensenco.ui import words
from opensenco.ui.listing import Column, Listing

MOST_SHOWN = 160


@dataclass(frozen=True)
class Plan:
    """What is laid beside what was seen: the open plan, and what it asks for, as kind and words."""

    cycle: Any
    asks: list[tuple[str, str]]


def plan_of(actor: Actor, pupil: Any, kind: Watched) -> Plan:
    """Give what the plan of a pupil asks for, as far as this person reads it."""
    if kind not in LAID_BESIDE_THE_PLAN:
        return Plan(None, [])
    asks: list[tuple[str, str]] = []
    plan = None
    if actor.can_somewhere(Action.PROFILE_VIEW):
        asks += [(Asks.STRATEGY.value, one) for one in support.strategies_of(actor, pupil)]
    if actor.can_somewhere(Action.PROVISION_VIEW):
        running = [one.allocation for one in provision.for_pupil(actor, pupil)]
        asks += [
            (Asks.PROVISION.value, promised(row))
            for row in running
            if row.starts <= actor.today and (row.ends is None or row.ends >= actor.today)
        ]
    if actor.can_somewhere(Action.PLAN_VIEW):
        plan = support.current_plan(actor, pupil)
        asks += [(Asks.OUTCOME.value, one.row.text) for one in plan.outcomes] if plan else []
    return Plan(plan.cycle if plan else None, list(dict.fromkeys(asks)))


def promised(row: Any) -> str:
    """Name a provision with how often and how long."""
    return _("%(name)s, %(times)s a week for %(minutes)s minutes") % {
        "name": row.provision.name, "times": row.times_a_week, "minutes": row.minutes,
    }  # fmt: skip


def starting(actor: Actor, kind: Watched) -> dict[str, Any]:
    """Give what a new observation begins with: today, and for what is watched now the hour."""
    began = None if kind is Watched.BOOKS else _hour(actor)
    return {"on": actor.today, "began": began}


def _hour(actor: Actor) -> Any:
    return london_time(actor.at).time().replace(second=0, microsecond=0)


def first_look(actor: Actor, carried: str) -> datetime:
    """Give the moment of the first look on the clock of the wall: the one that a form carries."""
    now = london_time(actor.at).replace(second=0, microsecond=0)
    hour, _colon, minute = carried.partition(":")
    if len(carried) <= 5 and hour.isdecimal() and minute.isdecimal():
        with contextlib.suppress(ValueError):
            return now.replace(hour=int(hour), minute=int(minute))
    return now


def held(row: Any) -> dict[str, Any]:
    """Give what an observation says, by the names of the form."""
    values = {
        name: getattr(row, name)
        for name in ("version", "on", "began", "minutes", "place", "lesson", "present", "seen",
                     "helped", "hindered", "next_step")
    }  # fmt: skip
    for number, place in enumerate(row.samples, start=1):
        values[f"{LOOK}{number}"] = "" if place is None else str(place)
    for place, label in enumerate(row.labels):
        values[f"{LABEL}{place}"] = label
    for one in row.asked:
        values[mark_of(one["kind"], one["words"])] = one["seen"]
    values["colleague"] = str(row.colleague.ref) if row.colleague else ""
    return values


def colleagues_of(actor: Actor, row: Any) -> dict[str, Any]:
    """Give whose lesson an observation can be said to be of; nobody where that is not asked."""
    if row.kind not in LAID_BESIDE_THE_PLAN:
        return {}
    here = [one.person for one in classes.colleagues(actor, row.org)]
    # who has left since stays
    return {str(one.ref): one for one in [*here, row.colleague] if one is not None}


def looks_of(row: Any) -> Looks | None:
    """Give how often was looked in an observation, and what was tallied."""
    if row.kind != Watched.SAMPLING:
        return None
    return Looks(row.every, len(row.samples), tuple(row.labels))


def facts(row: Any) -> list[tuple[str, str]]:
    """Give when, where and beside whom, as terms and answers."""
    began = f"{row.began.hour}:{row.began.minute:02d}" if row.began else ""
    every = str(EVERY[row.every]) if row.every else ""
    told = [
        (_("Whose lesson"), row.colleague.name if row.colleague else ""),
        (_("Began at"), began),
        (_("Minutes"), str(row.minutes or "")),
        (_("Lesson or activity"), row.lesson),
        (_("Where"), row.place),
        (_("Who else was there"), row.present),
        (_("Looked every"), every),
    ]
    return [(term, said) for term, said in told if said]


def texts(row: Any) -> list[tuple[str, str]]:
    """Give what was written, each under its question."""
    told = [
        (_("What was seen"), row.seen),
        (_("What helped"), row.helped),
        (_("What got in the way"), row.hindered),
        (_("What could be tried next"), row.next_step),
    ]
    return [(heading, said) for heading, said in told if said]


def one(actor: Actor, row: Any) -> dict[str, Any]:
    """Give one observation as its page and its paper show it."""
    looked = found.looked_for(row)
    seen, tried = found.seen_of(looked)
    return {
        "row": row,
        "pupil": row.pupil,
        "facts": facts(row),
        "texts": texts(row),
        "tally": found.counted(row),
        "looks": looks_in_order(row),
        "looked": [one for one in looked if one.seen],
        "not_looked": [one for one in looked if not one.seen],
        "seen_of": _("%(seen)s of %(tried)s seen") % {"seen": seen, "tried": tried},
        "corrects": not row.in_error and may(actor, Action.OBSERVE, row),
        "opens_pupil": may(actor, Action.PUPIL_VIEW, row.pupil),
        "opens_concern": row.concern is not None and may(actor, Action.CONCERN_VIEW, row.concern),
        "opens_plan": _opens_plan(actor, row),
        "led_to": _led_to(actor, row),
        "steps": _steps(actor, row),
    }


def _led_to(actor: Actor, row: Any) -> list[Any]:
    """Give what a visit led to, and what it looks at again."""
    if row.kind not in LAID_BESIDE_THE_PLAN or not actor.can_somewhere(Action.SENCO_ASK):
        return []
    return advice.beside_visit(actor, row.ref, row.follows)


def _steps(actor: Actor, row: Any) -> list[tuple[str, str]]:
    """Give what can follow a visit, as words and address: nothing is typed again there."""
    if row.kind not in LAID_BESIDE_THE_PLAN or row.in_error:
        return []
    found = []
    if actor.can_somewhere(Action.THREAD_JOIN) and may(actor, Action.THREAD_JOIN, row.pupil):
        address = reverse("threads:advise_about", args=[row.pupil.ref])
        wanted = f"{address}?visit={short(row.ref)}&kind="
        found += [
            (_("Write down what you advised"), wanted + AdviceKind.COACHING.value),
            (_("Write down what you showed in a lesson"), wanted + AdviceKind.MODELLING.value),
        ]
    if actor.can_somewhere(Action.OBSERVE) and may(actor, Action.OBSERVE, row.pupil):
        name = "books" if row.kind == Watched.BOOKS else "visit"
        address = reverse(f"observing:{name}", args=[row.pupil.ref])
        found.append((_("Look again"), f"{address}?after={short(row.ref)}"))
    return found


def _opens_plan(actor: Actor, row: Any) -> bool:
    return bool(row.cycle) and may(actor, Action.PLAN_VIEW, row.pupil)


def looks_in_order(row: Any) -> list[str]:
    """Give what each look noted, in order; empty for one that noted nothing."""
    return ["" if place is None else row.labels[place] for place in row.samples]


@dataclass(frozen=True)
class Shown:
    """Observations as a list shows them."""

    form: FilterForm
    rows: Sequence[Any]
    listing: Listing
    wanted: Wanted

    @property
    def said(self) -> str:
        """What was asked for, for the log of looks."""
        asked = (self.wanted.kind, "mine" if self.wanted.mine else "",
                 "error" if self.wanted.error else "")  # fmt: skip
        return " ".join(["observations", *(one for one in asked if one)])

    @property
    def filtered(self) -> bool:
        """Whether anything but the usual was asked for."""
        return self.wanted != Wanted()


def listed(actor: Actor, query: Mapping[str, str], *, pupil: Any = None, every: int = 0) -> Shown:
    """Give observations, sorted and filtered as the address says.

    Args:
        pupil: of this pupil alone.
        every: rows at most where the whole list goes into a file; else a page of them.
    """
    form = FilterForm(query or None)
    form.is_valid()
    cleaned = getattr(form, "cleaned_data", {})
    wanted = Wanted(
        cleaned.get("kind", ""), cleaned.get("whose") == "mine", cleaned.get("state") == "error"
    )
    rows = found.chosen(actor, wanted, pupil)
    listing = Listing(query, heads(pupil), rows.count(), usual=found.USUAL)
    start, stop = (0, every) if every else (listing.start, listing.stop)
    return Shown(form, found.listed(actor, rows, listing.sort, start, stop), listing, wanted)


def heads(pupil: Any) -> list[Column]:
    """Give the heads of the list."""
    about = [] if pupil else [Column(_("Pupil"), "pupil")]
    return [
        Column(_("Day"), "on"),
        *about,
        Column(_("How"), "kind"),
        Column(_("Lesson or activity")),
        Column(_("What was seen")),
        Column(_("Who watched"), "by"),
    ]


def begun(row: Any) -> str:
    """Give what was seen in one line: the most frequent thing tallied, or the beginning."""
    counted = found.counted(row)
    if counted and counted.lines:
        most = max(counted.lines, key=lambda one: one.count)
        return _("%(words)s: %(percent)s per cent of %(noted)s looks") % {
            "words": most.words, "percent": most.percent, "noted": counted.noted,
        }  # fmt: skip
    line = " ".join(row.seen.split())
    return line if len(line) <= MOST_SHOWN else line[: MOST_SHOWN - 1].rstrip() + "…"


def table(rows: Sequence[Any]) -> Table:
    """Give the list as it goes into a file."""
    names = [
        _("Day"), _("Pupil"), _("How"), _("Lesson or activity"), _("Where"), _("Minutes"),
        _("What was seen"), _("What was tallied"), _("What helped"), _("What got in the way"),
        _("What could be tried next"), _("Who watched"),
    ]  # fmt: skip
    lines = [
        (
            one.on, one.pupil.register_name, str(one.get_kind_display()), one.lesson, one.place,
            one.minutes, one.seen, _tallied(one), one.helped, one.hindered, one.next_step,
            one.by.name,
        )
        for one in rows
    ]  # fmt: skip
    return Table(_("Observations"), names, lines)


def _tallied(row: Any) -> str:
    counted = found.counted(row)
    if counted is None:
        return ""
    return "; ".join(f"{one.words}: {one.count} ({one.percent} %)" for one in counted.lines)


def when(row: Any) -> str:
    """Give the day in full."""
    return words.day(row.on)


def because(concern: Any) -> str:
    """Give the part of an address that says because of which concern."""
    return f"?concern={short(concern.ref)}" if concern is not None else ""
