"""A diagnosis as a dated fact, and children who were set aside from the list of who is missed."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import Invalidable, OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History

SHORT = 200


class Diagnosis(OrgOwned, Versioned, Invalidable):
    """A diagnosis that somebody gave on a day. No form of ours asks for one, and no help needs one.

    The paper that says it, where there is one, is named as the source of `what`.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        part = "health"
        fields: ClassVar[dict[str, str]] = {
            "what": "what was diagnosed, where the family wants the school to know",
            "given_by": "who gave it, and can be asked",
            "known_from": "how the school knows",
            "by": "who wrote it down",
            "in_error_by": "who took it back",
            "in_error_reason": "can name somebody",
        }

    pupil = tenant_key("people.Pupil")
    what = models.CharField(max_length=SHORT)
    #: the day on which it was given
    on = models.DateField()
    given_by = models.CharField(max_length=SHORT)
    known_from = models.CharField(max_length=SHORT)
    by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    written_on = models.DateField()

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(given_by="") & ~Q(known_from=""),
                name="concerns_diagnosis_has_a_source",
            ),
            models.CheckConstraint(
                condition=Q(on__lte=F("written_on")), name="concerns_diagnosis_not_to_come"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil", "-on"], name="concerns_diagnosis_pupil")
        ]

    def __str__(self) -> str:
        return f"diagnosis of {self.on}"


class OwnSign(OrgOwned):
    """A number by which a place is told of a sign, from a day on, and where that is decided.

    Never changed: a later row of the same number and day counts in its place.
    """

    tenancy: ClassVar[Tenancy] = Org(append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        part = "work"
        fields: ClassVar[dict[str, str]] = {"person": "who set it"}
        not_personal = ("because",)

    #: a field of concerns.signs.Numbers
    which = models.CharField(max_length=20)
    number = models.PositiveSmallIntegerField()
    first = models.DateField()
    because = models.CharField(max_length=SHORT)
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.CheckConstraint(condition=~Q(because=""), name="concerns_ownsign_has_a_source"),
            models.CheckConstraint(
                condition=Q(number__range=(1, 1_000)), name="concerns_ownsign_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.which} {self.number} from {self.first}"


class SetAside(OrgOwned):
    """Somebody looked at a child's signs and set the child aside until a day, with a reason.

    Never changed: looking again is another row, and the last one of a child counts.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id", append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "reason": "why nothing is done about the signs now",
            "signs": "which signs stood there on that day",
            "person": "who decided",
        }

    pupil = tenant_key("people.Pupil")
    reason = models.TextField()
    #: the signs of that day, in words
    signs = models.TextField()
    until = models.DateField()
    on = models.DateField()
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            models.CheckConstraint(condition=~Q(reason=""), name="concerns_setaside_has_a_reason"),
            models.CheckConstraint(
                condition=Q(until__gte=F("on")), name="concerns_setaside_until_later"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil", "-at"], name="concerns_setaside_pupil")
        ]

    def __str__(self) -> str:
        return f"set aside until {self.until}"
