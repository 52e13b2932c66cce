"""Packs on paper: what was put together for whom, and the files that were made of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.documents.set_models import SetPaper
from opensenco.network.states import Audience


class PackEdition(OrgOwned):
    """A pack as it was put together for somebody: frozen words, papers by their content, what was
    left out. It is about a pupil of ours, or holds what another organisation sent (`pack`).
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id", append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "pupil": "whose record was put together",
            "about": "the name on the cover",
            "for_whom": "who was given it",
            "why": "what it was given for",
            "content": "what was given, to the letter",
            "left_out": "what was not given",
            "annexes": "which papers were given",
            "person": "who answers for it",
        }

    pupil = tenant_key("people.Pupil", null=True, blank=True)
    #: what was sent by us, and is on paper here
    prepared = tenant_key("network.Prepared", null=True, blank=True)
    #: what was sent to us
    pack = tenant_key("network.Pack", null=True, blank=True)
    audience = models.CharField(max_length=12, choices=Audience.choices)
    # what others sent is read from their pack alone, and is not kept here: see editions.held_by
    about = models.CharField(max_length=210, blank=True, default="")
    #: whose record it is; empty where nobody is to know
    place = models.CharField(max_length=200, blank=True, default="")
    for_whom = models.CharField(max_length=200)
    why = models.TextField(blank=True, default="")
    #: it shows the record at the end of this day; empty for as it was when it was put together
    as_on = models.DateField(null=True, blank=True)
    #: sections as opensenco.network.content writes them, in the order in which they are read
    content = models.JSONField(default=list)
    #: pairs of what and why
    left_out = models.JSONField(default=list)
    #: papers by the digest of their bytes: see opensenco.network.editions.Annex
    annexes = models.JSONField(default=list)
    #: SHA-256 of all that is in it
    digest = models.CharField(max_length=64)
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(
                pupil="people.Pupil", prepared="network.Prepared", pack="network.Pack"
            ),
            models.CheckConstraint(
                condition=Q(pupil__isnull=False, pack__isnull=True) & ~Q(about="")
                | Q(
                    pupil__isnull=True, prepared__isnull=True, pack__isnull=False, about="", why=""
                ),
                name="network_packedition_ours_or_theirs",
            ),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values) & ~Q(for_whom="") & ~Q(digest=""),
                name="network_packedition_for_somebody",
            ),
        ]  # fmt: skip
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil", "-at"], name="network_packedition_pupil"),
            models.Index(fields=["org", "pack", "-at"], name="network_packedition_pack"),
        ]

    def __str__(self) -> str:
        return f"for {self.audience}, {self.at:%Y-%m-%d}"


class PackFile(SetPaper):
    """A pack as PDF or Word: asked for, made by the worker, kept by its content."""

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {"person": "who asked for it"}

    edition = tenant_key("network.PackEdition")

    class Meta(SetPaper.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *SetPaper.Meta.constraints,
            *same_org(edition="network.PackEdition"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "edition", "-at"], name="network_packfile_edition"),
        ]
