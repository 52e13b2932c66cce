"""What schools share of their libraries with those who belong to the same trust, group or area."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import Referenced
from opensenco.access.managers import ScopedManager
from opensenco.access.tenancy import Public, Tenancy


class SharedProvision(Referenced):
    """An entry of a library as a school shared it, for others of a trust, group or authority.

    A copy that moves nobody's library. Each time it is shared, or taken back, another row is added,
    so that whoever took it over can be told what has changed since.
    """

    tenancy: ClassVar[Tenancy] = Public(
        reason="schools share what they give; a library names no child and no colleague",
        adds="org_id",
    )

    class PersonalData:
        """Which fields are personal: none, a library names no child."""

        fields: ClassVar[dict[str, str]] = {}
        not_personal = ("purpose", "how_it_runs", "evidence")

    org = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="+")
    #: the trust, group or authority whose settings may take it over
    to = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="+")
    #: the entry of the library that this is, by its reference
    entry = models.UUIDField()
    name = models.CharField(max_length=120)
    layer = models.PositiveSmallIntegerField()
    purpose = models.TextField(blank=True, default="")
    how_it_runs = models.TextField(blank=True, default="")
    group_usual = models.PositiveSmallIntegerField(default=1)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    times_a_week = models.PositiveSmallIntegerField(null=True, blank=True)
    weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    delivered_by = models.CharField(max_length=200, blank=True, default="")
    training = models.CharField(max_length=200, blank=True, default="")
    entry_measure = models.CharField(max_length=200, blank=True, default="")
    exit_measure = models.CharField(max_length=200, blank=True, default="")
    evidence = models.TextField(blank=True, default="")
    strength = models.CharField(max_length=8, blank=True, default="")
    evidence_from = models.CharField(max_length=300, blank=True, default="")
    #: taken back: offered to nobody from now on
    withdrawn = models.BooleanField(default=False)
    at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        base_manager_name = "objects"
        constraints: ClassVar[list[BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(name=""), name="provision_sharedprovision_has_a_name"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["to", "entry", "-id"], name="provision_shared_newest"),
            models.Index(fields=["org", "entry"], name="provision_shared_entry"),
        ]

    def __str__(self) -> str:
        return self.name
