"""Supervision: what two people said to each other about the work of one of them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import Invalidable, OrgOwned, Versioned
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History


class Supervision(OrgOwned, Versioned, Invalidable):
    """One conversation of supervision. Its words are read by the two, and by who leads the team."""

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "who": "whose work it was about",
            "by": "who led it",
            "words": "what was said and agreed",
            "watched": "which session of theirs was watched",
            "in_error_reason": "can name somebody",
        }

    who = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    words = models.TextField()
    #: the session of theirs that was watched before: what its rows share (`Session.batch`), and no
    #: key, so that a record that is disposed of is not held up by what colleagues said
    watched = models.UUIDField(null=True, blank=True)
    #: when the next is meant to be
    next_on = models.DateField(null=True, blank=True)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(who=F("by")), name="staffing_supervision_two_people"
            ),
            models.CheckConstraint(
                condition=~Q(words=""), name="staffing_supervision_says_something"
            ),
            models.CheckConstraint(
                condition=Q(next_on__isnull=True) | Q(next_on__gt=F("on")),
                name="staffing_supervision_next_is_later",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "who", "-on"], name="staffing_supervision_who")
        ]

    def __str__(self) -> str:
        return f"supervision on {self.on}"
