"""What stays of a paper that was disposed of before its record: that it was there, and why."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.actions import Action
from opensenco.access.base import OrgOwned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.documents.limits import LONGEST_WHY
from opensenco.documents.states import Level
from opensenco.documents.types import OTHER, TYPES


class GonePaper(OrgOwned):
    """A paper whose time was over was disposed of. Nothing of what it said is here.

    The document stays as an empty shell, so that what pointed at it still leads somewhere.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        part = "rights"
        fields: ClassVar[dict[str, str]] = {"why": "why it was not needed any more"}

    pupil = tenant_key("people.Pupil")
    document = tenant_key("documents.Document")
    #: as they were: a code of documents.types.TYPES, who knew of it, when it was filed
    kind = models.CharField(max_length=16)
    level = models.CharField(max_length=12, choices=Level.choices)
    filed_at = models.DateTimeField()
    #: the day until which its rule kept it
    kept_until = models.DateField()
    why = models.CharField(max_length=LONGEST_WHY)
    at = models.DateTimeField()
    #: the reference of the certificate
    certificate = models.UUIDField()
    #: the references of its versions, by which packs on paper know it
    versions = models.JSONField(default=list)

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(pupil="people.Pupil", document="documents.Document"),
            models.UniqueConstraint(fields=["org", "document"], name="documents_gonepaper_once"),
            models.CheckConstraint(
                condition=Q(level__in=[Level.ORDINARY, Level.CONFIDENTIAL]) & ~Q(why=""),
                name="documents_gonepaper_says_why",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil", "-at"], name="documents_gonepaper_pupil")
        ]

    @property
    def kind_words(self) -> str:
        """What kind of paper it was, in words."""
        return str(TYPES.get(self.kind, OTHER).words)

    @property
    def told_under(self) -> Action | None:
        """Under which verb the books tell of it: of confidential papers only who may know."""
        return Action.DOCUMENT_CONFIDENTIAL if self.level == Level.CONFIDENTIAL else None

    def __str__(self) -> str:
        return f"{self.kind}, disposed of on {self.at:%Y-%m-%d}"
