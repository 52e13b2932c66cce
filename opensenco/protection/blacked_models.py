"""Copies of files in which somebody blacked out what is not to be given."""

from typing import ClassVar

from django.db import models
from django.db.models.constraints import BaseConstraint

from opensenco.access.actions import Action
from opensenco.access.base import OrgOwned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy


class BlackedOutFile(OrgOwned):
    """A copy of a file that is held, blacked out by hand, to be given in its place.

    Never changed: whoever blacks out more hands in another. It goes with the record.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id", append_only=True)
    #: it belongs to its request, and is found by that
    stays_where_written = True

    class PersonalData:
        """Which fields are personal, and why they are held."""

        copy_of = "the record itself"
        fields: ClassVar[dict[str, str]] = {
            "name": "what the file is called in the package",
            "person": "who answers for what was blacked out",
        }

    data_request = tenant_key("protection.DataRequest")
    pupil = tenant_key("people.Pupil")
    file = tenant_key("documents.StoredFile")
    name = models.CharField(max_length=150)
    #: of a piece that is the safeguarding lead's alone
    lead = models.BooleanField(default=False)
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(
                data_request="protection.DataRequest", pupil="people.Pupil",
                file="documents.StoredFile",
            ),
        ]  # fmt: skip

    @property
    def told_under(self) -> Action | None:
        """Under which verb the books tell of it: of safeguarding only its lead is told."""
        return Action.SAFEGUARDING_VIEW if self.lead else None

    def __str__(self) -> str:
        return f"blacked out on {self.at:%Y-%m-%d}"
