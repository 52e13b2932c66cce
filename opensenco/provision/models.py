"""What a school can give, what each pupil was promised, and what was delivered."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import Invalidable, OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.models import Person
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History
from opensenco.kernel.clock import london_date
from opensenco.provision.effect_models import Aim as Aim
from opensenco.provision.effect_models import Decision as Decision
from opensenco.provision.effect_models import Point as Point
from opensenco.provision.effect_models import Scale as Scale
from opensenco.provision.reason_models import OwnReason as OwnReason
from opensenco.provision.shared_models import SharedProvision as SharedProvision
from opensenco.provision.states import Layer, Standing, Strength, Went, WhyNot, standing
from opensenco.provision.timetable_models import Room as Room
from opensenco.provision.timetable_models import Slot as Slot
from opensenco.provision.timetable_models import Timetable as Timetable
from opensenco.provision.timetable_models import WeekTurn as WeekTurn
from opensenco.provision.usual_models import Usual as Usual
from opensenco.provision.work_models import Work as Work

MOST_MINUTES = 360
MOST_TIMES = 25
MOST_WEEKS = 60


class Provision(OrgOwned, Versioned):
    """One thing in the school's own library that can be given to pupils."""

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal: none, a library names no child."""

        fields: ClassVar[dict[str, str]] = {}
        not_personal = ("purpose", "how_it_runs", "evidence")

    name = models.CharField(max_length=120)
    layer = models.PositiveSmallIntegerField(choices=Layer.choices)
    purpose = models.TextField(blank=True, default="")
    how_it_runs = models.TextField(blank=True, default="")
    group_usual = models.PositiveSmallIntegerField(default=1)
    #: empty where it is part of every lesson
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    times_a_week = models.PositiveSmallIntegerField(null=True, blank=True)
    #: empty where it has no set end
    weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    delivered_by = models.CharField(max_length=200, blank=True, default="")
    #: what whoever runs it needs to have learned, by its name
    training = models.CharField(max_length=200, blank=True, default="")
    entry_measure = models.CharField(max_length=200, blank=True, default="")
    exit_measure = models.CharField(max_length=200, blank=True, default="")
    #: the entry of the starter library it was copied from
    starter = models.CharField(max_length=60, blank=True, default="")
    #: what is known of whether it helps, how strong that is, and where it says so
    evidence = models.TextField(blank=True, default="")
    strength = models.CharField(max_length=8, choices=Strength.choices, blank=True, default="")
    evidence_from = models.CharField(max_length=300, blank=True, default="")
    #: what another school shared, as it was when it was taken over or last looked at
    taken_from = models.UUIDField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.UniqueConstraint(
                fields=["org", "name"],
                condition=Q(ended_on__isnull=True),
                name="provision_provision_name",
            ),
            models.CheckConstraint(
                condition=Q(layer__in=Layer.values), name="provision_provision_layer"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="provision_provision_has_a_name"),
            models.CheckConstraint(
                condition=Q(strength="") | (Q(strength__in=Strength.values) & ~Q(evidence="")),
                name="provision_provision_strength",
            ),
            models.CheckConstraint(
                condition=Q(group_usual__range=(1, 60)), name="provision_provision_group_usual"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": (1, most)}),
                    name=f"provision_provision_{field}",
                )
                for field, most in (
                    ("minutes", MOST_MINUTES),
                    ("times_a_week", MOST_TIMES),
                    ("weeks", MOST_WEEKS),
                )
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Allocation(OrgOwned, Versioned, Invalidable):
    """A promise to one pupil: what, how often, how long, by whom, from when to when.

    Its state is a reading of its dates, never stored.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "provision": "what the child is given",
            "person": "who gives it",
            "told_words": "proof that parents were told",
            "told_by": "who told them",
            "ended_reason": "why it ended early",
            "in_error_reason": "can name somebody",
        }

    pupil = tenant_key("people.Pupil")
    provision = tenant_key("provision.Provision")
    outcome = tenant_key("support.Outcome", null=True, blank=True)
    group = tenant_key("people.Group", null=True, blank=True)
    #: who delivers it; empty while nobody is found
    person = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    times_a_week = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    ended_reason = models.TextField(blank=True, default="")
    given_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    # that the parents were told (IDN-15), where no SEN status says so
    told_on = models.DateField(null=True, blank=True)
    told_how = models.CharField(max_length=10, blank=True, default="")
    told_words = models.TextField(blank=True, default="")
    told_by = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(
                pupil="people.Pupil",
                provision="provision.Provision",
                outcome="support.Outcome",
                group="people.Group",
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="provision_allocation_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(times_a_week__range=(1, MOST_TIMES)),
                name="provision_allocation_times",
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(1, MOST_MINUTES)),
                name="provision_allocation_minutes",
            ),
            models.CheckConstraint(
                condition=Q(told_on__isnull=True, told_by__isnull=True, told_how="")
                | (Q(told_on__isnull=False, told_by__isnull=False) & ~Q(told_how="")),
                name="provision_allocation_told_by_somebody",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil"], name="provision_allocation_pupil"),
            models.Index(fields=["org", "provision"], name="provision_allocation_what"),
            models.Index(fields=["org", "group"], name="provision_allocation_group"),
            models.Index(fields=["org", "person"], name="provision_allocation_person"),
            models.Index(fields=["org", "outcome"], name="provision_allocation_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.times_a_week} × {self.minutes}"

    def standing(self, day: date) -> Standing:
        """Tell where it stands on a day: begins later, runs, has ended, or was made in error."""
        return standing(starts=self.starts, ends=self.ends, in_error=self.in_error, day=day)


class Session(OrgOwned):
    """One pupil's part in one session. Never edited: a correction is a new row that names the old.

    The row that stands is the one that no other corrects.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id", append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "went": "whether the child got what was promised",
            "note": "what helps to plan the next session",
            "closed_because": "why it took place on a day when school was closed",
            "gave": "who gave the session, where somebody else logged it",
            "person": "who logged it",
        }
        not_personal = ("own_words",)

    pupil = tenant_key("people.Pupil")
    allocation = tenant_key("provision.Allocation")
    group = tenant_key("people.Group", null=True, blank=True)
    on = models.DateField()
    #: 1 for the first of that day, 2 for the second: the same one is never logged twice
    number = models.PositiveSmallIntegerField(default=1)
    went = models.CharField(max_length=10, choices=Went.choices)
    minutes = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=20, choices=WhyNot.choices, blank=True, default="")
    #: the place's own words for it, as they were chosen; totals count the reason
    own_words = models.CharField(max_length=80, blank=True, default="")
    note = models.TextField(blank=True, default="")
    #: shared by the rows of one group session
    batch = models.UUIDField()
    corrects = tenant_key("provision.Session", null=True, blank=True)
    #: the missed session that this one makes up, in any of its rows: what counts is its promise,
    #: its day and its number
    makes_up = tenant_key("provision.Session", null=True, blank=True)
    closed_because = models.CharField(max_length=200, blank=True, default="")
    #: empty where who logged it gave it
    gave = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(
                pupil="people.Pupil",
                allocation="provision.Allocation",
                group="people.Group",
                corrects="provision.Session",
                makes_up="provision.Session",
            ),
            models.CheckConstraint(
                condition=Q(makes_up__isnull=True) | Q(went=Went.DELIVERED),
                name="provision_session_held_to_make_up",
            ),
            models.CheckConstraint(
                condition=Q(went=Went.DELIVERED, minutes__range=(1, MOST_MINUTES))
                | (Q(went__in=[w for w in Went.values if w != Went.DELIVERED]) & Q(minutes=0)),
                name="provision_session_missed_has_no_minutes",
            ),
            models.CheckConstraint(
                condition=Q(went=Went.NOT_HELD, reason__in=WhyNot.values)
                | (~Q(went=Went.NOT_HELD) & Q(reason="")),
                name="provision_session_not_held_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(own_words="") | Q(went=Went.NOT_HELD),
                name="provision_session_own_words_of_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(went=Went.MISTAKE) | Q(corrects__isnull=False),
                name="provision_session_mistake_corrects",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="provision_session_from_one"),
            models.UniqueConstraint(
                fields=["org", "allocation", "on", "number"],
                condition=Q(corrects__isnull=True),
                name="provision_session_logged_once",
            ),
            models.UniqueConstraint(
                fields=["org", "corrects"],
                condition=Q(corrects__isnull=False),
                name="provision_session_corrected_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "allocation", "on"], name="provision_session_allocation"),
            models.Index(fields=["org", "batch"], name="provision_session_batch"),
            models.Index(fields=["org", "pupil", "-on"], name="provision_session_pupil"),
            models.Index(fields=["org", "-on"], name="provision_session_day"),
        ]

    def __str__(self) -> str:
        return f"{self.went} on {self.on}"

    @property
    def how(self) -> str:
        """How it went, in words: the reason where it was not held, in the place's own words too."""
        if not self.reason:
            return str(Went(self.went).label)
        said = str(WhyNot(self.reason).label)
        return f"{self.own_words} ({said})" if self.own_words else said

    @property
    def given_by(self) -> Person:
        """Who gave it: who logged it, unless that was said to be somebody else."""
        return self.gave or self.person

    @property
    def days_late(self) -> int:
        """How many days after it was it was written down."""
        return (london_date(self.at) - self.on).days
