"""The national register of establishments as reference data: nobody's, and read by everybody."""

from typing import ClassVar

from django.db import models
from django.db.models.constraints import BaseConstraint

from opensenco.access.managers import ScopedManager
from opensenco.access.tenancy import Public, Tenancy
from opensenco.exchange.states import Status

REGISTER = Public(reason="the national register is public; heads' names are not kept")


class NotPersonal:
    """Nothing in the register as we keep it is about a person."""

    fields: ClassVar[dict[str, str]] = {}


class Establishment(models.Model):
    """One establishment as the register last described it.

    `rest` holds every other fact that the reader knows, by its name; `digest` tells whether a later
    file says anything else; `last_read_on` is the day of the last file that had it.
    """

    tenancy: ClassVar[Tenancy] = REGISTER

    PersonalData = NotPersonal

    urn = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=200)
    status = models.CharField(max_length=8, choices=Status.choices)
    la_code = models.CharField(max_length=3, blank=True, default="")
    la_name = models.CharField(max_length=100, blank=True, default="")
    number = models.CharField(max_length=4, blank=True, default="")
    type_code = models.CharField(max_length=10, blank=True, default="")
    type_name = models.CharField(max_length=100, blank=True, default="")
    phase = models.CharField(max_length=40, blank=True, default="")
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    low_age = models.PositiveSmallIntegerField(null=True, blank=True)
    high_age = models.PositiveSmallIntegerField(null=True, blank=True)
    town = models.CharField(max_length=100, blank=True, default="")
    postcode = models.CharField(max_length=8, blank=True, default="")
    website = models.CharField(max_length=300, blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    rest = models.JSONField(default=dict)
    # the same finds on every database, by name, town and postcode
    search_key = models.CharField(max_length=300, editable=False)
    digest = models.CharField(max_length=32, editable=False)
    last_read_on = models.DateField()

    objects = ScopedManager()

    class Meta:
        base_manager_name = "objects"
        constraints: ClassVar[list[BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(status__in=Status.values), name="exchange_establishment_status"
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["la_code", "number"], name="exchange_establishment_number"),
            models.Index(fields=["postcode"], name="exchange_establishment_place"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.urn})"


class EstablishmentPast(models.Model):
    """What the register said of an establishment before: name, status, days, type, numbers.

    A row is added when a file says something else; `until` is the day that file was read, and
    `reading` which file it was. Rows of the first version knew neither type nor numbers, and have
    no reading: what they leave empty was not looked at.
    """

    tenancy: ClassVar[Tenancy] = REGISTER

    PersonalData = NotPersonal

    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    status = models.CharField(max_length=8, choices=Status.choices)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    type_name = models.CharField(max_length=100, blank=True, default="")
    phase = models.CharField(max_length=40, blank=True, default="")
    la_code = models.CharField(max_length=3, blank=True, default="")
    number = models.CharField(max_length=4, blank=True, default="")
    until = models.DateField()
    reading = models.ForeignKey(
        "exchange.RegisterReading", null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip

    objects = ScopedManager()

    class Meta:
        base_manager_name = "objects"
        constraints: ClassVar[list[BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(status__in=Status.values), name="exchange_past_status"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} until {self.until}"


class RegisterReading(models.Model):
    """One file of the register that was applied: when, which bytes, and what came of it."""

    tenancy: ClassVar[Tenancy] = REGISTER

    PersonalData = NotPersonal

    # 1, 2, 3: of two readings at once only one can be the next
    number = models.PositiveIntegerField(unique=True)
    at = models.DateTimeField()
    read_on = models.DateField()
    digest = models.CharField(max_length=64)
    read = models.PositiveIntegerField()
    new = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    missing = models.PositiveIntegerField()
    # line, last line, URN and reason of each row that was set aside
    quarantine = models.JSONField(default=list)
    # the same counts of the files of links, groups and members that were read with it, by name
    besides = models.JSONField(default=dict)

    objects = ScopedManager()

    class Meta:
        base_manager_name = "objects"
        constraints: ClassVar[list[BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(read__gte=models.F("new") + models.F("changed")),
                name="exchange_reading_counts",
            )
        ]

    def __str__(self) -> str:
        return f"reading {self.number} of the register"
