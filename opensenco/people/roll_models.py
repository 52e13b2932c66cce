"""Stays on the roll: those that are over, and registration at two settings at once."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import Invalidable, OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History
from opensenco.people.spans import ends_after_start
from opensenco.people.states import Registration


class RollSpell(OrgOwned, Versioned, Invalidable):
    """A stay on the roll that is over, of a pupil who came back. The last stay is the pupil's own.

    So each day stands in one place: there is nothing that could differ from `Pupil.joined_on`.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "left_to": "where the record went",
            "in_error_reason": "can name somebody",
        }

    pupil = tenant_key("people.Pupil")
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField()
    left_to = models.CharField(max_length=160, blank=True, default="")

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            models.CheckConstraint(
                condition=Q(joined_on__isnull=True) | Q(left_on__gte=F("joined_on")),
                name="people_rollspell_left_after_joined",
            ),
            models.UniqueConstraint(
                fields=["org", "pupil", "left_on"],
                condition=Q(in_error_at__isnull=True),
                name="people_rollspell_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil"], name="people_rollspell_pupil")
        ]

    def __str__(self) -> str:
        return f"on the roll to {self.left_on}"


class DualRegistration(OrgOwned, Versioned, Invalidable):
    """A pupil is on the roll of another setting as well: which one is the main, from when to when.

    Each setting has its own record of the pupil; this says what ours knows of the other.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "registration": "census; which setting answers for the child",
            "other_name": "with whom the child is shared",
            "in_error_reason": "can name somebody",
        }

    pupil = tenant_key("people.Pupil")
    #: what we are to the pupil: the main setting, or the subsidiary
    registration = models.CharField(max_length=1, choices=Registration.choices)
    other_name = models.CharField(max_length=160)
    other_urn = models.CharField(max_length=6, blank=True, default="")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            ends_after_start("people_dualregistration_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(other_name="") & Q(registration__in=Registration.values),
                name="people_dualregistration_names_the_other",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil"], name="people_dual_pupil")
        ]

    def __str__(self) -> str:
        return self.get_registration_display()
