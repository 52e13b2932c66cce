"""Meetings of the place whose days or replies are still open, for whoever books and chases."""

from dataclasses import dataclass
from datetime import time

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.meetings import when
from opensenco.meetings.models import Meeting, MeetingMember
from opensenco.meetings.states import COMING, MeetingState

MOST = 12


@dataclass(frozen=True)
class ToChase:
    """A meeting to come, and how many have not replied.

    Args:
        unsettled: days are offered, and none is chosen yet.
    """

    meeting: Meeting
    silent: int
    unsettled: bool


def to_chase(actor: Actor) -> list[ToChase]:
    """Give the meetings to come that somebody has to be asked about again, the soonest first.

    Whoever called a meeting is not waited for, and a pupil is asked in person.
    """
    offered = Q(state=MeetingState.OFFERED)
    rows = (
        visible(actor, Action.MEETING_PLAN, Meeting)
        .filter(
            offered | Q(starts__gte=when.at(actor.today, time(0))),
            offered | Q(Exists(_silent().filter(meeting=OuterRef("pk")))),
            state__in=COMING,
            in_error_at__isnull=True,
        )
        .select_related("pupil")
        .order_by(F("starts").asc(nulls_first=True), "id")[:MOST]
    )
    found = list(rows)
    counted = _silent().filter(meeting__in=[one.pk for one in found])
    silent = dict(
        counted.values("meeting")
        .order_by("meeting")
        .annotate(many=Count("pk"))
        .values_list("meeting", "many")
    )
    return [ToChase(one, silent.get(one.pk, 0), one.state == MeetingState.OFFERED) for one in found]


def _silent() -> QuerySet[MeetingMember]:
    rows = MeetingMember.objects.filter(
        replied_on__isnull=True, taken_off_on__isnull=True, is_pupil=False
    )
    return rows.filter(Q(person__isnull=True) | ~Q(person=F("meeting__organiser")))
