"""A pupil's timeline as it stood at the end of a day, for today's reader."""

from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.audit.history import end_of
from opensenco.cases.models import Fact
from opensenco.cases.queries import MOST_FACTS
from opensenco.cases.states import GONE_WHEN_TAKEN_BACK
from opensenco.people.looking_back import reads_then, records_then
from opensenco.people.models import Pupil


@dataclass(frozen=True)
class Stood:
    """One fact as it stood, and whether it was put right or taken back since."""

    fact: Fact
    righted: bool


def timeline_then(actor: Actor, pupil: Pupil, day: date) -> list[Stood]:
    """Give the facts that stood at the end of a day, newest first, at most 200.

    Those that this actor may read today: what was confidential then, and is not for them, is not
    there. What had been put right by then is left out; what was put right later is marked. What was
    taken down since is not told any more.
    """
    if not reads_then(actor, pupil):
        return []
    written = Fact.objects.filter(at__lte=end_of(day))
    rows = visible(actor, Action.TASK_VIEW, Fact).filter(
        pupil__in=records_then(pupil, day), at__lte=end_of(day)
    )
    since = ExpressionWrapper(_righted(Fact.objects.all()), output_field=BooleanField())
    stood = rows.filter(~_righted(written)).annotate(since=since)
    stood = stood.exclude(kind__in=GONE_WHEN_TAKEN_BACK, since=True)
    ordered = stood.select_related("person").order_by("-on", "-at", "-id")[:MOST_FACTS]
    return [Stood(one, one.since) for one in ordered]


def _righted(later: QuerySet[Fact]) -> Q:
    """Give whether one of these facts put the outer one right, or took it back."""
    corrected = later.filter(corrects=OuterRef("pk"), corrects__isnull=False)
    taken_back = later.filter(
        withdraws=True, source_ref=OuterRef("source_ref"), id__gt=OuterRef("pk")
    )
    return Q(Exists(corrected)) | Q(Exists(taken_back))
