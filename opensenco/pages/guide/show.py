"""What the guide shows: each step, what the record holds of it, and the one thing to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.exchange import following, guide, queries
from opensenco.exchange.guide import Readings
from opensenco.exchange.operations.below import places_of
from opensenco.exchange.states import STEPS_ABOVE, STEPS_HERE, Step
from opensenco.kernel.refs import short
from opensenco.law.calendar.years import AcademicYear
from opensenco.pages.guide import words
from opensenco.ui.listing import Pick


@dataclass(frozen=True)
class Line:
    """One step.

    Args:
        says: what the record holds, or what the step is for.
        acts: words and address of what can be done, the main thing first.
        state: "done", "begun" (the record still lacks something of it), "waits" (a list was read
            and not applied), "open" or "aside".
    """

    step: Step
    name: str
    says: list[str]
    acts: list[tuple[str, str]]
    state: str


@dataclass(frozen=True)
class Shown:
    """The guide of one place."""

    place: Any
    above: bool
    lines: list[Line]
    picks: list[Pick]
    put_away: bool
    went_on: bool = False

    @property
    def ahead(self) -> Line | None:
        """The first step that waits or is open."""
        return next((one for one in self.lines if one.state in ("waits", "open")), None)

    @property
    def settled(self) -> int:
        """How many steps ask for nothing now."""
        return sum(one.state in ("done", "begun", "aside") for one in self.lines)

    @property
    def key(self) -> str:
        """How addresses call the place."""
        return short(self.place.ref)

    @property
    def address(self) -> str:
        """Where this guide is."""
        name = "guide:above" if self.above else "guide:start"
        return address(name, self.place, several=len(self.picks) > 1)


def address(name: str, place: Any, *, several: bool) -> str:
    """Give the address of a guide; it names the place where the hat has several."""
    asked = f"?{urlencode({'school': short(place.ref)})}" if several else ""
    return f"{reverse(name)}{asked}"


def place_asked(places: Sequence[Any], query: Mapping[str, Any]) -> Any:
    """Give the place that an address asks for, else the first."""
    wanted = query.get("school", "")
    return next((one for one in places if short(one.ref) == wanted), places[0])


def here(actor: Actor, query: Mapping[str, Any]) -> Shown:
    """Gather the guide of a school, nursery or childminder."""
    places = queries.places(actor)
    place = place_asked(places, query)
    read = guide.readings(actor, place)
    steps = guide.steps_for(actor, STEPS_HERE)
    lines = [_line(one, read, words.of_step(one, read, actor)) for one in steps]
    went_on = actor.can_somewhere(Action.SETTING_GO_ON) and bool(following.gone_on(actor))
    return Shown(
        place, False, lines, _picks("guide:start", places, place), Step.GUIDE in read.aside, went_on
    )


def above(actor: Actor, query: Mapping[str, Any]) -> Shown:
    """Gather the guide of an authority, area, trust or agency."""
    places = places_of(actor)
    place = place_asked(places, query)
    read = guide.readings_above(actor, place)
    steps = guide.steps_for(actor, STEPS_ABOVE)
    lines = [_line(one, read, words.of_step(one, read, actor)) for one in steps]
    return Shown(place, True, lines, _picks("guide:above", places, place), Step.GUIDE in read.aside)


def _picks(name: str, places: Sequence[Any], place: Any) -> list[Pick]:
    several = len(places) > 1
    return [
        Pick(one.name, address(name, one, several=several), one.pk == place.pk) for one in places
    ]


def _line(step: Step, read: Readings, told: words.Told) -> Line:
    waits = read.files.get(step.value)
    state = "aside" if step in read.aside else "open"
    if read.done[step]:
        state = "begun" if step in read.lacking else "done"
    acts = told.acts
    if waits is not None:
        state = "waits"
        acts = [(_("Look at the list and apply it"), reverse("imports:show", args=[waits.ref]))]
    return Line(step, str(step.label), told.says, acts, state)


def offer(actor: Actor) -> dict[str, Any]:
    """Give what the home page says of the guide, while there is something to begin."""
    found = guide.offered(actor)
    if found is None:
        return {"offer": None}
    here = actor.can_somewhere(Action.IMPORT_PUPILS)
    name = "guide:start" if here else "guide:above"
    return {
        "offer": found,
        "above": not here,
        "ahead": str(found.ahead.label),
        "address": address(name, found.org, several=len(actor.hat.orgs) > 1),
        "year": str(AcademicYear.of(actor.today)),
    }


def progress(shown: Shown) -> str:
    """Say how far the guide is."""
    total = len(shown.lines)
    return ngettext(
        "%(done)s of %(num)s step has begun or is put off.",
        "%(done)s of %(num)s steps have begun or are put off.",
        total,
    ) % {"done": shown.settled, "num": total}
