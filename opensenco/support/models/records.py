"""What other systems know of a pupil: attendance, assessment results, behaviour.

These are facts of the school's other systems, brought in by lists or by hand. None of them is ever
removed: one that is wrong is marked in error with a reason.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint
from django.db.models.functions import Coalesce

from opensenco.access.base import Invalidable, OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History
from opensenco.support.states import RANGES, Measure, Origin

STANDS = Q(in_error_at__isnull=True)
SHORT, LONG = 120, 200


def _percent(name: str) -> Q:
    return Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 0, f"{name}__lte": 100})


def _from_somewhere(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(origin__in=Origin.values), name=name)


class Attendance(OrgOwned, Versioned, Invalidable):
    """How much of school a pupil attended from a day to a day.

    Either the sessions (half days) are known, or only the percentage that another system worked
    out; where sessions are known the percentage follows from them and is not kept beside them.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        part = "records"
        fields: ClassVar[dict[str, str]] = {
            "percent": "absence can be a sign of difficulty",
            "possible": "what attendance is measured by",
            "attended": "absence can be a sign of difficulty",
            "authorised": "illness and appointments are part of the picture",
            "unauthorised": "a child who cannot face school is found by it",
            "late": "a sign of difficulty in the mornings",
            "in_error_reason": "can name somebody",
        }

    pupil = tenant_key("people.Pupil")
    starts = models.DateField()
    ends = models.DateField()
    possible = models.PositiveIntegerField(null=True, blank=True)
    attended = models.PositiveIntegerField(null=True, blank=True)
    percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    authorised = models.PositiveIntegerField(null=True, blank=True)
    unauthorised = models.PositiveIntegerField(null=True, blank=True)
    authorised_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    unauthorised_percent = models.DecimalField(
        max_digits=5, decimal_places=2, null=True, blank=True
    )
    #: sessions for which the pupil came late
    late = models.PositiveIntegerField(null=True, blank=True)
    origin = models.CharField(max_length=6, choices=Origin.choices)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            _from_somewhere("support_attendance_origin"),
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")), name="support_attendance_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(possible__isnull=False, attended__isnull=False, percent__isnull=True)
                | Q(possible__isnull=True, attended__isnull=True, percent__isnull=False),
                name="support_attendance_sessions_or_percent",
            ),
            models.CheckConstraint(
                condition=Q(possible__isnull=True)
                | Q(possible__gte=1, attended__lte=F("possible")),
                name="support_attendance_within_possible",
            ),
            models.CheckConstraint(
                condition=Q(possible__isnull=True)
                | Q(
                    possible__gte=F("attended")
                    + Coalesce(F("authorised"), 0)
                    + Coalesce(F("unauthorised"), 0)
                ),
                name="support_attendance_absence_within_possible",
            ),
            models.CheckConstraint(
                condition=Q(possible__isnull=True)
                | Q(late__isnull=True)
                | Q(late__lte=F("possible")),
                name="support_attendance_late_within_possible",
            ),
            models.CheckConstraint(
                condition=_percent("percent")
                & _percent("authorised_percent")
                & _percent("unauthorised_percent"),
                name="support_attendance_percents",
            ),
            models.UniqueConstraint(
                fields=["org", "pupil", "starts", "ends"],
                condition=STANDS,
                name="support_attendance_one_a_span",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil", "-ends"], name="support_attendance_pupil")
        ]

    def __str__(self) -> str:
        return f"attendance until {self.ends}"


def _in_its_range() -> Q:
    """Give the condition that a number is one that its measure can give."""
    within = Q(number__isnull=True)
    for measure, (low, high) in RANGES.items():
        within |= Q(measure=measure, number__gte=low, number__lte=high)
    return within


class AssessmentResult(OrgOwned, Versioned, Invalidable):
    """What a pupil reached in one test or one area on a day, in one measure."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        part = "records"
        fields: ClassVar[dict[str, str]] = {
            "test": "what was assessed",
            "area": "what was assessed",
            "number": "attainment and progress show difficulty early",
            "words": "a teacher’s judgement, in their own scale",
            "assessed_by": "who can be asked about it",
            "in_error_reason": "can name somebody",
        }

    pupil = tenant_key("people.Pupil")
    on = models.DateField()
    test = models.CharField(max_length=SHORT)
    #: the subject or the part of the test; empty where the test says it
    area = models.CharField(max_length=SHORT, blank=True, default="")
    measure = models.CharField(max_length=12, choices=Measure.choices)
    #: an age is in months; a score beyond the end of its scale has the end here, and words say so
    number = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    words = models.CharField(max_length=LONG, blank=True, default="")
    assessed_by = models.CharField(max_length=SHORT, blank=True, default="")
    origin = models.CharField(max_length=6, choices=Origin.choices)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            _from_somewhere("support_assessmentresult_origin"),
            models.CheckConstraint(
                condition=~Q(test=""), name="support_assessmentresult_names_a_test"
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=False) | ~Q(words=""),
                name="support_assessmentresult_says_something",
            ),
            models.CheckConstraint(
                condition=Q(measure__in=Measure.values), name="support_assessmentresult_measure"
            ),
            models.CheckConstraint(
                condition=_in_its_range(), name="support_assessmentresult_in_range"
            ),
            models.UniqueConstraint(
                fields=["org", "pupil", "on", "test", "area", "measure"],
                condition=STANDS,
                name="support_assessmentresult_one_a_day",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil", "-on"], name="support_assessmentresult_pupil")
        ]

    def __str__(self) -> str:
        return f"{self.measure} on {self.on}"


class Incident(OrgOwned, Versioned, Invalidable):
    """One entry of the school's behaviour log about one pupil, in the school's own words.

    `fingerprint` is of what it said when it came, and stays when somebody corrects it: the same
    list finds it again. Two entries of a day may say the same word for word; `number` tells them
    apart.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        part = "records"
        fields: ClassVar[dict[str, str]] = {
            "category": "behaviour can be a sign of need",
            "points": "how heavily the school counted it",
            "words": "what happened is where support begins",
            "done": "what helped and what did not",
            "place": "when and where it is hard",
            "told_by": "who can be asked about it",
            "source_id": "the same entry in the school’s other system",
            "in_error_reason": "can name somebody",
        }

    pupil = tenant_key("people.Pupil")
    on = models.DateField()
    category = models.CharField(max_length=LONG)
    #: an entry that praises; it is never counted as an incident
    praise = models.BooleanField(default=False)
    points = models.SmallIntegerField(null=True, blank=True)
    words = models.TextField(blank=True, default="")
    done = models.TextField(blank=True, default="")
    #: time of day, lesson, place
    place = models.CharField(max_length=LONG, blank=True, default="")
    told_by = models.CharField(max_length=SHORT, blank=True, default="")
    source_id = models.CharField(max_length=80, blank=True, default="")
    fingerprint = models.CharField(max_length=64)
    number = models.PositiveSmallIntegerField(default=1)
    origin = models.CharField(max_length=6, choices=Origin.choices)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            _from_somewhere("support_incident_origin"),
            models.CheckConstraint(
                condition=~Q(category=""), name="support_incident_has_a_category"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="support_incident_from_one"),
            models.UniqueConstraint(
                fields=["org", "pupil", "source_id"],
                condition=STANDS & ~Q(source_id=""),
                name="support_incident_once_from_a_source",
            ),
            models.UniqueConstraint(
                fields=["org", "pupil", "on", "fingerprint", "number"],
                condition=STANDS & Q(source_id=""),
                name="support_incident_once_as_told",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil", "-on"], name="support_incident_pupil")
        ]

    def __str__(self) -> str:
        return f"incident on {self.on}"
