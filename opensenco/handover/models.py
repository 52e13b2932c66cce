"""One hand-over, and what it says of each pupil: gathered until it is given, and frozen then."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import Invalidable, OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History
from opensenco.handover.states import Kind


class HandOver(OrgOwned, Versioned, Invalidable):
    """Pupils go from one colleague to another: who, to whom, when it was given and taken over."""

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        part = "plans"
        reached_from = ("handover.HandOverPupil.hand_over",)
        fields: ClassVar[dict[str, str]] = {
            "giver": "whose pupils they were",
            "taker": "whose they are from now on",
            "made_by": "who put it together",
            "words": "what the next one has to know; can name somebody",
            "taken_words": "what the next one answered; can name somebody",
            "in_error_by": "who took it back",
            "in_error_reason": "can name somebody",
        }

    kind = models.CharField(max_length=5, choices=Kind.choices)
    giver = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    taker = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    words = models.TextField(blank=True, default="")
    meeting = tenant_key("meetings.Meeting", null=True, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_words = models.TextField(blank=True, default="")

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(meeting="meetings.Meeting"),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values), name="handover_handover_kind"
            ),
            models.CheckConstraint(
                condition=~Q(giver=F("taker")), name="handover_handover_to_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True, taken_words="") | Q(given_at__isnull=False),
                name="handover_handover_taken_after_it_was_given",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "-begun_at"], name="handover_handover_at"),
            models.Index(fields=["org", "taker"], name="handover_handover_taker"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} hand-over of {self.begun_at:%Y-%m-%d}"


class HandOverPupil(OrgOwned, Versioned):
    """One pupil of a hand-over: what only the giver can say, and the record as it was given."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "note": "what the next colleague has to know of the child",
            "content": "the record as it was handed over",
        }

    hand_over = tenant_key("handover.HandOver")
    pupil = tenant_key("people.Pupil")
    note = models.TextField(blank=True, default="")
    #: frozen when it is given: by part, lines of what, when and who; empty before
    content = models.JSONField(default=dict, blank=True)
    left_out = models.BooleanField(default=False)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(pupil="people.Pupil", hand_over="handover.HandOver"),
            models.UniqueConstraint(
                fields=["org", "hand_over", "pupil"], name="handover_handoverpupil_once"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil"], name="handover_handoverpupil_pupil"),
        ]

    def __str__(self) -> str:
        return f"pupil of hand-over {self.ref}"
