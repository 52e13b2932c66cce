"""On which weekdays somebody is where, and how colleagues reach them there."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned
from opensenco.access.tenancy import Org, Tenancy

MOST_REACH = 120
DAYS_OF_A_WEEK = 7


class SiteDay(OrgOwned):
    """Where one person is on a weekday from a day on: one stretch of the day.

    Never changed: what was said later of the same weekday counts from its first day on. Whoever
    works at several schools says it once, and each of these schools keeps a row of its own, so
    that no school reads in another's record. The stretches that were said in one go share `said`.
    """

    tenancy: ClassVar[Tenancy] = Org(append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "who": "whose days these are",
            "place": "at which school colleagues find them on that weekday",
            "from_at": "from when colleagues find them there",
            "until_at": "until when colleagues find them there",
            "reach": "how colleagues reach them at work; nothing private is asked",
            "person": "who said so",
        }

    who = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    #: Monday is 0
    weekday = models.PositiveSmallIntegerField()
    first = models.DateField()
    #: where; empty where they do not work on that weekday
    place = models.ForeignKey(
        "access.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # both empty where it is the whole day
    from_at = models.TimeField(null=True, blank=True)
    until_at = models.TimeField(null=True, blank=True)
    reach = models.CharField(max_length=MOST_REACH, blank=True, default="")
    said = models.UUIDField()
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(weekday__range=(0, DAYS_OF_A_WEEK - 1)), name="staffing_siteday_weekday"
            ),
            models.CheckConstraint(
                condition=Q(from_at__isnull=True)
                | Q(until_at__isnull=True)
                | Q(until_at__gt=F("from_at")),
                name="staffing_siteday_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(place__isnull=False)
                | Q(from_at__isnull=True, until_at__isnull=True, reach=""),
                name="staffing_siteday_nowhere_has_no_hours",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "weekday", "first"], name="staffing_siteday_day")
        ]

    def __str__(self) -> str:
        return f"weekday {self.weekday} from {self.first}"
