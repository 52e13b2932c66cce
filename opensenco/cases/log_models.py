"""The contact log, and the time that people put into their work."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import Invalidable, OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History
from opensenco.cases.states import MOST_MINUTES, Direction, How, Work


class LoggedContact(OrgOwned, Versioned, Invalidable):
    """A call, talk, message, letter or visit about a pupil. Put right by a new version."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        part = "letters"
        fields: ClassVar[dict[str, str]] = {
            "contact": "with whom the school spoke",
            "with_whom": "with whom the school spoke, where they are no contact on the record",
            "words": "what was said, so that nobody has to say it twice",
            "person": "who spoke with them",
            "in_error_reason": "can name somebody",
        }

    pupil = tenant_key("people.Pupil")
    contact = tenant_key("people.Contact", null=True, blank=True)
    #: as they were called then; never empty, so that a later change of the contact changes nothing
    with_whom = models.CharField(max_length=160)
    how = models.CharField(max_length=10, choices=How.choices)
    direction = models.CharField(max_length=3, choices=Direction.choices)
    on = models.DateField()
    words = models.TextField()
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    #: an id of the list "contact-outcome" of cases.starter, or empty
    came_of = models.CharField(max_length=40, blank=True, default="")
    #: only its writer and who co-ordinates read it
    confidential = models.BooleanField(default=False)
    follow_up_by = models.DateField(null=True, blank=True)
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(pupil="people.Pupil", contact="people.Contact"),
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(with_whom=""), name="cases_loggedcontact_says_it"
            ),
            models.CheckConstraint(
                condition=Q(how__in=How.values) & Q(direction__in=Direction.values),
                name="cases_loggedcontact_how",
            ),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__range=(1, MOST_MINUTES)),
                name="cases_loggedcontact_minutes",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil", "-on"], name="cases_loggedcontact_pupil"),
            models.Index(fields=["org", "-on"], name="cases_loggedcontact_on"),
            models.Index(fields=["org", "person", "-on"], name="cases_loggedcontact_person"),
        ]

    def __str__(self) -> str:
        return f"{self.how} on {self.on}"


class TimeEntry(OrgOwned, Versioned, Invalidable):
    """Minutes that one person put into one kind of work on one day, told by themselves.

    With a source it says how long something took that the record knows of: it is then counted here
    and nowhere else.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        part = "work"
        fields: ClassVar[dict[str, str]] = {
            "person": "whose time it was",
            "words": "what was done; can name somebody",
            "in_error_reason": "can name somebody",
        }

    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    pupil = tenant_key("people.Pupil", null=True, blank=True)
    on = models.DateField()
    work = models.CharField(max_length=10, choices=Work.choices)
    minutes = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=200, blank=True, default="")
    source_label = models.CharField(max_length=80, blank=True, default="")
    source_ref = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            models.CheckConstraint(
                condition=Q(work__in=Work.values), name="cases_timeentry_kind_of_work"
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(1, MOST_MINUTES)), name="cases_timeentry_minutes"
            ),
            models.CheckConstraint(
                condition=Q(source_ref__isnull=True, source_label="")
                | (Q(source_ref__isnull=False) & ~Q(source_label="")),
                name="cases_timeentry_whole_source",
            ),
            models.UniqueConstraint(
                fields=["org", "person", "source_ref"],
                condition=Q(source_ref__isnull=False, in_error_at__isnull=True),
                name="cases_timeentry_counted_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "person", "-on"], name="cases_timeentry_person"),
            models.Index(fields=["org", "-on"], name="cases_timeentry_on"),
        ]

    def __str__(self) -> str:
        return f"{self.minutes} minutes on {self.on}"
