"""What a colleague was asked, or asked others, is given to another colleague."""

from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.cases import spine
from opensenco.cases.models import Task
from opensenco.gate.rows import change
from opensenco.participation.models import Asked, AskRound
from opensenco.participation.operations import after
from opensenco.participation.states import AskedState, RoundState


def hand_asked(actor: Actor, asked: Asked, task: Task, to: Person) -> None:
    """Let somebody else answer; whoever is asked in the same round already answers once.

    Called inside the operation that hands it on.
    """
    if asked.state != AskedState.WAITING:
        return
    twice = Asked.objects.filter(ask_round=asked.ask_round, person=to).exists()
    if twice:
        change(asked, version=None, state=AskedState.EXCUSED)
        spine.settle_task(actor=actor, source=asked)
        ask_round = AskRound.objects.select_related("org", "pupil", "questions").get(
            pk=asked.ask_round.pk
        )
        after.if_nobody_waits(actor, ask_round)
        return
    change(asked, version=None, person=to, how="")


def hand_round(actor: Actor, ask_round: AskRound, task: Task, to: Person) -> None:
    """Let somebody else read the answers and close the round.

    Called inside the operation that hands it on.
    """
    if ask_round.state == RoundState.OPEN:
        change(ask_round, version=None, asked_by=to)
