"""The spine under every case: dated facts, the dates that the law makes of them, and what waits."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned, Referenced, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.managers import ScopedManager
from opensenco.access.tenancy import Org, Public, Tenancy
from opensenco.audit.history import History
from opensenco.cases.guide_models import Departure, GuideEdition
from opensenco.cases.log_models import LoggedContact, TimeEntry
from opensenco.cases.seen_models import SeenMark
from opensenco.cases.source_models import StatementSource
from opensenco.cases.states import READERS
from opensenco.law.timetables.census_days import Collection

__all__ = [
    "CalendarDays",
    "CalendarYear",
    "CensusDay",
    "Departure",
    "DueDate",
    "Fact",
    "GuideEdition",
    "LoggedContact",
    "PublishedYear",
    "SeenMark",
    "StatementSource",
    "Task",
    "TimeEntry",
]

READER_VALUES = [action.value for action in READERS]


def of_a_known_reader(name: str) -> models.CheckConstraint:
    """Give the constraint that a row asks a verb of its reader that has a rule."""
    return models.CheckConstraint(condition=Q(reader__in=READER_VALUES), name=name)


class Fact(OrgOwned):
    """One dated fact of a pupil's case. Never edited: a correction is a new row.

    `corrects` names the one fact that this one puts right. `withdraws` takes back every earlier
    fact of the same source, because the source was made in error.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id", append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "words": "what happened, for whoever follows the case",
            "person": "who wrote it down",
        }

    pupil = tenant_key("people.Pupil")
    kind = models.CharField(max_length=60)
    on = models.DateField()
    words = models.TextField()
    source_label = models.CharField(max_length=80, blank=True, default="")
    source_ref = models.UUIDField(null=True, blank=True)
    #: the verb over the pupil that a reader must have
    reader = models.CharField(max_length=40)
    confidential = models.BooleanField(default=False)
    corrects = tenant_key("cases.Fact", null=True, blank=True)
    withdraws = models.BooleanField(default=False)
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(pupil="people.Pupil", corrects="cases.Fact"),
            of_a_known_reader("cases_fact_reader"),
            models.CheckConstraint(condition=~Q(words=""), name="cases_fact_says_something"),
            models.CheckConstraint(
                condition=Q(withdraws=False) | Q(source_ref__isnull=False),
                name="cases_fact_withdraws_a_source",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil", "-on"], name="cases_fact_pupil"),
            models.Index(fields=["org", "-at"], name="cases_fact_at"),
            models.Index(fields=["org", "source_ref"], name="cases_fact_source"),
            # few facts correct another; without it SQLite reads the whole place for each fact
            models.Index(
                fields=["org", "corrects"],
                name="cases_fact_corrected",
                condition=Q(corrects__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.on}"


class DueDate(OrgOwned):
    """A date that the law gives, worked out from a source's facts: a cache that is made again.

    The state is not stored: it is asked of the law with today's date.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id", deletable=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {"person": "who is to do it", "data": "why that day"}

    pupil = tenant_key("people.Pupil", null=True, blank=True)
    source_label = models.CharField(max_length=80)
    source_ref = models.UUIDField()
    step = models.CharField(max_length=60)
    rule = models.CharField(max_length=20)
    on = models.DateField(null=True, blank=True)
    strength = models.CharField(max_length=10)
    provision = models.CharField(max_length=300)
    done_on = models.DateField(null=True, blank=True)
    #: a day that comes by itself, and is over afterwards
    comes = models.BooleanField(default=False)
    excused = models.BooleanField(default=False)
    #: the whole due date with its reasons, as opensenco.law.stored writes it
    data = models.JSONField()
    reader = models.CharField(max_length=40)
    person = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            of_a_known_reader("cases_duedate_reader"),
            models.UniqueConstraint(
                fields=["org", "source_label", "source_ref", "step"], name="cases_duedate_once"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "on"], name="cases_duedate_on"),
        ]

    def __str__(self) -> str:
        return f"{self.step} ({self.rule})"


class Task(OrgOwned):
    """Something that waits for one person, or for whoever has a verb over the pupil."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "words": "what is to be done",
            "person": "whose turn it is",
            "asked_by": "who waits for it",
            "settled_by": "who did it",
        }

    kind = models.CharField(max_length=60)
    words = models.CharField(max_length=300)
    pupil = tenant_key("people.Pupil", null=True, blank=True)
    person = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    role_action = models.CharField(max_length=40, blank=True, default="")
    reader = models.CharField(max_length=40)
    asked_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    due = models.DateField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source_label = models.CharField(max_length=80)
    source_ref = models.UUIDField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            of_a_known_reader("cases_task_reader"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, role_action="")
                | (Q(person__isnull=True) & ~Q(role_action="")),
                name="cases_task_is_somebodys",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="cases_task_settled_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["org", "source_label", "source_ref", "kind", "person"],
                condition=Q(settled_at__isnull=True, person__isnull=False),
                name="cases_task_once_for_a_person",
            ),
            models.UniqueConstraint(
                fields=["org", "source_label", "source_ref", "kind", "role_action"],
                condition=Q(settled_at__isnull=True, person__isnull=True),
                name="cases_task_once_for_a_role",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["org", "since"],
                condition=Q(settled_at__isnull=True),
                name="cases_task_waiting",
            ),
            models.Index(fields=["org", "source_ref"], name="cases_task_source"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} since {self.since}"


class CalendarYear(OrgOwned, Versioned):
    """An academic year that a setting has entered; its days are rows of their own."""

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        part = "work"
        fields: ClassVar[dict[str, str]] = {"by": "who entered it last"}

    #: the calendar year in which it begins: 2026 for 2026/27
    starts = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.UniqueConstraint(fields=["org", "starts"], name="cases_calendaryear_once"),
        ]

    def __str__(self) -> str:
        return f"{self.starts}/{(self.starts + 1) % 100:02d}"


class CalendarDays(OrgOwned):
    """Days of a setting's year and what they are: terms, holidays, training days.

    Never edited: a year that is entered again takes these back, so that the calendar can be told as
    it stood at any moment.
    """

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal."""

        part = "work"
        fields: ClassVar[dict[str, str]] = {}

    year = tenant_key("cases.CalendarYear")
    first = models.DateField()
    last = models.DateField()
    #: a kind of opensenco.law.calendar.school.DayKind
    kind = models.CharField(max_length=12)
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(year="cases.CalendarYear"),
            models.CheckConstraint(
                condition=Q(last__gte=F("first")), name="cases_calendardays_last_after_first"
            ),
            models.UniqueConstraint(
                fields=["org", "first", "last", "kind"],
                condition=Q(taken_back_at__isnull=True),
                name="cases_calendardays_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first} to {self.last}"


class PublishedYear(Referenced):
    """An academic year as an authority or trust published it, for its settings to start from.

    A copy: it moves no setting's days. Each time the year is entered another row is added, so that
    a setting can be told what has changed since it took the dates.
    """

    tenancy: ClassVar[Tenancy] = Public(
        reason="authorities and trusts publish their term dates; nobody is named in them",
        adds="org_id",
    )

    class PersonalData:
        """Which fields are personal."""

        fields: ClassVar[dict[str, str]] = {}

    org = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="+")
    starts = models.PositiveSmallIntegerField()
    #: kind, first and last day of each row; none where the year was taken back
    days = models.JSONField(default=list)
    at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        base_manager_name = "objects"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "starts", "-at"], name="cases_publishedyear_newest")
        ]

    def __str__(self) -> str:
        return f"{self.org_id} {self.starts}"


class CensusDay(Referenced):
    """A day of the school census as the Department for Education published it.

    Where none is known the usual rule counts (IDN-09). Entered again, the last entry counts.
    """

    tenancy: ClassVar[Tenancy] = Public(reason="the department publishes the days of the census")

    class PersonalData:
        """Which fields are personal."""

        fields: ClassVar[dict[str, str]] = {}

    #: the calendar year in which the academic year begins
    starts = models.PositiveSmallIntegerField()
    #: a value of opensenco.law.timetables.census_days.Collection
    collection = models.CharField(max_length=6)
    day = models.DateField()
    at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        base_manager_name = "objects"
        constraints: ClassVar[list[BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(collection__in=[one.value for one in Collection]),
                name="cases_censusday_collection",
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["starts", "at"], name="cases_censusday_year")
        ]

    def __str__(self) -> str:
        return f"{self.collection} {self.starts}: {self.day}"
