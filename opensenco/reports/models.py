"""Reports that are being written, their editions, and the papers made of them."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History
from opensenco.documents.set_models import SetPaper
from opensenco.reports.aim_models import AimNote, PlanAim
from opensenco.reports.states import FIXED, OPEN, State

__all__ = [
    "AimNote",
    "PlanAim",
    "Report",
    "ReportEdition",
    "ReportPaper",
    "ReportPart",
    "ReportPoint",
]

LONGEST_ID = 60


def _person(*, empty: bool = False) -> Any:
    return models.ForeignKey(
        "access.Person", null=empty, blank=empty, on_delete=models.PROTECT, related_name="+"
    )


class Report(OrgOwned, Versioned):
    """One report on its way to an edition."""

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "person": "who began it",
            "sent_by": "who sent it for approval, and does not approve it",
            "decided_by": "who approved it or sent it back",
            "returned_because": "can name somebody",
            "fixed": "names who co-ordinates",
        }

    #: an id of opensenco.reports.kinds
    kind = models.CharField(max_length=LONGEST_ID)
    kind_version = models.PositiveIntegerField()
    #: figures of what happened count from here
    since = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    person = _person()
    at = models.DateTimeField()
    #: the whole report as it was sent: what is approved is what is published
    fixed = models.JSONField(null=True, blank=True)
    fixed_on = models.DateField(null=True, blank=True)
    sent_by = _person(empty=True)
    decided_by = _person(empty=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    #: why it came back last; empty once it is sent again
    returned_because = models.TextField(blank=True, default="")

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state__in=State.values) & ~Q(kind=""), name="reports_report_state"
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=FIXED, fixed_on__isnull=False, fixed__isnull=False)
                    & Q(sent_by__isnull=False)
                )
                | (~Q(state__in=FIXED) & Q(fixed_on__isnull=True, fixed__isnull=True)),
                name="reports_report_stands_still",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="reports_report_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.APPROVED, State.PUBLISHED])
                | Q(decided_by__isnull=False),
                name="reports_report_approved_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["org", "kind"],
                condition=Q(state__in=OPEN),
                name="reports_report_one_is_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.state}"


class ReportPart(OrgOwned, Versioned):
    """One part of a report on its way: words, or whether figures are left out."""

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "words": "what the place says of its work; can name staff",
            "writer": "who wrote it last",
        }

    report = tenant_key("reports.Report")
    part = models.CharField(max_length=LONGEST_ID)
    words = models.TextField(blank=True, default="")
    left_out = models.BooleanField(default=False)
    #: as the edition before has it, and nobody has looked at it since
    carried = models.BooleanField(default=False)
    writer = _person(empty=True)
    written_at = models.DateTimeField(null=True, blank=True)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(report="reports.Report"),
            models.CheckConstraint(condition=~Q(part=""), name="reports_reportpart_named"),
            models.UniqueConstraint(
                fields=["org", "report", "part"], name="reports_reportpart_once"
            ),
        ]

    def __str__(self) -> str:
        return f"part {self.part}"


class ReportPoint(OrgOwned, Versioned):
    """Where one point is answered, where not in its usual part; or why it is not answered."""

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {"reason": "can name somebody"}

    report = tenant_key("reports.Report")
    point = models.CharField(max_length=LONGEST_ID)
    #: a part of the report; empty: where the kind has it
    part = models.CharField(max_length=LONGEST_ID, blank=True, default="")
    reason = models.TextField(blank=True, default="")

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(report="reports.Report"),
            models.CheckConstraint(condition=~Q(point=""), name="reports_reportpoint_named"),
            models.UniqueConstraint(
                fields=["org", "report", "point"], name="reports_reportpoint_once"
            ),
        ]

    def __str__(self) -> str:
        return f"point {self.point}"


class ReportEdition(OrgOwned):
    """A report as it was published: its figures, words and charts as they stood. Never changed."""

    tenancy: ClassVar[Tenancy] = Org(append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "content": "what was published; can name staff",
            "person": "who published it",
            "approved_by": "who approved it",
        }

    report = tenant_key("reports.Report")
    kind = models.CharField(max_length=LONGEST_ID)
    kind_version = models.PositiveIntegerField()
    #: from 1; a later one supersedes those before
    number = models.PositiveIntegerField()
    #: as `reports.document.to_data` gives it
    content = models.JSONField()
    #: the day of its figures
    drawn_on = models.DateField()
    published_on = models.DateField()
    person = _person()
    at = models.DateTimeField()
    approved_by = _person()
    approved_at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(report="reports.Report"),
            models.CheckConstraint(
                condition=Q(number__gte=1) & ~Q(kind=""), name="reports_reportedition_from_one"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=False, approved_at__isnull=False),
                name="reports_reportedition_approved_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["org", "kind", "number"], name="reports_reportedition_number"
            ),
            models.UniqueConstraint(fields=["org", "report"], name="reports_reportedition_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, edition {self.number}"


class ReportPaper(SetPaper):
    """A PDF or Word file of a report: asked for, made by the worker, kept by its content."""

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {"person": "who asked for it"}

    report = tenant_key("reports.Report")

    class Meta(SetPaper.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *SetPaper.Meta.constraints,
            *same_org(report="reports.Report"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "report", "-at"], name="reports_reportpaper_report"),
        ]
