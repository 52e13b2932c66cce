"""What a person said they have seen of a pupil's record."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy


class SeenMark(OrgOwned):
    """A person has seen what there was of a pupil's record up to a moment, without opening it.

    Whoever opens the record has seen it too: that stands in the log of looks and is not repeated
    here.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id", append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        part = "looks"
        fields: ClassVar[dict[str, str]] = {
            "person": "to whom it is new no more; nobody else is told"
        }

    pupil = tenant_key("people.Pupil")
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    #: the moment of the newest thing that they had before them
    until = models.DateTimeField()
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            models.CheckConstraint(
                condition=Q(until__lte=F("at")), name="cases_seenmark_of_the_past"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "person", "pupil", "-until"], name="cases_seenmark_newest")
        ]

    def __str__(self) -> str:
        return f"seen until {self.until:%Y-%m-%d}"
