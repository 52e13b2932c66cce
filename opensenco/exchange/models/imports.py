"""Files that were read to be imported: what stands in each row, what it is, what was done."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.exchange.states import Decision, ImportKind, Match, Outcome, State

MATCHED = Q(match__in=[Match.CHANGED, Match.UNCHANGED])


class FileImport(OrgOwned, Versioned):
    """A file that somebody read in, until it is applied or given up.

    The file itself is kept nowhere; its rows are. `version` grows with each decision about them, so
    that what is applied is what the person saw.
    """

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "by": "who read the file in",
            "settled_by": "who applied it or gave it up",
            "file_name": "to know it again; can name somebody",
        }

    kind = models.CharField(max_length=10, choices=ImportKind.choices)
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READ)
    at = models.DateTimeField()
    by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    # when its rows were last laid beside the record
    compared_at = models.DateTimeField()
    # used: [field, heading]; left out: [heading]; notes: sentences
    columns = models.JSONField(default=dict)
    header = models.JSONField(default=list)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="exchange_fileimport_state"
            ),
            models.CheckConstraint(
                condition=Q(state=State.READ, settled_at__isnull=True, settled_by__isnull=True)
                | (Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(state=State.READ)),
                name="exchange_fileimport_settled_by_somebody",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "-at"], name="exchange_fileimport_at")
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.at:%Y-%m-%d}"


class ImportRow(OrgOwned):
    """One row of such a file: what it says, which pupil it is about, what was done with it.

    After it was applied it is the proof where a value came from: `changes` holds each field with
    what stood there before and after.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "pupil": "whom the row is about",
            "candidates": "whom it could be about",
            "values": "what the file says of a child",
            "changes": "what it changes; where a value came from",
            "faults": "what was written where it cannot be read",
            "notes": "what was written where it is odd",
            "cells": "a refused row, so that it can be mended and sent again",
        }

    file = tenant_key("exchange.FileImport")
    line = models.PositiveIntegerField()
    match = models.CharField(max_length=10, choices=Match.choices)
    decision = models.CharField(
        max_length=6, choices=Decision.choices, blank=True, default=Decision.NONE
    )
    outcome = models.CharField(
        max_length=8, choices=Outcome.choices, blank=True, default=Outcome.NONE
    )
    pupil = tenant_key("people.Pupil", null=True, blank=True)
    #: ids of the pupils that a doubtful row could be about
    candidates = models.JSONField(default=list)
    #: sentences that say why a row is doubtful
    reasons = models.JSONField(default=list)
    values = models.JSONField(default=dict)
    changes = models.JSONField(default=list)
    faults = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    cells = models.JSONField(default=list)

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(file="exchange.FileImport", pupil="people.Pupil"),
            models.UniqueConstraint(fields=["org", "file", "line"], name="exchange_importrow_line"),
            models.CheckConstraint(
                condition=Q(match__in=Match.values, decision__in=Decision.values)
                & Q(outcome__in=Outcome.values),
                name="exchange_importrow_words",
            ),
            models.CheckConstraint(
                condition=~MATCHED | Q(pupil__isnull=False),
                name="exchange_importrow_matched_has_a_pupil",
            ),
            models.CheckConstraint(
                condition=~Q(decision=Decision.USE) | Q(pupil__isnull=False),
                name="exchange_importrow_used_has_a_pupil",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=[Outcome.ADDED, Outcome.CHANGED]) | Q(pupil__isnull=False),
                name="exchange_importrow_done_has_a_pupil",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "file", "match", "line"], name="exchange_importrow_match"),
            models.Index(fields=["org", "pupil"], name="exchange_importrow_pupil"),
        ]

    def __str__(self) -> str:
        return f"line {self.line}"
