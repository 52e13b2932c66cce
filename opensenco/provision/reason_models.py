"""A place's own reasons why a session was not held, each of a kind that all places have."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import OrgOwned, Versioned
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History
from opensenco.provision.states import WhyNot

MOST_REASON = 80


class OwnReason(OrgOwned, Versioned):
    """One reason in a place's own words. Totals count its kind, so that places can be compared.

    A session keeps the words that were chosen for it: a reason that ends changes nothing of before.
    """

    tenancy: ClassVar[Tenancy] = Org()

    class PersonalData:
        """Which fields are personal: none, a reason of the list names nobody."""

        fields: ClassVar[dict[str, str]] = {}

    words = models.CharField(max_length=MOST_REASON)
    kind = models.CharField(max_length=20, choices=WhyNot.choices)
    ended_on = models.DateField(null=True, blank=True)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            models.UniqueConstraint(
                fields=["org", "words"],
                condition=Q(ended_on__isnull=True),
                name="provision_ownreason_words",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="provision_ownreason_has_words"),
            models.CheckConstraint(
                condition=Q(kind__in=WhyNot.values), name="provision_ownreason_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.words
