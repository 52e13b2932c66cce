"""Links between establishments, groups and their members, as the register gives them: nobody's."""

from typing import ClassVar

from django.db import models
from django.db.models.constraints import BaseConstraint

from opensenco.access.managers import ScopedManager
from opensenco.access.tenancy import Tenancy
from opensenco.exchange.models.register import REGISTER, NotPersonal
from opensenco.exchange.states import GroupFamily


class EstablishmentLink(models.Model):
    """Two establishments of which one followed the other, as by a merger.

    Kept by number, since the links name establishments that the register no longer lists.
    """

    tenancy: ClassVar[Tenancy] = REGISTER

    PersonalData = NotPersonal

    urn = models.CharField(max_length=10)
    other_urn = models.CharField(max_length=10)
    other_name = models.CharField(max_length=200, blank=True, default="")
    # the register's own word for what the other is to this one: "Successor - merged"
    kind = models.CharField(max_length=100)
    since = models.DateField(null=True, blank=True)
    last_read_on = models.DateField()

    objects = ScopedManager()

    class Meta:
        base_manager_name = "objects"
        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["urn", "other_urn", "kind"], name="exchange_link_is_said_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.other_urn} is to {self.urn}: {self.kind}"


class RegisterGroup(models.Model):
    """A trust, federation, sponsor or group of children's centres, as last read."""

    tenancy: ClassVar[Tenancy] = REGISTER

    PersonalData = NotPersonal

    uid = models.CharField(max_length=20, unique=True)
    group_id = models.CharField(max_length=20, blank=True, default="")
    name = models.CharField(max_length=200)
    family = models.CharField(max_length=12, choices=GroupFamily.choices)
    type_code = models.CharField(max_length=20, blank=True, default="")
    type_name = models.CharField(max_length=100)
    status = models.CharField(max_length=40, blank=True, default="")
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    company_number = models.CharField(max_length=20, blank=True, default="")
    ukprn = models.CharField(max_length=20, blank=True, default="")
    town = models.CharField(max_length=100, blank=True, default="")
    postcode = models.CharField(max_length=8, blank=True, default="")
    search_key = models.CharField(max_length=300, editable=False)
    last_read_on = models.DateField()

    objects = ScopedManager()

    class Meta:
        base_manager_name = "objects"
        constraints: ClassVar[list[BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(family__in=GroupFamily.values), name="exchange_group_family"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.uid})"


class RegisterSpan(models.Model):
    """An establishment in a group, from a day until a day. It may come back: another span.

    `left_seen` tells that no file said when it left: `left_on` is then the day of the first file
    in which the group no longer had it.
    """

    tenancy: ClassVar[Tenancy] = REGISTER

    PersonalData = NotPersonal

    uid = models.CharField(max_length=20)
    urn = models.CharField(max_length=10)
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    left_seen = models.BooleanField(default=False)
    last_read_on = models.DateField()

    objects = ScopedManager()

    class Meta:
        base_manager_name = "objects"
        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["uid", "urn", "joined_on"], name="exchange_span_begins_once"
            ),
            models.UniqueConstraint(
                fields=["uid", "urn"],
                condition=models.Q(joined_on__isnull=True),
                name="exchange_span_of_unknown_beginning",
            ),
            models.CheckConstraint(
                condition=models.Q(joined_on__isnull=True)
                | models.Q(left_on__isnull=True)
                | models.Q(left_on__gte=models.F("joined_on")),
                name="exchange_span_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(left_seen=False) | models.Q(left_on__isnull=False),
                name="exchange_span_seen_left_has_a_day",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["urn"], name="exchange_span_of_a_setting")
        ]

    def __str__(self) -> str:
        return f"{self.urn} in {self.uid}"
