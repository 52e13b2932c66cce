"""The school's own fields: what one place wants to know of each pupil beside what everybody keeps.

A field has a kind, and a value stands in the one column of that kind. The database checks that the
kind of a value is that of its field, and that a choice is one of its field's: no free words beside.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned, Versioned
from opensenco.access.keys import SameOrg, same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History
from opensenco.support.field_kinds import (
    CHOSEN,
    MOST_HELP,
    MOST_LABEL,
    MOST_NAME,
    FieldKind,
    RoleMay,
)

WORDS = (FieldKind.LINE, FieldKind.TEXT)
#: the column of a value, by the kinds that stand in it
COLUMNS: dict[str, tuple[FieldKind, ...]] = {
    "yes": (FieldKind.YES_NO,),
    "day": (FieldKind.DATE,),
    "number": (FieldKind.NUMBER,),
    "choice": CHOSEN,
}


def _one_column() -> Q:
    """Exactly the column of the kind is filled."""
    found = Q()
    for column, kinds in COLUMNS.items():
        empty = Q(**{f"{column}__isnull": True})
        found &= (Q(kind__in=kinds) & ~empty) | (~Q(kind__in=kinds) & empty)
    return found & ((Q(kind__in=WORDS) & ~Q(text="")) | (~Q(kind__in=WORDS) & Q(text="")))


class OwnField(OrgOwned, Versioned):
    """A field that a place made for itself. Its kind never changes; it is never removed."""

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {}

    name = models.CharField(max_length=MOST_NAME)
    kind = models.CharField(max_length=8, choices=FieldKind.choices)
    help_text = models.CharField(max_length=MOST_HELP, blank=True, default="")
    position = models.PositiveSmallIntegerField()
    #: it is a column of the register, and the register is filtered by it
    on_register = models.BooleanField(default=False)
    retired_on = models.DateField(null=True, blank=True)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.CheckConstraint(condition=~Q(name=""), name="support_ownfield_has_a_name"),
            models.CheckConstraint(
                condition=Q(kind__in=FieldKind.values), name="support_ownfield_kind"
            ),
            models.UniqueConstraint(fields=["org", "kind", "id"], name="support_ownfield_kind_key"),
            models.UniqueConstraint(
                fields=["org", "name"],
                condition=Q(retired_on__isnull=True),
                name="support_ownfield_one_of_a_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OwnFieldRole(OrgOwned, Versioned):
    """What one role may do with a field, beside those who co-ordinate and so see every field."""

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {}

    field = tenant_key("support.OwnField")
    field_id: int
    #: a code of opensenco.access.roles
    role = models.CharField(max_length=32)
    may = models.CharField(max_length=8, choices=RoleMay.choices)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(field="support.OwnField"),
            models.CheckConstraint(condition=~Q(role=""), name="support_ownfieldrole_has_a_role"),
            models.CheckConstraint(
                condition=Q(may__in=RoleMay.values), name="support_ownfieldrole_may"
            ),
            models.UniqueConstraint(
                fields=["org", "field", "role"], name="support_ownfieldrole_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.may}"


class OwnFieldChoice(OrgOwned, Versioned):
    """One answer that a field of choices offers; retired ones stay where they were chosen."""

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {}

    field = tenant_key("support.OwnField")
    field_id: int
    label = models.CharField(max_length=MOST_LABEL)
    position = models.PositiveSmallIntegerField()
    retired_on = models.DateField(null=True, blank=True)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(field="support.OwnField"),
            models.CheckConstraint(
                condition=~Q(label=""), name="support_ownfieldchoice_says_something"
            ),
            models.UniqueConstraint(
                fields=["org", "field", "id"], name="support_ownfieldchoice_field_key2"
            ),
            models.UniqueConstraint(
                fields=["org", "field", "label"], name="support_ownfieldchoice_once"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class OwnFieldValue(OrgOwned):
    """What a field says of one pupil, from a day to a day: of several choices, a row for each."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        part: ClassVar[str] = "own"
        fields: ClassVar[dict[str, str]] = {
            "text": "what the school decided to know of each child here",
            "yes": "what the school decided to know of each child here",
            "day": "what the school decided to know of each child here",
            "number": "what the school decided to know of each child here",
            "choice": "what the school decided to know of each child here",
            "written_by": "who knows it, and is asked",
        }

    pupil = tenant_key("people.Pupil")
    field = tenant_key("support.OwnField")
    field_id: int
    #: that of its field, by the database
    kind = models.CharField(max_length=8, choices=FieldKind.choices)
    text = models.TextField(blank=True, default="")
    yes = models.BooleanField(null=True, blank=True)
    day = models.DateField(null=True, blank=True)
    number = models.IntegerField(null=True, blank=True)
    choice = tenant_key("support.OwnFieldChoice", null=True, blank=True)
    written_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    starts = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            SameOrg(
                field="field", to="support.OwnField", also="kind",
                name="support_ownfieldvalue_field_key",
            ),
            SameOrg(
                field="choice", to="support.OwnFieldChoice", also="field_id",
                name="support_ownfieldvalue_choice_key",
            ),
            models.CheckConstraint(
                condition=_one_column(), name="support_ownfieldvalue_column_of_its_kind"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("starts")),
                name="support_ownfieldvalue_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["org", "pupil", "field"],
                condition=Q(ended_on__isnull=True) & ~Q(kind=FieldKind.CHOICES),
                name="support_ownfieldvalue_one_stands",
            ),
            models.UniqueConstraint(
                fields=["org", "pupil", "field", "choice"],
                condition=Q(ended_on__isnull=True, kind=FieldKind.CHOICES),
                name="support_ownfieldvalue_chosen_once",
            ),
        ]  # fmt: skip
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "field", "pupil"], name="support_ownfieldvalue_of_field")
        ]

    def __str__(self) -> str:
        return f"value {self.pk}"
