"""A school's sets of questions, each version as it was."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned, Versioned
from opensenco.access.bylink import ByLink
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History
from opensenco.participation.questions import QuestionWords, question_of
from opensenco.participation.states import AskedOf, Wanted


class QuestionSet(OrgOwned, Versioned):
    """A set that a school has taken over from those that are shipped, or made itself."""

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Nothing is: questions ask of any pupil."""

        fields: ClassVar[dict[str, str]] = {}

    #: the shipped set that it began as; empty for the school's own
    starter = models.CharField(max_length=60, blank=True, default="")
    #: the number of the version that is asked now
    latest = models.PositiveIntegerField(default=0)
    #: not offered any more; what was asked with it stays
    put_away = models.BooleanField(default=False)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.UniqueConstraint(
                fields=["org", "starter"],
                condition=~Q(starter=""),
                name="participation_questionset_taken_once",
            ),
        ]

    def __str__(self) -> str:
        return self.starter or f"set {self.ref}"


class QuestionVersion(OrgOwned):
    """The words of a set as they were asked from a moment on. Never changed."""

    tenancy: ClassVar[Tenancy] = Org(
        append_only=True, link=ByLink("participation.AskRound", "questions")
    )

    class PersonalData:
        """Who wrote it; the questions themselves ask of any pupil."""

        fields: ClassVar[dict[str, str]] = {"written_by": "who answers for the questions"}
        not_personal: ClassVar[tuple[str, ...]] = ("intro",)

    question_set = tenant_key("participation.QuestionSet")
    number = models.PositiveIntegerField()
    #: questions of a set, or one thing that was asked for once, in the asker's own words
    wanted = models.CharField(max_length=12, choices=Wanted.choices, default=Wanted.QUESTIONS)
    title = models.CharField(max_length=120)
    asked_of = models.CharField(max_length=20, choices=AskedOf.choices)
    use_at = models.JSONField(default=list)
    minutes = models.PositiveSmallIntegerField()
    intro = models.TextField(blank=True, default="")
    questions = models.JSONField()
    #: of the shipped file that these words came from; nought where the school wrote them
    shipped_version = models.PositiveSmallIntegerField(default=0)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(question_set="participation.QuestionSet"),
            models.UniqueConstraint(
                fields=["org", "question_set", "number"],
                name="participation_questionversion_once",
            ),
            models.CheckConstraint(
                condition=Q(asked_of__in=AskedOf.values),
                name="participation_questionversion_asked_of",
            ),
            models.CheckConstraint(
                condition=Q(wanted__in=Wanted.values),
                name="participation_questionversion_wanted",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & Q(number__gte=1),
                name="participation_questionversion_has_a_title",
            ),
            models.CheckConstraint(
                condition=Q(written_at__isnull=False, written_by__isnull=False),
                name="participation_questionversion_written_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"

    @property
    def words(self) -> QuestionWords:
        """The set as plain values."""
        held: list[dict[str, Any]] = self.questions
        return QuestionWords(
            title=self.title,
            asked_of=self.asked_of,
            intro=self.intro,
            minutes=self.minutes,
            use_at=tuple(self.use_at),
            wanted=self.wanted,
            questions=tuple(question_of(one) for one in held),
        )
