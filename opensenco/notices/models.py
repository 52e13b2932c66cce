"""What the record told whom, what each has read, and what is mailed of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, PersonRows, Tenancy
from opensenco.notices.states import OVER, CameBack, How, MailState


class Notice(OrgOwned):
    """One sentence for one person, or for whoever has a verb over the pupil. Never changed."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id", append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "words": "what somebody is told",
            "person": "who is told",
            "by": "whose act it tells of",
        }

    words = models.CharField(max_length=500)
    pupil = tenant_key("people.Pupil", null=True, blank=True)
    person = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    role_action = models.CharField(max_length=40, blank=True, default="")
    #: the record it tells of, whose page it leads to
    source_label = models.CharField(max_length=80, blank=True, default="")
    source_ref = models.UUIDField(null=True, blank=True)
    by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, role_action="")
                | (Q(person__isnull=True) & ~Q(role_action="")),
                name="notices_notice_is_for_somebody",
            ),
            models.CheckConstraint(
                condition=Q(source_label="", source_ref__isnull=True)
                | (~Q(source_label="") & Q(source_ref__isnull=False)),
                name="notices_notice_names_its_source_whole",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="notices_notice_says_something"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "-at"], name="notices_notice_at")
        ]

    def __str__(self) -> str:
        return f"notice of {self.at:%Y-%m-%d}"


class NoticeRead(OrgOwned):
    """A person has read a notice; of a notice to several people each reads their own."""

    tenancy: ClassVar[Tenancy] = Org(append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {"person": "who has read it"}

    notice = tenant_key("notices.Notice")
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(notice="notices.Notice"),
            models.UniqueConstraint(
                fields=["org", "notice", "person"], name="notices_noticeread_once"
            ),
        ]

    def __str__(self) -> str:
        return f"read on {self.at:%Y-%m-%d}"


class Mail(OrgOwned):
    """One mail to one address: written with what it tells of, sent by the worker.

    Its words are forgotten in the moment in which it is sent or given up, and to whom it went some
    weeks later (`queue.REMEMBERED`). The Message-ID is made of `ref`, so one that is sent twice is
    one mail to whoever receives it.
    """

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "to": "where it goes",
            "person": "whose address that is",
            "words": "what is sent, until it is sent",
        }

    to = models.EmailField(max_length=200)
    person = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    subject = models.CharField(max_length=150)
    words = models.TextField(blank=True, default="")
    state = models.CharField(
        max_length=8, choices=MailState.choices, default=MailState.WAITING, editable=False
    )
    made_at = models.DateTimeField()
    #: not before this moment; moves on with each try that failed
    due_at = models.DateTimeField()
    #: worth nothing after this moment: given up
    until = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    #: a worker is at it until then; later it is taken for ended
    claimed_until = models.DateTimeField(null=True, blank=True, editable=False)
    #: which worker; its machine knows when it has ended
    claimed_by = models.CharField(max_length=64, blank=True, default="", editable=False)
    over_at = models.DateTimeField(null=True, blank=True, editable=False)
    #: since when nobody knows any more to whom it went
    forgotten_at = models.DateTimeField(null=True, blank=True, editable=False)
    #: what the mail server answered last: numbers alone, its sentences repeat addresses
    said = models.CharField(max_length=40, blank=True, default="", editable=False)
    #: the number under which a provider knows it
    known_as = models.CharField(max_length=200, blank=True, default="", editable=False)

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state__in=list(OVER), over_at__isnull=False, words="")
                | (~Q(state__in=list(OVER)) & Q(over_at__isnull=True) & ~Q(words="")),
                name="notices_mail_is_forgotten_when_over",
            ),
            models.CheckConstraint(
                condition=Q(to=models.functions.Lower("to"))
                & ~Q(subject="")
                & (
                    Q(forgotten_at__isnull=True) & ~Q(to="")
                    | Q(
                        forgotten_at__isnull=False,
                        to="",
                        person__isnull=True,
                        known_as="",
                        state__in=list(OVER),
                    )
                ),
                name="notices_mail_goes_somewhere_or_is_forgotten",
            ),
            models.CheckConstraint(
                condition=Q(until__gt=models.F("made_at")), name="notices_mail_has_its_time"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["due_at"], condition=Q(state="waiting"), name="notices_mail_waiting"
            ),
            models.Index(fields=["known_as"], name="notices_mail_known_as"),
            models.Index(
                fields=["over_at"],
                condition=Q(forgotten_at__isnull=True, over_at__isnull=False),
                name="notices_mail_remembered",
            ),
        ]

    def __str__(self) -> str:
        return f"mail of {self.made_at:%Y-%m-%d}"


class DueMail(OrgOwned):
    """A notice of which somebody is still to be mailed.

    Written with the notice and for nobody in particular; the worker makes of it one for each person
    whom the notice reaches and who wants mail, with the moment that their choice gives. Without a
    moment it is to be found anew. Gone when the mail is written.
    """

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {"person": "who is to be mailed"}

    notice = tenant_key("notices.Notice")
    person = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_at = models.DateTimeField(null=True, blank=True)

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(notice="notices.Notice"),
            models.UniqueConstraint(
                fields=["org", "notice", "person"], name="notices_duemail_once"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(due_at__isnull=True),
                name="notices_duemail_somebody_has_a_moment",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["due_at"], name="notices_duemail_at")
        ]

    def __str__(self) -> str:
        return f"mail due of notice {self.notice_id}"


class MailChoice(OrgOwned, Versioned):
    """What reaches a person by mail in one place, and when; without a row, as usual."""

    tenancy: ClassVar[Tenancy] = PersonRows(org_too=False)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        part = "accounts"
        fields: ClassVar[dict[str, str]] = {"person": "whose choice it is"}

    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    #: of what is sent to them by name
    mine = models.CharField(max_length=8, choices=How.choices, default=How.ONCE)
    #: of what is sent to whoever has a role
    role = models.CharField(max_length=8, choices=How.choices, default=How.DIGEST)
    #: of safeguarding notes, where they receive any
    urgent = models.CharField(max_length=8, choices=How.choices, default=How.ONCE)
    #: hours of the clock in England
    digest_hour = models.PositiveSmallIntegerField(default=7)
    quiet_from = models.PositiveSmallIntegerField(default=18)
    quiet_until = models.PositiveSmallIntegerField(default=7)
    school_days_only = models.BooleanField(default=True)

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.UniqueConstraint(fields=["org", "person"], name="notices_mailchoice_one"),
            models.CheckConstraint(
                condition=Q(digest_hour__lte=23, quiet_from__lte=23, quiet_until__lte=23),
                name="notices_mailchoice_hours_of_the_clock",
            ),
        ]

    def __str__(self) -> str:
        return f"choice of mail of {self.person_id}"


class NewsRead(OrgOwned, Versioned):
    """Up to which entry of what is new in OpenSENCO a person has read."""

    tenancy: ClassVar[Tenancy] = PersonRows(org_too=False)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {"person": "to whom it is new no more"}

    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    #: of `whats_new.NEWS`
    number = models.PositiveSmallIntegerField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.UniqueConstraint(fields=["org", "person"], name="notices_newsread_one"),
        ]

    def __str__(self) -> str:
        return f"news read by {self.person_id}"


class BadAddress(OrgOwned):
    """Mail to an address came back: nothing is sent there until somebody has put it right."""

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        part = "told"
        fields: ClassVar[dict[str, str]] = {
            "address": "where nothing is sent any more",
            "person": "whose address it is",
            "settled_by": "who put it right",
        }

    address = models.EmailField(max_length=200)
    person = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    why = models.CharField(max_length=10, choices=CameBack.choices)
    said = models.CharField(max_length=40, blank=True, default="")
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True, editable=False)
    settled_by = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.UniqueConstraint(
                fields=["org", "address"],
                condition=Q(settled_at__isnull=True),
                name="notices_badaddress_marked_once",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="notices_badaddress_settled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"address that came back on {self.at:%Y-%m-%d}"
