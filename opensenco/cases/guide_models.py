"""Short guides beside the steps in a place's own words, and where somebody does otherwise."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import Invalidable, OrgOwned, Referenced, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.managers import ScopedManager
from opensenco.access.tenancy import Org, Public, Tenancy
from opensenco.audit.history import History

#: longer than a minute nobody reads
MOST_GUIDE = 2_000


class GuideEdition(Referenced):
    """The guide beside one step, as a school or its authority words it.

    Never edited: each time it is written another row is added, and the newest counts. Without words
    it was taken back.
    """

    tenancy: ClassVar[Tenancy] = Public(
        reason="authorities and schools word the guides that stand beside each step; nobody is "
        "named in them",
        adds="org_id",
    )

    class PersonalData:
        """Which fields are personal."""

        fields: ClassVar[dict[str, str]] = {}

    org = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="+")
    #: a step of opensenco.cases.guides, and for which kind of place: "plan", "plan@early"
    step = models.CharField(max_length=20)
    words = models.TextField(blank=True, default="")
    at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        base_manager_name = "objects"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "step", "-at"], name="cases_guideedition_newest")
        ]

    def __str__(self) -> str:
        return f"guide beside {self.step}"


class Departure(OrgOwned, Versioned, Invalidable):
    """That guidance is not followed for a pupil, and the good reason for it."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        part = "plans"
        fields: ClassVar[dict[str, str]] = {
            "words": "guidance is departed from for a good reason alone",
            "by": "who decided it",
            "in_error_by": "who took it back",
            "in_error_reason": "can name somebody",
        }

    pupil = tenant_key("people.Pupil")
    #: an identifier of the law's rulebook, "APD-05"
    rule = models.CharField(max_length=20)
    words = models.TextField()
    on = models.DateField()
    by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(rule=""), name="cases_departure_says_why"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil", "rule"], name="cases_departure_pupil"),
            models.Index(fields=["org", "-on"], name="cases_departure_on"),
        ]

    def __str__(self) -> str:
        return f"otherwise than {self.rule}"
