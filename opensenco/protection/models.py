"""Requests about personal data, what was gathered for one, and what came of records past their
date.
"""

from typing import Any, ClassVar

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint
from django.utils.text import capfirst

from opensenco.access.actions import Action
from opensenco.access.base import OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History
from opensenco.protection.blacked_models import BlackedOutFile as BlackedOutFile
from opensenco.protection.paper_models import PaperDisposal as PaperDisposal
from opensenco.protection.states import (
    Asker,
    Asks,
    Came,
    Decision,
    Disposing,
    Known,
    Making,
    Outcome,
    State,
)

LONGEST_NAME, LONGEST_REASON = 160, 500


def _person(*, optional: bool = False) -> Any:
    return models.ForeignKey(
        "access.Person", on_delete=models.PROTECT, related_name="+", null=optional, blank=optional
    )


class DataRequest(OrgOwned, Versioned):
    """Somebody asks for a child's data, or that something is done with them."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "asked_by": "who asks, and is answered",
            "words": "what they asked for, in their own words",
            "identity_words": "how it is known who they are",
            "extended_because": "why more time was needed; they were told",
            "decided_words": "what was decided and why; they were told",
            "handler": "who answers for it",
            "lead_by": "which safeguarding lead has looked through their part",
        }

    pupil = tenant_key("people.Pupil")
    asks = models.CharField(max_length=12, choices=Asks.choices)
    asked_by = models.CharField(max_length=LONGEST_NAME)
    asker = models.CharField(max_length=8, choices=Asker.choices)
    came = models.CharField(max_length=8, choices=Came.choices)
    words = models.TextField(blank=True, default="")
    received_on = models.DateField()
    identity = models.CharField(max_length=8, choices=Known.choices)
    identity_words = models.CharField(max_length=LONGEST_REASON, blank=True, default="")
    #: the day on which proof came, where it had to be asked for: the month runs from there
    identity_on = models.DateField(null=True, blank=True)
    extended_on = models.DateField(null=True, blank=True)
    extended_because = models.CharField(max_length=LONGEST_REASON, blank=True, default="")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    moved_at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True, default="")
    decided_on = models.DateField(null=True, blank=True)
    decided_words = models.TextField(blank=True, default="")
    handler = _person()
    lead_at = models.DateTimeField(null=True, blank=True)
    lead_by = _person(optional=True)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            models.CheckConstraint(
                condition=~Q(asked_by="") & Q(asks__in=Asks.values) & Q(asker__in=Asker.values),
                name="protection_datarequest_says_who",
            ),
            models.CheckConstraint(
                condition=Q(identity_on__isnull=True) | ~Q(identity=Known.WAITS),
                name="protection_datarequest_proof_ends_waiting",
            ),
            models.CheckConstraint(
                condition=Q(extended_on__isnull=True, extended_because="")
                | Q(extended_on__isnull=False) & ~Q(extended_because=""),
                name="protection_datarequest_extended_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "gathering", "review"], decided_on__isnull=True)
                | Q(state__in=["answered", "refused", "withdrawn"], decided_on__isnull=False),
                name="protection_datarequest_ended_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(lead_at__isnull=True, lead_by__isnull=True)
                | Q(lead_at__isnull=False, lead_by__isnull=False),
                name="protection_datarequest_lead_looked",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "state", "received_on"], name="protection_request_open")
        ]

    def __str__(self) -> str:
        return f"{self.asks} request, {self.state}"


class RequestPause(OrgOwned, Versioned):
    """Whoever asked was asked what they mean: the clock stands still until they answer."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")
    #: it belongs to its request, and is found by that
    stays_where_written = True

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {"question": "what they were asked"}

    data_request = tenant_key("protection.DataRequest")
    pupil = tenant_key("people.Pupil")
    question = models.CharField(max_length=LONGEST_REASON)
    asked_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(data_request="protection.DataRequest", pupil="people.Pupil"),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=models.F("asked_on")),
                name="protection_requestpause_answered_after",
            ),
            models.UniqueConstraint(
                fields=["org", "data_request"],
                condition=Q(answered_on__isnull=True),
                name="protection_requestpause_one_stands",
            ),
        ]

    def __str__(self) -> str:
        return f"pause from {self.asked_on}"


class GatheredItem(OrgOwned, Versioned):
    """A copy of one piece of what is held, until somebody has decided whether it is given.

    When the request has ended the copy itself is emptied; what was decided of it stays.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id", deletable=True)
    #: it belongs to its request, and is found by that
    stays_where_written = True

    class PersonalData:
        """Which fields are personal, and why they are held."""

        copy_of = "the record itself"
        fields: ClassVar[dict[str, str]] = {
            "title": "to know which piece it is",
            "content": "the copy, to be looked through and given",
            "marks": "which names of others stand in it",
            "reason": "why it is kept back; can name somebody",
            "hidden": "which words are blacked out",
            "decided_by": "who decided",
        }

    data_request = tenant_key("protection.DataRequest")
    pupil = tenant_key("people.Pupil")
    #: a code of access.personal.PARTS
    part = models.CharField(max_length=12)
    label = models.CharField(max_length=80)
    of_ref = models.UUIDField(null=True, blank=True)
    #: the day of what it tells, where it has one
    on = models.DateField(null=True, blank=True)
    title = models.CharField(max_length=200)
    content = models.JSONField(default=dict)
    marks = models.JSONField(default=dict)
    #: whether a person must look at it by itself before it is given
    to_look_at = models.BooleanField(default=False)
    #: for the safeguarding lead alone, who answers for it in a package of their own
    lead = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, blank=True, default="")
    file_name = models.CharField(max_length=150, blank=True, default="")
    decision = models.CharField(max_length=8, choices=Decision.choices, blank=True, default="")
    #: a code of states.GROUNDS
    ground = models.CharField(max_length=10, blank=True, default="")
    reason = models.CharField(max_length=LONGEST_REASON, blank=True, default="")
    hidden = models.JSONField(default=list)
    #: what is given in place of the file
    instead = tenant_key("protection.BlackedOutFile", null=True, blank=True)
    decided_by = _person(optional=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(
                data_request="protection.DataRequest",
                pupil="people.Pupil",
                instead="protection.BlackedOutFile",
            ),
            models.CheckConstraint(
                condition=Q(instead__isnull=True) | Q(decision="without") & ~Q(digest=""),
                name="protection_gathereditem_instead_of_a_file",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_by__isnull=True, decided_at__isnull=True)
                | ~Q(decision="") & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="protection_gathereditem_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decision__in=["", "give"], ground="")
                | Q(decision__in=["without", "withhold"]) & ~Q(ground=""),
                name="protection_gathereditem_ground",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["org", "data_request", "lead", "part", "id"], name="protection_item_part"
            )
        ]

    @property
    def told_under(self) -> Action | None:
        """Under which verb the books tell of it: of safeguarding only its lead is told."""
        return Action.SAFEGUARDING_VIEW if self.lead else None

    @property
    def called(self) -> str:
        """What a list calls it: its title, and what kind of row it was once that is emptied."""
        return self.title or capfirst(str(apps.get_model(self.label)._meta.verbose_name))

    def __str__(self) -> str:
        return f"{self.label}, {self.decision or 'not decided'}"


class RequestPackage(OrgOwned, Versioned):
    """What was given, frozen: a file that is kept by its content, and what was kept back."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")
    #: it belongs to its request, and is found by that
    stays_where_written = True

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {"person": "who made it"}

    data_request = tenant_key("protection.DataRequest")
    pupil = tenant_key("people.Pupil")
    number = models.PositiveIntegerField()
    lead = models.BooleanField(default=False)
    state = models.CharField(max_length=7, choices=Making.choices, default=Making.WAITS)
    person = _person()
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    #: SHA-256 of the file, by which it lies among the files of the organisation
    digest = models.CharField(max_length=64, blank=True, default="")
    size = models.PositiveBigIntegerField(default=0)
    given = models.PositiveIntegerField(default=0)
    #: how many pieces were kept back, by code of states.GROUNDS
    withheld = models.JSONField(default=dict)

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(data_request="protection.DataRequest", pupil="people.Pupil"),
            models.UniqueConstraint(
                fields=["org", "data_request", "lead", "number"],
                name="protection_requestpackage_number",
            ),
            models.CheckConstraint(
                condition=Q(state=Making.DONE, done_at__isnull=False, size__gte=1) & ~Q(digest="")
                | ~Q(state=Making.DONE) & Q(done_at__isnull=True, digest="", size=0),
                name="protection_requestpackage_done",
            ),
        ]

    @property
    def told_under(self) -> Action | None:
        """Under which verb the books tell of it: of safeguarding only its lead is told."""
        return Action.SAFEGUARDING_VIEW if self.lead else None

    def __str__(self) -> str:
        return f"package {self.number}, {self.state}"


class KeptLonger(OrgOwned):
    """A record past its date is kept on, until a day, for a reason."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id", append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "reason": "why the record is still needed; can name a dispute",
            "person": "who decided",
        }

    pupil = tenant_key("people.Pupil")
    until = models.DateField()
    reason = models.CharField(max_length=LONGEST_REASON)
    person = _person()
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            models.CheckConstraint(condition=~Q(reason=""), name="protection_keptlonger_says_why"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil", "-until"], name="protection_keptlonger_pupil")
        ]

    def __str__(self) -> str:
        return f"kept until {self.until}"


class Disposal(OrgOwned, Versioned):
    """That a record was disposed of, or will be: the certificate. It names nobody but by reference.

    No key leads to the pupil: it outlives the record.
    """

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "person": "who answers for it",
            "called_off_by": "who called it off",
        }
        part = "work"

    #: the reference of the record, which was random and says nothing
    record = models.UUIDField()
    #: a code of documents.retention.KEEPS, and the years that were kept to
    rule = models.CharField(max_length=8)
    years = models.PositiveSmallIntegerField()
    kept_until = models.DateField()
    state = models.CharField(max_length=10, choices=Disposing.choices, default=Disposing.DECIDED)
    person = _person()
    at = models.DateTimeField()
    #: the first day on which it is carried out; until then it can be called off
    due_on = models.DateField()
    called_off_by = _person(optional=True)
    called_off_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    #: how many rows went, by part of the record, and how many files
    counts = models.JSONField(default=dict)
    files = models.PositiveIntegerField(default=0)
    #: digests of the files that are still to be removed from the disk
    left = models.JSONField(default=list)

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(called_off_by__isnull=True, called_off_at__isnull=True)
                & ~Q(state=Disposing.CALLED_OFF)
                | Q(called_off_by__isnull=False, called_off_at__isnull=False)
                & Q(state=Disposing.CALLED_OFF),
                name="protection_disposal_called_off_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state=Disposing.DONE, done_at__isnull=False)
                | ~Q(state=Disposing.DONE) & Q(done_at__isnull=True),
                name="protection_disposal_done",
            ),
            models.UniqueConstraint(
                fields=["org", "record"],
                condition=~Q(state=Disposing.CALLED_OFF),
                name="protection_disposal_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "state", "due_on"], name="protection_disposal_due")
        ]

    def __str__(self) -> str:
        return f"disposal, {self.state}"
