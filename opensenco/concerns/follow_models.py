"""What a concern leads to: a short programme, a referral, and the school's own numbers of days."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import Invalidable, OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History
from opensenco.concerns.follow_states import OPEN, Becomes, Stands

SHORT = 200


def person() -> "models.ForeignKey[object, object]":
    """Give the key to whoever did it."""
    return models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")


class Programme(OrgOwned, Versioned):
    """A short programme that a concern ended in: what is measured, before it and after.

    What was given, to whom and until when stands in provision, which is above: it is named by its
    reference alone. A measure is text as people say it: "8 of 20 words".
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "measure": "what tells whether it helped",
            "entry": "where the child was before it",
            "exit": "where the child was after it",
            "words": "what came of it",
            "begun_by": "who began it",
            "ended_by": "who measured again",
        }

    pupil = tenant_key("people.Pupil")
    concern = tenant_key("concerns.Concern")
    allocation = models.UUIDField()
    measure = models.CharField(max_length=SHORT)
    entry = models.CharField(max_length=SHORT)
    begun_on = models.DateField()
    begun_by = person()
    #: the last day that was agreed, on which somebody measures again
    until = models.DateField()
    exit = models.CharField(max_length=SHORT, blank=True, default="")
    words = models.TextField(blank=True, default="")
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(pupil="people.Pupil", concern="concerns.Concern"),
            models.CheckConstraint(
                condition=~Q(measure="") & ~Q(entry=""), name="concerns_programme_is_measured"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_by__isnull=True, exit="")
                | (Q(ended_on__gte=F("begun_on"), ended_by__isnull=False) & ~Q(exit="")),
                name="concerns_programme_measured_again",
            ),
            models.UniqueConstraint(
                fields=["org", "allocation"], name="concerns_programme_allocation"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "concern"], name="concerns_programme_concern"),
            models.Index(fields=["org", "pupil"], name="concerns_programme_pupil"),
        ]

    def __str__(self) -> str:
        return f"programme of {self.begun_on}"


class Referral(OrgOwned, Versioned, Invalidable):
    """A pupil was referred to a service: to whom, why, with whose agreement, and what came of it.

    Its news are rows of their own (`ReferralNews`); here stands what holds now.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "service": "who is asked to help the child",
            "why": "what the service is asked",
            "agreed_by": "who agreed to it for the child",
            "by": "who sent it, and chases it",
            "in_error_by": "who took it back",
            "in_error_reason": "can name somebody",
        }

    pupil = tenant_key("people.Pupil")
    concern = tenant_key("concerns.Concern", null=True, blank=True)
    service = models.CharField(max_length=SHORT)
    why = models.TextField()
    agreed_by = models.CharField(max_length=SHORT)
    agreed_on = models.DateField()
    sent_on = models.DateField()
    by = person()
    stands = models.CharField(max_length=12, choices=Stands.choices, default=Stands.SENT)
    stands_since = models.DateField()
    #: the day on which somebody asks again; empty where nobody waits
    ask_again = models.DateField(null=True, blank=True)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(pupil="people.Pupil", concern="concerns.Concern"),
            models.CheckConstraint(
                condition=~Q(service="") & ~Q(why="") & ~Q(agreed_by=""),
                name="concerns_referral_says_to_whom_and_why",
            ),
            models.CheckConstraint(
                condition=Q(agreed_on__lte=F("sent_on")), name="concerns_referral_agreed_before"
            ),
            models.CheckConstraint(
                condition=Q(stands__in=Stands.values), name="concerns_referral_stands"
            ),
            models.CheckConstraint(
                condition=Q(stands__in=[*OPEN], ask_again__isnull=False)
                | (~Q(stands__in=[*OPEN]) & Q(ask_again__isnull=True)),
                name="concerns_referral_asked_again_while_open",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil", "-sent_on"], name="concerns_referral_pupil"),
            models.Index(fields=["org", "stands", "sent_on"], name="concerns_referral_stands"),
            models.Index(fields=["org", "concern"], name="concerns_referral_concern"),
        ]

    def __str__(self) -> str:
        return f"referral of {self.sent_on}"


class ReferralNews(OrgOwned):
    """What was heard of a referral on a day. Never edited: the next one puts it right."""

    tenancy: ClassVar[Tenancy] = Org(append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "words": "what the service said",
            "person": "who wrote it down",
        }

    referral = tenant_key("concerns.Referral")
    on = models.DateField()
    stands = models.CharField(max_length=12, choices=Stands.choices)
    words = models.TextField(blank=True, default="")
    person = person()
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(referral="concerns.Referral"),
            models.CheckConstraint(
                condition=Q(stands__in=Stands.values), name="concerns_referralnews_stands"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "referral", "-on"], name="concerns_referralnews_referral")
        ]

    def __str__(self) -> str:
        return f"{self.stands} on {self.on}"


class ReferralAdvice(OrgOwned, Versioned, Invalidable):
    """One thing that a service advised, and what became of it here."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "words": "what the service advised for the child",
            "owner": "who does it",
            "why": "why it is not done",
            "result": "what came of it",
            "by": "who wrote it down",
            "in_error_by": "who took it back",
            "in_error_reason": "can name somebody",
        }

    pupil = tenant_key("people.Pupil")
    referral = tenant_key("concerns.Referral")
    words = models.CharField(max_length=SHORT)
    becomes = models.CharField(max_length=8, choices=Becomes.choices)
    #: of an action: who does it, by when, and how it ended
    owner = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due = models.DateField(null=True, blank=True)
    settled_on = models.DateField(null=True, blank=True)
    done = models.BooleanField(default=False)
    result = models.TextField(blank=True, default="")
    why = models.TextField(blank=True, default="")
    on = models.DateField()
    by = person()

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(pupil="people.Pupil", referral="concerns.Referral"),
            models.CheckConstraint(
                condition=~Q(words="") & Q(becomes__in=Becomes.values),
                name="concerns_referraladvice_says_something",
            ),
            models.CheckConstraint(
                condition=Q(becomes=Becomes.ACTION, owner__isnull=False, due__isnull=False)
                | (~Q(becomes=Becomes.ACTION) & Q(owner__isnull=True, due__isnull=True)),
                name="concerns_referraladvice_who_by_when",
            ),
            models.CheckConstraint(
                condition=~Q(becomes=Becomes.NOT) | ~Q(why=""),
                name="concerns_referraladvice_not_without_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(settled_on__isnull=True) | Q(becomes=Becomes.ACTION),
                name="concerns_referraladvice_settled",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "referral"], name="concerns_referraladvice_of"),
            models.Index(fields=["org", "pupil"], name="concerns_referraladvice_pupil"),
        ]

    def __str__(self) -> str:
        return f"advice, {self.becomes}"


class OwnDays(OrgOwned):
    """A number of school days that a place has set itself, from a day on, and where it is decided.

    Never changed: a later row of the same number and day counts in its place.
    """

    tenancy: ClassVar[Tenancy] = Org(append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        part = "work"
        fields: ClassVar[dict[str, str]] = {"person": "who set it"}
        not_personal = ("because",)

    #: a number of opensenco.law.numbers.practice
    which = models.CharField(max_length=60)
    days = models.PositiveSmallIntegerField()
    first = models.DateField()
    because = models.CharField(max_length=SHORT)
    person = person()
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.CheckConstraint(condition=~Q(because=""), name="concerns_owndays_has_a_source"),
            models.CheckConstraint(
                condition=Q(days__range=(1, 200)), name="concerns_owndays_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.which} {self.days} from {self.first}"
