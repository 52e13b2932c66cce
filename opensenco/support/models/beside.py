"""What stands beside a plan: its attested versions, remarks that were dismissed, adjustments to
what is in the way, what the family does, notes on a condition, the school's bank of strategies and
its own name for a plan.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import Invalidable, OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History
from opensenco.support.models.cycles import SHARED, person_key, together
from opensenco.support.states import Helped, WhyDismissed

LINE, LONG = 200, 300


def _ends_after_start(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("starts")), name=name
    )


class PlanVersion(OrgOwned):
    """A plan as it was agreed and attested, word for word. It never changes; a later one is new."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id", append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "words": "what was agreed, as it was agreed",
            "agreed_with": "who agreed to the plan, and how",
            "agreed_by": "who attested it",
            "checked_by": "who read it through before",
        }

    pupil = tenant_key("people.Pupil")
    cycle = tenant_key("support.Cycle")
    number = models.PositiveSmallIntegerField()
    #: parts in the order of the page: [name of the part, its words]
    words = models.JSONField(default=list)
    review_on = models.DateField()
    agreed_on = models.DateField()
    agreed_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    agreed_with = models.CharField(max_length=LONG, blank=True, default="")
    checked_on = models.DateField(null=True, blank=True)
    checked_by = person_key()
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(pupil="people.Pupil", cycle="support.Cycle"),
            models.CheckConstraint(condition=Q(number__gte=1), name="support_planversion_from_one"),
            models.CheckConstraint(
                condition=together("checked_on", "checked_by"),
                name="support_planversion_checked_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["org", "cycle", "number"], name="support_planversion_number"
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"


class RemarkDismissed(OrgOwned, Versioned):
    """A remark of the plan check that somebody set aside, with a reason.

    It is known by its rule, its part and the sentence; where the sentence changes, it comes back.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "sentence": "which sentence it was about",
            "words": "why the remark was set aside",
            "dismissed_by": "who set it aside",
            "returned_by": "who took it up again",
        }

    pupil = tenant_key("people.Pupil")
    cycle = tenant_key("support.Cycle")
    rule = models.CharField(max_length=60)
    #: kind and part of the place: "outcome text"
    place = models.CharField(max_length=60)
    #: the sentence as it is compared: without case, spaces and marks
    sentence = models.TextField(blank=True, default="")
    reason = models.CharField(max_length=20, choices=WhyDismissed.choices)
    words = models.CharField(max_length=LONG, blank=True, default="")
    dismissed_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    returned_on = models.DateField(null=True, blank=True)
    returned_by = person_key()

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(pupil="people.Pupil", cycle="support.Cycle"),
            models.CheckConstraint(
                condition=Q(reason__in=WhyDismissed.values),
                name="support_remarkdismissed_for_a_reason",
            ),
            models.CheckConstraint(
                condition=together("returned_on", "returned_by"),
                name="support_remarkdismissed_returned_by_somebody",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "cycle"], name="support_remark_cycle")
        ]

    def __str__(self) -> str:
        return self.rule


class BankStrategy(OrgOwned, Versioned):
    """One strategy of the school's own bank. One that is retired is offered no more, and stays."""

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal: none, a bank names no child."""

        fields: ClassVar[dict[str, str]] = {}
        not_personal = ("text", "why")

    text = models.CharField(max_length=LINE)
    why = models.CharField(max_length=LONG, blank=True, default="")
    #: when it helps, a key of the starter bank's situations
    situation = models.CharField(max_length=30, default="any")
    #: the entry of the starter bank it was copied from
    starter = models.CharField(max_length=60, blank=True, default="")
    retired_on = models.DateField(null=True, blank=True)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(text=""), name="support_bankstrategy_says_something"
            ),
            models.UniqueConstraint(
                fields=["org", "text"],
                condition=Q(retired_on__isnull=True),
                name="support_bankstrategy_once",
            ),
        ]

    def __str__(self) -> str:
        return f"strategy {self.pk}"


class Adjustment(OrgOwned, Versioned, Invalidable):
    """Something that is in a pupil's way, what is changed for it, and whether that helped.

    It belongs to the pupil and runs on from cycle to cycle until it ends.
    """

    tenancy: ClassVar[Tenancy] = SHARED

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "barrier": "what is in the child's way",
            "words": "what is changed for the child",
            "who": "who does it",
            "helped_words": "how anybody could tell that it helped",
            "helped_by": "who said whether it helped",
            "ended_reason": "why it ended",
            "in_error_reason": "can name somebody",
        }

    pupil = tenant_key("people.Pupil")
    barrier = models.CharField(max_length=LONG)
    words = models.TextField()
    strategy = tenant_key("support.BankStrategy", null=True, blank=True)
    who = models.CharField(max_length=LINE, blank=True, default="")
    #: the outcome it serves, by the reference that it keeps through the cycles
    outcome_root = models.UUIDField(null=True, blank=True)
    starts = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ended_reason = models.CharField(max_length=LONG, blank=True, default="")
    helped = models.CharField(max_length=8, choices=Helped.choices, blank=True, default="")
    helped_words = models.TextField(blank=True, default="")
    helped_on = models.DateField(null=True, blank=True)
    helped_by = person_key()
    #: it stood in a plan that was agreed: the family and visiting professionals may read it
    shared = models.BooleanField(default=False)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(pupil="people.Pupil", strategy="support.BankStrategy"),
            models.CheckConstraint(
                condition=~Q(barrier="") & ~Q(words=""), name="support_adjustment_says_something"
            ),
            _ends_after_start("support_adjustment_ends_after_start"),
            models.CheckConstraint(
                condition=Q(helped="") | Q(helped__in=Helped.values),
                name="support_adjustment_helped",
            ),
            models.CheckConstraint(
                condition=together("helped_on", "helped_by"),
                name="support_adjustment_helped_said_by_somebody",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil"], name="support_adjustment_pupil")
        ]

    def __str__(self) -> str:
        return f"adjustment since {self.starts}"


class HomeAction(OrgOwned, Versioned, Invalidable):
    """One thing that the family does at home, and what they say of it when they are asked."""

    tenancy: ClassVar[Tenancy] = SHARED

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "words": "what the family does",
            "who": "who does it",
            "answer": "parents are heard",
            "answered_by": "who of the family answered",
            "recorded_by": "who wrote down the answer",
            "in_error_reason": "can name somebody",
        }

    pupil = tenant_key("people.Pupil")
    words = models.CharField(max_length=LONG)
    who = models.CharField(max_length=LINE, blank=True, default="")
    starts = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    helped = models.CharField(max_length=8, choices=Helped.choices, blank=True, default="")
    answer = models.TextField(blank=True, default="")
    answered_by = models.CharField(max_length=LINE, blank=True, default="")
    answered_on = models.DateField(null=True, blank=True)
    recorded_by = person_key()
    #: it stood in a plan that was agreed: the family and visiting professionals may read it
    shared = models.BooleanField(default=False)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            models.CheckConstraint(condition=~Q(words=""), name="support_homeaction_says"),
            _ends_after_start("support_homeaction_ends_after_start"),
            models.CheckConstraint(
                condition=Q(helped="") | Q(helped__in=Helped.values),
                name="support_homeaction_helped",
            ),
            models.CheckConstraint(
                condition=together("answered_on", "recorded_by"),
                name="support_homeaction_answer_recorded_by_somebody",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil"], name="support_homeaction_pupil")
        ]

    def __str__(self) -> str:
        return f"at home since {self.starts}"


class ConditionNote(OrgOwned, Versioned, Invalidable):
    """What staff learned about a condition or need of this child, from where, and until when."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "title": "what was looked into",
            "words": "what helps staff to understand the child",
            "source": "whether it can be relied on",
            "written_by": "who can be asked about it",
            "in_error_reason": "can name somebody",
        }

    pupil = tenant_key("people.Pupil")
    title = models.CharField(max_length=120)
    words = models.TextField()
    source = models.CharField(max_length=LONG)
    #: when the source is of, where it has a day
    source_on = models.DateField(null=True, blank=True)
    review_on = models.DateField()
    written_on = models.DateField()
    written_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(words="") & ~Q(source=""),
                name="support_conditionnote_says_something",
            ),
            models.CheckConstraint(
                condition=Q(review_on__gte=F("written_on")),
                name="support_conditionnote_reviewed_later",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil"], name="support_conditionnote_pupil")
        ]

    def __str__(self) -> str:
        return f"note of {self.written_on}"


class PlanNaming(OrgOwned, Versioned):
    """What a place calls its plans, and whether it also lays them out as is proposed."""

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal: none."""

        fields: ClassVar[dict[str, str]] = {}

    name = models.CharField(max_length=60, blank=True, default="")
    #: the proposed Individual Support Plan, of the school's own will: it is not law
    proposed = models.BooleanField(default=False)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.UniqueConstraint(fields=["org"], name="support_plannaming_one_a_place"),
        ]

    def __str__(self) -> str:
        return self.name
