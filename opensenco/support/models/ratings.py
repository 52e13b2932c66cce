"""How much help a pupil needs, rated by a short set of questions on a day."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import Invalidable, OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History


class NeedRating(OrgOwned, Versioned, Invalidable):
    """How somebody rated on a day how much help a pupil needs, beside the codes of needs."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "answers": "to see whether the child needs more help or less than before",
            "words": "what somebody saw that the levels do not say",
            "rated_by": "who saw it, and is asked",
            "in_error_reason": "can name somebody",
        }

    pupil = tenant_key("people.Pupil")
    rated_on = models.DateField()
    rated_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    #: which version of support.need_questions was answered
    of_questions = models.PositiveSmallIntegerField()
    #: by the name of the question, a value of need_questions.Help; what nobody saw is left out
    answers = models.JSONField()
    words = models.TextField(blank=True, default="")

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            models.CheckConstraint(
                condition=Q(of_questions__gte=1), name="support_needrating_of_questions"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil", "-rated_on"], name="support_needrating_pupil")
        ]

    def __str__(self) -> str:
        return f"rated on {self.rated_on}"
