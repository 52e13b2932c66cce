"""A photo of a pupil, which stands only as long as somebody who may has said yes to it."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.documents.limits import LONGEST_TITLE
from opensenco.documents.states import PhotoEnd, Yes


class PupilPhoto(OrgOwned):
    """One photo with the consent to it. Ended it has no picture any more, and says why.

    The picture was drawn anew by us: `digest` names it among the kept files. `removed` names what
    was taken off the disk, and is the entry that proves it.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "digest": "the picture by which adults who cover a class know the child",
            "given_by": "who said yes to the photo, and can take it back",
            "words": "what else was agreed",
            "person": "who answers for it being here",
            "ended_by": "who took it down",
            "ended_words": "who asked for that, and how",
        }

    pupil = tenant_key("people.Pupil")
    digest = models.CharField(max_length=64, blank=True, default="")
    given_by = models.CharField(max_length=LONGEST_TITLE)
    given_on = models.DateField()
    given_how = models.CharField(max_length=8, choices=Yes.choices)
    #: the last day of the yes; none where it holds until it is taken back
    until = models.DateField(null=True, blank=True)
    words = models.CharField(max_length=LONGEST_TITLE, blank=True, default="")
    on_profile = models.BooleanField(default=False)
    on_sheet = models.BooleanField(default=False)
    on_cover = models.BooleanField(default=False)
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_why = models.CharField(max_length=12, choices=PhotoEnd.choices, blank=True, default="")
    ended_words = models.CharField(max_length=LONGEST_TITLE, blank=True, default="")
    removed = models.CharField(max_length=64, blank=True, default="")

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            models.CheckConstraint(
                condition=~Q(given_by="") & Q(given_how__in=Yes.values),
                name="documents_pupilphoto_has_a_yes",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("given_on")),
                name="documents_pupilphoto_until_after_it_was_given",
            ),
            models.CheckConstraint(
                condition=Q(on_profile=True) | Q(on_sheet=True) | Q(on_cover=True),
                name="documents_pupilphoto_is_for_something",
            ),
            models.CheckConstraint(
                condition=~Q(digest="") & Q(ended_at__isnull=True, ended_by__isnull=True)
                & Q(ended_why="", removed="")
                | Q(digest="", ended_at__isnull=False, ended_by__isnull=False)
                & Q(ended_why__in=PhotoEnd.values) & ~Q(removed=""),
                name="documents_pupilphoto_ended_has_no_picture",
            ),
        ]  # fmt: skip
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil", "-at"], name="documents_pupilphoto_pupil"),
            models.Index(fields=["org", "ended_at"], name="documents_pupilphoto_ended"),
        ]

    def runs_out(self, day: date) -> bool:
        """Whether the yes to it has run out by a day."""
        return self.until is not None and self.until < day

    def __str__(self) -> str:
        return f"photo of {self.given_on:%Y-%m-%d}"
