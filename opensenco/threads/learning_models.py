"""What somebody learned for their own work: hours, where from, and what came of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint
from django.utils.translation import gettext_lazy as _

from opensenco.access.base import Invalidable, OrgOwned, Versioned
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History

MOST_MINUTES = 60_000


class LearnedBy(models.TextChoices):
    """How somebody learned."""

    COURSE = "course", _("Course or training day")
    ONLINE = "online", _("Online course")
    READING = "reading", _("Reading")
    VISIT = "visit", _("Visit to another setting")
    COLLEAGUE = "colleague", _("From a colleague or professional")
    OTHER = "other", _("Another way")


class Learning(OrgOwned, Versioned, Invalidable):
    """One thing that somebody did to learn: how long, where from, what, and its use."""

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "person": "whose learning it is",
            "learned": "what they can do since",
            "used": "what came of it for children",
            "in_error_by": "who took it back",
            "in_error_reason": "can name somebody",
        }

    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    how = models.CharField(max_length=12, choices=LearnedBy.choices)
    title = models.CharField(max_length=200)
    provider = models.CharField(max_length=200, blank=True, default="")
    minutes = models.PositiveIntegerField()
    learned = models.TextField()
    used = models.TextField(blank=True, default="")
    at = models.DateTimeField()

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(learned=""), name="threads_learning_says_what"
            ),
            models.CheckConstraint(
                condition=Q(how__in=LearnedBy.values), name="threads_learning_how"
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(1, MOST_MINUTES)), name="threads_learning_minutes"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "person", "-on"], name="threads_learning_person")
        ]

    def __str__(self) -> str:
        return f"{self.how} on {self.on}"
