"""Time set aside to co-ordinate that was not there: told once, and how long a place waits."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned
from opensenco.access.tenancy import Org, Tenancy

MOST_WEEKS = 12


class ShortWeeks(OrgOwned):
    """After how many school weeks in a row the head is told. The newest counts; 0 tells nobody."""

    tenancy: ClassVar[Tenancy] = Org(append_only=True)

    class PersonalData:
        """Which fields are personal: who said so."""

        part = "work"
        fields: ClassVar[dict[str, str]] = {"person": "who said so"}

    weeks = models.PositiveSmallIntegerField()
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(weeks__range=(0, MOST_WEEKS)), name="staffing_shortweeks_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weeks} weeks"


class Shortfall(OrgOwned):
    """That somebody's time to co-ordinate was short week after week, with the weeks as they stood.

    It is never changed. Whether it still waits is what its task says.
    """

    tenancy: ClassVar[Tenancy] = Org(append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "who": "whose time was short, so that the head can mend it",
            "weeks": "by how much, week by week",
        }

    who = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    found_on = models.DateField()
    #: of each week: its Monday, minutes set aside, minutes on the record
    weeks = models.JSONField()
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "who"], name="staffing_shortfall_who")
        ]

    def __str__(self) -> str:
        return f"shortfall of {self.found_on}"
