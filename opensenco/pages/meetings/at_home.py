"""What of meetings stands on the home page of whoever books them for others."""

from collections.abc import Mapping
from typing import Any

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.reach import Reach
from opensenco.meetings.chasing import to_chase


def chased(actor: Actor) -> Mapping[str, Any]:
    """Give the meetings to chase to whoever plans them for the whole place and reads no plan."""
    books = actor.hat.reach(Action.MEETING_PLAN) is Reach.ALL
    return {"rows": to_chase(actor) if books and actor.hat.role.home == "staff" else []}
