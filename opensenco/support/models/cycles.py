"""A cycle of assess, plan, do, review, its outcomes and what the review found of each."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import Invalidable, OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History
from opensenco.support.models.pupils import STANDS
from opensenco.support.states import After, Score, Stage

SHARED = Org(pupil="pupil_id", guest=True, guest_columns=(("shared", True),))


def person_key() -> "models.ForeignKey[object, object]":
    """Give the key to whoever did a step, empty until it is done."""
    return models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )


def together(day: str, person: str) -> Q:
    """Give the condition that a day and who did it stand together or not at all."""
    return Q(**{f"{day}__isnull": True, f"{person}__isnull": True}) | Q(
        **{f"{day}__isnull": False, f"{person}__isnull": False}
    )


class Cycle(OrgOwned, Versioned, Invalidable):
    """One turn of assess, plan, do, review for one pupil (APD-01).

    The page of a plan is one text: its version is the version of its outcomes and review too.
    """

    tenancy: ClassVar[Tenancy] = SHARED

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "found": "what the assessment found",
            "parents_said": "parents are heard",
            "at_home": "what the family does",
            "agreed_with": "who agreed to the plan, and how",
            "next_step": "what was agreed at the review",
            "closed_reason": "why support ended",
            "started_by": "who began",
            "checked_by": "who read it through before it was agreed",
            "agreed_by": "who recorded the agreement",
            "reviewed_by": "who held the review",
            "closed_by": "who closed it",
            "writer": "who wrote last",
            "in_error_reason": "can name somebody",
        }

    pupil = tenant_key("people.Pupil")
    number = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.ASSESS)
    previous = tenant_key("support.Cycle", null=True, blank=True)
    #: the concern it began with; concerns stand below and are named by reference alone
    from_concern = models.UUIDField(null=True, blank=True)
    started_on = models.DateField()
    started_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    # assess
    found = models.TextField(blank=True, default="")
    parents_said = models.TextField(blank=True, default="")
    # plan
    at_home = models.TextField(blank=True, default="")
    planned_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    #: read through before it is agreed; `checked_version` is the version that was read
    checked_on = models.DateField(null=True, blank=True)
    checked_by = person_key()
    checked_version = models.PositiveIntegerField(null=True, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    agreed_by = person_key()
    agreed_with = models.CharField(max_length=300, blank=True, default="")
    agreed_version = models.PositiveIntegerField(null=True, blank=True)
    #: parents and visiting professionals may read it
    shared = models.BooleanField(default=False)
    # review
    reviewed_on = models.DateField(null=True, blank=True)
    reviewed_by = person_key()
    next_step = models.TextField(blank=True, default="")
    closed_on = models.DateField(null=True, blank=True)
    closed_by = person_key()
    closed_reason = models.TextField(blank=True, default="")
    #: when and by whom the words were last changed, for the bar of the page
    written_at = models.DateTimeField()
    writer = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(pupil="people.Pupil", previous="support.Cycle"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="support_cycle_stage"),
            models.CheckConstraint(condition=Q(number__gte=1), name="support_cycle_from_one"),
            models.CheckConstraint(
                condition=~Q(stage__in=[Stage.DO, Stage.REVIEWED])
                | Q(review_on__isnull=False, agreed_on__isnull=False),
                name="support_cycle_agreed_with_a_review_date",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.REVIEWED) | Q(reviewed_on__isnull=False),
                name="support_cycle_reviewed_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.CLOSED, closed_on__isnull=False)
                | (~Q(stage=Stage.CLOSED) & Q(closed_on__isnull=True)),
                name="support_cycle_closed_on_a_day",
            ),
            *(
                models.CheckConstraint(
                    condition=together(f"{step}_on", f"{step}_by"),
                    name=f"support_cycle_{step}_by_somebody",
                )
                for step in ("checked", "agreed", "reviewed", "closed")
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{day}__isnull": True})
                    | Q(**{f"{day}__gte": models.F("started_on")}),
                    name=f"support_cycle_{day}_after_start",
                )
                for day in ("review_on", "agreed_on", "reviewed_on", "closed_on")
            ),
            models.UniqueConstraint(fields=["org", "pupil", "number"], name="support_cycle_number"),
            models.UniqueConstraint(
                fields=["org", "pupil"],
                condition=~Q(stage=Stage.CLOSED) & STANDS,
                name="support_cycle_one_is_open",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil", "-number"], name="support_cycle_pupil")
        ]

    def __str__(self) -> str:
        return f"cycle {self.number}"


class Outcome(OrgOwned, Versioned, Invalidable):
    """What the pupil will be able to do. Carried over, it keeps its root through the cycles."""

    tenancy: ClassVar[Tenancy] = SHARED

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "text": "what the child works towards",
            "baseline": "where the child begins",
            "aim": "where the child will be",
            "measure": "how anybody can tell",
            "who": "who works on it",
            "in_error_reason": "can name somebody",
        }

    pupil = tenant_key("people.Pupil")
    cycle = tenant_key("support.Cycle")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    baseline = models.CharField(max_length=200, blank=True, default="")
    aim = models.CharField(max_length=200, blank=True, default="")
    by = models.DateField(null=True, blank=True)
    measure = models.CharField(max_length=300, blank=True, default="")
    who = models.CharField(max_length=200, blank=True, default="")
    #: the need that it answers, a code of opensenco.law.codes.sen.NEED_TYPES; often not said
    need = models.CharField(max_length=8, blank=True, default="")
    carried_from = tenant_key("support.Outcome", null=True, blank=True)
    #: the reference that the outcome had where it was first written
    root = models.UUIDField(editable=False)
    shared = models.BooleanField(default=False)
    #: taken out of the plan before it was agreed
    dropped_on = models.DateField(null=True, blank=True)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(pupil="people.Pupil", cycle="support.Cycle", carried_from="support.Outcome"),
            models.CheckConstraint(condition=~Q(text=""), name="support_outcome_says_something"),
            models.CheckConstraint(condition=Q(number__gte=1), name="support_outcome_from_one"),
            models.UniqueConstraint(
                fields=["org", "cycle", "number"], name="support_outcome_number"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil"], name="support_outcome_pupil"),
            models.Index(fields=["org", "root"], name="support_outcome_root"),
        ]

    def __str__(self) -> str:
        return f"outcome {self.number}"


class Review(OrgOwned, Versioned):
    """What the review found of one outcome: one score, three voices, what next (APD-05)."""

    tenancy: ClassVar[Tenancy] = SHARED

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "score": "how far the child came",
            "latest": "where the child is now",
            "pupil_said": "the child is heard",
            "parent_said": "parents are heard",
            "teacher_said": "the teacher is heard",
        }

    pupil = tenant_key("people.Pupil")
    cycle = tenant_key("support.Cycle")
    outcome = tenant_key("support.Outcome")
    #: empty while the review is being prepared
    score = models.PositiveSmallIntegerField(null=True, blank=True, choices=Score.choices)
    latest = models.CharField(max_length=200, blank=True, default="")
    pupil_said = models.TextField(blank=True, default="")
    parent_said = models.TextField(blank=True, default="")
    teacher_said = models.TextField(blank=True, default="")
    after = models.CharField(max_length=6, choices=After.choices, blank=True, default="")
    shared = models.BooleanField(default=False)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(pupil="people.Pupil", cycle="support.Cycle", outcome="support.Outcome"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__in=Score.values),
                name="support_review_score",
            ),
            models.CheckConstraint(
                condition=Q(after="") | Q(after__in=After.values), name="support_review_after"
            ),
            models.UniqueConstraint(fields=["org", "outcome"], name="support_review_one_each"),
        ]

    def __str__(self) -> str:
        return f"review, score {self.score}"
