"""Reading the dates that the law gives: what is due, and what is the most telling of what waits."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import BigAutoField, F, Q, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.questions import AmongRefs, Told, counted, question
from opensenco.access.registry import visible
from opensenco.cases.models import DueDate
from opensenco.cases.queries import AboutPupil, Turn, attach_class_names
from opensenco.law.due import Due, State, state
from opensenco.law.stored import from_data
from opensenco.law.strength import Strength
from opensenco.people.models import Pupil

MOST_DUES = 12
#: a school year back: older dates are history, and the timeline has them
LOOK_BACK = timedelta(days=400)


@dataclass(frozen=True)
class DueRow(AboutPupil):
    """One date that the law gives, with its state on the day it is read."""

    due: Due
    state: State
    pupil: Pupil | None
    org: Organisation
    source_label: str
    source_ref: uuid.UUID

    @property
    def place(self) -> str:
        """Whose date it is, by its name."""
        return self.org.name


def dues(
    actor: Actor,
    *,
    pupil: Pupil | None = None,
    without: Collection[uuid.UUID] = (),
    most: int = MOST_DUES,
) -> tuple[list[DueRow], int]:
    """Give the dates that are not done, soonest first, and how many there are.

    What is done, over or excused is left out; a step that has no date comes last.

    Args:
        pupil: only of this pupil.
        without: not of these sources, which stand elsewhere on the page.
    """
    told: dict[str, Any] = {"without": without}
    if pupil is not None:
        told["pupil"] = pupil.pk
    rows = _soonest.ask(actor, pupil is not None, most, **told)
    found = [_due_row(actor, row) for row in rows]
    attach_class_names(actor, found)
    if len(found) < most:
        return found, len(found)
    return found, sum(_how_many.ask(actor, pupil is not None, **told))


def _wanted(actor: Actor, of_pupil: bool) -> QuerySet[DueDate]:
    rows = not_done(actor).filter(~Q(AmongRefs("source_ref", "without")))
    return rows.filter(pupil=Told("pupil", BigAutoField())) if of_pupil else rows


@question
def _soonest(actor: Actor, of_pupil: bool, most: int) -> QuerySet[DueDate]:
    rows = _wanted(actor, of_pupil).select_related("pupil", "org")
    return rows.order_by(F("on").asc(nulls_last=True), "id")[:most]


@question
def _how_many(actor: Actor, of_pupil: bool) -> QuerySet[Any, int]:
    return counted(_wanted(actor, of_pupil))


def dues_of(actor: Actor, turns: Iterable[Turn]) -> dict[uuid.UUID, DueRow]:
    """Give for each source of what waits its most telling date: the strongest, then the first.

    A date that is only a reminder of a legal one of the same thing is so not told a second time.
    """
    rows = _of_sources.ask(actor, sources={turn.source_ref for turn in turns})
    ranked = sorted(
        (_due_row(actor, row) for row in rows),
        key=lambda one: (list(Strength).index(one.due.strength), one.due.on or date.max),
    )
    found: dict[uuid.UUID, DueRow] = {}
    for one in ranked:
        found.setdefault(one.source_ref, one)
    return found


@question
def _of_sources(actor: Actor) -> QuerySet[DueDate]:
    rows = not_done(actor).filter(AmongRefs("source_ref", "sources"))
    return rows.select_related("pupil", "org").order_by("id")


def not_done(actor: Actor) -> QuerySet[DueDate]:
    """Dates that are neither done nor excused nor over, of the last year and to come."""
    return (
        visible(actor, Action.TASK_VIEW, DueDate)
        .filter(done_on__isnull=True, excused=False)
        .exclude(on__lt=actor.today - LOOK_BACK)
        .exclude(comes=True, on__lt=actor.today)
    )


def _due_row(actor: Actor, row: DueDate) -> DueRow:
    due = from_data(row.data)
    return DueRow(
        due, state(due, actor.today), row.pupil, row.org, row.source_label, row.source_ref
    )
