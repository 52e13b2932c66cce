"""All threads that somebody takes part in: what they have not read first, then the newest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, F, Max, OuterRef, QuerySet, Sum, Value, When, Window
from django.db.models.functions import RowNumber

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.kernel.text import search_key
from opensenco.people.models import Pupil
from opensenco.people.queries import attach_classes
from opensenco.threads.models import Message
from opensenco.threads.queries import unread_of

PAGE = 20
#: words of a name that are read, and letters
MOST_WORDS, LONGEST = 5, 100


@dataclass(frozen=True)
class Talk:
    """The thread of one pupil, in a list.

    Args:
        last: its newest message. new: how many messages this person has not read.
    """

    pupil: Pupil
    last: Message
    new: int


def talks(actor: Actor, words: str = "", *, waiting: bool = False) -> QuerySet[Any, Any]:
    """Give the threads that this person takes part in and somebody wrote in.

    One row for each pupil: `pupil`, `last` (the moment of the newest message) and `new` (how many
    they have not read). Those with new ones come first, then the newest. Messages made in error
    count for none.

    Args:
        words: each stands in the pupil's name.
        waiting: only threads with messages that this person has not read.
    """
    rows = _standing(actor)
    for word in search_key(words[:LONGEST]).split()[:MOST_WORDS]:
        rows = rows.filter(pupil__search_key__contains=word)
    fresh = Exists(unread_of(actor, Message.objects.filter(pk=OuterRef("pk"))))
    counted = rows.annotate(fresh=Case(When(fresh, then=Value(1)), default=Value(0)))
    found = counted.order_by().values("pupil").annotate(last=Max("written_at"), new=Sum("fresh"))
    if waiting:
        found = found.filter(new__gt=0)
    waits = Case(When(new__gt=0, then=Value(0)), default=Value(1))
    return found.order_by(waits, "-last", "-pupil")


def lines(actor: Actor, rows: Sequence[Mapping[str, Any]]) -> list[Talk]:
    """Give part of that list with the pupils, their classes and each thread's newest message."""
    ids = [row["pupil"] for row in rows]
    nth = Window(
        RowNumber(), partition_by=F("pupil"), order_by=[F("written_at").desc(), F("id").desc()]
    )
    newest = _standing(actor).filter(pupil__in=ids).annotate(nth=nth).filter(nth=1)
    last = {one.pupil_id: one for one in newest.select_related("pupil", "writer").order_by("id")}
    attach_classes([one.pupil for one in last.values()], actor.today)
    return [Talk(last[pk].pupil, last[pk], row["new"]) for pk, row in zip(ids, rows, strict=True)]


def _standing(actor: Actor) -> QuerySet[Message]:
    return visible(actor, Action.THREAD_JOIN, Message).filter(in_error_at__isnull=True)
