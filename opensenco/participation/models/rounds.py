"""A round: these people are asked for this about a pupil, by a day, because of something."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import Invalidable, OrgOwned, Versioned
from opensenco.access.bylink import ByLink
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History
from opensenco.participation.states import AskedAs, AskedState, ChaseKind, RoundState


class AskRound(OrgOwned, Versioned, Invalidable):
    """What is asked about a pupil, by when and because of what. Whom: see `Asked`."""

    tenancy: ClassVar[Tenancy] = Org(
        pupil="pupil_id", link=ByLink("participation.Asked", "ask_round")
    )

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "because": "why the pupil is asked about",
            "asked_by": "who asked, and is answered",
            "closed_by": "who closed it",
            "closed_because": "can name somebody",
            "in_error_by": "who took it back",
            "in_error_reason": "can name somebody",
        }

    pupil = tenant_key("people.Pupil")
    questions = tenant_key("participation.QuestionVersion")
    because = models.CharField(max_length=200, blank=True, default="")
    #: the record because of which it is asked, if it is one
    source_label = models.CharField(max_length=80, blank=True, default="")
    source_ref = models.UUIDField(null=True, blank=True)
    #: the review since which the questions ask, where one was held
    last_review = models.DateField(null=True, blank=True)
    asked_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    due = models.DateField()
    state = models.CharField(max_length=10, choices=RoundState.choices, default=RoundState.OPEN)
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_because = models.TextField(blank=True, default="")

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(pupil="people.Pupil", questions="participation.QuestionVersion"),
            models.CheckConstraint(
                condition=Q(state__in=RoundState.values), name="participation_askround_state"
            ),
            models.CheckConstraint(
                condition=Q(due__gte=F("asked_on")), name="participation_askround_due_after_asked"
            ),
            models.CheckConstraint(
                condition=Q(
                    state=RoundState.OPEN,
                    closed_on__isnull=True,
                    closed_by__isnull=True,
                    closed_because="",
                )
                | Q(
                    state=RoundState.CLOSED,
                    closed_on__gte=F("asked_on"),
                    closed_by__isnull=False,
                )
                & ~Q(closed_because=""),
                name="participation_askround_closed_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(source_label="", source_ref__isnull=True)
                | (~Q(source_label="") & Q(source_ref__isnull=False)),
                name="participation_askround_names_its_source_whole",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "state", "due"], name="participation_askround_state"),
            models.Index(fields=["org", "pupil"], name="participation_askround_pupil"),
            models.Index(fields=["org", "source_ref"], name="participation_askround_source"),
        ]

    def __str__(self) -> str:
        return f"round of {self.asked_on}"


class Asked(OrgOwned, Versioned):
    """What one person was asked in a round, and what they said."""

    tenancy: ClassVar[Tenancy] = Org(
        pupil="pupil_id", link=ByLink("participation.AskLink", "asked", ended="revoked_at")
    )

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "person": "who is asked",
            "outside_name": "who is asked, where they have no account",
            "outside_place": "for whom they speak",
            "answers": "what they said about the child",
            "declined_because": "why they cannot answer",
            "thanked_by": "who thanked them",
        }

    ask_round = tenant_key("participation.AskRound")
    pupil = tenant_key("people.Pupil")
    #: nobody where somebody without an account is asked, by a link (`AskLink`)
    person = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outside_name = models.CharField(max_length=160, blank=True, default="")
    outside_place = models.CharField(max_length=160, blank=True, default="")
    asked_as = models.CharField(max_length=15, choices=AskedAs.choices, default=AskedAs.STAFF)
    #: how they work with the pupil, as it was when they were asked: "Teaches 4R"
    how = models.CharField(max_length=200, blank=True, default="")
    asked_on = models.DateField()
    state = models.CharField(max_length=10, choices=AskedState.choices, default=AskedState.WAITING)
    answers = models.JSONField(default=dict, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    declined_because = models.TextField(blank=True, default="")
    thanked_on = models.DateField(null=True, blank=True)
    thanked_by = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(ask_round="participation.AskRound", pupil="people.Pupil"),
            models.UniqueConstraint(
                fields=["org", "ask_round", "person"], name="participation_asked_once"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, outside_name="", outside_place="")
                | (Q(person__isnull=True) & ~Q(outside_name="")),
                name="participation_asked_is_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=AskedState.values, asked_as__in=AskedAs.values),
                name="participation_asked_state",
            ),
            models.CheckConstraint(
                condition=(Q(state=AskedState.ANSWERED) & Q(answered_on__gte=F("asked_on")))
                | (~Q(state=AskedState.ANSWERED) & Q(answered_on__isnull=True)),
                name="participation_asked_answered_on_a_day",
            ),
            models.CheckConstraint(
                condition=(Q(state=AskedState.DECLINED) & ~Q(declined_because=""))
                | (~Q(state=AskedState.DECLINED) & Q(declined_because="")),
                name="participation_asked_declined_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(thanked_on__isnull=True, thanked_by__isnull=True)
                | Q(
                    thanked_on__isnull=False,
                    thanked_by__isnull=False,
                    state=AskedState.ANSWERED,
                ),
                name="participation_asked_thanked_by_somebody",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "person", "state"], name="participation_asked_person"),
            models.Index(fields=["org", "ask_round"], name="participation_asked_round"),
        ]

    def __str__(self) -> str:
        return f"asked on {self.asked_on}"

    @property
    def by_link(self) -> bool:
        """Whether they have no account and answer by a link."""
        return self.person_id is None

    @property
    def who(self) -> str:
        """Their name, as it stands over their answer."""
        name: str = self.outside_name if self.person is None else self.person.name
        return name


class Chase(OrgOwned):
    """Somebody who had not answered was reminded, or whoever asked was told. Never changed."""

    tenancy: ClassVar[Tenancy] = Org(append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {"by": "who reminded them"}

    asked = tenant_key("participation.Asked")
    kind = models.CharField(max_length=10, choices=ChaseKind.choices)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(asked="participation.Asked"),
            # nobody is reminded twice in a day, whoever or whatever does it
            models.UniqueConstraint(
                fields=["org", "asked", "on"], name="participation_chase_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ChaseKind.values), name="participation_chase_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"chased on {self.on}"


class ChasingRule(OrgOwned, Versioned):
    """How a school reminds people automatically; without a row the usual numbers hold."""

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Nothing is."""

        fields: ClassVar[dict[str, str]] = {}

    remind_before = models.PositiveSmallIntegerField()
    remind_every = models.PositiveSmallIntegerField()
    most = models.PositiveSmallIntegerField()
    escalate_after = models.PositiveSmallIntegerField()

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.UniqueConstraint(fields=["org"], name="participation_chasingrule_once"),
            models.CheckConstraint(
                condition=Q(
                    remind_before__lte=20,
                    remind_every__gte=1,
                    remind_every__lte=20,
                    most__lte=5,
                    escalate_after__gte=1,
                    escalate_after__lte=40,
                ),
                name="participation_chasingrule_is_polite",
            ),
        ]

    def __str__(self) -> str:
        return f"at most {self.most}"
