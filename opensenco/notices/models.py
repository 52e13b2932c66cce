"""What the record told whom, and what each has read."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy


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
