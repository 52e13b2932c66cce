"""What an adult saw of a pupil who was watched on purpose."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from opensenco.access.base import Invalidable, OrgOwned, Versioned
from opensenco.access.keys import same_org, tenant_key
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.history import History
from opensenco.concerns.observation_states import EVERY, LAID_BESIDE_THE_PLAN, Watched

SHORT = 200


class Observation(OrgOwned, Versioned, Invalidable):
    """An adult watched a pupil: when, where, how, and what was seen.

    `labels` are what was tallied and `samples` which of them was seen at each look, by its place
    from 0, or null. `asked` is what the plan asked for on that day and whether it was seen: its
    words are copied, because a plan goes on changing.
    """

    tenancy: ClassVar[Tenancy] = Org(pupil="pupil_id")

    class PersonalData:
        """Which fields are personal, and why they are held."""

        fields: ClassVar[dict[str, str]] = {
            "place": "where the child was seen",
            "lesson": "in which lesson the child was seen",
            "present": "who else was there changes what is seen",
            "seen": "what the child did, as somebody saw it",
            "helped": "what helped the child",
            "hindered": "what got in the child’s way",
            "next_step": "what could be tried next",
            "labels": "what was looked for",
            "samples": "what was seen at set times",
            "asked": "whether the child got what the plan asks for",
            "colleague": "whose lesson or books were looked at, who reads it and is supported",
            "by": "who watched, and can be asked",
            "corrected_by": "who corrected it",
            "in_error_by": "who took it back",
            "in_error_reason": "can name somebody",
        }

    pupil = tenant_key("people.Pupil")
    kind = models.CharField(max_length=12, choices=Watched.choices)
    on = models.DateField()
    began = models.TimeField(null=True, blank=True)
    #: how long it was, as far as somebody said
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    place = models.CharField(max_length=SHORT, blank=True, default="")
    lesson = models.CharField(max_length=SHORT, blank=True, default="")
    present = models.CharField(max_length=SHORT, blank=True, default="")
    seen = models.TextField(blank=True, default="")
    helped = models.TextField(blank=True, default="")
    hindered = models.TextField(blank=True, default="")
    next_step = models.TextField(blank=True, default="")
    #: seconds between two looks
    every = models.PositiveSmallIntegerField(null=True, blank=True)
    labels = models.JSONField(default=list, blank=True)
    samples = models.JSONField(default=list, blank=True)
    asked = models.JSONField(default=list, blank=True)
    #: the concern because of which it was made, if there was one
    concern = tenant_key("concerns.Concern", null=True, blank=True)
    #: the plan whose words were looked for; plans stand above and are named by reference alone
    cycle = models.UUIDField(null=True, blank=True)
    #: whose lesson or books were looked at
    colleague = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    #: what was advised or shown before, at which this looks again; it is named by reference alone
    follows = models.UUIDField(null=True, blank=True)
    by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    corrected_at = models.DateTimeField(null=True, blank=True)
    corrected_by = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    history = History()

    class Meta(OrgOwned.Meta):
        constraints: ClassVar[list[BaseConstraint]] = [
            *OrgOwned.Meta.constraints,
            *Invalidable.Meta.constraints,
            *same_org(pupil="people.Pupil", concern="concerns.Concern"),
            models.CheckConstraint(
                condition=Q(kind__in=Watched.values), name="concerns_observation_kind"
            ),
            models.CheckConstraint(
                condition=Q(colleague__isnull=True, follows__isnull=True)
                | Q(kind__in=LAID_BESIDE_THE_PLAN),
                name="concerns_observation_of_a_colleague",
            ),
            models.CheckConstraint(
                condition=Q(kind=Watched.SAMPLING, every__in=[*EVERY])
                | (~Q(kind=Watched.SAMPLING) & Q(every__isnull=True) & ~Q(seen="")),
                name="concerns_observation_says_what_was_seen",
            ),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__range=(1, 600)),
                name="concerns_observation_minutes",
            ),
            models.CheckConstraint(
                condition=Q(corrected_at__isnull=True, corrected_by__isnull=True)
                | Q(corrected_at__isnull=False, corrected_by__isnull=False),
                name="concerns_observation_corrected_by_somebody",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["org", "pupil", "-on"], name="concerns_observation_pupil"),
            models.Index(fields=["org", "-on"], name="concerns_observation_on"),
            models.Index(fields=["org", "concern"], name="concerns_observation_concern"),
            models.Index(fields=["org", "colleague", "-on"], name="concerns_observation_whose"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.on}"
