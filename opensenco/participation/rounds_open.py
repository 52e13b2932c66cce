"""About which of several pupils people are asked already."""

from collections.abc import Collection
from datetime import date

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.participation.models import AskRound
from opensenco.participation.states import RoundState


def asked_since(actor: Actor, pupils: Collection[int]) -> dict[int, date]:
    """Give by pupil's id the day on which the newest round began that is open; one question."""
    rounds = visible(actor, Action.ASK_SEND, AskRound).filter(
        pupil__in=pupils, state=RoundState.OPEN
    )
    return dict(rounds.order_by("asked_on", "id").values_list("pupil_id", "asked_on"))
