"""The card of an EHC plan, and the outcomes and provision that it promises, row by row."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import Invalidable, OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History
from opensenco.ehc.states import (
    LINE,
    MOST_MINUTES,
    MOST_TIMES,
    NAME,
    Decided,
    Given,
    MoveKind,
    Per,
    Section,
)

STANDS = Q(in_error_at__isnull=True)


def _not_before(name: str, first: str) -> Q:
    return Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": F(first)})


class EhcPlan(OrgOwned, Versioned, Invalidable):
    """What a school has to know of a pupil's EHC plan: whose it is, whom to ring, which days.

    The plan itself is the authority's paper. One card stands for each pupil; one that ended stays.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "authority": "who answers for the child's plan",
            "their_reference": "by which the authority finds the child's case",
            "officer": "whom to ask about the plan",
            "officer_email": "to reach whoever answers for the plan",
            "officer_phone": "to reach whoever answers for the plan",
            "decided": "what the authority decided about the child's plan",
            "end_reason": "why the plan ended",
            "by": "who wrote it down",
            "in_error_by": "who took it back",
            "in_error_reason": "can name somebody",
        }

    pupil = tenant_key("people.Pupil")
    #: in words: a school has pupils of many authorities, and few of them are here
    authority = models.CharField(max_length=NAME)
    their_reference = models.CharField(max_length=NAME, blank=True, default="")
    officer = models.CharField(max_length=NAME, blank=True, default="")
    officer_email = models.CharField(max_length=254, blank=True, default="")
    officer_phone = models.CharField(max_length=NAME, blank=True, default="")
    #: the day the plan was first made, from which the first twelve months count (REV-01)
    made_on = models.DateField()
    #: the day the authority told its decision on the last review, from which the present ones count
    reviewed_on = models.DateField(null=True, blank=True)
    decided = models.CharField(max_length=5, choices=Decided.choices, blank=True, default="")
    #: the day of the newest final amended plan
    amended_on = models.DateField(null=True, blank=True)
    #: the review that is under way: its meeting, when the papers went out, when the report did
    meeting_on = models.DateField(null=True, blank=True)
    papers_on = models.DateField(null=True, blank=True)
    reported_on = models.DateField(null=True, blank=True)
    #: the next move between phases: which, in which year, and the day where the law counts from it
    move_kind = models.CharField(max_length=14, choices=MoveKind.choices, blank=True, default="")
    move_year = models.PositiveSmallIntegerField(null=True, blank=True)
    move_on = models.DateField(null=True, blank=True)
    #: the day of the final plan that names the next place
    named_on = models.DateField(null=True, blank=True)
    paper = tenant_key("documents.Document", null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.TextField(blank=True, default="")
    by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(pupil="people.Pupil", paper="documents.Document"),
            models.CheckConstraint(
                condition=~Q(authority=""), name="ehc_ehcplan_names_an_authority"
            ),
            models.CheckConstraint(
                condition=Q(move_kind="", move_year__isnull=True, move_on__isnull=True)
                | Q(move_kind=MoveKind.BETWEEN.value, move_year__isnull=True, move_on__isnull=False)
                | Q(
                    move_kind__in=[MoveKind.SCHOOL.value, MoveKind.POST_16.value],
                    move_year__isnull=False,
                    move_on__isnull=True,
                ),
                name="ehc_ehcplan_whole_move",
            ),
            models.CheckConstraint(
                condition=_not_before("reviewed_on", "made_on")
                & _not_before("amended_on", "made_on")
                & _not_before("ended_on", "made_on"),
                name="ehc_ehcplan_after_it_was_made",
            ),
            models.CheckConstraint(
                condition=Q(decided="")
                | (Q(decided__in=Decided.values) & Q(reviewed_on__isnull=False)),
                name="ehc_ehcplan_decided_after_a_review",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_reason="")
                | (Q(ended_on__isnull=False) & ~Q(end_reason="")),
                name="ehc_ehcplan_ended_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["org", "pupil"],
                condition=Q(ended_on__isnull=True) & STANDS,
                name="ehc_ehcplan_one_stands",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil"], name="ehc_ehcplan_pupil"),
        ]

    def __str__(self) -> str:
        return f"EHC plan of {self.made_on}"

    @property
    def stands(self) -> bool:
        """Whether it goes on: neither ended nor made in error."""
        return self.ended_on is None and not self.in_error


class EhcLine(OrgOwned, Versioned, Invalidable):
    """One outcome of section E, or one provision of section F with who, how much and how often."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "words": "what the plan promises the child",
            "who": "who is to give it",
            "how_much": "what is owed to the child",
            "how_often": "what is owed to the child",
            "given": "whether the child gets what is owed",
            "given_words": "how the child gets it, or what is done so that they do",
            "in_error_by": "who took it back",
            "in_error_reason": "can name somebody",
        }

    pupil = tenant_key("people.Pupil")
    plan = tenant_key("ehc.EhcPlan")
    section = models.CharField(max_length=1, choices=Section.choices)
    #: its place in the paper, such as "3" or "F2.1"
    number = models.CharField(max_length=12, blank=True, default="")
    words = models.TextField()
    who = models.CharField(max_length=LINE, blank=True, default="")
    how_much = models.CharField(max_length=LINE, blank=True, default="")
    how_often = models.CharField(max_length=LINE, blank=True, default="")
    #: the same in numbers, where the words of the plan can be counted: 3 times a week, 20 minutes
    times = models.PositiveSmallIntegerField(null=True, blank=True)
    per = models.CharField(max_length=9, choices=Per.choices, blank=True, default="")
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    #: what somebody said gives it; empty until somebody has. Which provision: see EhcTie
    given = models.CharField(max_length=9, choices=Given.choices, blank=True, default="")
    given_words = models.TextField(blank=True, default="")

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(pupil="people.Pupil", plan="ehc.EhcPlan"),
            models.CheckConstraint(
                condition=Q(times__isnull=True, per="", minutes__isnull=True)
                | Q(
                    section=Section.PROVISION.value,
                    times__range=(1, MOST_TIMES),
                    per__in=Per.values,
                    minutes__range=(1, MOST_MINUTES),
                ),
                name="ehc_ehcline_whole_number",
            ),
            models.CheckConstraint(
                condition=Q(given="", given_words="")
                | (Q(section=Section.PROVISION.value) & Q(given__in=Given.values)),
                name="ehc_ehcline_given",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="ehc_ehcline_says_something"),
            models.CheckConstraint(
                condition=Q(section=Section.PROVISION.value)
                | Q(section=Section.OUTCOME.value, who="", how_much="", how_often=""),
                name="ehc_ehcline_section",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "plan"], name="ehc_ehcline_plan"),
        ]

    def __str__(self) -> str:
        return f"section {self.section}"


class EhcTie(OrgOwned, Versioned, Invalidable):
    """That what is given from the library is what a row of section F promises this pupil.

    It is tied to the provision and not to one stretch of it, so what is given again in the next
    cycle, or by somebody else, counts without being tied anew. What is tied no longer is marked.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "line": "what the plan promises the child",
            "provision": "what the child is given for it",
            "by": "who said so",
            "in_error_by": "who took it back",
            "in_error_reason": "can name somebody",
        }

    pupil = tenant_key("people.Pupil")
    line = tenant_key("ehc.EhcLine")
    provision = tenant_key("provision.Provision")
    by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(
                pupil="people.Pupil", line="ehc.EhcLine", provision="provision.Provision"
            ),
            models.UniqueConstraint(
                fields=["org", "line", "provision"], condition=STANDS, name="ehc_ehctie_once"
            ),
        ]  # fmt: skip
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil"], name="ehc_ehctie_pupil"),
        ]

    def __str__(self) -> str:
        return "row of section F tied to provision"
