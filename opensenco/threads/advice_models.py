"""What colleagues and professionals taught: coaching, modelling, drop-ins, training, advice."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint
from django.utils.translation import gettext_lazy as _

from opensenco.access.base import Invalidable, OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History


class AdviceKind(models.TextChoices):
    """How something was taught."""

    COACHING = "coaching", _("Coaching")
    MODELLING = "modelling", _("Shown in the lesson (modelling)")
    DROP_IN = "drop-in", _("Drop-in")
    TRAINING = "training", _("Training")
    ADVICE = "advice", _("Advice from a professional")


class Advice(OrgOwned, Versioned, Invalidable):
    """What was taught, by whom, to whom, for which pupil or in general, and what came of it."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "who": "who taught it, and can be asked again",
            "to_whom": "who learned it, and does it from now on",
            "learner": "the colleague to whom it was shown, who finds it again",
            "strategies": "what it was about",
            "words": "what helps, so that nobody has to be shown twice",
            "came_of": "whether it helped",
            "by": "who wrote it down",
            "search_key": "to find it again",
            "in_error_by": "who took it back",
            "in_error_reason": "can name somebody",
        }

    pupil = tenant_key("people.Pupil", null=True, blank=True)
    kind = models.CharField(max_length=10, choices=AdviceKind.choices)
    on = models.DateField()
    who = models.CharField(max_length=160)
    to_whom = models.CharField(max_length=200, blank=True, default="")
    #: the colleague to whom it was said or shown, where that is one of the staff
    learner = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    words = models.TextField()
    #: strategies that it was about, word for word as they stood then
    strategies = models.JSONField(default=list, blank=True)
    #: the lesson visit or book look that led to it; observations are named by reference alone
    visit = models.UUIDField(null=True, blank=True)
    came_of = models.TextField(blank=True, default="")
    by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    #: all its words as both databases find them alike
    search_key = models.TextField(editable=False)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(who=""), name="threads_advice_says_what_and_who"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=AdviceKind.values), name="threads_advice_kind"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "-on"], name="threads_advice_on"),
            models.Index(fields=["org", "pupil"], name="threads_advice_pupil"),
            models.Index(fields=["org", "learner", "-on"], name="threads_advice_learner"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.on}"
