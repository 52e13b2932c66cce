"""Who has read what helps a pupil, in which words."""

from typing import ClassVar

from django.db import models
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy


class ProfileRead(OrgOwned):
    """A person says that they have read a pupil's profile and strategies as they stood then.

    Never changed: once the page has other words, its readers are asked again, and shown what is
    other than it was here.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id", append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "person": "so that the SENCO knows who teaches the child as the page says"
        }

    pupil = tenant_key("people.Pupil")
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    #: the version of the profile; 0 where there was none
    of_profile = models.PositiveIntegerField()
    #: the version of the strategies (`queries.reading.spans_version`); 0 where there were none
    of_strategies = models.PositiveIntegerField()
    #: how often something was said of their health (each row's version, added up)
    of_alerts = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            models.UniqueConstraint(
                fields=["org", "pupil", "person", "of_profile", "of_strategies", "of_alerts"],
                name="support_profileread_once",
            ),
        ]

    def __str__(self) -> str:
        return f"read on {self.at:%Y-%m-%d}"
