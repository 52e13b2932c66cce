"""Reading the thread of a pupil: what is unread, who has read, what was said before."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.registry import visible
from opensenco.gate.rows import find
from opensenco.people.models import Pupil
from opensenco.threads.models import Message, MessageRead

#: messages that a page shows before one asks for all; and then
SHOWN, MOST = 40, 1000
MOST_OF_A_DAY = 100


@dataclass(frozen=True)
class Line:
    """One message as this person sees it.

    Args:
        unread: this person has not seen these words.
        readers: who has read these words, the first reader first.
        before: the words it had before, with the moment in which they were written.
    """

    message: Message
    unread: bool
    readers: list[str]
    before: list[tuple[datetime, str]]
    may_correct: bool
    may_mark: bool


@dataclass(frozen=True)
class Thread:
    """The messages about a pupil, oldest first.

    Args:
        earlier: how many older ones are not shown.
    """

    lines: list[Line]
    earlier: int

    @property
    def unread(self) -> list[Message]:
        """What this person has now read for the first time."""
        return [line.message for line in self.lines if line.unread]

    @property
    def first_unread(self) -> Message | None:
        """Where this person goes on reading."""
        return next(iter(self.unread), None)


def thread(actor: Actor, pupil: Pupil, *, whole: bool = False) -> Thread:
    """Give the newest 40 messages about a pupil, oldest first; never fewer than are unread."""
    rows = visible(actor, Action.THREAD_JOIN, Message).filter(pupil=pupil)
    count, waits = rows.count(), unread_of(actor, rows).count()
    most = MOST if whole else min(MOST, max(SHOWN, waits))
    shown = rows.annotate(fresh=Exists(unread_of(actor, rows).filter(pk=OuterRef("pk"))))
    newest = shown.select_related("writer", "in_error_by").order_by("-written_at", "-id")
    found = list(newest[:most])[::-1]
    return Thread(_lines(actor, found), count - len(found))


def handed_over_today(actor: Actor, org: Organisation) -> list[Message]:
    """Give the messages that are meant for today, about pupils in whose threads one takes part, by
    name; asked only of who takes part in any."""
    if not actor.can_somewhere(Action.THREAD_JOIN):
        return []
    rows = visible(actor, Action.THREAD_JOIN, Message).filter(
        org=org, for_day=actor.today, in_error_at__isnull=True
    )
    found = rows.select_related("pupil", "writer").order_by("pupil__sort_key", "written_at", "id")
    return list(found[:MOST_OF_A_DAY])


def unread_about(actor: Actor, pupil: Pupil) -> list[datetime]:
    """Give the moments of the messages about a pupil that this person has not read.

    None where they take no part.
    """
    if not actor.can_somewhere(Action.THREAD_JOIN):
        return []
    rows = visible(actor, Action.THREAD_JOIN, Message).filter(pupil=pupil)
    moment = Coalesce("corrected_at", "written_at")
    return list(unread_of(actor, rows).values_list(moment, flat=True).order_by("-id")[:MOST])


def unread_rows(actor: Actor) -> QuerySet[Any]:
    """Give the messages that this person has not read, each with its `child` and its `moment`.

    For lists of what is new about pupils (`cases.seen`): the moment is that of the words it has.
    """
    rows = unread_of(actor, visible(actor, Action.THREAD_JOIN, Message))
    return rows.annotate(
        child=Coalesce("pupil__same_as", "pupil"), moment=Coalesce("corrected_at", "written_at")
    )


def message(actor: Actor, ref: uuid.UUID) -> Message:
    """Give a message that this actor may put right.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, Action.THREAD_MEND, Message, ref, "pupil", "pupil__org", "org", "writer")


def unread_of(actor: Actor, rows: QuerySet[Message]) -> QuerySet[Message]:
    """Give of these messages what others wrote and this person has not seen in its words now."""
    read = MessageRead.objects.filter(
        message=OuterRef("pk"), of_version=OuterRef("version"), person=actor.person
    )
    others = rows.filter(in_error_at__isnull=True).exclude(writer=actor.person)
    return others.filter(~Exists(read))


def _lines(actor: Actor, rows: Sequence[Message]) -> list[Line]:
    readers, before = _readers(rows), _before(rows)
    here = visible(actor, Action.THREAD_MEND, Message).filter(pk__in=[row.pk for row in rows])
    mends = set(here.values_list("pk", flat=True))
    return [
        Line(
            row,
            bool(getattr(row, "fresh", False)),
            readers.get((row.pk, row.version), []),
            [] if row.in_error else before.get(row.pk, []),
            row.pk in mends and row.writer_id == actor.person.pk and not row.in_error,
            row.pk in mends and not row.in_error,
        )
        for row in rows
    ]


def _readers(rows: Sequence[Message]) -> dict[tuple[int, int], list[str]]:
    found: dict[tuple[int, int], list[str]] = {}
    reads = MessageRead.objects.filter(message__in=[row.pk for row in rows])
    for one in reads.select_related("person").order_by("at", "id"):
        found.setdefault((one.message_id, one.of_version), []).append(one.person.name)
    return found


def _before(rows: Sequence[Message]) -> dict[int, list[tuple[datetime, str]]]:
    """Give the words that were put right, from the history; asked only where there are any."""
    corrected = {row.pk: row for row in rows if row.corrected_at is not None}
    found: dict[int, list[tuple[datetime, str]]] = {}
    if not corrected:
        return found
    history: Any = Message.history
    for old in history.filter(id__in=corrected).order_by("history_id"):
        had = found.setdefault(old.id, [])
        if old.words != corrected[old.id].words and (not had or had[-1][1] != old.words):
            had.append((old.corrected_at or old.written_at, old.words))
    return found
