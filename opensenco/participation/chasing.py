"""Rounds of the place in which somebody is silent, for whoever chases and reads no answer."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.participation.models import Asked, AskRound
from opensenco.participation.queries import Calendars
from opensenco.participation.states import AskedState, RoundState

MOST = 12


@dataclass(frozen=True)
class Silent:
    """A round that is open, and who has not answered.

    Args:
        late: school days since the day by which answers were wanted; 0 while that is to come.
    """

    row: AskRound
    late: int
    who: list[str] = field(default_factory=list)


def to_chase(actor: Actor) -> list[Silent]:
    """Give the open rounds in which somebody is silent, those wanted soonest first.

    What was asked and answered is not read: neither the questions nor why they were asked.
    """
    waiting = Asked.objects.filter(state=AskedState.WAITING)
    rows = (
        visible(actor, Action.ASK_CHASE, AskRound)
        .filter(
            Exists(waiting.filter(ask_round=OuterRef("pk"))),
            state=RoundState.OPEN,
            in_error_at__isnull=True,
        )
        .select_related("org", "pupil", "asked_by")
        .order_by("due", "id")[:MOST]
    )
    days = Calendars(actor)
    found = {row.pk: Silent(row, days.since(row.org_id, row.due)) for row in rows}
    silent = waiting.filter(ask_round__in=list(found)).select_related("person").order_by("id")
    for one in silent:
        found[one.ask_round_id].who.append(one.who)
    return list(found.values())
