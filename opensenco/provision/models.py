"""The school's library of provisions, what is promised to whom, and the ledger of sessions."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import Invalidable, OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History
from opensenco.people.models import ends_after_start
from opensenco.provision.states import COUNTS, Area, Layer, Mark, Reason


class Provision(OrgOwned, Versioned):
    """One item of the school's library. Its numbers are what is usual and not a rule."""

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal: none, the library is about kinds of help."""

        fields: ClassVar[dict[str, str]] = {}
        not_personal = ("purpose", "how_it_runs")

    name = models.CharField(max_length=120)
    layer = models.CharField(max_length=12, choices=Layer.choices)
    area = models.CharField(max_length=40, choices=Area.choices, default=Area.ALL)
    group_size = models.PositiveSmallIntegerField(default=1)
    #: times a week and minutes each; empty where it is part of every lesson
    times = models.PositiveSmallIntegerField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    delivered_by = models.CharField(max_length=200, blank=True, default="")
    purpose = models.TextField(blank=True, default="")
    how_it_runs = models.TextField(blank=True, default="")
    entry_measure = models.CharField(max_length=300, blank=True, default="")
    exit_measure = models.CharField(max_length=300, blank=True, default="")
    #: the entry of the starter library it began as
    starter_id = models.CharField(max_length=60, blank=True, default="")
    retired_on = models.DateField(null=True, blank=True)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(layer__in=Layer.values), name="provision_provision_layer"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="provision_provision_has_a_name"),
            models.CheckConstraint(
                condition=Q(group_size__gte=1), name="provision_provision_for_somebody"
            ),
            models.UniqueConstraint(
                fields=["org", "name"],
                condition=Q(retired_on__isnull=True),
                name="provision_provision_name",
            ),
            models.UniqueConstraint(
                fields=["org", "starter_id"],
                condition=~Q(starter_id=""),
                name="provision_provision_starter",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Allocation(OrgOwned, Versioned, Invalidable):
    """A promise to one pupil: so many times a week, so many minutes, by whom, from when."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "what": "what the child is promised",
            "person": "who delivers it",
            "delivered_by": "who delivers it, where that is nobody who signs in",
            "ended_reason": "why it ended early",
            "in_error_reason": "can name somebody",
        }

    pupil = tenant_key("people.Pupil")
    outcome = tenant_key("support.Outcome", null=True, blank=True)
    #: the root of the outcome: the promise goes with it through the cycles
    root = models.UUIDField(null=True, blank=True, editable=False)
    provision = tenant_key("provision.Provision", null=True, blank=True)
    #: its name when it was promised; a library item may be renamed later
    what = models.CharField(max_length=160)
    person = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    delivered_by = models.CharField(max_length=160, blank=True, default="")
    #: none for a change in class that happens all the time
    times = models.PositiveSmallIntegerField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    group = tenant_key("people.Group", null=True, blank=True)
    group_size = models.PositiveSmallIntegerField(default=1)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    ended_reason = models.TextField(blank=True, default="")
    #: the rows by which whoever delivers it may see the pupil, where this promise made them
    membership = tenant_key("people.GroupPupil", null=True, blank=True)
    assignment = tenant_key("people.Assignment", null=True, blank=True)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(
                pupil="people.Pupil",
                outcome="support.Outcome",
                provision="provision.Provision",
                group="people.Group",
                membership="people.GroupPupil",
                assignment="people.Assignment",
            ),
            ends_after_start("provision_allocation_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(what=""), name="provision_allocation_says_something"
            ),
            models.CheckConstraint(
                condition=Q(times__isnull=True, minutes__isnull=True)
                | Q(times__gte=1, minutes__gte=1),
                name="provision_allocation_times_and_minutes",
            ),
            models.CheckConstraint(
                condition=Q(outcome__isnull=True, root__isnull=True)
                | Q(outcome__isnull=False, root__isnull=False),
                name="provision_allocation_root_of_outcome",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil", "starts"], name="provision_allocation_pupil"),
            models.Index(fields=["org", "group"], name="provision_allocation_group"),
            models.Index(fields=["org", "person"], name="provision_allocation_person"),
        ]

    def __str__(self) -> str:
        return self.what


class Session(OrgOwned):
    """One session for one pupil, as it was logged. Never edited: a correction is a new row."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id", append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "note": "what whoever ran it noticed",
            "logged_by": "who ran or logged it",
        }

    pupil = tenant_key("people.Pupil")
    allocation = tenant_key("provision.Allocation", null=True, blank=True)
    group = tenant_key("people.Group", null=True, blank=True)
    #: the same for all pupils of one session
    together = models.UUIDField()
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    mark = models.CharField(max_length=10, choices=Mark.choices)
    reason = models.CharField(max_length=24, choices=Reason.choices, blank=True, default="")
    note = models.TextField(blank=True, default="")
    logged_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    logged_at = models.DateTimeField()
    corrects = tenant_key("provision.Session", null=True, blank=True)

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(
                pupil="people.Pupil",
                allocation="provision.Allocation",
                group="people.Group",
                corrects="provision.Session",
            ),
            models.CheckConstraint(
                condition=Q(logged_at__isnull=False, logged_by__isnull=False),
                name="provision_session_logged_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(allocation__isnull=False) | Q(group__isnull=False),
                name="provision_session_of_something",
            ),
            models.CheckConstraint(
                condition=Q(mark__in=sorted(COUNTS), minutes__gte=1)
                | Q(mark=Mark.MISSED, minutes=0, reason__in=Reason.values)
                | Q(mark=Mark.VOID, minutes=0, corrects__isnull=False),
                name="provision_session_minutes_of_its_mark",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("id")),
                name="provision_session_corrects_another",
            ),
            models.UniqueConstraint(
                fields=["org", "corrects"],
                condition=Q(corrects__isnull=False),
                name="provision_session_corrected_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "allocation", "on"], name="provision_session_promise"),
            models.Index(fields=["org", "pupil", "-on"], name="provision_session_pupil"),
            models.Index(fields=["org", "group", "-on"], name="provision_session_group"),
            models.Index(fields=["org", "together"], name="provision_session_together"),
        ]

    def __str__(self) -> str:
        return f"{self.mark} on {self.on}"
