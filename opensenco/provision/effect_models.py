"""What tells whether a provision helps: its measure, the points of each pupil, the aim; and
what was decided about it.

All of it only ever grows: what was measured, and what was hoped for before it was measured, cannot
be made better afterwards. A row is put right by a later one.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.provision.states import Verdict

MOST_NAME = 120
MOST_SOURCE = 200


def _score(*, empty: bool = False) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(max_digits=7, decimal_places=2, null=empty, blank=empty)


def _person() -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")


class Scale(OrgOwned):
    """What is measured of a provision, the lowest and highest score, and which end is better.

    The newest of a provision is used from then on; pupils measured on an earlier one keep it, so
    that no point is ever read on a scale on which it was not measured.
    """

    tenancy: ClassVar[Tenancy] = Org(append_only=True)

    class PersonalData:
        """Which fields are personal: who set it; a measure names no child."""

        part = "work"
        fields: ClassVar[dict[str, str]] = {"person": "who set it"}
        not_personal = ("name",)

    provision = tenant_key("provision.Provision")
    name = models.CharField(max_length=MOST_NAME)
    lowest = _score()
    highest = _score()
    #: minutes late, or words read wrongly
    less_is_better = models.BooleanField(default=False)
    person = _person()
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(provision="provision.Provision"),
            models.CheckConstraint(condition=~Q(name=""), name="provision_scale_has_a_name"),
            models.CheckConstraint(
                condition=Q(lowest__lt=F("highest")), name="provision_scale_has_a_range"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "provision"], name="provision_scale_provision")
        ]

    def __str__(self) -> str:
        return self.name


class Point(OrgOwned):
    """What a pupil reached on a day, on the scale of what they are given.

    Never edited: a correction is a new row that names the old. The row that stands is the one that
    no other corrects; one that was taken back has no score.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id", append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "score": "whether what the child is given helps",
            "source": "how it was measured, so that it can be measured alike again",
            "person": "who wrote it down",
        }

    pupil = tenant_key("people.Pupil")
    allocation = tenant_key("provision.Allocation")
    scale = tenant_key("provision.Scale")
    on = models.DateField()
    #: empty only where a correction says that there was no such measure
    score = _score(empty=True)
    #: measured at the end, whatever the last day says
    last = models.BooleanField(default=False)
    source = models.CharField(max_length=MOST_SOURCE, blank=True, default="")
    corrects = tenant_key("provision.Point", null=True, blank=True)
    person = _person()
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(
                pupil="people.Pupil",
                allocation="provision.Allocation",
                scale="provision.Scale",
                corrects="provision.Point",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=False) | Q(corrects__isnull=False, last=False),
                name="provision_point_taken_back_corrects",
            ),
            models.UniqueConstraint(
                fields=["org", "allocation", "on"],
                condition=Q(corrects__isnull=True),
                name="provision_point_one_a_day",
            ),
            models.UniqueConstraint(
                fields=["org", "corrects"],
                condition=Q(corrects__isnull=False),
                name="provision_point_corrected_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "allocation", "on"], name="provision_point_allocation"),
            models.Index(fields=["org", "pupil", "-on"], name="provision_point_pupil"),
        ]

    def __str__(self) -> str:
        return f"point of {self.on}"


class Aim(OrgOwned):
    """What a pupil is to reach by a day. The newest stands; what was aimed at before stays."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id", append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "score": "what the child is to reach, to see in time where it does not help",
            "person": "who set it",
        }

    pupil = tenant_key("people.Pupil")
    allocation = tenant_key("provision.Allocation")
    scale = tenant_key("provision.Scale")
    score = _score()
    by = models.DateField()
    person = _person()
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(
                pupil="people.Pupil", allocation="provision.Allocation", scale="provision.Scale"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "allocation"], name="provision_aim_allocation"),
            models.Index(fields=["org", "pupil"], name="provision_aim_pupil"),
        ]

    def __str__(self) -> str:
        return f"aim by {self.by}"


class Decision(OrgOwned):
    """Keep, change, grow or stop a provision: why, who decided, and what was known then.

    The newest stands; a later one is a row of its own.
    """

    tenancy: ClassVar[Tenancy] = Org(append_only=True)

    class PersonalData:
        """Which fields are personal: who decided; a decision about a provision names no child."""

        part = "work"
        fields: ClassVar[dict[str, str]] = {"person": "who decided"}
        not_personal = ("reason", "known")

    provision = tenant_key("provision.Provision")
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    reason = models.TextField()
    #: the sentences of that day; they name nobody
    known = models.JSONField(default=list)
    person = _person()
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(provision="provision.Provision"),
            models.CheckConstraint(
                condition=Q(verdict__in=Verdict.values), name="provision_decision_verdict"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="provision_decision_has_a_reason"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "provision"], name="provision_decision_provision")
        ]

    def __str__(self) -> str:
        return self.verdict
