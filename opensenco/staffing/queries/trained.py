"""Who was taught what, and who runs what asks for a training of which nothing is written down.

Said quietly: what is not written down may have happened all the same, so nothing is stopped.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.threads.taught import Taught, taught

MOST = 6


def of_person(actor: Actor, person: Any, asked: Iterable[Any]) -> dict[str, Any]:
    """Give what a page shows of what one adult was taught.

    Args:
        asked: provisions that they run.
    """
    if person is None or not actor.can_somewhere(Action.SENCO_ASK):
        return {"taught": None, "asks_for": []}
    found = taught(actor, [person])
    return {"taught": found.of(person)[:MOST], "asks_for": missing(found, person, asked)}


def missing(found: Taught, person: Any, asked: Iterable[Any]) -> list[str]:
    """Say which trainings their provisions ask for that nothing written down gives them."""
    every = {one.pk: one for one in asked if one.training}
    words = _("%(provision)s asks for %(training)s.")
    return [
        words % {"provision": one.name, "training": one.training}
        for one in sorted(every.values(), key=lambda one: (one.name, one.pk))
        if not found.has_had(person, one.training)
    ]


def untrained(actor: Actor, row: Any, people: Iterable[Any]) -> str:
    """Name those who run a provision and of whom nothing says that they had its training."""
    every = {one.pk: one for one in people if one is not None}
    if not row.training or not every or not actor.can_somewhere(Action.SENCO_ASK):
        return ""
    found = taught(actor, every.values())
    without = [one.name for one in every.values() if not found.has_had(one, row.training)]
    return ", ".join(sorted(without))
