"""A concern that a colleague looks after is given to another."""

from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.cases.models import Task
from opensenco.concerns.models import Concern
from opensenco.concerns.states import OWNED
from opensenco.gate.rows import change


def hand(actor: Actor, concern: Concern, task: Task, to: Person) -> None:
    """Let somebody else look after a concern. Called inside the operation that hands it on."""
    if concern.state in OWNED:
        change(concern, version=None, owner=to)
