"""Pupils, their contacts and alerts; the other models of this app under one roof."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import Invalidable, OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History
from opensenco.people.former import FormerIdentity
from opensenco.people.group_models import Assignment, Group, GroupPupil, GroupStaff
from opensenco.people.names import Named
from opensenco.people.one_child import Different, Joining
from opensenco.people.roll_models import DualRegistration, RollSpell
from opensenco.people.spans import ends_after_start
from opensenco.people.states import CareKind, Sex
from opensenco.people.turn_models import TurnDeed, TurnMove, YearTurn

__all__ = [
    "Assignment",
    "CareStatus",
    "Contact",
    "Different",
    "DualRegistration",
    "FormerIdentity",
    "Group",
    "GroupPupil",
    "GroupStaff",
    "HealthAlert",
    "Joining",
    "OutOfDutyOpening",
    "Pupil",
    "RollSpell",
    "TurnDeed",
    "TurnMove",
    "YearTurn",
]


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
            "left_to": "where the record goes next",
            "in_error_reason": "can name somebody",
        }

    first_name = models.CharField(max_length=100)
    last_name = models.CharField(max_length=100)
    known_as = models.CharField(max_length=100, blank=True, default="")
    birth_date = models.DateField()
    upn = models.CharField(max_length=13, blank=True, default="")
    sex = models.CharField(max_length=1, choices=Sex.choices, default=Sex.UNKNOWN)
    #: -2 to 14 as schools count: 0 is reception, -1 nursery. Read it by `year_on`: from `next_from`
    #: on the next one holds, whenever that was entered
    year_group = models.SmallIntegerField(null=True, blank=True)
    part = models.ForeignKey(
        "access.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    next_from = models.DateField(null=True, blank=True)
    next_year_group = models.SmallIntegerField(null=True, blank=True)
    next_part = models.ForeignKey(
        "access.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # first and last day of this stay; stays before it are `RollSpell`s
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    left_to = models.CharField(max_length=160, blank=True, default="")
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
            models.CheckConstraint(
                condition=Q(next_from__isnull=True, next_year_group__isnull=True)
                & Q(next_part__isnull=True)
                | Q(next_from__isnull=False)
                & (Q(next_year_group__isnull=True) | Q(next_year_group__range=(-3, 14))),
                name="people_pupil_next_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(left_to="") | Q(left_on__isnull=False),
                name="people_pupil_left_to_somewhere",
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

    def year_on(self, day: date) -> int | None:
        """Give the year group on a day: the next one from its day on."""
        return self.next_year_group if self._turned(day) else self.year_group

    def part_on(self, day: date) -> int | None:
        """Give the part of the setting, by its id, on a day."""
        return self.next_part_id if self._turned(day) else self.part_id

    def _turned(self, day: date) -> bool:
        return self.next_from is not None and self.next_from <= day


class Contact(OrgOwned, Versioned, Invalidable):
    """A parent, carer or other contact of one pupil, and what they may see, answer and be told."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        part = "family"
        fields: ClassVar[dict[str, str]] = {
            "name": "to speak with the family",
            "relation": "who they are to the child",
            "phone": "to reach them",
            "email": "to reach them",
            "address": "to write to them",
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
    #: as on an envelope, a line each, without the name
    address = models.CharField(max_length=200, blank=True, default="")
    language = models.CharField(max_length=80, blank=True, default="")
    interpreter_needed = models.BooleanField(default=False)
    parental_responsibility = models.BooleanField(default=True)
    #: the pupil themself, who is written to once compulsory school age has ended
    is_pupil = models.BooleanField(default=False)
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

        part = "care"
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

        part = "health"
        fields: ClassVar[dict[str, str]] = {
            "alert": "safety",
            "what_to_do": "safety",
            "ended_by": "who answers for its being over",
            "ended_words": "why nobody has to know it any more",
            "in_error_reason": "can name somebody",
        }

    pupil = tenant_key("people.Pupil")
    alert = models.CharField(max_length=300)
    what_to_do = models.TextField(blank=True, default="")
    #: from this day on it holds no more; it stays on the record
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_words = models.CharField(max_length=300, blank=True, default="")

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_by__isnull=True, ended_words="")
                | Q(ended_on__isnull=False, ended_by__isnull=False) & ~Q(ended_words=""),
                name="people_healthalert_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.alert


class OutOfDutyOpening(OrgOwned):
    """A record opened outside one's duty, with the reason typed; it holds until the day ends."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id", append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        part = "looks"
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
