"""Packs between two organisations, and what the sender alone keeps about them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned, Versioned
from opensenco.access.keys import SameOrg, same_org, tenant_key
from opensenco.access.tenancy import Between, Org, Tenancy
from opensenco.audit.history import History
from opensenco.network.paper_models import PackEdition, PackFile
from opensenco.network.states import Purpose, ReplyKind, Stage

__all__ = [
    "FromReceiver",
    "Pack",
    "PackEdition",
    "PackFile",
    "Prepared",
    "Receipt",
    "Release",
    "Reply",
    "TwoParty",
]


class TwoParty(OrgOwned):
    """A row that `from_org` made for `org`; never edited by either."""

    from_org = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="+")

    class Meta(OrgOwned.Meta):
        abstract = True
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(from_org=F("org")), name="%(app_label)s_%(class)s_between_two"
            ),
        ]


class Pack(TwoParty):
    """A frozen copy of chosen parts of a record, readable by one organisation until a date.

    It holds no key to the pupil and none to a person: what the receiver can read leads nowhere
    but to these words. The sender's own row (`Prepared`) knows whom it is about.
    """

    tenancy: ClassVar[Tenancy] = Between()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        reached_from = ("network.Prepared.pack",)
        named_in = "about"
        fields: ClassVar[dict[str, str]] = {
            "about": "to know whom it is about",
            "words": "what is asked of the receiver",
            "content": "the copied parts of the record",
            "facts": "the same, as far as a record can take it over",
            "by_name": "whom to ask back",
        }

    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    blind = models.BooleanField(default=False)
    #: what the receiver calls the child: the name, or the reference of a blind pack
    about = models.CharField(max_length=210)
    words = models.TextField(blank=True, default="")
    #: sections as opensenco.network.content writes them
    content = models.JSONField()
    #: what a record can take over as it is: see opensenco.network.facts
    facts = models.JSONField(default=dict, blank=True)
    #: empty in a blind pack
    by_name = models.CharField(max_length=170, blank=True, default="")
    by_role = models.CharField(max_length=120, blank=True, default="")
    at = models.DateTimeField()
    sent_on = models.DateField()
    until = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta(TwoParty.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *TwoParty.Meta.constraints,
            # what keys from the sender's side and from the answers point at
            models.UniqueConstraint(fields=["from_org", "id"], name="network_pack_sender"),
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="network_purpose"),
            models.CheckConstraint(
                condition=Q(until__gte=F("sent_on")), name="network_pack_until_after_sent"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=F("at")),
                name="network_pack_revoked_after_sent",
            ),
            models.CheckConstraint(
                condition=Q(blind=False) | Q(by_name="", by_role=""),
                name="network_pack_blind_names_nobody",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "-at"], name="network_pack_received"),
            models.Index(fields=["from_org", "-at"], name="network_pack_sent"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} until {self.until}"


class FromReceiver(TwoParty):
    """What the receiver of a pack writes for its sender: both read it, neither changes it.

    The keys say that whoever writes it is the pack's receiver, and whoever reads it its sender.
    """

    tenancy: ClassVar[Tenancy] = Between(revocable=False)

    pack = tenant_key("network.Pack")
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    #: the other organisation cannot look the person up
    by_name = models.CharField(max_length=170)
    by_role = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta(TwoParty.Meta):
        abstract = True
        constraints: ClassVar[list[BaseConstraint]] = [
            *TwoParty.Meta.constraints,
            SameOrg(
                field="pack", to="network.Pack", org="from_org_id",
                name="%(app_label)s_%(class)s_by_receiver",
            ),
            SameOrg(
                field="pack", to="network.Pack", to_org="from_org_id",
                name="%(app_label)s_%(class)s_to_sender",
            ),
        ]  # fmt: skip


class Receipt(FromReceiver):
    """One opening of a pack by somebody at its receiver."""

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "person": "who opened the pack",
            "by_name": "so that the sender knows who read about the child",
        }

    class Meta(FromReceiver.Meta):
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pack", "-at"], name="network_receipt_pack"),
            models.Index(fields=["from_org", "pack"], name="network_receipt_by"),
        ]

    def __str__(self) -> str:
        return f"opened {self.at:%Y-%m-%d}"


class Reply(FromReceiver):
    """What the receiver says back: a comment, advice, a decision."""

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "person": "who answers",
            "by_name": "whom to ask back",
            "words": "the answer",
        }

    kind = models.CharField(max_length=20, choices=ReplyKind.choices)
    words = models.TextField()

    class Meta(FromReceiver.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *FromReceiver.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=ReplyKind.values) & ~Q(words=""), name="network_reply_says"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pack", "at"], name="network_reply_pack"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"


class Release(TwoParty):
    """Figures of one term that a school released to its authority or trust; frozen.

    They are protected before they are written here: nobody above a school ever counts its pupils.
    """

    tenancy: ClassVar[Tenancy] = Between(revocable=False)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {"by_name": "who released them"}

    #: academic year and number of the term: see opensenco.network.figures.term_of
    term = models.CharField(max_length=9)
    as_of = models.DateField()
    at = models.DateTimeField()
    figures = models.JSONField(default=dict)
    by_name = models.CharField(max_length=170)
    by_role = models.CharField(max_length=120)

    class Meta(TwoParty.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *TwoParty.Meta.constraints,
            models.UniqueConstraint(
                fields=["org", "from_org", "term"], name="network_release_once_a_term"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["from_org", "-term"], name="network_release_by"),
        ]

    def __str__(self) -> str:
        return f"figures of {self.term}"


class Prepared(OrgOwned, Versioned):
    """The sender's side of a pack: about whom, what was copied, and what became of it.

    What is looked at here before sending is what the receiver will read, to the letter.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "pupil": "whose record leaves",
            "about": "what the receiver will call the child",
            "words": "what is asked of the receiver",
            "content": "what leaves, to the letter",
            "facts": "the same, as far as a record can take it over",
            "person": "who prepared it",
            "sent_by": "who answers for its leaving",
            "withdrawn_by": "who took it back",
            "withdrawn_reason": "why",
        }

    pupil = tenant_key("people.Pupil")
    to = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    about = models.CharField(max_length=210)
    words = models.TextField(blank=True, default="")
    parts = models.JSONField(default=list)
    content = models.JSONField(default=list)
    facts = models.JSONField(default=dict, blank=True)
    until = models.DateField()
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.PREPARED)
    pack = tenant_key("network.Pack", null=True, blank=True)
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_reason = models.TextField(blank=True, default="")
    #: answers up to this moment have been read
    replies_read_at = models.DateTimeField(null=True, blank=True)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            SameOrg(
                field="pack", to="network.Pack", to_org="from_org_id",
                name="network_prepared_pack_key",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values) & Q(purpose__in=Purpose.values),
                name="network_prepared_stage",
            ),
            models.CheckConstraint(
                condition=Q(
                    stage__in=[Stage.SENT, Stage.WITHDRAWN], pack__isnull=False,
                    sent_at__isnull=False, sent_by__isnull=False,
                )
                | Q(
                    stage__in=[Stage.PREPARED, Stage.DROPPED], pack__isnull=True,
                    sent_at__isnull=True, sent_by__isnull=True,
                ),
                name="network_prepared_sent_by_somebody",
            ),
            models.CheckConstraint(
                condition=(
                    Q(stage=Stage.WITHDRAWN, withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                    & ~Q(withdrawn_reason="")
                )
                | (
                    ~Q(stage=Stage.WITHDRAWN)
                    & Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                ),
                name="network_prepared_withdrawn_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["org", "pack"], condition=Q(pack__isnull=False),
                name="network_prepared_one_pack",
            ),
            models.CheckConstraint(condition=~Q(to=F("org")), name="network_prepared_leaves"),
        ]  # fmt: skip
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil", "-at"], name="network_prepared_pupil"),
            models.Index(fields=["org", "-at"], name="network_prepared_at"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose}, {self.stage}"
