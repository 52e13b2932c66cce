"""A person's own calendar feed: a secret address that a calendar program reads."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned, Versioned
from opensenco.access.tenancy import Org, Tenancy


class CalendarFeed(OrgOwned, Versioned):
    """The feed of one person in one role, named after a place of it.

    The key is kept as a hash; renewing it ends the old one.

    It shows what its person may open at that moment, and nothing once their role has ended.
    """

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        part = "accounts"
        fields: ClassVar[dict[str, str]] = {"person": "whose calendar it is"}

    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    #: SHA-256 of the key; empty once the feed was ended
    key = models.CharField(max_length=64, blank=True, default="")
    #: children's names stand in the titles, because its person chose so
    names = models.BooleanField(default=False)
    #: where meetings are stands in them, which can be a home, because its person chose so
    places = models.BooleanField(default=False)
    #: the last day on which it was fetched with names in it, written once a day
    fetched_on = models.DateField(null=True, blank=True)

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.UniqueConstraint(fields=["org", "person"], name="meetings_calendarfeed_once"),
            models.CheckConstraint(
                condition=~Q(key="") | Q(names=False, places=False),
                name="meetings_calendarfeed_ended_is_plain",
            ),
        ]

    def __str__(self) -> str:
        return f"feed of person {self.person_id}"
