"""Hours of staff for SEND, from a day on; who is away, who stands in, supervision."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned
from opensenco.access.tenancy import Org, Tenancy
from opensenco.staffing.approach_models import ApproachEdition as ApproachEdition
from opensenco.staffing.approach_models import ApproachReading as ApproachReading
from opensenco.staffing.approach_models import ApproachRefresher as ApproachRefresher
from opensenco.staffing.cover_models import Absence as Absence
from opensenco.staffing.cover_models import StandIn as StandIn
from opensenco.staffing.shortfall_models import Shortfall as Shortfall
from opensenco.staffing.shortfall_models import ShortWeeks as ShortWeeks
from opensenco.staffing.site_models import SiteDay as SiteDay
from opensenco.staffing.states import Does
from opensenco.staffing.supervision_models import Supervision as Supervision

MOST_POST = 80
#: minutes: no contract has more than 60 hours a week
MOST_A_WEEK = 60 * 60


class Hours(OrgOwned):
    """Contracted hours of one person from a day on, and how many of them are for SEND.

    Never changed: a later row of the same day counts in its place, and one that is `withdrawn`
    takes that day's back. Nothing here is pay: that is in `costing`.
    """

    tenancy: ClassVar[Tenancy] = Org(append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "who": "whose hours they are",
            "post": "what they are employed as",
            "week": "what can be asked of them",
            "send": "what can be promised to pupils, or is kept free to co-ordinate",
            "person": "who entered it",
        }

    who = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    post = models.CharField(max_length=MOST_POST)
    does = models.CharField(max_length=12, choices=Does.choices)
    #: minutes a week in school weeks: contracted, and of them for SEND
    week = models.PositiveSmallIntegerField()
    send = models.PositiveSmallIntegerField()
    first = models.DateField()
    withdrawn = models.BooleanField(default=False)
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.CheckConstraint(condition=Q(does__in=Does.values), name="staffing_hours_does"),
            models.CheckConstraint(condition=~Q(post=""), name="staffing_hours_has_a_post"),
            models.CheckConstraint(
                condition=Q(week__range=(0, MOST_A_WEEK)) & Q(send__lte=F("week")),
                name="staffing_hours_of_the_week",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "who", "first"], name="staffing_hours_who")
        ]

    def __str__(self) -> str:
        return f"{self.send} of {self.week} minutes a week from {self.first}"
