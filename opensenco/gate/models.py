"""What the gate itself keeps: drafts, and which forms were sent already."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned
from opensenco.access.tenancy import PersonRows, Tenancy

NOBODY = uuid.UUID(int=0)


class Draft(OrgOwned):
    """What a person has typed and not yet sent: person, form, record, text."""

    tenancy: ClassVar[Tenancy] = PersonRows(org_too=False, deletable=True)

    class PersonalData:
        """Which fields are personal."""

        by_ref = "about"
        fields: ClassVar[dict[str, str]] = {
            "person": "whose draft it is",
            "text": "what they typed can be about a child",
        }

    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=60)
    # the record that the form is about; the nil reference where it is about none yet
    about = models.UUIDField(default=NOBODY)
    text = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.UniqueConstraint(
                fields=["org", "person", "form", "about"], name="gate_draft_once"
            ),
        ]

    def __str__(self) -> str:
        return f"draft of {self.form}"


class Submission(OrgOwned):
    """A form that was sent: the second click and the second tab land where the first one did."""

    tenancy: ClassVar[Tenancy] = PersonRows(org_too=False, deletable=True)

    class PersonalData:
        """Which fields are personal."""

        fields: ClassVar[dict[str, str]] = {"person": "who sent the form"}

    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    token = models.UUIDField()
    location = models.CharField(max_length=500, blank=True, default="")
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.UniqueConstraint(fields=["org", "person", "token"], name="gate_submission_once"),
        ]

    def __str__(self) -> str:
        return f"submission {self.token}"
