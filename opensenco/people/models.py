"""Pupils, their contacts and alerts, the groups they are in, and who works with them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import Invalidable, OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History
from opensenco.people.former import FormerIdentity as FormerIdentity
from opensenco.people.names import Named
from opensenco.people.one_child import Different as Different
from opensenco.people.one_child import Joining as Joining
from opensenco.people.spans import ends_after_start, no_day_if_withdrawn
from opensenco.people.states import CareKind, GroupKind, Sex, StaffPart


class Pupil(Named, OrgOwned, Versioned, Invalidable):
    """A child or young person on the roll of one setting. Another setting has its own row.

    One marked as made in error was never on the roll: no rule gives them to anybody.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="id", guest=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "first_name": "to know the child",
            "last_name": "to know the child",
            "known_as": "to call the child by the name they use",
            "birth_date": "year group, duties that hang on age",
            "upn": "to match the school's other records",
            "sex": "census",
            "home_language": "to speak with the family; language alone is never SEN",
            "search_key": "to find the child",
            "sort_key": "to list the child",
            "in_error_reason": "can name somebody",
        }

    first_name = models.CharField(max_length=100)
    last_name = models.CharField(max_length=100)
    known_as = models.CharField(max_length=100, blank=True, default="")
    birth_date = models.DateField()
    upn = models.CharField(max_length=13, blank=True, default="")
    sex = models.CharField(max_length=1, choices=Sex.choices, default=Sex.UNKNOWN)
    #: -2 to 14 as schools count: 0 is reception, -1 nursery
    year_group = models.SmallIntegerField(null=True, blank=True)
    part = models.ForeignKey(
        "access.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    home_language = models.CharField(max_length=80, blank=True, default="")
    interpreter_needed = models.BooleanField(default=False)
    #: the record that goes on, where this one was set aside as a second one of the same child
    same_as = tenant_key("people.Pupil", null=True, blank=True)
    # the same order and the same finds on every database
    search_key = models.CharField(max_length=300, editable=False)
    sort_key = models.CharField(max_length=300, editable=False)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(same_as="people.Pupil"),
            models.UniqueConstraint(
                fields=["org", "upn"],
                condition=~Q(upn="") & Q(in_error_at__isnull=True),
                name="people_pupil_upn",
            ),
            models.CheckConstraint(
                condition=Q(year_group__isnull=True) | Q(year_group__range=(-3, 14)),
                name="people_pupil_year_group",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True)
                | Q(joined_on__isnull=True)
                | Q(left_on__gte=F("joined_on")),
                name="people_pupil_left_after_joined",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "sort_key"], name="people_pupil_sorted")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def stands(self) -> "Pupil":
        """The record that goes on: this one, or the one it was made one with."""
        return self.same_as or self


class Contact(OrgOwned, Versioned, Invalidable):
    """A parent, carer or other contact of one pupil, and what they may see, answer and be told."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "name": "to speak with the family",
            "relation": "who they are to the child",
            "phone": "to reach them",
            "email": "to reach them",
            "language": "to be understood",
            "restriction": "what a court or the school has said about them",
            "person": "their own sign-in, where they have one",
            "in_error_reason": "can name somebody",
        }

    pupil = tenant_key("people.Pupil")
    name = models.CharField(max_length=160)
    relation = models.CharField(max_length=60)
    phone = models.CharField(max_length=40, blank=True, default="")
    email = models.EmailField(max_length=200, blank=True, default="")
    language = models.CharField(max_length=80, blank=True, default="")
    interpreter_needed = models.BooleanField(default=False)
    parental_responsibility = models.BooleanField(default=True)
    may_see = models.BooleanField(default=True)
    may_reply = models.BooleanField(default=True)
    to_be_told = models.BooleanField(default=True)
    barred = models.BooleanField(default=False)
    restriction = models.TextField(blank=True, default="")
    person = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            models.CheckConstraint(
                condition=Q(barred=False) | Q(may_see=False, may_reply=False, to_be_told=False),
                name="people_contact_barred_sees_nothing",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CareStatus(OrgOwned, Versioned, Invalidable):
    """Care status with dates; opened only by those who may."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "kind": "duties that hang on it",
            "in_error_reason": "can name somebody",
        }

    pupil = tenant_key("people.Pupil")
    kind = models.CharField(max_length=20, choices=CareKind.choices)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            ends_after_start("people_carestatus_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class HealthAlert(OrgOwned, Versioned, Invalidable):
    """What every adult with the child must know and do; permitted apart from care status."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "alert": "safety",
            "what_to_do": "safety",
            "in_error_reason": "can name somebody",
        }

    pupil = tenant_key("people.Pupil")
    alert = models.CharField(max_length=300)
    what_to_do = models.TextField(blank=True, default="")

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(pupil="people.Pupil"),
        ]

    def __str__(self) -> str:
        return self.alert


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
    # its last day; it is never ended ahead
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


class OutOfDutyOpening(OrgOwned):
    """A record opened outside one's duty, with the reason typed; it holds until the day ends."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id", append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "person": "who opened the record",
            "reason": "why they did",
        }

    pupil = tenant_key("people.Pupil")
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField()
    day = models.DateField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            models.CheckConstraint(condition=~Q(reason=""), name="people_outofduty_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"opened on {self.day}"
