"""When and where what was promised takes place: rooms, weeks that take turns, timetables, hours.

Hours are kept as the clock on the wall shows them, so that no change of the clocks moves them.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History
from opensenco.provision.states import Turn

MOST_ROOM = 60
WEEKDAYS = (0, 6)


def _person(**options: Any) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+", **options)


class Room(OrgOwned, Versioned):
    """A room of the school in which something can be given to pupils."""

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal: none, a room names nobody."""

        fields: ClassVar[dict[str, str]] = {}

    name = models.CharField(max_length=MOST_ROOM)
    ended_on = models.DateField(null=True, blank=True)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.UniqueConstraint(
                fields=["org", "name"],
                condition=Q(ended_on__isnull=True),
                name="provision_room_name",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="provision_room_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class WeekTurn(OrgOwned):
    """From a Monday on weeks take turns, and that Monday's is week A; or they do so no more.

    Weeks without a school day are passed over. The newest row of a day counts; a school whose weeks
    begin with A again after a holiday says so by another row.
    """

    tenancy: ClassVar[Tenancy] = Org(append_only=True)

    class PersonalData:
        """Which fields are personal: who said it."""

        part = "work"
        fields: ClassVar[dict[str, str]] = {"person": "who said it"}

    monday = models.DateField()
    takes_turns = models.BooleanField(default=True)
    person = _person()
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [*OrgOwned.Meta.constraints]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "monday"], name="provision_weekturn_monday")
        ]

    def __str__(self) -> str:
        return f"week A from {self.monday}"


class Timetable(OrgOwned, Versioned):
    """The hours of one promise from a day on: all of them together (see `Slot`).

    A change is another timetable from its first day on; the one before ends the day before. One
    that another replaced before it ever held was taken back.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "allocation": "when the child gets what was promised",
            "person": "who set it",
            "because": "why it stands although something else is at the same hour",
        }

    pupil = tenant_key("people.Pupil")
    allocation = tenant_key("provision.Allocation")
    #: both counted; it never reaches beyond the promise, whatever is written here
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    #: why it was set although it clashes with something
    because = models.TextField(blank=True, default="")
    person = _person()
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(pupil="people.Pupil", allocation="provision.Allocation"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="provision_timetable_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["org", "allocation"],
                condition=Q(ends__isnull=True, taken_back_at__isnull=True),
                name="provision_timetable_one_goes_on",
            ),
            models.UniqueConstraint(
                fields=["org", "allocation", "starts"],
                condition=Q(taken_back_at__isnull=True),
                name="provision_timetable_one_from_a_day",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "allocation"], name="provision_timetable_promise"),
            models.Index(fields=["org", "pupil"], name="provision_timetable_pupil"),
        ]

    def __str__(self) -> str:
        return f"timetable from {self.starts}"


class Slot(OrgOwned):
    """One hour of a timetable: the weekday, from when to when, where, and by whom.

    Pupils who have the same provision in the same group at the same hour have it together.
    """

    tenancy: ClassVar[Tenancy] = Org(append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "timetable": "when and where the child gets what was promised",
            "person": "who gives it at this hour",
        }

    timetable = tenant_key("provision.Timetable")
    #: Monday is 0
    weekday = models.PositiveSmallIntegerField()
    week = models.CharField(max_length=1, choices=Turn.choices, blank=True, default=Turn.EVERY)
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    #: how long that is, so that sums can be made of it
    minutes = models.PositiveSmallIntegerField()
    room = tenant_key("provision.Room", null=True, blank=True)
    #: who delivers it at this hour, where it is not who was promised to
    person = _person(null=True, blank=True)

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(timetable="provision.Timetable", room="provision.Room"),
            models.CheckConstraint(
                condition=Q(weekday__range=WEEKDAYS), name="provision_slot_weekday"
            ),
            models.CheckConstraint(condition=Q(week__in=Turn.values), name="provision_slot_week"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="provision_slot_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(minutes__gte=1), name="provision_slot_minutes"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "timetable"], name="provision_slot_timetable"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.starts_at:%H:%M}"
