"""What waits for somebody by name is handed on to another: each app says how for its own rows.

The spine lies below the apps that know what a task is about. Where the record itself names whose it
is (who owns a concern, who promised something at a meeting), the app that keeps it says once, when
it is loaded, how that name changes; where it names nobody, the task alone moves.
"""

from collections.abc import Callable
from typing import Any

from django.apps import apps

from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.cases.models import Task

#: called with the actor, the record, the task about it, and who has it from now on
Hand = Callable[[Actor, Any, Task, Person], None]
_hands: dict[str, Hand] = {}


def hands_on(label: str, hand: Hand) -> None:
    """Say how a record that waits for somebody by name is given to another.

    Args:
        label: of the model, "concerns.Concern".
        hand: called inside the operation that hands the task on, before the task moves.
    """
    _hands[label] = hand


def change_owner(actor: Actor, task: Task, to: Person) -> None:
    """Let the record that a task is about name its new owner, where it names one."""
    hand = _hands.get(task.source_label)
    if hand is None:
        return
    model = apps.get_model(task.source_label)
    row = model._default_manager.filter(org_id=task.org_id, ref=task.source_ref).first()
    if row is not None:
        hand(actor, row, task, to)
