"""Saying that one has seen what changed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.models import SeenMark
from opensenco.gate.operation import operation
from opensenco.people.models import Pupil


@operation(Action.PUPIL_VIEW, on="pupils")
def say_seen(
    *, actor: Actor, pupils: Sequence[Pupil], until: Mapping[int, datetime]
) -> list[SeenMark]:
    """Say that one has seen what changed in these pupils' records.

    Args:
        until: by the pupil's id, the moment of the newest thing that one had before one. What was
            written since is new all the same; a moment to come counts as now.
    """
    return SeenMark.objects.bulk_create(
        SeenMark(
            org_id=pupil.org_id, pupil=pupil, person=actor.person, at=actor.at,
            until=min(until[pupil.pk], actor.at),
        )
        for pupil in pupils
        if pupil.pk in until
    )  # fmt: skip
