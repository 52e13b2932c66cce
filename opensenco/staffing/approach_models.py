"""How a place works with children who have SEN, in its own words, and who says to have read it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy

#: longer than three pages nobody reads on a first day
MOST_APPROACH = 8_000
MOST_MONTHS = 36


class ApproachEdition(OrgOwned):
    """The approach of a place as it was put into words once. The newest counts; none is changed."""

    tenancy: ClassVar[Tenancy] = Org(append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        part = "work"
        fields: ClassVar[dict[str, str]] = {
            "words": "what everybody who works there does; can name who is asked",
            "file_name": "what the place calls its own paper",
            "person": "who answers for these words",
        }

    #: 1 for the first of a place
    number = models.PositiveIntegerField()
    words = models.TextField()
    #: the place's own paper, where it has one
    file = tenant_key("documents.StoredFile", null=True, blank=True)
    file_name = models.CharField(max_length=255, blank=True, default="")
    on = models.DateField()
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(file="documents.StoredFile"),
            models.UniqueConstraint(
                fields=["org", "number"], name="staffing_approachedition_number"
            ),
            models.CheckConstraint(
                condition=~Q(words=""), name="staffing_approachedition_says_something"
            ),
            models.CheckConstraint(
                condition=Q(file__isnull=True, file_name="")
                | Q(file__isnull=False) & ~Q(file_name=""),
                name="staffing_approachedition_paper_has_a_name",
            ),
        ]

    def __str__(self) -> str:
        return f"approach, edition {self.number}"


class ApproachRefresher(OrgOwned):
    """After how many months everybody is asked again. The newest counts; 0 asks nobody."""

    tenancy: ClassVar[Tenancy] = Org(append_only=True)

    class PersonalData:
        """Which fields are personal: who said so."""

        part = "work"
        fields: ClassVar[dict[str, str]] = {"person": "who said so"}

    months = models.PositiveSmallIntegerField()
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(months__range=(0, MOST_MONTHS)),
                name="staffing_approachrefresher_months",
            ),
        ]

    def __str__(self) -> str:
        return f"again after {self.months} months"


class ApproachReading(OrgOwned, Versioned):
    """That somebody was asked to read an edition, and since when they say that they have.

    Once signed it is never changed; whoever is asked again has a further one.
    """

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "person": "who is to know what they do",
            "signed_as": "the name by which they signed",
        }

    edition = tenant_key("staffing.ApproachEdition")
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    #: 1 when first asked; further ones are refreshers
    number = models.PositiveSmallIntegerField(default=1)
    asked_on = models.DateField()
    signed_on = models.DateField(null=True, blank=True)
    signed_as = models.CharField(max_length=200, blank=True, default="")
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(edition="staffing.ApproachEdition"),
            # two workers at once ask nobody twice
            models.UniqueConstraint(
                fields=["org", "edition", "person", "number"], name="staffing_approachreading_once"
            ),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True, signed_at__isnull=True, signed_as="")
                | Q(signed_on__isnull=False, signed_at__isnull=False) & ~Q(signed_as=""),
                name="staffing_approachreading_signed_by_name_and_day",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "person"], name="staffing_approachreading_who")
        ]

    def __str__(self) -> str:
        return f"reading {self.number}, asked on {self.asked_on}"
