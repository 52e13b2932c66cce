"""Shared tablets of a place, and the short numbers with which its people use them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned, Versioned
from opensenco.access.tenancy import Org, PersonRows, Tenancy


class Tablet(OrgOwned, Versioned):
    """One device that people of a place share: named, enrolled once by a code, cut off at once.

    What the device keeps is a long secret of which this has the hash. Until it is enrolled there is
    the hash of the code that enrols it.
    """

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "added_by": "who put it to use",
            "last_used_by": "who had it last",
            "cut_off_by": "who ended its use",
        }

    name = models.CharField(max_length=40)
    #: roles whose people may use it
    roles = models.JSONField(default=list)
    code = models.CharField(max_length=64, blank=True, default="")
    code_until = models.DateTimeField()
    code_tries = models.PositiveSmallIntegerField(default=0)
    key = models.CharField(max_length=64, blank=True, default="")
    added_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    enrolled_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    last_used_by = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cut_off_at = models.DateTimeField(null=True, blank=True)
    cut_off_by = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.UniqueConstraint(
                fields=["org", "name"],
                condition=Q(cut_off_at__isnull=True),
                name="access_tablet_name",
            ),
            models.CheckConstraint(
                condition=Q(enrolled_at__isnull=True, key="")
                | (Q(enrolled_at__isnull=False, code="") & ~Q(key=""))
                | Q(cut_off_at__isnull=False, key="", code=""),
                name="access_tablet_has_a_code_or_a_key",
            ),
            models.CheckConstraint(
                condition=Q(cut_off_at__isnull=True, cut_off_by__isnull=True)
                | Q(cut_off_at__isnull=False, cut_off_by__isnull=False),
                name="access_tablet_cut_off_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(last_used_at__isnull=True, last_used_by__isnull=True)
                | Q(last_used_at__isnull=False, last_used_by__isnull=False),
                name="access_tablet_used_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"tablet of {self.org_id}"

    @property
    def in_use(self) -> bool:
        """Tell whether the device can be used."""
        return bool(self.key) and self.cut_off_at is None


class TabletPin(OrgOwned, Versioned):
    """The six digits with which somebody uses the shared tablets of one place.

    Six digits are guessed quickly by whoever holds their hash, so the hash is made with the
    installation's own secret too, and only their person's scope reads this row.
    """

    tenancy: ClassVar[Tenancy] = PersonRows(org_too=False, deletable=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {"person": "whose number it is"}

    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    pin = models.CharField(max_length=128)
    set_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    wait_until = models.DateTimeField(null=True, blank=True)
    locked = models.BooleanField(default=False)

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.UniqueConstraint(fields=["org", "person"], name="access_tabletpin_once"),
        ]

    def __str__(self) -> str:
        return f"number of {self.person_id}"
