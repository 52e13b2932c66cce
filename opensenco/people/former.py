"""Names and pupil numbers that a pupil had before: kept, findable by few, shown to nobody else."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import Invalidable, OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History
from opensenco.people.states import WhyFormer


class FormerIdentity(OrgOwned, Versioned, Invalidable):
    """A name, or a pupil number, that was a pupil's until a moment, and why it is no more.

    `guarded` says that the old one must not be shown: of adopted children and those who are being
    looked for, an old surname is a danger. One that is the pupil's again is marked in error.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "first_name": "to find the child by a name of earlier papers",
            "last_name": "to find the child by a name of earlier papers",
            "known_as": "to find the child by a name of earlier papers",
            "upn": "to match files of another school or an earlier year",
            "search_key": "to find the child",
            "why": "whether the old one may be shown",
            "noted_by": "who answers for the change",
            "in_error_reason": "can name somebody",
        }

    pupil = tenant_key("people.Pupil")
    first_name = models.CharField(max_length=100, blank=True, default="")
    last_name = models.CharField(max_length=100, blank=True, default="")
    known_as = models.CharField(max_length=100, blank=True, default="")
    upn = models.CharField(max_length=13, blank=True, default="")
    search_key = models.CharField(max_length=300, editable=False)
    why = models.CharField(max_length=12, choices=WhyFormer.choices)
    guarded = models.BooleanField(default=True)
    #: from this moment on the pupil had another
    until = models.DateTimeField()
    noted_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            models.CheckConstraint(
                condition=Q(upn="") & ~Q(last_name="")
                | (~Q(upn="") & Q(first_name="", last_name="", known_as="")),
                name="people_formeridentity_name_or_number",
            ),
            models.CheckConstraint(
                condition=Q(why__in=WhyFormer.values), name="people_formeridentity_why"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil"], name="people_former_pupil"),
            models.Index(fields=["org", "upn"], name="people_former_upn"),
        ]

    def __str__(self) -> str:
        return f"former, {self.why}"

    @property
    def name(self) -> str:
        """First name and surname, as it was said; empty for a number."""
        return f"{self.known_as or self.first_name} {self.last_name}".strip()
