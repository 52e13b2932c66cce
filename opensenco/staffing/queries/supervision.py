"""Reading notes of supervision: the two who were there, and who leads the team."""

import uuid

from django.db.models import QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation, Person
from opensenco.access.registry import visible
from opensenco.gate.rows import find
from opensenco.staffing.models import Supervision


def supervision(
    actor: Actor, ref: uuid.UUID, action: Action = Action.SUPERVISION_READ
) -> Supervision:
    """Give the notes of one conversation.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, action, Supervision, ref, "org", "who", "by")


def supervisions(
    actor: Actor, org: Organisation, about: Person | None = None
) -> QuerySet[Supervision]:
    """Give the notes that one may read, the newest first.

    Args:
        about: the person whose supervision it is.
    """
    rows = visible(actor, Action.SUPERVISION_READ, Supervision).filter(
        org=org, in_error_at__isnull=True
    )
    if about is not None:
        rows = rows.filter(who=about)
    return rows.select_related("who", "by").order_by("-on", "-id")
