"""What changed in a pupil's details and in those of the people round them: read from the history.

What people write on the timeline is told of by `seen`. Details have no such line: their versions
are the only trace.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BigAutoField, CharField, DateTimeField, QuerySet, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.questions import Told, question
from opensenco.access.registry import visible
from opensenco.kernel.clock import london_date
from opensenco.people.models import CareStatus, Contact, HealthAlert, Pupil

MOST = 20


@dataclass(frozen=True)
class Detail:
    """One thing that was changed: when, by whom, and one sentence."""

    at: datetime
    words: str
    who: str

    @property
    def on(self) -> date:
        """The day on which it was changed."""
        return london_date(self.at)


@dataclass(frozen=True)
class _Kind:
    """A kind of row: the verb with which its versions are read, and what is said of them."""

    model: Any
    action: Action
    pupil: str
    added: str | Promise
    changed: str | Promise


KINDS = {
    "pupil": _Kind(
        Pupil, Action.PUPIL_HISTORY, "id",
        _("The pupil was added."), _("The pupil’s details were changed."),
    ),
    "contact": _Kind(
        Contact, Action.CONTACT_VIEW, "pupil_id",
        _("A contact was added."), _("A contact’s details were changed."),
    ),
    "care": _Kind(
        CareStatus, Action.CARE_VIEW, "pupil_id",
        _("A care status was added."), _("The care status was changed."),
    ),
    "health": _Kind(
        HealthAlert, Action.HEALTH_VIEW, "pupil_id",
        _("A health alert was added."), _("A health alert was changed."),
    ),
}  # fmt: skip


def details(actor: Actor, pupil: Pupil, since: datetime) -> list[Detail]:
    """Give what others changed in a pupil's details since a moment, newest first; one question.

    The same kind of change by the same person on one day is told once.
    """
    if not _kinds(actor):
        return []
    found: dict[tuple[str, str, date], Detail] = {}
    for at, kind, how, *name in _changes.ask(actor, pupil=pupil.pk, since=since):
        said = KINDS[kind].added if how == "+" else KINDS[kind].changed
        one = Detail(at, str(said), " ".join(part for part in name if part))
        found.setdefault((one.words, one.who, one.on), one)
    return list(found.values())


def _kinds(actor: Actor) -> list[tuple[str, _Kind]]:
    return [one for one in KINDS.items() if actor.can_somewhere(one[1].action)]


@question
def _changes(actor: Actor) -> QuerySet[Any, Any]:
    since = Told("since", DateTimeField())
    first, *others = (
        _versions(actor, name, kind).filter(history_date__gt=since).order_by().values_list(
            "history_date", "which", "history_type",
            "history_user__first_name", "history_user__last_name",
        )
        for name, kind in _kinds(actor)
    )  # fmt: skip
    together: QuerySet[Any, Any] = first.union(*others, all=True)
    return together.order_by("-history_date")[:MOST]


def _versions(actor: Actor, name: str, kind: _Kind) -> QuerySet[Any]:
    """Give the versions of a kind that others wrote, where this person reads such of the pupil."""
    pupil = Told("pupil", BigAutoField())
    history: QuerySet[Any] = kind.model.history.exclude(history_user=actor.person)
    reads = visible(actor, kind.action, Pupil).filter(pk=pupil).values("pk")
    rows = history.filter(**{kind.pupil: pupil, f"{kind.pupil}__in": reads})
    versions: QuerySet[Any] = rows.annotate(which=Value(name, CharField()))
    return versions
