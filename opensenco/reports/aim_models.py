"""The aims of the strategic plan: a measure, a target, a day, a person, what was noted."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import Invalidable, OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History
from opensenco.reports.states import AimState, Measure

LINE, LONG = 200, 300


def _person() -> Any:
    return models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")


def _number() -> Any:
    return models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)


class PlanAim(OrgOwned, Versioned, Invalidable):
    """One aim: what is to change, by which figure anybody can tell, by when, who answers for it."""

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "words": "what the place aims at; can name staff",
            "doing": "what is done and who does it; can name staff",
            "person": "who set the aim",
            "owner": "who answers for it",
            "in_error_reason": "can name somebody",
        }

    #: what is to change, in one sentence
    words = models.CharField(max_length=LINE)
    doing = models.TextField(blank=True, default="")
    measure = models.CharField(max_length=10, choices=Measure.choices)
    #: what is counted, where it is a number of our own
    own_measure = models.CharField(max_length=LINE, blank=True, default="")
    less_is_better = models.BooleanField(default=False)
    start_on = models.DateField()
    #: the figure on that day; none where it could name a child, or there was nothing to count
    start = _number()
    #: where a number of our own comes from
    start_source = models.CharField(max_length=LINE, blank=True, default="")
    target = models.DecimalField(max_digits=7, decimal_places=2)
    by = models.DateField()
    owner = _person()
    state = models.CharField(max_length=8, choices=AimState.choices, default=AimState.GOING)
    #: on which day it was said how it ended
    ended_on = models.DateField(null=True, blank=True)
    #: from when a look at it waits for whoever answers for it
    look_on = models.DateField()
    person = _person()
    at = models.DateTimeField()

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            models.CheckConstraint(condition=~Q(words=""), name="reports_planaim_says_something"),
            models.CheckConstraint(
                condition=Q(measure__in=Measure.values, state__in=AimState.values),
                name="reports_planaim_known",
            ),
            models.CheckConstraint(
                condition=~Q(measure=Measure.OWN)
                | (~Q(own_measure="") & ~Q(start_source="") & Q(start__isnull=False)),
                name="reports_planaim_own_has_a_source",
            ),
            models.CheckConstraint(condition=Q(by__gt=F("start_on")), name="reports_planaim_later"),
            models.CheckConstraint(
                condition=Q(state=AimState.GOING, ended_on__isnull=True)
                | (~Q(state=AimState.GOING) & Q(ended_on__isnull=False)),
                name="reports_planaim_ended_on_a_day",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "state", "by"], name="reports_planaim_state")
        ]

    def __str__(self) -> str:
        return f"aim, {self.state}"


class AimNote(OrgOwned, Versioned, Invalidable):
    """What somebody noted of an aim on a day: words, the figure of that day, what shows it."""

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "words": "how an aim goes on; can name staff",
            "person": "who noted it",
            "paper": "which paper shows it; can name who wrote that",
            "in_error_reason": "can name somebody",
        }

    aim = tenant_key("reports.PlanAim")
    on = models.DateField()
    words = models.TextField()
    #: the figure of that day: of the record, or typed with its source
    figure = _number()
    source = models.CharField(max_length=LINE, blank=True, default="")
    #: a paper that shows it: what it is, and where it lies
    paper = models.CharField(max_length=LONG, blank=True, default="")
    #: an edition of one of our own reports that shows it
    edition = tenant_key("reports.ReportEdition", null=True, blank=True)
    #: what was said with it of how the aim stands; empty where that stayed as it was
    state = models.CharField(max_length=8, choices=AimState.choices, blank=True, default="")
    person = _person()
    at = models.DateTimeField()

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(aim="reports.PlanAim", edition="reports.ReportEdition"),
            models.CheckConstraint(condition=~Q(words=""), name="reports_aimnote_says_something"),
            models.CheckConstraint(
                condition=Q(state__in=["", *AimState.values]), name="reports_aimnote_known"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "aim", "-on"], name="reports_aimnote_aim")
        ]

    def __str__(self) -> str:
        return f"note on {self.on}"
