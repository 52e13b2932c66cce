"""One meeting about a pupil or a place, of whatever kind, with its record."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import Invalidable, OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History
from opensenco.meetings.states import TOOK_PLACE, MeetingState


class Meeting(OrgOwned, Versioned, Invalidable):
    """A meeting: when and where, its agenda, what was said and agreed, and how it ended.

    A series is several meetings with the same `series`, each with a day of its own: nothing
    repeats by a rule.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "purpose": "why people meet about the child",
            "place": "can name a home",
            "link": "opens the meeting to whoever has it",
            "organiser": "who is asked about it",
            "pupil_said": "the child's own words",
            "parents_said": "what the family said",
            "notes": "what was said about the child",
            "agreed": "what was decided about the child",
            "cancelled_reason": "can name somebody",
            "recorded_by": "who closed the record",
            "corrected_because": "can name somebody",
            "in_error_by": "who took it back",
            "in_error_reason": "can name somebody",
        }

    #: none where it is about the place: a team, a link visit, a forum
    pupil = tenant_key("people.Pupil", null=True, blank=True)
    kind = models.CharField(max_length=60)
    kind_version = models.PositiveIntegerField()
    title = models.CharField(max_length=160)
    purpose = models.TextField(blank=True, default="")
    #: as it was planned: topic, minutes, led_by and prompt of each point
    agenda = models.JSONField(default=list)
    state = models.CharField(
        max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED
    )
    organiser = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    starts = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveIntegerField()
    place = models.CharField(max_length=200, blank=True, default="")
    link = models.CharField(max_length=500, blank=True, default="")
    #: shared by the meetings that were planned together
    series = models.UUIDField(null=True, blank=True)
    #: how often calendars were told of a change, and when last (RFC 5545: SEQUENCE, DTSTAMP)
    sequence = models.PositiveIntegerField(default=0)
    told_at = models.DateTimeField()
    #: the day on which invitation and papers had been sent to all
    notice_sent_on = models.DateField(null=True, blank=True)
    pupil_said = models.TextField(blank=True, default="")
    parents_said = models.TextField(blank=True, default="")
    notes = models.TextField(blank=True, default="")
    agreed = models.TextField(blank=True, default="")
    recorded_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    #: of the record that was given out; 1 when it is closed, one more with each correction
    edition = models.PositiveIntegerField(default=0)
    corrected_because = models.TextField(blank=True, default="")
    cancelled_reason = models.TextField(blank=True, default="")

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            models.CheckConstraint(condition=~Q(title=""), name="meetings_meeting_has_a_title"),
            models.CheckConstraint(
                condition=Q(state__in=MeetingState.values), name="meetings_meeting_state"
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=600), name="meetings_meeting_minutes"
            ),
            models.CheckConstraint(
                condition=Q(starts__isnull=False)
                | Q(state__in=[MeetingState.OFFERED, MeetingState.CANCELLED]),
                name="meetings_meeting_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state=MeetingState.CANCELLED) & ~Q(cancelled_reason="")
                | ~Q(state=MeetingState.CANCELLED) & Q(cancelled_reason=""),
                name="meetings_meeting_cancelled_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=MeetingState.RECORDED, recorded_at__isnull=False,
                    recorded_by__isnull=False, edition__gte=1,
                )
                | ~Q(state=MeetingState.RECORDED)
                & Q(recorded_at__isnull=True, recorded_by__isnull=True, edition=0),
                name="meetings_meeting_recorded_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=TOOK_PLACE) | Q(notes="", agreed=""),
                name="meetings_meeting_has_notes_once_held",
            ),
        ]  # fmt: skip
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil", "starts"], name="meetings_meeting_pupil"),
            models.Index(fields=["org", "state", "starts"], name="meetings_meeting_when"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.starts:%Y-%m-%d}" if self.starts else self.kind
