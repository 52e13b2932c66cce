"""What of asking stands on the home page of whoever chases for others."""

from collections.abc import Mapping
from typing import Any

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.participation.chasing import to_chase


def chased(actor: Actor) -> Mapping[str, Any]:
    """Give the rounds to chase to whoever may remind and reads no answer."""
    only_chases = actor.can_somewhere(Action.ASK_CHASE) and not actor.can_somewhere(Action.ASK_SEND)
    return {"rows": to_chase(actor) if only_chases else []}
