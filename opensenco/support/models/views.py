"""Views of the register that somebody named, to come back to."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned, Versioned
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History

MOST_NAME, MOST_QUERY = 60, 500


class SavedView(OrgOwned, Versioned):
    """What somebody chose on the register, by a name: theirs, or for all who see the register.

    It holds codes and references, never a pupil's name; the rows are chosen anew each time, by what
    its reader may see.
    """

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "owner": "whose view it is",
            "name": "what they called it; can name somebody",
        }

    owner = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=MOST_NAME)
    #: as it stands in the address: filters and order
    query = models.CharField(max_length=MOST_QUERY)
    shared = models.BooleanField(default=False)
    #: its owner's register opens with it
    is_default = models.BooleanField(default=False)
    #: taken away; never shown again
    ended_on = models.DateField(null=True, blank=True)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(query=""), name="support_savedview_says_something"
            ),
            models.UniqueConstraint(
                fields=["org", "owner", "name"],
                condition=Q(ended_on__isnull=True),
                name="support_savedview_one_of_a_name",
            ),
            models.UniqueConstraint(
                fields=["org", "owner"],
                condition=Q(ended_on__isnull=True, is_default=True),
                name="support_savedview_one_default",
            ),
        ]

    def __str__(self) -> str:
        return f"view {self.pk}"
