"""Reading what one has been told."""

import uuid
from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Exists, OuterRef

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.notices.models import Notice, NoticeRead

#: a notice that nobody opened is no news after a term
NEWS_DAYS = 90
MOST_SHOWN = 20


def unread(actor: Actor, most: int = MOST_SHOWN) -> list[Notice]:
    """Give the newest notices that this person has not read, of the last 90 days.

    What one did oneself is no news to oneself, unless it was sent to one by name.
    """
    read = NoticeRead.objects.filter(notice=OuterRef("pk"), person=actor.person)
    rows = (
        visible(actor, Action.TASK_VIEW, Notice)
        .filter(~Exists(read), at__gte=actor.at - timedelta(days=NEWS_DAYS))
        .exclude(by=actor.person, person__isnull=True)
        .select_related("by", "pupil__same_as")
        .order_by("-at", "-id")
    )
    shown = list(rows[:most])
    for row in shown:
        # of a record that was made one with another, the name is that of the one that goes on
        row.pupil = row.pupil and row.pupil.stands
    return shown


def chosen(actor: Actor, refs: Sequence[uuid.UUID]) -> list[Notice]:
    """Give this person's notices of these references; others are left out without a word."""
    return list(visible(actor, Action.TASK_DO, Notice).filter(ref__in=refs[:MOST_SHOWN]))
