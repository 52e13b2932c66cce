"""What a place changes so that disabled pupils take part, what it decided, and when its plan was
approved (SCH-07, SCH-08).
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import Invalidable, OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History
from opensenco.support.models.cycles import person_key, together
from opensenco.support.states import AccessAim, Cost, Decided, ForWhom, Helped

LINE, LONG = 200, 500


class AccessDecision(OrgOwned, Versioned, Invalidable):
    """Something in the way of disabled pupils, what was asked for, and what was decided and why.

    For everybody, thought of ahead; for a group; or asked for one pupil. What is refused stays.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        part = "plans"
        fields: ClassVar[dict[str, str]] = {
            "barrier": "what is in the way; of one pupil, what is in this child's way",
            "words": "what is changed, or was asked for",
            "why": "the law asks for reasons, also of a refusal",
            "decided_by": "who answers for it",
            "who": "who does it",
            "helped_words": "how anybody could tell that it helped",
            "helped_by": "who said whether it helped",
            "ended_reason": "why it ended",
            "in_error_reason": "can name somebody",
        }

    for_whom = models.CharField(max_length=8, choices=ForWhom.choices)
    pupil = tenant_key("people.Pupil", null=True, blank=True)
    #: the adjustment in the pupil's plan that it is about
    adjustment = tenant_key("support.Adjustment", null=True, blank=True)
    group = models.CharField(max_length=LINE, blank=True, default="")
    aim = models.CharField(max_length=12, choices=AccessAim.choices)
    barrier = models.CharField(max_length=LONG)
    words = models.TextField()
    decided = models.CharField(max_length=8, choices=Decided.choices)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=LINE, blank=True, default="")
    why = models.TextField(blank=True, default="")
    #: an action of the accessibility plan
    in_plan = models.BooleanField(default=False)
    who = models.CharField(max_length=LINE, blank=True, default="")
    by = models.DateField(null=True, blank=True)
    cost = models.CharField(max_length=8, choices=Cost.choices, blank=True, default="")
    #: in place since
    starts = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_reason = models.CharField(max_length=LONG, blank=True, default="")
    helped = models.CharField(max_length=8, choices=Helped.choices, blank=True, default="")
    helped_words = models.TextField(blank=True, default="")
    helped_on = models.DateField(null=True, blank=True)
    helped_by = person_key()

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(pupil="people.Pupil", adjustment="support.Adjustment"),
            models.CheckConstraint(
                condition=~Q(barrier="") & ~Q(words=""), name="support_access_says_something"
            ),
            models.CheckConstraint(
                condition=Q(for_whom=ForWhom.PUPIL, pupil__isnull=False)
                | Q(for_whom__in=[ForWhom.ALL, ForWhom.GROUP], pupil__isnull=True),
                name="support_access_for_whom",
            ),
            models.CheckConstraint(
                condition=Q(decided=Decided.OPEN)
                | (Q(decided__in=Decided.values, decided_on__isnull=False) & ~Q(decided_by="")),
                name="support_access_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(decided=Decided.REFUSED) | (~Q(why="") & Q(starts__isnull=True)),
                name="support_access_refused_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(aim__in=AccessAim.values)
                & Q(cost__in=["", *Cost.values])
                & Q(helped__in=["", *Helped.values]),
                name="support_access_known",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | (Q(starts__isnull=False) & Q(ended_on__gte=F("starts"))),
                name="support_access_ends_after_start",
            ),
            models.CheckConstraint(
                condition=together("helped_on", "helped_by"),
                name="support_access_helped_said_by_somebody",
            ),
        ]  # fmt: skip
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil"], name="support_access_pupil"),
            models.Index(fields=["org", "aim"], name="support_access_aim"),
        ]

    def __str__(self) -> str:
        return f"{self.aim}, {self.decided}"

    @property
    def state(self) -> str:
        """How it stands: refused, not decided, planned, in place or ended."""
        if self.decided != Decided.AGREED:
            return str(self.decided)
        if self.ended_on is not None:
            return "ended"
        return "in-place" if self.starts is not None else "planned"


class AccessPlanApproval(OrgOwned, Versioned, Invalidable):
    """That the accessibility plan was approved or reviewed on a day: three years run from it."""

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        part = "work"
        fields: ClassVar[dict[str, str]] = {
            "approved_by": "who answers for the plan",
            "in_error_reason": "can name somebody",
        }

    approved_on = models.DateField()
    approved_by = models.CharField(max_length=LINE)
    #: where it can be read
    where = models.CharField(max_length=LONG, blank=True, default="")
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(approved_by=""), name="support_accessplan_approved_by_somebody"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "-approved_on"], name="support_accessplan_newest")
        ]

    def __str__(self) -> str:
        return f"approved {self.approved_on}"
