"""What an hour of an adult costs, and how a place counts: each from a day on, never changed."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.costing.beside_models import SHORT, person
from opensenco.costing.beside_models import Bearing as Bearing
from opensenco.costing.beside_models import Item as Item
from opensenco.costing.states import Charged, Post, RateKind, YearOf

#: pence: £500 an hour, £500,000 for a pupil, £50 million for a place
MOST_AN_HOUR = 500_00
MOST_FOR_A_PUPIL = 500_000_00
MOST_FOR_A_PLACE = 50_000_000_00
MOST_WEEKS = 53


class Rate(OrgOwned):
    """Pence for an hour of a kind of post, or of one person, from a day on.

    Never changed: a later row of the same day counts in its place, and one that is `withdrawn`
    takes that day's back. A standard rate is nobody's own: of a person it only says which post they
    hold, and that they cost what everybody of it does.
    """

    tenancy: ClassVar[Tenancy] = Org(append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        part = "pay"
        fields: ClassVar[dict[str, str]] = {
            "who": "whose hour it is, where it is one person's",
            "pence": "what an hour costs the school; of one person, this tells their pay",
            "person": "who entered it",
        }

    post = models.CharField(max_length=10, choices=Post.choices)
    #: empty where it is the rate of everybody of the post
    who = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=12, choices=RateKind.choices)
    #: empty where somebody costs what everybody of their post does
    pence = models.PositiveIntegerField(null=True, blank=True)
    first = models.DateField()
    withdrawn = models.BooleanField(default=False)
    person = person()
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.CheckConstraint(condition=Q(post__in=Post.values), name="costing_rate_post"),
            models.CheckConstraint(condition=Q(kind__in=RateKind.values), name="costing_rate_kind"),
            models.CheckConstraint(
                condition=Q(pence__isnull=True) | Q(pence__range=(1, MOST_AN_HOUR)),
                name="costing_rate_pence",
            ),
            models.CheckConstraint(
                condition=Q(who__isnull=True, pence__isnull=False)
                | (Q(who__isnull=False, pence__isnull=True) & Q(kind=RateKind.STANDARD))
                | (Q(who__isnull=False, pence__isnull=False) & ~Q(kind=RateKind.STANDARD)),
                name="costing_rate_standard_is_nobodys",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "first"], name="costing_rate_first")
        ]

    def __str__(self) -> str:
        return f"{self.post} from {self.first}"


class Convention(OrgOwned):
    """How a place counts what provision costs, from a day on, and where that is decided.

    Never changed: a later row of the same day counts in its place.
    """

    tenancy: ClassVar[Tenancy] = Org(append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        part = "work"
        fields: ClassVar[dict[str, str]] = {"person": "who set it"}
        not_personal = ("because",)

    first = models.DateField()
    kind = models.CharField(max_length=12, choices=RateKind.choices)
    charge = models.CharField(max_length=8, choices=Charged.choices)
    weeks = models.PositiveSmallIntegerField()
    year = models.CharField(max_length=10, choices=YearOf.choices)
    #: hours of a teacher that count for one pupil in a week; empty where there is no limit
    teacher_hours = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    #: whose time it is where nobody is named
    usual_post = models.CharField(max_length=10, choices=Post.choices)
    because = models.CharField(max_length=SHORT)
    person = person()
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(because=""), name="costing_convention_has_a_source"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=RateKind.values, charge__in=Charged.values,
                            year__in=YearOf.values, usual_post__in=Post.values),
                name="costing_convention_words",
            ),
            models.CheckConstraint(
                condition=Q(weeks__range=(1, MOST_WEEKS)), name="costing_convention_weeks"
            ),
            models.CheckConstraint(
                condition=Q(teacher_hours__isnull=True) | Q(teacher_hours__range=(0, 40)),
                name="costing_convention_teacher_hours",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} from {self.first}"


class TopUp(OrgOwned):
    """What comes in for a pupil above the school's own share, for a time.

    Never changed: a later row that begins on the same day counts in its place; withdrawn, none.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id", append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "pence": "what is paid for the child's support",
            "source": "who pays it, and by which decision",
            "person": "who entered it",
        }

    pupil = tenant_key("people.Pupil")
    pence = models.PositiveIntegerField()
    first = models.DateField()
    last = models.DateField()
    source = models.CharField(max_length=SHORT)
    withdrawn = models.BooleanField(default=False)
    person = person()
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            models.CheckConstraint(
                condition=Q(pence__range=(1, MOST_FOR_A_PUPIL)), name="costing_topup_pence"
            ),
            models.CheckConstraint(
                condition=Q(last__gte=F("first")), name="costing_topup_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="costing_topup_has_a_source"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil"], name="costing_topup_pupil")
        ]

    def __str__(self) -> str:
        return f"from {self.first}"


class Budget(OrgOwned):
    """The notional SEN budget of one place for one year, as the authority told it.

    Never changed: a later row of the same year counts in its place.
    """

    tenancy: ClassVar[Tenancy] = Org(append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        part = "work"
        fields: ClassVar[dict[str, str]] = {"person": "who entered it"}
        not_personal = ("source",)

    #: the first day of the year
    first = models.DateField()
    pence = models.PositiveBigIntegerField()
    source = models.CharField(max_length=SHORT)
    person = person()
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(pence__range=(1, MOST_FOR_A_PLACE)), name="costing_budget_pence"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="costing_budget_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"from {self.first}"
