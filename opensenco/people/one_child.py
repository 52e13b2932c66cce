"""Two records that are one child: how they were made one, and which look alike and are two."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy

if TYPE_CHECKING:
    from opensenco.people.models import Pupil


def of_one_child(pupil: "Pupil", field: str = "pupil") -> Q:
    """Give the condition for rows about a pupil, and about records that were made one with theirs.

    Rows that are never changed stay where they were written; this is how they are read.
    """
    return told_of_one_child(type(pupil), pupil.pk, field)


def told_of_one_child(pupils: "type[Pupil]", pupil: Any, field: str = "pupil") -> Q:
    """Give the same condition for an id, or for the place of one that is told when asked."""
    same = pupils._default_manager.filter(Q(pk=pupil) | Q(same_as=pupil))
    return Q(**{f"{field}__in": same.values("pk")})


class Joining(OrgOwned):
    """Two records of one pupil were made one: all that it did, so that they can be parted again.

    `pupil` goes on. `other` is set aside and keeps what is never changed and what was not chosen.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")
    #: says of both records what became of them; it is about the pair and moves with neither
    stays_where_written = True

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "other": "which record was the child's second one",
            "reason": "why somebody is sure that it is one child",
            "by": "who answers for it",
            "moved": "which rows go back when they are parted",
            "changed": "what stood in a row before, so that it stands there again",
            "parted_by": "who answers for it",
            "parted_reason": "why they are two children after all",
        }

    pupil = tenant_key("people.Pupil")
    other = tenant_key("people.Pupil")
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    #: by question "first" or "second": whose answer was chosen
    choices = models.JSONField(default=dict)
    #: by label of a model the ids of the rows that were moved from `other` to `pupil`
    moved = models.JSONField(default=dict)
    #: rows that were changed: label, id, and of each field what stood before and after
    changed = models.JSONField(default=list)
    #: by label of a model the highest id there was: what has a higher one was written since
    marks = models.JSONField(default=dict)
    parted_at = models.DateTimeField(null=True, blank=True)
    parted_by = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    parted_reason = models.TextField(blank=True, default="")

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(pupil="people.Pupil", other="people.Pupil"),
            models.CheckConstraint(
                condition=~Q(pupil=models.F("other")), name="people_joining_of_two"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="people_joining_has_a_reason"),
            models.CheckConstraint(
                condition=Q(parted_at__isnull=True, parted_by__isnull=True, parted_reason="")
                | (Q(parted_at__isnull=False, parted_by__isnull=False) & ~Q(parted_reason="")),
                name="people_joining_parted_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["org", "other"],
                condition=Q(parted_at__isnull=True),
                name="people_joining_once",
            ),
        ]

    def __str__(self) -> str:
        return f"joined on {self.at:%Y-%m-%d}"


class Different(OrgOwned):
    """Two records that look alike are two children: who said so and why. Never changed."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id", append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "other": "who is somebody else",
            "reason": "how they are told apart",
            "person": "who answers for it",
        }

    pupil = tenant_key("people.Pupil")
    other = tenant_key("people.Pupil")
    reason = models.TextField()
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(pupil="people.Pupil", other="people.Pupil"),
            # each pair once, the older record first
            models.CheckConstraint(
                condition=Q(pupil__lt=models.F("other")), name="people_different_pair"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="people_different_has_a_reason"),
            models.UniqueConstraint(fields=["org", "pupil", "other"], name="people_different_once"),
        ]

    def __str__(self) -> str:
        return f"told apart on {self.at:%Y-%m-%d}"
