"""In summer, what the coming school year still lacks, for the home page of whoever turns it."""

from typing import Any

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.pages.school import turned

#: the months in which a school prepares the year that begins in September
MONTHS = (6, 7, 8)


def reminder(actor: Actor) -> dict[str, Any]:
    """Give the first school of this person whose coming year is not prepared or has no days.

    Nothing is asked of the record outside these months.
    """
    if actor.today.month not in MONTHS or not actor.can_somewhere(Action.YEAR_TURN):
        return {"year": None}
    first = turned.place(actor, {})
    for row in first.places:
        shown = turned.Place(actor, first.places, row)
        if not shown.first_day or not turned.put_in(shown):
            return {"year": shown, "several": len(first.places) > 1}
    return {"year": None}
