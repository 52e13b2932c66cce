"""What staffing puts on home pages: who is away, where one stands in, the way to who is here."""

from typing import Any

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.staffing.queries import standing_in


def away(actor: Actor) -> dict[str, Any]:
    """Give who is away today, for whoever arranges cover."""
    arranges = actor.can_somewhere(Action.COVER_ARRANGE)
    return {"arranges": arranges, "away": standing_in.away_today(actor) if arranges else []}


def stands_in(actor: Actor) -> dict[str, Any]:
    """Give where one stands in today."""
    return {"stands_in": standing_in.own_today(actor)}


def who_is_here(actor: Actor) -> dict[str, Any]:
    """Give whether this actor sees who is on site; it asks nothing."""
    return {"sees": actor.can_somewhere(Action.ON_SITE_VIEW)}
