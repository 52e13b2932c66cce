"""Of one provision: who bears the cost of a group, and what it costs beside hours."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.costing.states import Bears, ItemKind

SHORT = 200
#: pence: £100,000; useful years
MOST_FOR_AN_ITEM = 100_000_00
MOST_YEARS = 20


def person() -> "models.ForeignKey[object, object]":
    """Give the key to whoever wrote it."""
    return models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")


class Bearing(OrgOwned):
    """Who bears the cost of a provision given in groups, from a day on, otherwise than is usual.

    Never changed: a later row of the same day counts in its place. Of one group, it goes before
    what is said of all.
    """

    tenancy: ClassVar[Tenancy] = Org(append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        part = "work"
        fields: ClassVar[dict[str, str]] = {"person": "who set it"}
        not_personal = ("because",)

    provision = tenant_key("provision.Provision")
    #: empty for all groups that it is given in
    group = tenant_key("people.Group", null=True, blank=True)
    first = models.DateField()
    bears = models.CharField(max_length=8, choices=Bears.choices)
    because = models.CharField(max_length=SHORT)
    person = person()
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(provision="provision.Provision", group="people.Group"),
            models.CheckConstraint(condition=Q(bears__in=Bears.values), name="costing_bearing_how"),
            models.CheckConstraint(
                condition=~Q(because=""), name="costing_bearing_has_a_reason"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.bears} from {self.first}"


class Item(OrgOwned):
    """What a provision costs beside hours, once: equipment, training and the like.

    Never changed: a row that `takes_back` another makes it count no more.
    """

    tenancy: ClassVar[Tenancy] = Org(append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        part = "work"
        fields: ClassVar[dict[str, str]] = {"person": "who entered it"}
        not_personal = ("what",)

    provision = tenant_key("provision.Provision")
    kind = models.CharField(max_length=10, choices=ItemKind.choices)
    what = models.CharField(max_length=SHORT)
    pence = models.PositiveIntegerField()
    #: when it was bought; it counts from the year of this day
    first = models.DateField()
    #: for how many years it is of use; each bears as much
    years = models.PositiveSmallIntegerField(default=1)
    takes_back = tenant_key("costing.Item", null=True, blank=True)
    person = person()
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(provision="provision.Provision", takes_back="costing.Item"),
            models.CheckConstraint(condition=Q(kind__in=ItemKind.values), name="costing_item_kind"),
            models.CheckConstraint(condition=~Q(what=""), name="costing_item_says_what"),
            models.CheckConstraint(
                condition=Q(pence__range=(1, MOST_FOR_AN_ITEM)), name="costing_item_pence"
            ),
            models.CheckConstraint(
                condition=Q(years__range=(1, MOST_YEARS)), name="costing_item_years"
            ),
            models.UniqueConstraint(
                fields=["org", "takes_back"], condition=Q(takes_back__isnull=False),
                name="costing_item_taken_back_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.what
