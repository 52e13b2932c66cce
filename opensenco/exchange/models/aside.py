"""What a place has put off of the guide that leads from nothing to a working record."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned
from opensenco.access.tenancy import Org, Tenancy
from opensenco.exchange.states import Step


class SetAside(OrgOwned):
    """A step that a place said "not now" to. Whether a step is done is never stored.

    Taken up again it stays as it was, with the moment.
    """

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {"by": "who put the step off"}

    step = models.CharField(max_length=10, choices=Step.choices)
    at = models.DateTimeField()
    by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    taken_up_at = models.DateTimeField(null=True, blank=True)

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(step__in=Step.values), name="exchange_setaside_step"
            ),
            models.UniqueConstraint(
                fields=["org", "step"],
                condition=Q(taken_up_at__isnull=True),
                name="exchange_setaside_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} since {self.at}"
