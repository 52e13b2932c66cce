"""A link for somebody without an account: one person, one request about one pupil, for a time."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned, Versioned
from opensenco.access.bylink import ByLink
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History


class AskLink(OrgOwned, Versioned):
    """The way in for one part of a round. Of its secret and of a code only hashes are kept.

    What its holder needs besides the questions is copied here, so that their scope reaches neither
    the pupil nor anybody of the staff.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id", link=ByLink())

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "email": "where the link and the codes go",
            "contact": "whose address that is, where the record holds them",
            "pupil_called": "how the child is named to whoever is asked",
            "asker": "who asks, as it is told behind the link",
            "sent_by": "who sent the link, and answers for it",
        }
        not_personal: ClassVar[tuple[str, ...]] = ("key", "code", "nonce")

    asked = tenant_key("participation.Asked")
    pupil = tenant_key("people.Pupil")
    contact = tenant_key("people.Contact", null=True, blank=True)
    email = models.EmailField(max_length=200)
    pupil_called = models.CharField(max_length=160)
    asker = models.CharField(max_length=160)
    sent_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    #: of what the secret is worked out, with what the installation alone knows (`bylink`)
    nonce = models.CharField(max_length=40)
    #: SHA-256 of the secret in the address
    key = models.CharField(max_length=64)
    revoked_at = models.DateTimeField(null=True, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    #: the code that was sent last: its hash, how long it holds, and the wrong tries
    code = models.CharField(max_length=64, blank=True, default="")
    code_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    #: codes sent since a moment, so that nobody's mailbox is filled
    codes = models.PositiveSmallIntegerField(default=0)
    codes_since = models.DateTimeField(null=True, blank=True)
    #: when a code was right last
    entered_at = models.DateTimeField(null=True, blank=True)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(asked="participation.Asked", pupil="people.Pupil", contact="people.Contact"),
            models.UniqueConstraint(fields=["org", "asked"], name="participation_asklink_one"),
            models.UniqueConstraint(fields=["org", "key"], name="participation_asklink_key"),
            models.CheckConstraint(
                condition=~Q(key="") & ~Q(email=""),
                name="participation_asklink_leads_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(code="") | Q(code_at__isnull=False),
                name="participation_asklink_code_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"link of {self.asked_id}"


class AskDraft(OrgOwned):
    """What somebody has typed behind a link and not yet sent. Gone once it is sent or over."""

    tenancy: ClassVar[Tenancy] = Org(deletable=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {"text": "what they typed can be about the child"}

    asked = tenant_key("participation.Asked")
    text = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(asked="participation.Asked"),
            models.UniqueConstraint(fields=["org", "asked"], name="participation_askdraft_one"),
        ]

    def __str__(self) -> str:
        return f"draft of {self.asked_id}"
