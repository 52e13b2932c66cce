"""Sentences of the record, and the paper or person that each came from.

Modelled once for whatever holds sentences: plans today, profiles, bids and answers later. A room
whose records can be sources says here how one is told of (`tells`), for those who may open it. Of
a source that somebody may not open nothing is told: no note, no number, no gap.

`attach` and `remove` are called inside operations of the room that holds the sentence.
"""

import re
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.audit.acting import acting
from opensenco.audit.history import end_of
from opensenco.cases.models import StatementSource
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.people.models import Pupil

LONGEST_WHO = 120
MOST = 100
_END = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True, slots=True)
class Told:
    """How a source is told of to somebody who may open it.

    Args:
        on_paper: whether it may be named on paper, which others read than who prints it.
    """

    words: str
    on_paper: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A sentence whose source this reader may know of."""

    row: StatementSource
    told: Told


Teller = Callable[[Actor, frozenset[uuid.UUID]], dict[uuid.UUID, Told]]
_tellers: dict[str, Teller] = {}


def tells(label: str, teller: Teller) -> None:
    """Say how records of a kind, "documents.Document", are told of as sources."""
    _tellers[label] = teller


def sentences(text: str) -> list[str]:
    """Give the sentences of a text, as far as full stops and lines tell them."""
    return [one for raw in _END.split(text) if (one := raw.strip())]


def changed() -> str:
    """Give the words for a sentence that does not read so any more."""
    return _("These words have changed. Choose the sentence again.")


def attach(
    *,
    actor: Actor,
    host: Model,
    pupil: Pupil,
    part: str,
    text: str,
    quote: str,
    reader: Action,
    source: Model | None = None,
    said_by: str = "",
    said_on: date | None = None,
) -> StatementSource:
    """Say where a sentence came from: a record, or somebody who said it.

    Args:
        text: what that part of the host says now; the sentence must stand in it.
        reader: the verb over the pupil that a reader must have.

    Raises:
        Invalid: the sentence is not there, or no source is named, or two, or one in the future.
        NotPossible: the source is not of this pupil, or cannot be opened by who names it.
    """
    acting()
    who = " ".join(said_by.split())
    if not quote.strip() or quote not in text:
        raise Invalid("quote", changed())
    if (source is None) == (not who):
        raise Invalid("document", _("Choose a paper, or say who said it. One of them."))
    if len(who) > LONGEST_WHO:
        raise Invalid("said_by", _("Use at most %(most)s characters.") % {"most": LONGEST_WHO})
    if said_on and (source is not None or said_on > actor.today):
        raise Invalid("said_on", _("Give the day on which they said it, today at the latest."))
    if source is not None and not _may_be_named(actor, source, pupil):
        raise NotPossible(_("This paper cannot be named here."))
    row = StatementSource(
        org_id=pupil.org_id, pupil=pupil, host_label=host._meta.label, part=part, quote=quote,
        host_ref=host.ref,  # type: ignore[attr-defined]
        source_label=source._meta.label if source else "",
        source_ref=source.ref if source else None,  # type: ignore[attr-defined]
        said_by=who, said_on=said_on, reader=reader.value, person=actor.person, at=actor.at,
    )  # fmt: skip
    if _standing(pupil, [host]).filter(
        part=part, quote=quote, source_ref=row.source_ref, said_by=who
    ):
        raise NotPossible(_("This source is named for this sentence already."))
    row.save()
    return row


def carry(*, pupil: Pupil, host: Model, to: Model, texts: Mapping[str, str]) -> int:
    """Let the sources of sentences go on with them into another record. Gives how many did.

    Who named a source, and when, goes with it: that is who can be asked. A sentence that does not
    read so any more leaves its source behind. The acting person need not know of the sources.

    Args:
        texts: by the part of `host` what the same part of `to` says now.
    """
    acting()
    rows = _standing(pupil, [host]).filter(part__in=texts).order_by("id")
    going = [row for row in rows if row.quote in texts[row.part]]
    StatementSource.objects.bulk_create(
        StatementSource(
            org_id=row.org_id, pupil_id=row.pupil_id, host_label=to._meta.label, part=row.part,
            host_ref=to.ref,  # type: ignore[attr-defined]
            quote=row.quote, source_label=row.source_label, source_ref=row.source_ref,
            said_by=row.said_by, said_on=row.said_on, reader=row.reader, person_id=row.person_id,
            at=row.at,
        )
        for row in going
    )  # fmt: skip
    return len(going)


def remove(*, actor: Actor, row: StatementSource) -> StatementSource:
    """Take a source away. Who named it and who took it away stays known.

    Raises:
        NotPossible: it was taken away before.
    """
    acting()
    if row.removed_at is not None:
        raise NotPossible(_("This source was taken away already."))
    row.removed_at, row.removed_by = actor.at, actor.person
    row.save(update_fields=["removed_at", "removed_by"])
    return row


def named(
    actor: Actor, hosts: Sequence[Model], *, removed: bool = False, day: date | None = None
) -> list[Named]:
    """Give what came from where in these records, in the order in which it was named.

    Two questions, or one where no record is named; what this reader may not open is left out.

    Args:
        removed: those taken away instead.
        day: those that stood at the end of a day, whatever became of them since.
    """
    refs = [host.ref for host in hosts]  # type: ignore[attr-defined]
    if actor.hat.role.guest or not actor.can_somewhere(Action.TASK_VIEW) or not refs:
        return []
    rows = visible(actor, Action.TASK_VIEW, StatementSource).filter(host_ref__in=refs)
    if day is None:
        rows = rows.filter(removed_at__isnull=not removed)
    else:
        end = end_of(day)
        rows = rows.filter(Q(removed_at__isnull=True) | Q(removed_at__gt=end), at__lte=end)
    found = list(rows.select_related("pupil", "person", "removed_by").order_by("id")[:MOST])
    told = _told(actor, found)
    return [
        Named(row, told[row.source_ref] if row.source_ref else Told(row.said_by, True))
        for row in found
        if row.source_ref is None or row.source_ref in told
    ]


def _standing(pupil: Pupil, hosts: Iterable[Model]) -> QuerySet[StatementSource]:
    refs = [host.ref for host in hosts]  # type: ignore[attr-defined]
    return StatementSource.objects.filter(pupil=pupil, host_ref__in=refs, removed_at__isnull=True)


def _told(actor: Actor, rows: Sequence[StatementSource]) -> dict[uuid.UUID, Told]:
    found: dict[uuid.UUID, Told] = {}
    for label in sorted({row.source_label for row in rows} & set(_tellers)):
        refs = frozenset(r.source_ref for r in rows if r.source_label == label and r.source_ref)
        found |= _tellers[label](actor, refs)
    return found


def _may_be_named(actor: Actor, source: Model, pupil: Pupil) -> bool:
    teller = _tellers.get(source._meta.label)
    ref: uuid.UUID = source.ref  # type: ignore[attr-defined]
    same = source.pupil_id == pupil.pk  # type: ignore[attr-defined]
    return bool(teller and same and teller(actor, frozenset({ref})))
