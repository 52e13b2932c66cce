"""How much help a pupil needs, as it was rated, compared over time."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.rows import find
from opensenco.people.models import Pupil
from opensenco.support.models import NeedRating
from opensenco.support.need_questions import Help, versions
from opensenco.support.queries.reading import rows_of

#: ratings side by side; older ones are on click
SHOWN = 4


@dataclass(frozen=True)
class Compared:
    """One question over time.

    Args:
        levels: in the order of the ratings, the oldest first; None where nobody answered.
        change: of the last two answers: 1 for more help, -1 for less, 0 for the same or one only.
    """

    text: str
    levels: list[str | None]
    change: int


def ratings_of(actor: Actor, pupil: Pupil, day: date | None = None) -> list[NeedRating]:
    """Give the ratings of a pupil that stand, the newest first.

    Args:
        day: as they stood at its end.
    """
    found = rows_of(actor, Action.PLAN_VIEW, NeedRating, pupil, day).filter(
        in_error_at__isnull=True
    )
    if day is None:
        found = found.select_related("rated_by")
    return list(found.order_by("-rated_on", "-id"))


def compared(ratings: list[NeedRating]) -> list[Compared]:
    """Put ratings beside each other, question by question, the oldest first.

    Questions of another version stand beside those of the same name; each as it was last worded.
    """
    oldest_first = ratings[::-1]
    texts: dict[str, str] = {}
    for row in oldest_first:
        for question in versions()[row.of_questions].questions:
            texts[question.id] = question.text
    found = []
    for name, text in texts.items():
        given = [row.answers.get(name) for row in oldest_first]
        known = [level for level in given if level is not None]
        change = (known[-1] > known[-2]) - (known[-1] < known[-2]) if len(known) > 1 else 0
        shown = [str(Help(level).label) if level is not None else None for level in given]
        if known:
            found.append(Compared(_(text), shown, change))
    return found


def rating(actor: Actor, ref: uuid.UUID) -> NeedRating:
    """Give a rating that this actor may mark as made in error.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, Action.RECORD_INVALIDATE, NeedRating, ref, "pupil", "pupil__org")
