"""Where a sentence of the record came from."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy


class StatementSource(OrgOwned):
    """One sentence of a plan or the like, and the paper or person that it came from.

    The sentence is kept as it read when its source was named: where the words have changed since,
    whoever reads can tell. A source is taken away and never changed, so what was named stays known.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "quote": "the sentence that came from there",
            "said_by": "who can be asked about it",
            "person": "who named the source",
            "removed_by": "who took it away",
        }

    pupil = tenant_key("people.Pupil")
    #: the record whose sentence it is, and which of its texts
    host_label = models.CharField(max_length=80)
    host_ref = models.UUIDField()
    part = models.CharField(max_length=40)
    quote = models.TextField()
    #: the record that it came from; or who said it, and when
    source_label = models.CharField(max_length=80, blank=True, default="")
    source_ref = models.UUIDField(null=True, blank=True)
    said_by = models.CharField(max_length=120, blank=True, default="")
    said_on = models.DateField(null=True, blank=True)
    #: the verb over the pupil that a reader must have, beside what the source itself asks
    reader = models.CharField(max_length=40)
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            models.CheckConstraint(
                condition=~Q(quote="") & ~Q(host_label="") & ~Q(part=""),
                name="cases_statementsource_says_of_what",
            ),
            models.CheckConstraint(
                condition=Q(source_ref__isnull=False, said_by="", said_on__isnull=True)
                & ~Q(source_label="")
                | Q(source_ref__isnull=True, source_label="") & ~Q(said_by=""),
                name="cases_statementsource_one_source",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="cases_statementsource_removed_by_somebody",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "host_ref"], name="cases_statementsource_host"),
        ]

    def __str__(self) -> str:
        return f"source of {self.host_label} {self.part}"
