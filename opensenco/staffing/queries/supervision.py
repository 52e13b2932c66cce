"""Reading notes of supervision: the two who were there, and who leads the team."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation, Person
from opensenco.access.registry import visible
from opensenco.gate.rows import find
from opensenco.provision.models import Session
from opensenco.provision.queries.expected import name_of
from opensenco.provision.queries.standing import standing_sessions
from opensenco.provision.states import Went
from opensenco.staffing.models import Supervision

#: how long after a session one speaks of what was watched of it
SPOKEN_OF = timedelta(days=28)


@dataclass(frozen=True)
class Watched:
    """A session that somebody gave, and that another can have watched."""

    batch: uuid.UUID
    on: date
    name: str
    ref: uuid.UUID


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


def sessions_of(
    actor: Actor, org: Organisation, who: Person, batch: uuid.UUID | None = None
) -> list[Watched]:
    """Give the sessions of the last weeks that somebody gave, the newest first, each once, as far
    as this actor sees them.

    Args:
        batch: this one alone, however long ago it was.
    """
    rows = standing_sessions(visible(actor, Action.PROVISION_VIEW, Session)).filter(
        Q(gave=who) | Q(gave__isnull=True, person=who), org=org, went=Went.DELIVERED
    )
    if batch is None:
        rows = rows.filter(on__range=(actor.today - SPOKEN_OF, actor.today))
    else:
        rows = rows.filter(batch=batch)
    related = rows.select_related("allocation__provision", "allocation__group")
    found: dict[uuid.UUID, Watched] = {}
    for row in related.order_by("-on", "-number", "id"):
        known = Watched(row.batch, row.on, name_of(row.allocation), row.ref)
        found.setdefault(row.batch, known)
    return list(found.values())


def watched_of(actor: Actor, row: Supervision) -> Watched | None:
    """Give the session that was watched; None where none was, or this actor does not see it."""
    if row.watched is None:
        return None
    return next(iter(sessions_of(actor, row.org, row.who, row.watched)), None)
