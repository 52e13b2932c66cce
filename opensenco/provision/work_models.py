"""A photo or piece of work from one session, laid beside the outcome that it shows."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.documents.states import PhotoEnd, Yes
from opensenco.provision.states import Seen

LONGEST = 200


class Work(OrgOwned):
    """One photo or piece of work. The paper is a document; who can be seen in it has said yes.

    Ended it is shown nowhere, and its document is closed.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "title": "what the child did, as evidence of an outcome",
            "given_by": "who said yes to a photo, and can take it back",
            "person": "who answers for it being here",
            "ended_by": "who took it down",
            "ended_words": "who asked for that, and how",
        }

    pupil = tenant_key("people.Pupil")
    session = tenant_key("provision.Session")
    document = tenant_key("documents.Document")
    #: empty where it shows no single outcome
    outcome = tenant_key("support.Outcome", null=True, blank=True)
    title = models.CharField(max_length=LONGEST)
    seen = models.CharField(max_length=8, choices=Seen.choices)
    given_by = models.CharField(max_length=LONGEST, blank=True, default="")
    given_on = models.DateField(null=True, blank=True)
    given_how = models.CharField(max_length=8, choices=Yes.choices, blank=True, default="")
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_why = models.CharField(max_length=12, choices=PhotoEnd.choices, blank=True, default="")
    ended_words = models.CharField(max_length=LONGEST, blank=True, default="")

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(
                pupil="people.Pupil",
                session="provision.Session",
                document="documents.Document",
                outcome="support.Outcome",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="provision_work_has_a_title"),
            models.CheckConstraint(
                condition=Q(seen=Seen.NOBODY, given_by="", given_on__isnull=True, given_how="")
                | Q(seen=Seen.PUPIL, given_on__isnull=False, given_how__in=Yes.values)
                & ~Q(given_by=""),
                name="provision_work_who_is_seen_said_yes",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_why="")
                | Q(ended_at__isnull=False, ended_by__isnull=False, ended_why__in=PhotoEnd.values),
                name="provision_work_ended_says_why",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil", "-at"], name="provision_work_pupil"),
            models.Index(fields=["org", "session"], name="provision_work_session"),
            models.Index(fields=["org", "outcome"], name="provision_work_outcome"),
        ]

    def __str__(self) -> str:
        return f"work of {self.at:%Y-%m-%d}"
