"""Papers that the worker sets: one form for whatever can be had as PDF or Word."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned, Versioned
from opensenco.documents.states import Form, Setting

#: a paper that is not ready by then was lost, and can be asked for anew
LOST_AFTER = timedelta(minutes=10)


class SetPaper(OrgOwned, Versioned):
    """A PDF or Word file: asked for, made by the worker, kept by its content."""

    form = models.CharField(max_length=4, choices=Form.choices)
    state = models.CharField(max_length=7, choices=Setting.choices, default=Setting.WAITS)
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    #: SHA-256 of the file, by which it lies among the files of the organisation
    digest = models.CharField(max_length=64, blank=True, default="")
    size = models.PositiveIntegerField(default=0)

    class Meta(OrgOwned.Meta):
        abstract = True
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(form__in=Form.values) & Q(state__in=Setting.values),
                name="%(app_label)s_%(class)s_form",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=Setting.DONE, done_at__isnull=False, size__gte=1) & ~Q(digest="")
                )
                | (~Q(state=Setting.DONE) & Q(done_at__isnull=True, digest="", size=0)),
                name="%(app_label)s_%(class)s_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form}, {self.state}"

    def lost(self, at: datetime) -> bool:
        """Tell whether it should have been ready long before a moment."""
        return self.state == Setting.WAITS and self.at + LOST_AFTER < at
