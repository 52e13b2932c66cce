"""Who stands in for a SENCO who is away."""

from typing import ClassVar

from django.db import models
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy

#: the roles that stand in: for one part of a place, or for all of it; neither runs the place
FOR_A_PART, FOR_ALL = "SENCO_PHASE", "SEN_TEAM"
COVERS = frozenset({FOR_A_PART, FOR_ALL})


class SencoCover(OrgOwned):
    """Somebody stands in for a SENCO, by a role of their own from a day to a day.

    The role is the one truth of its days: when it ends, so does this. No reason is held.
    """

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "away": "whose work is done meanwhile, and who reads afterwards what was done",
            "by": "who arranged it",
        }

    away = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    #: the role of who stands in
    membership = tenant_key("access.Membership")
    by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(membership="access.Membership"),
            models.UniqueConstraint(fields=["org", "membership"], name="access_sencocover_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "away"], name="access_sencocover_away")
        ]

    def __str__(self) -> str:
        return f"cover of role {self.membership_id}"
