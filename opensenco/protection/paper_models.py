"""The certificate of papers that were disposed of before their record."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned, Versioned
from opensenco.access.tenancy import Org, Tenancy
from opensenco.documents.limits import LONGEST_WHY
from opensenco.protection.states import UNDER_WAY, Disposing


class PaperDisposal(OrgOwned, Versioned):
    """That some papers of one record were disposed of, or will be. It names nobody.

    No key leads to the pupil: it outlives the record.
    """

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "why": "why they were not needed any more",
            "person": "who answers for it",
            "called_off_by": "who called it off",
        }
        part = "work"

    #: the reference of the record, which was random and says nothing
    record = models.UUIDField()
    #: the references of the papers; none is left once they are gone
    papers = models.JSONField(default=list)
    #: how many papers of each type, by code
    kinds = models.JSONField(default=dict)
    #: the day on which the youngest of them had passed its date
    kept_until = models.DateField()
    why = models.CharField(max_length=LONGEST_WHY)
    state = models.CharField(max_length=10, choices=Disposing.choices, default=Disposing.DECIDED)
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    #: the first day on which it is carried out; until then it can be called off
    due_on = models.DateField()
    called_off_by = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    called_off_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    #: how many files were removed, and how many stay because something else holds the same bytes
    files = models.PositiveIntegerField(default=0)
    files_kept = models.PositiveIntegerField(default=0)
    #: digests of the files that are still to be removed from the disk
    left = models.JSONField(default=list)

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(called_off_by__isnull=True, called_off_at__isnull=True)
                & ~Q(state=Disposing.CALLED_OFF)
                | Q(called_off_by__isnull=False, called_off_at__isnull=False)
                & Q(state=Disposing.CALLED_OFF),
                name="protection_paperdisposal_called_off_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state=Disposing.DONE, done_at__isnull=False)
                | ~Q(state=Disposing.DONE) & Q(done_at__isnull=True),
                name="protection_paperdisposal_done",
            ),
            models.CheckConstraint(condition=~Q(why=""), name="protection_paperdisposal_says_why"),
            models.UniqueConstraint(
                fields=["org", "record"],
                condition=Q(state__in=UNDER_WAY),
                name="protection_paperdisposal_one_stands",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "state", "due_on"], name="protection_paperdisposal_due")
        ]

    @property
    def count(self) -> int:
        """How many papers."""
        return sum(self.kinds.values())

    def __str__(self) -> str:
        return f"disposal of papers, {self.state}"
