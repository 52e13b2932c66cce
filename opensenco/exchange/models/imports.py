"""Files that were read to be imported: what stands in each row, what it is, what was done.

The engine is described in docs/guide/imports.md.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.exchange.states import Decision, Deed, Fate, ImportKind, Match, Outcome, State

OPEN = [State.READ, State.APPLYING]
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
            "undone_by": "who took it back",
            "file_name": "to know it again; can name somebody",
        }

    kind = models.CharField(max_length=16, choices=ImportKind.choices)
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
    # what the person said about the file: see exchange.kinds.kind.Reading
    reading = models.JSONField(default=dict)
    #: what a person said once for the whole file: see `Kind.answered`
    answers = models.JSONField(default=dict, blank=True)
    #: when it was handed to the worker, and the sentence with which the worker last stopped
    handed_at = models.DateTimeField(null=True, blank=True)
    stopped = models.JSONField(default=dict, blank=True)
    #: how often the worker began it; one that ends the worker each time is not begun for ever
    attempts = models.PositiveSmallIntegerField(default=0)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state=State.UNDONE, undone_at__isnull=False, undone_by__isnull=False)
                | (Q(undone_at__isnull=True, undone_by__isnull=True) & ~Q(state=State.UNDONE)),
                name="exchange_fileimport_undone_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="exchange_fileimport_state"
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, settled_at__isnull=True, settled_by__isnull=True)
                | (Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(state__in=OPEN)),
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
    #: what a file did to a record is told of that record, also after two were made one
    stays_where_written = True

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
    #: where one row of the file says several things: the first is 0, the next 1
    part = models.PositiveSmallIntegerField(default=0)
    match = models.CharField(max_length=10, choices=Match.choices)
    decision = models.CharField(
        max_length=6, choices=Decision.choices, blank=True, default=Decision.NONE
    )
    outcome = models.CharField(
        max_length=8, choices=Outcome.choices, blank=True, default=Outcome.NONE
    )
    pupil = tenant_key("people.Pupil", null=True, blank=True)
    #: id of what the row is about, in the table that its kind of list is about
    subject = models.BigIntegerField(null=True, blank=True)
    #: ids of what a doubtful row could be about
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
            models.UniqueConstraint(
                fields=["org", "file", "line", "part"], name="exchange_importrow_line"
            ),
            models.CheckConstraint(
                condition=Q(match__in=Match.values, decision__in=Decision.values)
                & Q(outcome__in=Outcome.values),
                name="exchange_importrow_words",
            ),
            models.CheckConstraint(
                condition=~MATCHED | Q(subject__isnull=False),
                name="exchange_importrow_matched_has_a_subject",
            ),
            models.CheckConstraint(
                condition=~Q(decision=Decision.USE) | Q(subject__isnull=False),
                name="exchange_importrow_used_has_a_subject",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "file", "match", "line"], name="exchange_importrow_match"),
            models.Index(fields=["org", "pupil"], name="exchange_importrow_pupil"),
        ]

    def __str__(self) -> str:
        return f"line {self.line}"

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands in the file: its line, and its part of that line."""
        return self.line, self.part

    @property
    def field(self) -> str:
        """The name of its question in a form: "line-7", "line-7-2"."""
        return f"line-{self.line}-{self.part}" if self.part else f"line-{self.line}"


class Trace(OrgOwned):
    """What applying a file did to one row of the record: where each value came from.

    Undoing reads it: a value that still stands goes back, one that somebody changed is kept.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")
    #: what a file did to a record is told of that record, also after two were made one
    stays_where_written = True

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "pupil": "whose record it is",
            "changes": "where a value came from",
            "why": "who changed it since",
        }

    file = tenant_key("exchange.FileImport")
    row = tenant_key("exchange.ImportRow")
    pupil = tenant_key("people.Pupil", null=True, blank=True)
    #: label and reference of the row of the record, "people.Pupil"
    thing = models.CharField(max_length=80)
    thing_ref = models.UUIDField()
    deed = models.CharField(max_length=8, choices=Deed.choices)
    #: of each field what stood before and after, as in a row
    changes = models.JSONField(default=list)
    fate = models.CharField(max_length=8, choices=Fate.choices, blank=True, default=Fate.STANDS)
    #: sentences that say why it was kept
    why = models.JSONField(default=list)

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(file="exchange.FileImport", row="exchange.ImportRow", pupil="people.Pupil"),
            models.CheckConstraint(
                condition=Q(deed__in=Deed.values, fate__in=Fate.values),
                name="exchange_trace_words",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "file", "id"], name="exchange_trace_file"),
            models.Index(fields=["org", "thing_ref"], name="exchange_trace_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.deed} {self.thing}"


class KeptFile(OrgOwned):
    """The bytes of a file until it is applied or given up, so that it can be read another way."""

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {"content": "to read it again; emptied when settled"}

    file = tenant_key("exchange.FileImport")
    content = models.BinaryField(default=b"")

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(file="exchange.FileImport"),
            models.UniqueConstraint(fields=["org", "file"], name="exchange_keptfile_once"),
        ]

    def __str__(self) -> str:
        return f"bytes of {self.file_id}"


class Mapping(OrgOwned, Versioned):
    """Which column is what in files with these headings, as a person of this school has said."""

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {"by": "who said so last"}

    kind = models.CharField(max_length=16, choices=ImportKind.choices)
    #: of the headings, whatever their case and order
    fingerprint = models.CharField(max_length=64)
    #: code of the field by heading; headings without one are left out
    columns = models.JSONField(default=dict)
    reading = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.UniqueConstraint(
                fields=["org", "kind", "fingerprint"], name="exchange_mapping_once"
            ),
        ]

    def __str__(self) -> str:
        return f"columns of {self.kind}"
