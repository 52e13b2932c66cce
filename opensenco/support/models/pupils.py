"""What is known of a pupil's needs, and what helps: status, ranked needs, profile, strategies."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import Invalidable, OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History
from opensenco.people.spans import ends_after_start
from opensenco.support.states import Status, Told

STANDS = Q(in_error_at__isnull=True)


class SenStatus(OrgOwned, Versioned, Invalidable):
    """A pupil's SEN status from a day to a day, why, and whether the parents were told (IDN-15)."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "code": "census, and what the school owes the child",
            "grounds": "what the school saw",
            "reason": "why the status was set",
            "told_words": "proof that the parents were told, and of what",
            "set_by": "who decided",
            "told_by": "who told the parents",
            "in_error_reason": "can name somebody",
        }

    pupil = tenant_key("people.Pupil")
    code = models.CharField(max_length=1, choices=Status.choices)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    #: values of states.Ground
    grounds = models.JSONField(default=list, blank=True)
    reason = models.TextField()
    set_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    told_on = models.DateField(null=True, blank=True)
    told_how = models.CharField(max_length=10, choices=Told.choices, blank=True, default="")
    told_words = models.TextField(blank=True, default="")
    told_by = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            ends_after_start("support_senstatus_ends_after_start"),
            models.CheckConstraint(
                condition=Q(code__in=Status.values), name="support_senstatus_code"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="support_senstatus_has_a_reason"),
            models.CheckConstraint(
                condition=Q(told_on__isnull=True, told_by__isnull=True, told_how="", told_words="")
                | (Q(told_on__isnull=False, told_by__isnull=False) & ~Q(told_how="")),
                name="support_senstatus_told_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["org", "pupil"],
                condition=Q(ends__isnull=True) & STANDS,
                name="support_senstatus_one_goes_on",
            ),
            models.UniqueConstraint(
                fields=["org", "pupil", "starts"],
                condition=STANDS,
                name="support_senstatus_one_a_day",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil", "-starts"], name="support_senstatus_pupil")
        ]

    def __str__(self) -> str:
        return f"{self.code} since {self.starts}"


class Need(OrgOwned):
    """One type of need at one rank, from a day to a day. Ranking anew ends rows and adds others."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {"code": "what the child needs; census"}

    pupil = tenant_key("people.Pupil")
    #: a code of opensenco.law.codes.sen.NEED_TYPES
    code = models.CharField(max_length=8)
    rank = models.PositiveSmallIntegerField()
    starts = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            models.CheckConstraint(condition=~Q(code=""), name="support_need_has_a_code"),
            models.CheckConstraint(condition=Q(rank__gte=1), name="support_need_rank_from_one"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("starts")),
                name="support_need_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["org", "pupil", "rank"],
                condition=Q(ended_on__isnull=True),
                name="support_need_one_of_a_rank",
            ),
            models.UniqueConstraint(
                fields=["org", "pupil", "code"],
                condition=Q(ended_on__isnull=True),
                name="support_need_one_of_a_code",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil", "rank"], name="support_need_pupil")
        ]

    def __str__(self) -> str:
        return f"{self.rank} {self.code}"


class Profile(OrgOwned, Versioned):
    """One page in the child's own voice. Every version of it stays in the history."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id", guest=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "own_words": "the child is heard first",
            "good_at": "plans begin with strengths",
            "matters": "what must not be lost",
            "helps": "so that every adult does it",
            "hinders": "so that no adult does it",
            "communication": "so that every adult is understood, and understands",
            "said_with": "who was with the child",
        }

    pupil = tenant_key("people.Pupil")
    own_words = models.TextField(blank=True, default="")
    good_at = models.TextField(blank=True, default="")
    matters = models.TextField(blank=True, default="")
    #: one thing a line
    helps = models.TextField(blank=True, default="")
    hinders = models.TextField(blank=True, default="")
    #: how the child tells and how to tell the child: signs, pictures, a device, time; one a line
    communication = models.TextField(blank=True, default="")
    said_on = models.DateField()
    said_with = models.CharField(max_length=200, blank=True, default="")

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            models.UniqueConstraint(fields=["org", "pupil"], name="support_profile_one_a_pupil"),
        ]

    def __str__(self) -> str:
        return f"said on {self.said_on}"


class Strategy(OrgOwned):
    """One line that a teacher can act on today, from a day to a day; three of them are shown.

    Those of a class or group stand before what every adult does, for who teaches it.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {"text": "so that teaching fits the child"}

    pupil = tenant_key("people.Pupil")
    #: the class or group that it is for; none for what every adult does
    group = tenant_key("people.Group", null=True, blank=True)
    text = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField()
    starts = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(pupil="people.Pupil", group="people.Group"),
            models.CheckConstraint(condition=~Q(text=""), name="support_strategy_says_something"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("starts")),
                name="support_strategy_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["org", "pupil", "position"],
                condition=Q(ended_on__isnull=True, group__isnull=True),
                name="support_strategy_one_a_place",
            ),
            models.UniqueConstraint(
                fields=["org", "pupil", "group", "position"],
                condition=Q(ended_on__isnull=True, group__isnull=False),
                name="support_strategy_one_a_place_in_a_class",
            ),
        ]

    def __str__(self) -> str:
        return f"strategy {self.position}"
