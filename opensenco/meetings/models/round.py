"""Who and what belongs to a meeting: members, offered days, papers, actions, who got the record."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History
from opensenco.meetings.states import Reply, Way

KEYS = {"pupil": "people.Pupil", "meeting": "meetings.Meeting"}


class MeetingMember(OrgOwned, Versioned):
    """Somebody who is invited: a colleague, one of the family, or anybody else by name.

    Whether they replied and whether they came stands here. Whoever is taken off stays as a row.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "person": "a colleague who is invited",
            "contact": "one of the family who is invited",
            "name": "who is invited",
            "part": "as what they are there",
            "place": "where they work",
            "reply_words": "what they answered",
        }

    pupil = tenant_key("people.Pupil", null=True, blank=True)
    meeting = tenant_key("meetings.Meeting")
    person = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    contact = tenant_key("people.Contact", null=True, blank=True)
    #: the pupil themselves
    is_pupil = models.BooleanField(default=False)
    name = models.CharField(max_length=160)
    part = models.CharField(max_length=120, blank=True, default="")
    place = models.CharField(max_length=160, blank=True, default="")
    reply = models.CharField(max_length=8, choices=Reply.choices, default=Reply.WAITING)
    reply_words = models.TextField(blank=True, default="")
    replied_on = models.DateField(null=True, blank=True)
    came = models.BooleanField(null=True, blank=True)
    taken_off_on = models.DateField(null=True, blank=True)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(**KEYS, contact="people.Contact"),
            models.CheckConstraint(condition=~Q(name=""), name="meetings_member_has_a_name"),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(contact__isnull=True, is_pupil=False),
                name="meetings_member_is_one_of_them",
            ),
            models.CheckConstraint(
                condition=Q(pupil__isnull=False) | Q(contact__isnull=True, is_pupil=False),
                name="meetings_member_of_family_has_a_pupil",
            ),
            models.CheckConstraint(
                condition=Q(reply__in=Reply.values), name="meetings_member_reply"
            ),
            models.CheckConstraint(
                condition=Q(reply=Reply.WAITING, replied_on__isnull=True)
                | ~Q(reply=Reply.WAITING) & Q(replied_on__isnull=False),
                name="meetings_member_replied_on_a_day",
            ),
            models.UniqueConstraint(
                fields=["org", "meeting", "person"],
                condition=Q(person__isnull=False),
                name="meetings_member_person_once",
            ),
            models.UniqueConstraint(
                fields=["org", "meeting", "contact"],
                condition=Q(contact__isnull=False),
                name="meetings_member_contact_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "person"], name="meetings_member_person"),
            models.Index(fields=["org", "meeting"], name="meetings_member_meeting"),
        ]

    def __str__(self) -> str:
        return f"member of meeting {self.meeting_id}"


class MeetingSlot(OrgOwned, Versioned):
    """A day and hour that is offered to choose from."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal."""

        fields: ClassVar[dict[str, str]] = {}

    pupil = tenant_key("people.Pupil", null=True, blank=True)
    meeting = tenant_key("meetings.Meeting")
    starts = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(**KEYS),
            models.UniqueConstraint(fields=["org", "meeting", "starts"], name="meetings_slot_once"),
        ]

    def __str__(self) -> str:
        return f"{self.starts:%Y-%m-%d %H:%M}"


class SlotAnswer(OrgOwned, Versioned):
    """Whether one member can come on an offered day."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {"member": "whose answer it is"}

    pupil = tenant_key("people.Pupil", null=True, blank=True)
    slot = tenant_key("meetings.MeetingSlot")
    member = tenant_key("meetings.MeetingMember")
    can = models.BooleanField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(
                pupil="people.Pupil",
                slot="meetings.MeetingSlot",
                member="meetings.MeetingMember",
            ),
            models.UniqueConstraint(
                fields=["org", "slot", "member"], name="meetings_slotanswer_once"
            ),
        ]

    def __str__(self) -> str:
        return f"answer to slot {self.slot_id}"


class MeetingPaper(OrgOwned, Versioned):
    """A paper of a meeting: a document of the record by its reference, or another by its name.

    Of a document only the reference is kept: its title is shown to who may know of it.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {"label": "what the paper is called, which can name"}

    pupil = tenant_key("people.Pupil", null=True, blank=True)
    meeting = tenant_key("meetings.Meeting")
    document = models.UUIDField(null=True, blank=True)
    label = models.CharField(max_length=200, blank=True, default="")
    taken_off_on = models.DateField(null=True, blank=True)

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(**KEYS),
            models.CheckConstraint(
                condition=Q(document__isnull=False, label="")
                | Q(document__isnull=True) & ~Q(label=""),
                name="meetings_paper_is_one_of_both",
            ),
        ]

    def __str__(self) -> str:
        return f"paper of meeting {self.meeting_id}"


class MeetingAction(OrgOwned, Versioned):
    """What somebody promised at a meeting to do, by when, and that it was done."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "what": "what is done for the child",
            "owner": "the colleague who promised it",
            "owner_name": "who promised it",
            "result": "what came of it",
        }

    pupil = tenant_key("people.Pupil", null=True, blank=True)
    meeting = tenant_key("meetings.Meeting")
    what = models.TextField()
    owner = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    owner_name = models.CharField(max_length=160)
    due = models.DateField()
    settled_on = models.DateField(null=True, blank=True)
    #: False where it was given up
    done = models.BooleanField(default=False)
    result = models.TextField(blank=True, default="")

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(**KEYS),
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(owner_name=""), name="meetings_action_says_what_and_who"
            ),
            models.CheckConstraint(
                condition=Q(done=False) | Q(settled_on__isnull=False),
                name="meetings_action_done_on_a_day",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "meeting"], name="meetings_action_meeting")
        ]

    def __str__(self) -> str:
        return f"action of meeting {self.meeting_id}"


class Given(OrgOwned):
    """The record was given to somebody: which edition, when, how (APD-09). Never changed."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id", append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "member": "who has the record",
            "by": "who gave it",
        }

    pupil = tenant_key("people.Pupil", null=True, blank=True)
    meeting = tenant_key("meetings.Meeting")
    member = tenant_key("meetings.MeetingMember")
    edition = models.PositiveIntegerField()
    on = models.DateField()
    way = models.CharField(max_length=8, choices=Way.choices)
    by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(**KEYS, member="meetings.MeetingMember"),
            models.CheckConstraint(condition=Q(way__in=Way.values), name="meetings_given_way"),
            models.CheckConstraint(condition=Q(edition__gte=1), name="meetings_given_edition"),
        ]

    def __str__(self) -> str:
        return f"edition {self.edition} on {self.on}"
