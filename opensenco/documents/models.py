"""The filing cabinet of a child's record: documents, their versions, and the files they hold.

Where the bytes lie stands in docs/guide/documents.md.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.actions import Action
from opensenco.access.base import Invalidable, OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History
from opensenco.documents.gone_models import GonePaper as GonePaper
from opensenco.documents.limits import (
    LONGEST_KEY,
    LONGEST_STRETCH,
    LONGEST_TITLE,
    LONGEST_WORDS,
)
from opensenco.documents.photo_models import PupilPhoto as PupilPhoto
from opensenco.documents.states import Inside, Level, Scan


class StoredFile(OrgOwned):
    """Bytes that an organisation keeps, once for each content. Only the scanner's word changes."""

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal: none, the bytes are not here."""

        fields: ClassVar[dict[str, str]] = {}

    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=8)
    #: codes of documents.files.kinds.WARNINGS
    warnings = models.JSONField(default=list)
    scan = models.CharField(max_length=8, choices=Scan.choices, default=Scan.NONE)
    scanned_at = models.DateTimeField(null=True, blank=True)
    #: what the scanner calls what it found
    finding = models.CharField(max_length=100, blank=True, default="")

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.UniqueConstraint(fields=["org", "digest"], name="documents_storedfile_once"),
            models.CheckConstraint(
                condition=Q(scan__in=Scan.values), name="documents_storedfile_scan"
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="documents_storedfile_size"),
            models.CheckConstraint(
                condition=Q(scan=Scan.FOUND) & ~Q(finding="") | ~Q(scan=Scan.FOUND) & Q(finding=""),
                name="documents_storedfile_found_says_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.size} bytes"


class Document(OrgOwned, Versioned, Invalidable):
    """A paper about a child. Its bytes are in its versions; nothing of it is ever removed."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "title": "to find it by; can name somebody",
            "came_from": "who can be asked about it",
            "author_role": "how far its words reach",
            "filer": "who answers for it being here",
            "in_error_by": "who took it back",
            "in_error_reason": "can name somebody",
        }

    pupil = tenant_key("people.Pupil")
    title = models.CharField(max_length=LONGEST_TITLE)
    #: title, origin and author without capitals and accents, so that both databases find alike
    search_key = models.CharField(max_length=LONGEST_KEY)
    #: a code of documents.types.TYPES
    kind = models.CharField(max_length=16)
    #: the date of the paper itself, where it is known
    dated = models.DateField(null=True, blank=True)
    #: what the paper says where it names no day: "Autumn 2025". `dated` is its first day then.
    dated_as = models.CharField(max_length=LONGEST_STRETCH, blank=True, default="")
    came_from = models.CharField(max_length=LONGEST_WORDS, blank=True, default="")
    author_role = models.CharField(max_length=LONGEST_WORDS, blank=True, default="")
    level = models.CharField(max_length=12, choices=Level.choices, default=Level.ORDINARY)
    filer = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(kind=""), name="documents_document_says_what"
            ),
            models.CheckConstraint(
                condition=Q(level__in=Level.values), name="documents_document_level"
            ),
            models.CheckConstraint(
                condition=Q(dated_as="") | Q(dated__isnull=False),
                name="documents_document_stretch_begins",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil", "-dated"], name="documents_document_pupil"),
            models.Index(fields=["org", "filed_at"], name="documents_document_filed"),
        ]

    @property
    def told_under(self) -> Action | None:
        """Under which verb the books tell of it: of safeguarding papers only its lead is told."""
        return Action.SAFEGUARDING_VIEW if self.level == Level.SAFEGUARDING else None

    def __str__(self) -> str:
        return f"{self.kind} filed {self.filed_at:%Y-%m-%d}"


class DocumentVersion(OrgOwned):
    """One state of a document's bytes. A new one is a new row; the old ones stay."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id", append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "name": "what its sender called the file; can name somebody",
            "note": "what is new in it; can name somebody",
            "filer": "who answers for it being here",
        }

    document = tenant_key("documents.Document")
    pupil = tenant_key("people.Pupil")
    file = tenant_key("documents.StoredFile")
    number = models.PositiveIntegerField()
    #: made harmless; no path is ever made of it
    name = models.CharField(max_length=150)
    note = models.CharField(max_length=LONGEST_TITLE, blank=True, default="")
    filer = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(
                document="documents.Document",
                pupil="people.Pupil",
                file="documents.StoredFile",
            ),
            models.UniqueConstraint(
                fields=["org", "document", "number"], name="documents_documentversion_number"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="documents_documentversion_counts"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "file"], name="documents_documentversion_file"),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"


class PaperText(OrgOwned):
    """The words inside the newest version of a document, by which it is found.

    A copy that can be drawn again from the file. Whose it is and who may know of it says the
    document alone, so nothing here can differ from that.
    """

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        copy_of = "documents.DocumentVersion"
        fields: ClassVar[dict[str, str]] = {
            "words": "what the paper says, to show what was found",
            "key": "the words of its title and inside it, to find it by",
            "said": "the same words in their order, to find phrases by",
        }

    document = tenant_key("documents.Document")
    version = tenant_key("documents.DocumentVersion")
    state = models.CharField(max_length=8, choices=Inside.choices, default=Inside.WAITS)
    words = models.TextField(blank=True, default="")
    #: each word once, as `documents.searching.tokens` gives them; the database indexes this
    key = models.TextField(blank=True, default="")
    #: the same words in their order, between spaces; a new column without a value makes no new
    #: table, which would lose the index of words beside it
    said = models.TextField(null=True, blank=True)  # noqa: DJ001

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(document="documents.Document", version="documents.DocumentVersion"),
            models.UniqueConstraint(fields=["org", "document"], name="documents_papertext_once"),
            models.CheckConstraint(
                condition=Q(state__in=Inside.values), name="documents_papertext_state"
            ),
            models.CheckConstraint(
                condition=Q(words="") | Q(state=Inside.READ), name="documents_papertext_read"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "state"], name="documents_papertext_waits"),
        ]

    def __str__(self) -> str:
        return f"words inside: {self.state}"


class Hold(OrgOwned):
    """The papers of a pupil are kept whatever their date, for a reason, until that is over."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        part = "rights"
        fields: ClassVar[dict[str, str]] = {
            "reason": "why the papers are still needed; can name a dispute",
            "person": "who answers for it",
            "lifted_by": "who ended it",
            "lifted_reason": "why it is over",
        }

    pupil = tenant_key("people.Pupil")
    reason = models.TextField()
    at = models.DateTimeField()
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_reason = models.TextField(blank=True, default="")

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            models.CheckConstraint(condition=~Q(reason=""), name="documents_hold_says_why"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True, lifted_reason="")
                | Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_reason=""),
                name="documents_hold_lifted_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["org", "pupil"],
                condition=Q(lifted_at__isnull=True),
                name="documents_hold_one_stands",
            ),
        ]

    def __str__(self) -> str:
        return f"hold since {self.at:%Y-%m-%d}"


class OwnYears(OrgOwned, Versioned):
    """How many years a place keeps what one rule is for, where it has decided that itself."""

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {"person": "who decided"}
        not_personal = ("because",)
        part = "work"

    #: a code of documents.retention.KEEPS
    rule = models.CharField(max_length=8)
    years = models.PositiveSmallIntegerField()
    because = models.TextField()
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.UniqueConstraint(fields=["org", "rule"], name="documents_ownyears_once"),
            models.CheckConstraint(
                condition=Q(years__range=(25, 100)) & ~Q(because=""),
                name="documents_ownyears_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.years} years"
