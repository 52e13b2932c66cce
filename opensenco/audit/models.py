"""What changed (one entry for each operation) and who looked (one for each page or list)."""

from typing import ClassVar

from django.db import models
from django.db.models.constraints import BaseConstraint
from django.utils.translation import gettext_lazy as _

from opensenco.access.base import OrgOwned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy


class Entry(OrgOwned):
    """One operation: the verb, the person, the hat, on whose behalf, which pupil."""

    class Outcome(models.TextChoices):
        """Done, or refused."""

        DONE = "done", _("done")
        REFUSED = "refused", _("refused")

    tenancy: ClassVar[Tenancy] = Org(append_only=True)

    class PersonalData:
        """Which fields are personal."""

        fields: ClassVar[dict[str, str]] = {
            "person": "who changed the record",
            "pupil": "whose record it was",
        }

    at = models.DateTimeField()
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=80)
    on_behalf_of = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    action = models.CharField(max_length=40)
    verb = models.CharField(max_length=80)
    pupil = tenant_key("people.Pupil", null=True, blank=True)
    thing = models.CharField(max_length=80, blank=True, default="")
    thing_ref = models.UUIDField(null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.DONE)

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(pupil="people.Pupil"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil", "-at"], name="audit_entry_pupil"),
            models.Index(fields=["org", "-at"], name="audit_entry_at"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.outcome}"


class Opening(OrgOwned):
    """One look at a child's page, document or pack, or at a list or search."""

    class Kind(models.TextChoices):
        """What was opened."""

        PAGE = "page", _("page")
        DOCUMENT = "document", _("document")
        PACK = "pack", _("pack")
        LIST = "list", _("list")
        SEARCH = "search", _("search")

    tenancy: ClassVar[Tenancy] = Org(append_only=True)

    class PersonalData:
        """Which fields are personal."""

        fields: ClassVar[dict[str, str]] = {
            "person": "who looked",
            "pupil": "whose record it was",
            "wanted": "what was searched for can be a child's name",
        }

    at = models.DateTimeField()
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    action = models.CharField(max_length=40)
    pupil = tenant_key("people.Pupil", null=True, blank=True)
    wanted = models.CharField(max_length=300, blank=True, default="")
    count = models.PositiveIntegerField(null=True, blank=True)
    out_of_duty = models.BooleanField(default=False)

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["page", "document", "pack"], pupil__isnull=False)
                # a pack from elsewhere is about no pupil of ours: its reference stands for it
                | (models.Q(kind="pack") & ~models.Q(wanted=""))
                | models.Q(kind__in=["list", "search"], count__isnull=False),
                name="audit_opening_says_whom_or_how_many",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil", "-at"], name="audit_opening_pupil"),
            # when did this person last open this pupil's page: asked of every change a list tells
            models.Index(
                fields=["org", "person", "pupil", "-at"],
                condition=models.Q(pupil__isnull=False),
                name="audit_opening_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at:%Y-%m-%d}"
