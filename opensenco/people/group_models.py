"""Classes and groups, who is in them, and who works with whom, from a day to a day."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History
from opensenco.people.spans import ends_after_start, no_day_if_withdrawn
from opensenco.people.states import GroupKind, StaffPart


class Group(OrgOwned, Versioned):
    """A class, teaching group or support group of a setting."""

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal."""

        fields: ClassVar[dict[str, str]] = {}

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=GroupKind.choices, default=GroupKind.CLASS)
    part = models.ForeignKey(
        "access.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # its last day; ahead of it only where the school year turns
    ended_on = models.DateField(null=True, blank=True)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.UniqueConstraint(
                fields=["org", "name"], condition=Q(ended_on__isnull=True), name="people_group_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GroupPupil(OrgOwned, Versioned):
    """A pupil is in a group from a day to a day."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {"group": "who teaches the child"}

    group = tenant_key("people.Group")
    pupil = tenant_key("people.Pupil")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    # taken back: it ends on the day before it starts, so no day has it
    withdrawn = models.BooleanField(default=False)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(group="people.Group", pupil="people.Pupil"),
            no_day_if_withdrawn("people_grouppupil_ends_after_start"),
            models.UniqueConstraint(
                fields=["org", "group", "pupil", "starts"],
                condition=Q(withdrawn=False),
                name="people_grouppupil_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil"], name="people_grouppupil_pupil")
        ]

    def __str__(self) -> str:
        return f"{self.pupil_id} in {self.group_id}"


class GroupStaff(OrgOwned, Versioned):
    """A member of staff teaches, runs or covers a group from a day to a day."""

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {"person": "who works with the group"}

    group = tenant_key("people.Group")
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    does = models.CharField(max_length=8, choices=StaffPart.choices, default=StaffPart.TEACHES)
    subject = models.CharField(max_length=80, blank=True, default="")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    # taken back: it ends on the day before it starts, so no day has it
    withdrawn = models.BooleanField(default=False)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(group="people.Group"),
            no_day_if_withdrawn("people_groupstaff_ends_after_start"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "person"], name="people_groupstaff_person")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.does} {self.group_id}"


class Assignment(OrgOwned, Versioned):
    """A member of staff works with a pupil by name, from a day to a day."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {"person": "who works with the child"}

    pupil = tenant_key("people.Pupil")
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            ends_after_start("people_assignment_ends_after_start"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "person"], name="people_assignment_person")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} with {self.pupil_id}"
