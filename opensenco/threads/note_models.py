"""What a teacher notes of a class or of one pupil in it: their own until they pass it on."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint
from django.utils.translation import gettext_lazy as _

from opensenco.access.base import Invalidable, OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History


class Passed(models.TextChoices):
    """To whom a note was passed on. The words are for staff."""

    OWN = "", _("Nobody: it is for me")
    SENCO = "senco", _("Whoever co-ordinates")
    PLAN = "plan", _("Everybody who works with this pupil, as evidence for the plan")


class ClassNote(OrgOwned, Versioned, Invalidable):
    """A short note of somebody who teaches or runs a class, about the class or one pupil in it."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "words": "what somebody who teaches the child noticed, to teach the child better",
            "by": "who noted it, and can be asked",
            "in_error_by": "who took it back",
            "in_error_reason": "can name somebody",
        }

    pupil = tenant_key("people.Pupil", null=True, blank=True)
    #: the class or group in which it was noted
    group = tenant_key("people.Group")
    words = models.TextField()
    on = models.DateField()
    passed = models.CharField(max_length=8, choices=Passed.choices, blank=True, default="")
    by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(pupil="people.Pupil", group="people.Group"),
            models.CheckConstraint(condition=~Q(words=""), name="threads_classnote_says_something"),
            models.CheckConstraint(
                condition=Q(passed__in=["", "senco"]) | Q(passed="plan", pupil__isnull=False),
                name="threads_classnote_passed",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "group", "-on"], name="threads_classnote_group"),
            models.Index(fields=["org", "pupil", "-on"], name="threads_classnote_pupil"),
            models.Index(fields=["org", "by", "-on"], name="threads_classnote_by"),
        ]

    def __str__(self) -> str:
        return f"note of {self.on}"
