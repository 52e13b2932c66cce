"""The turn of a school year: what is prepared, who is the exception, and what it wrote."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History
from opensenco.people.states import Goes, TurnState, Wrote


def _by() -> Any:
    return models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )


class YearTurn(OrgOwned, Versioned):
    """One school year becomes the next at one setting.

    While it is prepared it holds what people decided and nothing else: the moves are worked out
    anew from the record each time they are shown, so they are never out of date.
    """

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "teachers": "who works with which class",
            "begun_by": "who prepared it",
            "applied_by": "who put it into the record",
            "undone_by": "who took it back or gave it up",
        }

    #: the calendar year in which the new academic year begins
    starts = models.PositiveSmallIntegerField()
    #: classes and year groups are the new ones from this day
    first_day = models.DateField()
    #: the last day on the roll of those who leave
    leave_on = models.DateField()
    #: the highest year group of the setting: its pupils leave. None where nobody leaves by age
    highest = models.SmallIntegerField(null=True, blank=True)
    #: where pupils of a class and year go: name of the class by "reference/year"
    ways = models.JSONField(default=dict, blank=True)
    #: of classes that were decided: [person's reference, what they do, subject] by class name
    teachers = models.JSONField(default=dict, blank=True)
    #: of groups that were decided: whether it runs on, by reference
    runs_on = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=8, choices=TurnState.choices, default=TurnState.DRAFT)
    begun = models.DateTimeField()
    begun_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = _by()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = _by()

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.UniqueConstraint(
                fields=["org", "starts"],
                condition=Q(state__in=[TurnState.DRAFT, TurnState.APPLIED]),
                name="people_yearturn_once",
            ),
            models.CheckConstraint(
                condition=Q(leave_on__lt=F("first_day")), name="people_yearturn_leave_before_first"
            ),
            models.CheckConstraint(
                condition=Q(highest__isnull=True) | Q(highest__range=(-3, 14)),
                name="people_yearturn_highest",
            ),
            models.CheckConstraint(
                condition=Q(state=TurnState.DRAFT, applied_at__isnull=True, undone_at__isnull=True)
                | Q(state=TurnState.APPLIED, applied_at__isnull=False, undone_at__isnull=True)
                | Q(state=TurnState.UNDONE, applied_at__isnull=False, undone_at__isnull=False)
                | Q(state=TurnState.DROPPED, applied_at__isnull=True, undone_at__isnull=False),
                name="people_yearturn_state",
            ),
            models.CheckConstraint(
                condition=Q(applied_at__isnull=True, applied_by__isnull=True)
                | Q(applied_at__isnull=False, applied_by__isnull=False),
                name="people_yearturn_applied_by",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="people_yearturn_undone_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts}, {self.state}"


class TurnMove(OrgOwned, Versioned):
    """One pupil goes another way than their class and year: an exception that a person decided."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")
    #: what a turn did or will do to a record is told of that record
    stays_where_written = True

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "goes": "where the child goes next",
            "into": "the class the child comes into",
            "left_to": "where the record goes next",
        }

    turn = tenant_key("people.YearTurn")
    pupil = tenant_key("people.Pupil")
    #: empty where the pupil goes with their class after all
    goes = models.CharField(max_length=8, choices=Goes.choices, blank=True, default="")
    year_group = models.SmallIntegerField(null=True, blank=True)
    #: empty where it is not decided apart
    into = models.CharField(max_length=80, blank=True, default="")
    part = models.ForeignKey(
        "access.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    leave_on = models.DateField(null=True, blank=True)
    left_to = models.CharField(max_length=160, blank=True, default="")

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(turn="people.YearTurn", pupil="people.Pupil"),
            models.UniqueConstraint(fields=["org", "turn", "pupil"], name="people_turnmove_once"),
            models.CheckConstraint(
                condition=Q(goes__in=["", *Goes.values])
                & (Q(year_group__isnull=True) | Q(year_group__range=(-3, 14))),
                name="people_turnmove_words",
            ),
            models.CheckConstraint(
                condition=Q(goes=Goes.LEAVES) | Q(leave_on__isnull=True, left_to=""),
                name="people_turnmove_leaves",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.goes} of {self.pupil_id}"


class TurnDeed(OrgOwned):
    """What the turn did to one row of the record, so that it can be taken back."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id", append_only=True)
    #: what a turn did or will do to a record is told of that record
    stays_where_written = True

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "before": "to take it back",
            "after": "to tell whether somebody changed it since",
        }

    turn = tenant_key("people.YearTurn")
    pupil = tenant_key("people.Pupil", null=True, blank=True)
    #: label and id of the row of the record, "people.Pupil"
    thing = models.CharField(max_length=80)
    thing_id = models.BigIntegerField()
    wrote = models.CharField(max_length=8, choices=Wrote.choices)
    #: values by field, as they stood before and as the turn left them
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(turn="people.YearTurn", pupil="people.Pupil"),
            models.CheckConstraint(
                condition=Q(wrote__in=Wrote.values), name="people_turndeed_words"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "turn", "thing"], name="people_turndeed_turn")
        ]

    def __str__(self) -> str:
        return f"{self.wrote} {self.thing}"
