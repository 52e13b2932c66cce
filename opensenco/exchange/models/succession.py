"""A setting goes on under another number: the register's old one becomes history."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import Referenced
from opensenco.access.managers import ScopedManager
from opensenco.access.tenancy import Public, Tenancy


class Succession(Referenced):
    """What a setting was called and numbered until a day, and what it has been since.

    The record stays where it is: only how its organisation is described changes. Taken back the row
    stays, with the moment.
    """

    tenancy: ClassVar[Tenancy] = Public(
        reason="which school followed which stands in the public register; nobody is named",
        own="org_id",
        adds="org_id",
    )

    class PersonalData:
        """Which fields are personal."""

        fields: ClassVar[dict[str, str]] = {}

    org = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="+")
    old_urn = models.CharField(max_length=10)
    new_urn = models.CharField(max_length=10)
    #: name, phase, town and postcode until then and since then
    was = models.JSONField(default=dict)
    became = models.JSONField(default=dict)
    starts = models.DateField()
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()

    class Meta:
        base_manager_name = "objects"
        constraints: ClassVar[list[BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(old_urn=F("new_urn")) & ~Q(old_urn="") & ~Q(new_urn=""),
                name="exchange_succession_to_another",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(undone_at__gte=F("at")),
                name="exchange_succession_undone_after",
            ),
            models.UniqueConstraint(
                fields=["org", "new_urn"],
                condition=Q(undone_at__isnull=True),
                name="exchange_succession_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_urn} goes on as {self.new_urn}"
