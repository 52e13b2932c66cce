"""What a place calls its plans, wherever a reader of that place meets one.

The name stands on the organisation, so that pages, guests, papers and packs have it without asking
for it. A name can be anything ("My plan", "Pupil passport"): it is put where a name can stand, as
a heading, a label or in brackets, and never after an article.
"""

from typing import Protocol

from django.utils.translation import gettext as _


class Place(Protocol):
    """Whoever has a name of its own for plans; empty where it has none."""

    plan_word: str


def plan_name(place: Place) -> str:
    """Give the name for a tab, a heading or a step of the breadcrumbs."""
    return place.plan_word or _("Plan")


def plan_in_full(place: Place) -> str:
    """Give the name as it stands on a paper, where nothing around says what kind of plan it is."""
    return place.plan_word or _("SEN support plan")


def plan_and_cycle(place: Place, number: int) -> str:
    """Give the name of one plan among a pupil's: for headings, links and breadcrumbs."""
    return _("%(plan)s, cycle %(number)s") % {"plan": plan_name(place), "number": number}


def plans_and_cycles(place: Place) -> str:
    """Give the name of the part of a record that holds all plans of a pupil."""
    return _("%(plan)s and cycles") % {"plan": plan_name(place)}


def open_the_plan(place: Place) -> str:
    """Give the words of the link that leads to the plan in use."""
    return _("Open %(plan)s") % {"plan": place.plan_word} if place.plan_word else _("Open the plan")


def the_plan(place: Place, number: int) -> str:
    """Give the name of one plan inside a sentence: “Agree …”, “Review …”."""
    if place.plan_word:
        return _("%(plan)s (cycle %(number)s)") % {"plan": place.plan_word, "number": number}
    return _("the plan of cycle %(number)s") % {"number": number}


def a_plan(place: Place, number: int) -> str:
    """Give the name of one plan where a sentence begins: “… agreed”."""
    if place.plan_word:
        return the_plan(place, number)
    return _("Plan of cycle %(number)s") % {"number": number}
