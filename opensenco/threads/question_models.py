"""Questions to whoever co-ordinates, with their answers."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import Invalidable, OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History


class SencoQuestion(OrgOwned, Versioned, Invalidable):
    """A question to the SENCO, about a pupil or in general, and what was answered."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "words": "what somebody needs to know, often about a child",
            "asked_by": "who asks, and is answered",
            "answer": "what they were told",
            "strategies": "what they were told to try",
            "answered_by": "who answered",
            "search_key": "to find question and answer again",
            "in_error_by": "who took it back",
            "in_error_reason": "can name somebody",
        }

    pupil = tenant_key("people.Pupil", null=True, blank=True)
    words = models.TextField()
    asked_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    answer = models.TextField(blank=True, default="")
    #: strategies that the answer names, word for word as they stood in the bank then
    strategies = models.JSONField(default=list, blank=True)
    answered_by = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    #: question and answer are read by all staff of the place
    shared = models.BooleanField(default=False)
    #: the words of both as both databases find them alike
    search_key = models.TextField(editable=False)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            models.CheckConstraint(condition=~Q(words=""), name="threads_sencoquestion_asks"),
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="threads_sencoquestion_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(shared=False) | (Q(pupil__isnull=True) & ~Q(answer="")),
                name="threads_sencoquestion_shares_a_general_answer",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "-written_at"], name="threads_sencoquestion_at"),
            models.Index(fields=["org", "asked_by"], name="threads_sencoquestion_by"),
        ]

    def __str__(self) -> str:
        return f"question of {self.written_at:%Y-%m-%d}"
