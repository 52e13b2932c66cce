"""Messages of the adults who work with a pupil, and who has read which words."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import Invalidable, OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History
from opensenco.threads.advice_models import Advice as Advice
from opensenco.threads.learning_models import Learning as Learning
from opensenco.threads.note_models import ClassNote as ClassNote
from opensenco.threads.question_models import SencoQuestion as SencoQuestion


class Message(OrgOwned, Versioned, Invalidable):
    """One short message in the thread of a pupil. The thread is all messages about one pupil."""

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "words": "what those who work with a child tell each other about the child",
            "writer": "who says so, and is answered",
            "in_error_by": "who took it back",
            "in_error_reason": "can name somebody",
        }

    pupil = tenant_key("people.Pupil")
    words = models.TextField()
    writer = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    #: when its writer last put it in other words; the history has the words before
    corrected_at = models.DateTimeField(null=True, blank=True)
    #: the one day for which it is meant, where it hands something over; else it is for whenever
    for_day = models.DateField(null=True, blank=True)

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(pupil="people.Pupil"),
            models.CheckConstraint(condition=~Q(words=""), name="threads_message_says_something"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil", "written_at"], name="threads_message_pupil"),
            models.Index(fields=["org", "for_day"], name="threads_message_for_day"),
        ]

    def __str__(self) -> str:
        return f"message of {self.written_at:%Y-%m-%d}"


class MessageRead(OrgOwned):
    """A person has read a message in these words: a corrected message is read anew."""

    tenancy: ClassVar[Tenancy] = Org(append_only=True)

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {"person": "who has read it, for who wrote it"}

    message = tenant_key("threads.Message")
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    #: the version of the message that was read
    of_version = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *same_org(message="threads.Message"),
            models.UniqueConstraint(
                fields=["org", "message", "person", "of_version"], name="threads_messageread_once"
            ),
        ]

    def __str__(self) -> str:
        return f"read on {self.at:%Y-%m-%d}"
