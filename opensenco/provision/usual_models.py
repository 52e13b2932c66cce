"""What is usual for what is measured: said once for a measure, with its source."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.provision.states import UsualKind

MOST_SOURCE = 300


class Usual(OrgOwned):
    """What progress is usual on a scale, and how exact one score is.

    It only grows, and the newest of a scale stands: whoever reads a comparison later can tell what
    it was made against. It is of the scale and not of the provision, so that pupils measured in
    another way are not held against it.
    """

    tenancy: ClassVar[Tenancy] = Org(append_only=True)

    class PersonalData:
        """Which fields are personal: who said it; what is usual names no child."""

        part = "work"
        fields: ClassVar[dict[str, str]] = {"person": "who said what is usual"}
        not_personal = ("source",)

    scale = tenant_key("provision.Scale")
    kind = models.CharField(max_length=8, choices=UsualKind.choices)
    #: what a pupil usually gains in a term, where the place says so itself
    gain = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    #: standard error of measurement of one score, as the test's manual gives it
    error = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    source = models.CharField(max_length=MOST_SOURCE, blank=True, default="")
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(scale="provision.Scale"),
            models.CheckConstraint(
                condition=Q(kind__in=UsualKind.values), name="provision_usual_kind"
            ),
            models.CheckConstraint(
                condition=Q(kind=UsualKind.TERM, gain__isnull=False)
                | (~Q(kind=UsualKind.TERM) & Q(gain__isnull=True)),
                name="provision_usual_gain_of_a_term",
            ),
            models.CheckConstraint(
                condition=Q(gain__isnull=True, error__isnull=True) | ~Q(source=""),
                name="provision_usual_has_a_source",
            ),
            models.CheckConstraint(
                condition=Q(error__isnull=True) | Q(error__gt=0), name="provision_usual_error"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "scale"], name="provision_usual_scale")
        ]

    def __str__(self) -> str:
        return self.kind
