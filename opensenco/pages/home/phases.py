"""All phases of a school on the home page of whoever leads their SENCOs."""

from typing import Any

from opensenco.access.actor import Actor
from opensenco.support.queries.phases import phases


def side_by_side(actor: Actor) -> dict[str, Any]:
    """Give every phase with its SENCO; nothing for who leads none."""
    return {"phases": phases(actor)}
