"""Copies of the whole record that somebody who answers for a place asked for."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned, Versioned
from opensenco.access.tenancy import Org, Tenancy
from opensenco.exchange.states import CopyState


class PlaceCopy(OrgOwned, Versioned):
    """A file with the whole record of a place: asked for, made by the worker, there for hours.

    The file lies beside the database under `ref`; after `until` it is removed and the row stays, so
    that it can always be said who took the record away.
    """

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "person": "who asked for it",
            "why": "why the record was taken away, in their words",
        }

    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=300)
    at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=CopyState.choices, default=CopyState.WAITS)
    done_at = models.DateTimeField(null=True, blank=True)
    #: the last moment in which it can be taken
    until = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True, default="")
    size = models.PositiveBigIntegerField(default=0)
    rows = models.PositiveBigIntegerField(default=0)
    papers = models.PositiveIntegerField(default=0)
    #: papers whose bytes are not as they were kept
    missing = models.PositiveIntegerField(default=0)

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state__in=CopyState.values) & ~Q(why=""),
                name="exchange_placecopy_words",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=CopyState.DONE, done_at__isnull=False, until__gt=F("done_at"))
                    & Q(size__gte=1)
                    & ~Q(digest="")
                )
                | (~Q(state=CopyState.DONE) & Q(done_at__isnull=True, until__isnull=True, size=0)),
                name="exchange_placecopy_done",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "-at"], name="exchange_placecopy_at"),
        ]

    def __str__(self) -> str:
        return f"copy of {self.at:%Y-%m-%d}, {self.state}"
