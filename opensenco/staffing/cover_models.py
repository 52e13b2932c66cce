"""Who is away on a day, and who stands in; never why."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History
from opensenco.provision.states import WhyNot

MOST_NOTE = 1_000


def _person(**options: Any) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+", **options)


class Absence(OrgOwned, Versioned):
    """Somebody is away on one day, all of it or part. Why is never asked and has no field."""

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "who": "whose sessions need somebody else",
            "by": "who marked it",
            "back_by": "who said that they came after all",
        }

    who = _person()
    on = models.DateField()
    # both empty where it is the whole day
    from_at = models.TimeField(null=True, blank=True)
    until_at = models.TimeField(null=True, blank=True)
    by = _person()
    at = models.DateTimeField()
    #: they came after all; from that moment nobody stands in for them
    back_at = models.DateTimeField(null=True, blank=True)
    back_by = _person(null=True, blank=True)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(from_at__isnull=True)
                | Q(until_at__isnull=True)
                | Q(until_at__gt=F("from_at")),
                name="staffing_absence_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(back_at__isnull=True, back_by__isnull=True)
                | Q(back_at__isnull=False, back_by__isnull=False),
                name="staffing_absence_back_by_somebody",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "on"], name="staffing_absence_on")
        ]

    def __str__(self) -> str:
        return f"away on {self.on}"


class StandIn(OrgOwned, Versioned):
    """What was arranged for one pupil's part in a session whose adult is away or was moved.

    Somebody stands in, or it is not held and the ledger says why. Nobody in `person` is a session
    that is not held. The rows of one session share `together`; those of one decision, which may
    move an adult from another session, share `choice`.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "allocation": "which promise to the child it is about",
            "person": "who stands in",
            "note": "what whoever stands in must know",
            "by": "who arranged it",
            "taken_back_by": "who took it back",
        }

    absence = tenant_key("staffing.Absence")
    pupil = tenant_key("people.Pupil")
    allocation = tenant_key("provision.Allocation")
    on = models.DateField()
    # as the timetable has it; empty where no hour is set
    starts_at = models.TimeField(null=True, blank=True)
    ends_at = models.TimeField(null=True, blank=True)
    person = _person(null=True, blank=True)
    #: why it is not held; empty where somebody stands in
    reason = models.CharField(max_length=20, choices=WhyNot.choices, blank=True, default="")
    note = models.TextField(blank=True, default="")
    together = models.UUIDField()
    choice = models.UUIDField()
    by = _person()
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = _person(null=True, blank=True)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(
                absence="staffing.Absence", pupil="people.Pupil", allocation="provision.Allocation"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, reason="")
                | Q(person__isnull=True, reason__in=[WhyNot.STAFF_ABSENT, WhyNot.STAFF_COVER]),
                name="staffing_standin_somebody_or_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="staffing_standin_taken_back_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["org", "allocation", "on", "starts_at"],
                condition=Q(taken_back_at__isnull=True, starts_at__isnull=False),
                name="staffing_standin_one_stands",
            ),
            models.UniqueConstraint(
                fields=["org", "allocation", "on"],
                condition=Q(taken_back_at__isnull=True, starts_at__isnull=True),
                name="staffing_standin_one_stands_without_an_hour",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "on"], name="staffing_standin_on"),
            models.Index(fields=["org", "pupil"], name="staffing_standin_pupil"),
            models.Index(fields=["person", "on"], name="staffing_standin_person"),
        ]

    def __str__(self) -> str:
        return f"stand-in on {self.on}"
