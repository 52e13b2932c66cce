"""Organisations of every tier, the people who sign in, and what each may do where."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.constraints import BaseConstraint
from django.utils.translation import gettext_lazy as _

from opensenco.access.base import OrgOwned, Referenced, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.managers import ScopedManager
from opensenco.access.roles import ROLES
from opensenco.access.tablet_models import Tablet, TabletPin
from opensenco.access.tenancy import Account, Org, PersonRows, Public, Tenancy

__all__ = [
    "Affiliation",
    "Invitation",
    "LocalRole",
    "Membership",
    "Organisation",
    "Person",
    "Tablet",
    "TabletPin",
]

#: the installation's own row among the people: what its commands do is done in this name
KEEPER_EMAIL = "installation@localhost"
STAFF_ROLES = tuple(role.code for role in ROLES if not role.guest)


class Organisation(Referenced, Versioned):
    """An organisation of any tier: authority, area, group, trust, setting, part of one, team…"""

    class Kind(models.TextChoices):
        """The tiers of design.md section 4."""

        AUTHORITY = "authority", _("authority")
        AREA = "area", _("area or district")
        GROUP = "group", _("family of schools")
        TRUST = "trust", _("trust")
        SETTING = "setting", _("school, nursery or childminder")
        PART = "part", _("part of a setting")
        SERVICE = "service", _("service")
        TEAM = "team", _("team")
        AGENCY = "agency", _("childminder agency or network")

    class SencoWord(models.TextChoices):
        """How this organisation spells the role; shown on every screen."""

        SENCO = "SENCO", "SENCO"
        SENCO_NORFOLK = "SENCo", "SENCo"
        SENDCO = "SENDCo", "SENDCo"
        INCCO = "INCCO", "INCCO"

    tenancy: ClassVar[Tenancy] = Public(
        reason="names and addresses of organisations are public; no child's data stands here",
        own="id",
        adds="added_by_id",
    )

    class PersonalData:
        """Which fields are personal."""

        fields: ClassVar[dict[str, str]] = {}

    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=200)
    # a part belongs to its setting, a team to its service, an area to its authority
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    urn = models.CharField(max_length=10, blank=True, default="")
    # of an authority: its code in the national register, "891"
    la_code = models.CharField(max_length=3, blank=True, default="")
    # of a trust or federation: its number among the register's groups
    group_uid = models.CharField(max_length=20, blank=True, default="")
    # of a nursery or childminder: Ofsted's own number, which is never a number of the register
    ofsted_urn = models.CharField(max_length=10, blank=True, default="")
    # short name of the provider by which its staff sign in; empty where any way will do
    sign_in_by = models.CharField(max_length=20, blank=True, default="")
    senco_word = models.CharField(max_length=8, choices=SencoWord.choices, default=SencoWord.SENCO)
    #: what it calls its plans, as support.PlanNaming keeps it; empty where it says nothing
    plan_word = models.CharField(max_length=60, blank=True, default="")
    safeguarding_words = models.TextField(blank=True, default="")
    phase = models.CharField(max_length=40, blank=True, default="")
    town = models.CharField(max_length=100, blank=True, default="")
    postcode = models.CharField(max_length=8, blank=True, default="")
    # the authority, area or agency whose staff added this setting; empty where a command did
    added_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    objects = ScopedManager()

    class Meta:
        base_manager_name = "objects"
        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["urn"], condition=~models.Q(urn=""), name="access_organisation_urn"
            ),
            models.UniqueConstraint(
                fields=["la_code"],
                condition=~models.Q(la_code=""),
                name="access_organisation_la_code",
            ),
            models.CheckConstraint(
                condition=models.Q(la_code="") | models.Q(kind="authority"),
                name="access_organisation_only_authorities_have_a_code",
            ),
            models.UniqueConstraint(
                fields=["group_uid"],
                condition=~models.Q(group_uid=""),
                name="access_organisation_group_uid",
            ),
            models.UniqueConstraint(
                fields=["ofsted_urn"],
                condition=~models.Q(ofsted_urn=""),
                name="access_organisation_ofsted_urn",
            ),
            # What staff may add below their own organisation is a setting, and stands by itself.
            models.CheckConstraint(
                condition=models.Q(added_by__isnull=True)
                | models.Q(kind="setting", parent__isnull=True),
                name="access_organisation_only_settings_are_added",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind__in=["part", "team", "area"])
                | models.Q(parent__isnull=False),
                name="access_organisation_part_has_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Affiliation(Referenced):
    """One organisation belongs to another for a time: a school to its family, trust, authority."""

    tenancy: ClassVar[Tenancy] = Public(
        reason="which school is in which family is public",
        adds="of_id",
        # nobody claims a school that others brought here
        adds_with=(
            "member_id IN (SELECT id FROM access_organisation WHERE added_by_id = ANY ({orgs}))"
        ),
    )

    class PersonalData:
        """Which fields are personal."""

        fields: ClassVar[dict[str, str]] = {}

    member = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    of = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    objects = ScopedManager()

    class Meta:
        base_manager_name = "objects"
        constraints: ClassVar[list[BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts")),
                name="access_affiliation_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.of_id}"


class PersonManager(ScopedManager["Person"], BaseUserManager["Person"]):
    """Finds people by the address they sign in with."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Give the person of an address, whatever its case."""
        return self.get(email=(username or "").lower())


class Person(AbstractBaseUser, Referenced):
    """Somebody who signs in: staff, parent, pupil or professional."""

    tenancy: ClassVar[Tenancy] = Account(keeper=KEEPER_EMAIL)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "email": "to sign in and be told",
            "first_name": "to be named beside what one did",
            "last_name": "to be named beside what one did",
        }

    email = models.EmailField(max_length=200, unique=True)
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)
    # who added this person, so that they can be seen before their first membership stands
    added_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["first_name", "last_name"]

    objects = PersonManager()

    class Meta:
        base_manager_name = "objects"
        constraints: ClassVar[list[BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(email=models.functions.Lower("email")),
                name="access_person_email_is_lower_case",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name as said: first name, then surname."""
        return f"{self.first_name} {self.last_name}".strip()


class LocalRole(OrgOwned, Versioned):
    """A school's own role: shipped roles combined, verbs taken away. It can never add a verb."""

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal."""

        fields: ClassVar[dict[str, str]] = {}

    name = models.CharField(max_length=80)
    combines = models.JSONField(default=list)
    without = models.JSONField(default=list)

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.UniqueConstraint(fields=["org", "name"], name="access_localrole_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(OrgOwned, Versioned):
    """A person, a role, where, from when to when. Without one that is current there is no sight."""

    tenancy: ClassVar[Tenancy] = PersonRows(guests_see=STAFF_ROLES)

    class PersonalData:
        """Which fields are personal."""

        fields: ClassVar[dict[str, str]] = {"person": "who holds the role"}

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=32)
    local_role = tenant_key("access.LocalRole", null=True, blank=True)
    part = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    # taken back before it was used: it then ends on the day before it starts, so no day has it
    withdrawn = models.BooleanField(default=False)

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(local_role="access.LocalRole"),
            models.CheckConstraint(
                condition=models.Q(withdrawn=False, ends__isnull=True)
                | models.Q(withdrawn=False, ends__gte=models.F("starts"))
                | models.Q(withdrawn=True, ends__lt=models.F("starts")),
                name="access_membership_ends_after_start",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "starts"], name="access_membership_person")
        ]

    def __str__(self) -> str:
        return f"{self.role} at {self.org_id}"


class Invitation(OrgOwned, Versioned):
    """A role that waits for its person to come through a one-time link.

    Whoever adds a colleague never learns whether the address signs in elsewhere. Where it does,
    there is no membership until its owner has signed in and come through the link; the names shown
    until then are those that were typed here. The key is kept as a hash.
    """

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "email": "whom the role waits for",
            "first_name": "to be named until they have come",
            "last_name": "to be named until they have come",
            "added_by": "who added them",
        }

    email = models.EmailField(max_length=200)
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)
    role = models.CharField(max_length=32)
    local_role = tenant_key("access.LocalRole", null=True, blank=True)
    part = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    membership = tenant_key("access.Membership", null=True, blank=True)
    key = models.CharField(max_length=64)
    key_until = models.DateTimeField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(local_role="access.LocalRole", membership="access.Membership"),
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts")),
                name="access_invitation_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(taken_at__isnull=True)
                | models.Q(membership__isnull=False, withdrawn_at__isnull=True),
                name="access_invitation_taken_or_withdrawn",
            ),
            models.CheckConstraint(
                condition=models.Q(email=models.functions.Lower("email")),
                name="access_invitation_email_is_lower_case",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} at {self.org_id}"

    @property
    def name(self) -> str:
        """The name as it was typed."""
        return f"{self.first_name} {self.last_name}".strip()


# Django looks for models here alone; these stand beside because they are of another kind.
from opensenco.access import cover_models as cover_models  # noqa: E402
from opensenco.access import signing_in as signing_in  # noqa: E402
