"""What the pages of our own place have in common."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.ui.listing import Column, Pick

SEERS = (
    Column(gettext_lazy("Who")),
    Column(gettext_lazy("How they reach the pupil")),
    Column(gettext_lazy("What they see")),
)


def tabs(actor: Actor, current: str) -> list[Pick]:
    """Give the pages about our own place that this person may open."""
    pages = [
        (Action.WHO_SEES, "school:who_sees", _("Who can see what")),
    ]
    return [
        Pick(label, reverse(name), current=name == current)
        for action, name, label in pages
        if actor.can_somewhere(action)
    ]
