"""Wordings of letters, letters that are being written, and the proof of those that were sent."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History
from opensenco.letters.states import MOST_NAME, MOST_SUBJECT, Form, Sent, State


class LetterTemplate(OrgOwned, Versioned):
    """A school's own wording of a letter. Every version of it stays in the history."""

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal: none, a wording names no child."""

        fields: ClassVar[dict[str, str]] = {}
        not_personal = ("use_when", "standard", "easy_read")

    name = models.CharField(max_length=MOST_NAME)
    #: the shipped letter it was copied from
    starter = models.CharField(max_length=60, blank=True, default="")
    use_when = models.TextField(blank=True, default="")
    subject = models.CharField(max_length=MOST_SUBJECT)
    standard = models.TextField()
    easy_read = models.TextField(blank=True, default="")
    #: sending it tells the parents of SEN support (IDN-15)
    tells_support = models.BooleanField(default=False)
    ended_on = models.DateField(null=True, blank=True)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(subject="") & ~Q(standard=""),
                name="letters_lettertemplate_says_something",
            ),
            models.UniqueConstraint(
                fields=["org", "name"],
                condition=Q(ended_on__isnull=True),
                name="letters_lettertemplate_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Mailing(OrgOwned, Versioned):
    """Letters that are written in one go: the wording as it was then, and what was filled in."""

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "given": "what the letters say; can name somebody",
            "person": "who writes them",
        }
        not_personal = ("standard", "easy_read")

    template = tenant_key("letters.LetterTemplate", null=True, blank=True)
    starter = models.CharField(max_length=60, blank=True, default="")
    name = models.CharField(max_length=MOST_NAME)
    #: of the wording; 0 for one as it is shipped
    template_version = models.PositiveIntegerField(default=0)
    subject = models.CharField(max_length=MOST_SUBJECT)
    standard = models.TextField()
    easy_read = models.TextField(blank=True, default="")
    tells_support = models.BooleanField(default=False)
    form = models.CharField(max_length=8, choices=Form.choices, default=Form.STANDARD)
    #: by field what the writer filled in, for all of the letters
    given = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(template="letters.LetterTemplate"),
            models.CheckConstraint(
                condition=Q(form__in=Form.values) & Q(state__in=State.values),
                name="letters_mailing_form",
            ),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT, settled_at__isnull=True)
                | (~Q(state=State.DRAFT) & Q(settled_at__isnull=False)),
                name="letters_mailing_settled_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "person", "-at"], name="letters_mailing_person"),
        ]

    def __str__(self) -> str:
        return f"{self.state} of {self.at:%Y-%m-%d}"


class MailingLetter(OrgOwned, Versioned):
    """One letter of a mailing, to one contact of one pupil, while it is being written."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "contact": "who is written to",
            "addressed_to": "who is written to",
            "subject": "can name the child",
            "body": "what they are told",
        }

    mailing = tenant_key("letters.Mailing")
    pupil = tenant_key("people.Pupil")
    #: none where nobody to write to is on the record
    contact = tenant_key("people.Contact", null=True, blank=True)
    addressed_to = models.CharField(max_length=200, blank=True, default="")
    subject = models.CharField(max_length=300, blank=True, default="")
    body = models.TextField(blank=True, default="")
    #: written by hand since: filling in anew leaves it alone
    edited = models.BooleanField(default=False)
    left_out = models.BooleanField(default=False)
    #: names of fields that had no value, so that their lines are not in it
    missing = models.JSONField(default=list)
    number = models.PositiveSmallIntegerField()

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(mailing="letters.Mailing", pupil="people.Pupil", contact="people.Contact"),
            models.UniqueConstraint(
                fields=["org", "mailing", "number"], name="letters_mailingletter_number"
            ),
        ]

    def __str__(self) -> str:
        return f"letter {self.number}"


class SentLetter(OrgOwned):
    """The proof that a letter was sent: to whom, when, how, which version, the exact text.

    Never changed. The paper itself lies in the child's record, by its digest.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id", append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "contact": "who was told",
            "addressed_to": "who was told",
            "sent_to": "where it went",
            "subject": "what they were told",
            "body": "what they were told, word for word",
            "person": "who sent it",
        }

    mailing = tenant_key("letters.Mailing")
    letter = tenant_key("letters.MailingLetter")
    pupil = tenant_key("people.Pupil")
    contact = tenant_key("people.Contact")
    addressed_to = models.CharField(max_length=200)
    sent_to = models.CharField(max_length=200, blank=True, default="")
    name = models.CharField(max_length=MOST_NAME)
    starter = models.CharField(max_length=60, blank=True, default="")
    template_version = models.PositiveIntegerField()
    form = models.CharField(max_length=8, choices=Form.choices)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    how = models.CharField(max_length=8, choices=Sent.choices)
    sent_on = models.DateField()
    #: SHA-256 of the paper as it was sent
    digest = models.CharField(max_length=64)
    #: only its sender and who co-ordinates read it
    confidential = models.BooleanField(default=False)
    document = tenant_key("documents.Document")
    logged = tenant_key("cases.LoggedContact")
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(
                mailing="letters.Mailing",
                letter="letters.MailingLetter",
                pupil="people.Pupil",
                contact="people.Contact",
                document="documents.Document",
                logged="cases.LoggedContact",
            ),
            models.CheckConstraint(
                condition=Q(how__in=Sent.values) & Q(form__in=Form.values) & ~Q(body=""),
                name="letters_sentletter_how",
            ),
            models.UniqueConstraint(fields=["org", "letter"], name="letters_sentletter_sent_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil", "-sent_on"], name="letters_sentletter_pupil"),
            models.Index(fields=["org", "-sent_on"], name="letters_sentletter_on"),
        ]

    def __str__(self) -> str:
        return f"sent on {self.sent_on}"
