"""A concern from the first worry on, and what is for the safeguarding lead alone."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import Invalidable, OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History
from opensenco.concerns.follow_models import OwnDays as OwnDays
from opensenco.concerns.follow_models import Programme as Programme
from opensenco.concerns.follow_models import Referral as Referral
from opensenco.concerns.follow_models import ReferralAdvice as ReferralAdvice
from opensenco.concerns.follow_models import ReferralNews as ReferralNews
from opensenco.concerns.observation_models import Observation as Observation
from opensenco.concerns.sign_models import Diagnosis as Diagnosis
from opensenco.concerns.sign_models import OwnSign as OwnSign
from opensenco.concerns.sign_models import SetAside as SetAside
from opensenco.concerns.states import LOOKED_AT_AGAIN, OWNED, ConcernState


class Concern(OrgOwned, Versioned, Invalidable):
    """What somebody noticed about a pupil, and what was decided and done after it.

    Four questions and no more; none asks for a diagnosis or for an SEN code (IDN-12).
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "noticed": "what worries somebody about the child",
            "where_when": "when and where it happens",
            "tried": "what has been tried",
            "said": "what the child and the parents say",
            "raised_by": "who noticed, and is answered",
            "owner": "who looks after it",
            "reason": "why it was decided so",
            "reply": "what the one who noticed was told",
            "decided_by": "who decided",
            "trying": "what is tried in class",
            "passed_on_because": "why it was passed on",
            "result": "how it ended",
            "in_error_by": "who took it back",
            "in_error_reason": "can name somebody",
        }

    pupil = tenant_key("people.Pupil")
    noticed = models.TextField()
    where_when = models.TextField(blank=True, default="")
    tried = models.TextField(blank=True, default="")
    said = models.TextField(blank=True, default="")
    raised_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    raised_on = models.DateField()
    state = models.CharField(
        max_length=20, choices=ConcernState.choices, default=ConcernState.RAISED
    )
    owner = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # what the last triage decided; kept when the concern moves on
    outcome = models.CharField(max_length=20, blank=True, default="")
    reason = models.TextField(blank=True, default="")
    reply = models.TextField(blank=True, default="")
    decided_by = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField(null=True, blank=True)
    # the first answer to whoever raised it, for the reply date of IDN-12
    replied_on = models.DateField(null=True, blank=True)
    trying = models.TextField(blank=True, default="")
    # the day on which somebody looks again
    until = models.DateField(null=True, blank=True)
    passed_on_because = models.TextField(blank=True, default="")
    result = models.TextField(blank=True, default="")
    # the day on which a request for an EHC assessment was sent
    request_sent_on = models.DateField(null=True, blank=True)
    # the day on which the first plan was agreed, where the concern led to SEN support
    planned_on = models.DateField(null=True, blank=True)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            models.CheckConstraint(condition=~Q(noticed=""), name="concerns_concern_says_what"),
            models.CheckConstraint(
                condition=Q(state__in=ConcernState.values), name="concerns_concern_state"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=OWNED) | Q(owner__isnull=False),
                name="concerns_concern_has_an_owner",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[*LOOKED_AT_AGAIN, ConcernState.TRYING])
                | Q(until__isnull=False),
                name="concerns_concern_is_looked_at_again",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_by__isnull=True, decided_on__isnull=True)
                | (~Q(outcome="") & Q(decided_by__isnull=False, decided_on__isnull=False)),
                name="concerns_concern_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=ConcernState.NO_ACTION) | ~Q(reason=""),
                name="concerns_concern_no_action_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=ConcernState.TRYING) | ~Q(trying=""),
                name="concerns_concern_tries_something",
            ),
            models.CheckConstraint(
                condition=~Q(state=ConcernState.PASSED_ON) | ~Q(passed_on_because=""),
                name="concerns_concern_passed_on_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(replied_on__isnull=True) | Q(replied_on__gte=F("raised_on")),
                name="concerns_concern_replied_after_raised",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "state", "raised_on"], name="concerns_concern_state"),
            models.Index(fields=["org", "pupil"], name="concerns_concern_pupil"),
            models.Index(fields=["org", "raised_by"], name="concerns_concern_raised_by"),
        ]

    def __str__(self) -> str:
        return f"concern of {self.raised_on}"


class SafeguardingNote(OrgOwned):
    """What somebody marked for the safeguarding lead, who alone reads it. Never changed.

    It stands on no timeline and in no count; its writer sees that it was passed on.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id", append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        part = "safeguarding"
        fields: ClassVar[dict[str, str]] = {
            "words": "a child may have to be kept safe",
            "writer": "who noticed, and is asked",
        }

    pupil = tenant_key("people.Pupil")
    words = models.TextField()
    writer = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            models.CheckConstraint(
                condition=~Q(words=""), name="concerns_safeguardingnote_says_something"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "-written_at"], name="concerns_safeguardingnote_at")
        ]

    def __str__(self) -> str:
        return f"note of {self.written_at:%Y-%m-%d}"


class SafeguardingRead(OrgOwned):
    """A safeguarding lead has read a note and has it in hand."""

    tenancy: ClassVar[Tenancy] = Org(append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        part = "safeguarding"
        fields: ClassVar[dict[str, str]] = {"person": "who has it in hand"}

    note = tenant_key("concerns.SafeguardingNote")
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(note="concerns.SafeguardingNote"),
            models.UniqueConstraint(
                fields=["org", "note", "person"], name="concerns_safeguardingread_once"
            ),
        ]

    def __str__(self) -> str:
        return f"read on {self.at:%Y-%m-%d}"
