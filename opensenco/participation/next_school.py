"""Whether the next school of a pupil who leaves says, by a link, that it is ready.

A school that has OpenSENCO says so to the pack that it is sent (`network.queries.not_ready`). One
that has not is asked by a shipped set of questions, as anybody outside is; what it said is read
from there and kept nowhere else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.questions import Among, question
from opensenco.access.registry import visible
from opensenco.participation.models import Asked, AskLink
from opensenco.participation.queries import Calendars
from opensenco.participation.questions import YES
from opensenco.participation.states import AskedAs, AskedState
from opensenco.people.models import Pupil

#: the shipped set, and those of its questions by which a next school says how far it is
NEXT_SCHOOL = "next-school"
IS_READY, IS_MISSING = "ready", "missing"
#: what was asked longer before the last day is of another leaving
BEFORE = timedelta(days=200)


@dataclass(frozen=True)
class NextSchool:
    """Where asking the next school of one pupil stands.

    Args:
        last: who was asked last.
        said: the last answer that it gave; None where there is none yet.
        silent: school days that the last one asked has been silent; None where nobody is waited
            for, or where the days were not wanted.
    """

    pupil: Pupil
    last: Asked
    said: Asked | None
    silent: int | None = None

    @property
    def waits(self) -> bool:
        """Whether an answer is waited for."""
        return self.last.state == AskedState.WAITING

    @property
    def declined(self) -> bool:
        """Whether the last one asked said that they cannot answer."""
        return self.last.state == AskedState.DECLINED

    @property
    def ready(self) -> bool:
        """Whether the next school says that it is ready."""
        return self.said is not None and self.said.answers.get(IS_READY) == YES

    @property
    def not_yet(self) -> bool:
        """Whether it answered, and not that it is ready."""
        return self.said is not None and not self.ready

    @property
    def missing(self) -> str:
        """What it says is missing."""
        return str(self.said.answers.get(IS_MISSING, "")) if self.said else ""


def next_schools(
    actor: Actor, pupils: Iterable[Pupil], *, counted: bool = False
) -> dict[int, NextSchool]:
    """Give where it stands with those pupils whose next school was asked, by their ids.

    Args:
        pupils: who leave. None of them asks nothing of the database.
        counted: count the school days of silence too.
    """
    leave = {one.pk: one for one in pupils}
    if not leave or not actor.can_somewhere(Action.ASK_SEND):
        return {}
    parts: dict[int, list[Asked]] = {}
    for part in _asked_there.ask(actor, pupils=list(leave)):
        left = leave[part.pupil_id].left_on
        if left is None or part.asked_on >= left - BEFORE:
            parts.setdefault(part.pupil_id, []).append(part)
    days = Calendars(actor) if counted else None
    return {pk: _stands(leave[pk], rows, days) for pk, rows in parts.items()}


def _stands(pupil: Pupil, parts: list[Asked], days: Calendars | None) -> NextSchool:
    """Say where it stands, from all that was asked of it in order."""
    answers = [one for one in parts if one.state == AskedState.ANSWERED]
    said = max(answers, key=lambda one: (one.answered_on, one.pk), default=None)
    last = parts[-1]
    waits = days is not None and last.state == AskedState.WAITING
    silent = days.since(last.org_id, last.asked_on) if days is not None and waits else None
    return NextSchool(pupil, last, said, silent)


@question
def _asked_there(actor: Actor) -> QuerySet[Asked]:
    rows = visible(actor, Action.ASK_SEND, Asked).filter(
        Among("pupil", "pupils"), person__isnull=True, asked_as=AskedAs.PROFESSIONAL,
        ask_round__in_error_at__isnull=True,
        ask_round__questions__question_set__starter=NEXT_SCHOOL,
    )  # fmt: skip
    # closed without an answer, or taken back: nobody is asked by it any more
    return (
        rows.exclude(state=AskedState.EXCUSED).select_related("ask_round")
        .order_by("asked_on", "id")
    )  # fmt: skip


def asked_before(actor: Actor, pupil: Pupil) -> AskLink | None:
    """Give the link by which somebody at the next school was asked last, to ask them again."""
    found = next_schools(actor, [pupil]).get(pupil.pk)
    if found is None:
        return None
    rows = visible(actor, Action.ASK_SEND, AskLink).filter(asked=found.last)
    link: AskLink | None = rows.select_related("asked").first()
    return link
