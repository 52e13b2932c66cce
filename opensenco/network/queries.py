"""Reading packs: the sender's side, the receiver's side, and what waits on each."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.questions import counted, question
from opensenco.access.registry import may, visible
from opensenco.gate.rows import find
from opensenco.kernel.errors import NotFound
from opensenco.kernel.text import sort_key
from opensenco.network.blind import Find, finds, without
from opensenco.network.content import Section, from_data
from opensenco.network.models import Pack, Prepared, Receipt, Reply
from opensenco.network.seeing import seen_parts, shown_to, telling_of
from opensenco.network.states import (
    READY,
    TERMS,
    Part,
    Purpose,
    ReplyKind,
    Stage,
    Terms,
    in_order,
)
from opensenco.people.models import Pupil

MOST = 50
MOST_RECEIPTS = 100
MOST_NEWS = 8


def sent_on(actor: Actor, pupils: Iterable[Pupil]) -> set[int]:
    """Give those of some pupils whose record has been sent to another school, by their ids."""
    rows = visible(actor, Action.PACK_SEND, Prepared).filter(
        pupil__in=[one.pk for one in pupils], purpose=Purpose.MOVING, stage=Stage.SENT
    )
    return set(rows.values_list("pupil", flat=True))


def not_ready(actor: Actor, pupils: Iterable[Pupil]) -> list[Prepared]:
    """Give what was sent of pupils who go to another school that has not said that it is ready."""
    said = Reply.objects.filter(pack=OuterRef("pack_id"), org=OuterRef("org"), kind__in=READY)
    rows = visible(actor, Action.PACK_SEND, Prepared).filter(
        ~Exists(said), pupil__in=[one.pk for one in pupils], purpose=Purpose.MOVING,
        stage=Stage.SENT, until__gte=actor.today,
    )  # fmt: skip
    return list(rows.select_related("pupil", "to", "pack").order_by("pupil__sort_key", "id"))


@dataclass(frozen=True)
class Ours:
    """The sender's page of a pack.

    Args:
        sections: as the receiver reads them; what this colleague may not see is hidden from them.
        finds: in a blind pack, the texts in which something leads to the child.
        receipts: who opened it, the newest first. replies: what was said back, in order.
    """

    prepared: Prepared
    pack: Pack | None
    terms: Terms
    sections: tuple[Section, ...]
    finds: list[Find]
    receipts: list[Receipt]
    replies: list[Reply]
    sees_all: bool

    @property
    def ready(self) -> bool:
        """Whether nothing stands in the way of sending it."""
        return self.sees_all and not any(one.must_go for one in self.finds)

    @property
    def unread(self) -> bool:
        """Whether an answer waits to be read."""
        read = self.prepared.replies_read_at
        return any(read is None or reply.at > read for reply in self.replies)

    @property
    def may_withdraw(self) -> bool:
        """Whether it can still be taken back."""
        fixed = self.terms.statutory and bool(self.receipts)
        return self.prepared.stage == Stage.SENT and not fixed


@dataclass(frozen=True)
class Mend:
    """One text of a blind pack to read again before it is sent.

    Args:
        name: of its place, or "words" for the covering note.
        proposal: the text with what must go put into general words.
    """

    name: str
    label: str
    find: Find
    proposal: str


@dataclass(frozen=True)
class Theirs:
    """The receiver's page of a pack."""

    pack: Pack
    sections: tuple[Section, ...]
    replies: list[Reply]
    receipts: list[Receipt]
    may_answer: bool

    @property
    def sender(self) -> str:
        """Who sent it; of a blind pack nobody is told."""
        return "" if self.pack.blind else self.pack.from_org.name


@dataclass(frozen=True)
class SentRow:
    """One line of what was sent or is being prepared."""

    prepared: Prepared
    opened: int
    last_opened: datetime | None
    answered: bool
    unread: bool


@dataclass(frozen=True)
class ReceivedRow:
    """One line of what was received."""

    pack: Pack
    first_opened: datetime | None
    answered: bool

    @property
    def sender(self) -> str:
        """Who sent it; of a blind pack nobody is told."""
        return "" if self.pack.blind else self.pack.from_org.name


@dataclass(frozen=True)
class Coming:
    """A pupil who comes from another school, and of whom nobody here has said that we are ready.

    Args:
        leaves: their last day there, where the sender said it.
    """

    pack: Pack
    leaves: date | None


@dataclass(frozen=True)
class News:
    """What came and waits: packs that nobody here has opened, pupils who come, answers not read."""

    received: list[Pack]
    coming: list[Coming]
    answered: list[Prepared]


def receivers(actor: Actor, purpose: str = "") -> list[Organisation]:
    """Give the organisations of this installation that a pack can go to, by name."""
    rows = Organisation.objects.filter(closed_on__isnull=True).exclude(
        Q(pk__in=actor.hat.orgs) | Q(kind=Organisation.Kind.PART)
    )
    kinds = TERMS[Purpose(purpose)].kinds if purpose in Purpose.values else ()
    if kinds:
        rows = rows.filter(kind__in=kinds)
    return sorted(rows, key=lambda one: (sort_key(one.name), one.pk))


def offered_parts(actor: Actor, prepared: Prepared) -> list[Part]:
    """Give the parts that this actor can put into a pack of its purpose."""
    able = TERMS[Purpose(prepared.purpose)].allowed & seen_parts(actor, prepared.pupil)
    return [part for part in Part if part in able]


def prepared(actor: Actor, ref: uuid.UUID) -> Prepared:
    """Give the sender's row of a reference.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(
        actor, Action.PACK_SEND, Prepared, ref,
        "pupil", "pupil__org", "to", "pack", "person", "sent_by", "withdrawn_by",
    )  # fmt: skip


def ours(actor: Actor, row: Prepared) -> Ours:
    """Gather the sender's page of a pack."""
    terms = TERMS[Purpose(row.purpose)]
    seen = seen_parts(actor, row.pupil)
    whole = from_data(row.content)
    looks = terms.blind and row.stage == Stage.PREPARED
    receipts = visible(actor, Action.PACK_SEND, Receipt).filter(pack=row.pack_id)
    replies = visible(actor, Action.PACK_SEND, Reply).filter(pack=row.pack_id)
    return Ours(
        prepared=row,
        pack=row.pack,
        terms=terms,
        sections=shown_to(whole, seen),
        finds=finds(whole, row.words, telling_of(actor, row.pupil)) if looks else [],
        receipts=list(receipts.order_by("-at", "-id")[:MOST_RECEIPTS]) if row.pack_id else [],
        replies=list(replies.order_by("at", "id")[:MOST_RECEIPTS]) if row.pack_id else [],
        sees_all=set(in_order(row.parts)) <= seen,
    )


def mends(actor: Actor, shown: Ours) -> list[Mend]:
    """Give the texts of a blind pack that must or might change, each with a proposal."""
    telling = telling_of(actor, shown.prepared.pupil)
    found = []
    for one in shown.finds:
        place = one.place
        label = ""
        if place is not None:
            section = shown.sections[place.section]
            block = section.blocks[place.block]
            said = block.rows[place.row][0] if place.row >= 0 and place.cell else ""
            label = ", ".join(part for part in (section.title, block.heading, said) if part)
        name = place.name if place else "words"
        found.append(Mend(name, label, one, without(one.text, telling)))
    return found


def received(actor: Actor, ref: uuid.UUID, action: Action = Action.PACK_OPEN) -> Pack:
    """Give a pack that was sent to us and may be read today.

    Raises:
        NotFound: there is none, or no longer: withdrawn, over, and never sent look alike.
    """
    row = visible(actor, action, Pack).filter(ref=ref).select_related("from_org", "org").first()
    if row is None:
        raise NotFound
    return row


def theirs(actor: Actor, row: Pack) -> Theirs:
    """Gather the receiver's page of a pack."""
    replies = visible(actor, Action.PACK_OPEN, Reply).filter(pack=row)
    receipts = visible(actor, Action.PACK_OPEN, Receipt).filter(pack=row)
    return Theirs(
        pack=row,
        sections=from_data(row.content),
        replies=list(replies.order_by("at", "id")[:MOST_RECEIPTS]),
        receipts=list(receipts.order_by("-at", "-id")[:MOST_RECEIPTS]),
        may_answer=may(actor, Action.PACK_ANSWER, row),
    )


def answers_to(pack: Pack) -> list[ReplyKind]:
    """Give what can be said back to a pack of its purpose."""
    return list(TERMS[Purpose(pack.purpose)].replies)


def sent(actor: Actor, pupil: Pupil | None = None, most: int = MOST) -> list[SentRow]:
    """Give what was prepared and sent, the newest first, with what came back."""
    rows = visible(actor, Action.PACK_SEND, Prepared).exclude(stage=Stage.DROPPED)
    if pupil is not None:
        rows = rows.filter(pupil=pupil)
    shown = list(rows.select_related("pupil", "to", "org").order_by("-at", "-id")[:most])
    packs = [row.pack_id for row in shown if row.pack_id]
    opened = _grouped(visible(actor, Action.PACK_SEND, Receipt), packs)
    answered = _grouped(visible(actor, Action.PACK_SEND, Reply), packs)
    return [_sent_row(row, opened, answered) for row in shown]


Groups = dict[int, tuple[int, datetime]]


def _grouped(rows: QuerySet[Receipt] | QuerySet[Reply], packs: Iterable[int]) -> Groups:
    grouped = (
        rows.filter(pack__in=list(packs))
        .values("pack_id")
        .annotate(times=Count("pk"), last=Max("at"))
        .order_by("pack_id")
    )
    return {row["pack_id"]: (row["times"], row["last"]) for row in grouped}


def _sent_row(row: Prepared, opened: Groups, answered: Groups) -> SentRow:
    times, last = opened.get(row.pack_id or 0, (0, None))
    replies = answered.get(row.pack_id or 0)
    read = row.replies_read_at
    unread = replies is not None and (read is None or replies[1] > read)
    return SentRow(row, times, last, answered=replies is not None, unread=unread)


def received_list(actor: Actor, most: int = MOST) -> list[ReceivedRow]:
    """Give what was sent to us and may be read today, the newest first."""
    mine = Receipt.objects.filter(pack=OuterRef("pk"), from_org=OuterRef("org"))
    first = mine.order_by().values("pack").annotate(first=Min("at")).values("first")
    replied = Reply.objects.filter(pack=OuterRef("pk"), from_org=OuterRef("org"))
    rows = (
        visible(actor, Action.PACK_OPEN, Pack)
        .annotate(first_opened=Subquery(first), replied=Exists(replied))
        .select_related("from_org", "org")
        .defer("content", "facts")
        .order_by("-at", "-id")[:most]
    )
    return [ReceivedRow(row, row.first_opened, row.replied) for row in rows]


def _unopened(actor: Actor) -> QuerySet[Pack]:
    opened = Receipt.objects.filter(pack=OuterRef("pk"), from_org=OuterRef("org"))
    return visible(actor, Action.PACK_OPEN, Pack).filter(~Exists(opened))


def _unread(actor: Actor) -> QuerySet[Prepared]:
    came = Reply.objects.filter(pack=OuterRef("pack_id"), org=OuterRef("org"))
    since = Exists(came.filter(at__gt=OuterRef("replies_read_at")))
    never = Q(replies_read_at__isnull=True) & Exists(came)
    rows = visible(actor, Action.PACK_SEND, Prepared).filter(pack__isnull=False)
    return rows.filter(never | Q(since))


def news(actor: Actor) -> News:
    """Give what waits here: new packs and new answers, the newest first, and pupils who come."""
    packs: list[Any] = _new_packs.ask(actor)
    return News(
        [one for one in packs if not one.opened],
        [Coming(one, last_day(one.leaves)) for one in packs if one.opened],
        _new_replies.ask(actor),
    )


@question
def _new_packs(actor: Actor) -> QuerySet[Pack]:
    opened = Receipt.objects.filter(pack=OuterRef("pk"), from_org=OuterRef("org"))
    said = Reply.objects.filter(pack=OuterRef("pk"), from_org=OuterRef("org"), kind__in=READY)
    rows: Any = visible(actor, Action.PACK_OPEN, Pack).annotate(
        opened=Exists(opened), leaves=KT("facts__pupil__left_on")
    )
    rows = rows.filter(Q(opened=False) | Q(purpose=Purpose.MOVING) & ~Exists(said))
    rows = rows.select_related("from_org").defer("content", "facts")
    waits: QuerySet[Pack] = rows.order_by("opened", "-at", "-id")[:MOST_NEWS]
    return waits


@question
def _new_replies(actor: Actor) -> QuerySet[Prepared]:
    rows = _unread(actor).select_related("pupil", "to")
    return rows.order_by(F("sent_at").desc(), "-id")[:MOST_NEWS]


def last_day(text: str | None) -> date | None:
    """Give the last day of a pupil at the school that sent their pack, as its facts say it."""
    return date.fromisoformat(text) if text else None


def count_waiting(actor: Actor) -> int:
    """Count what waits here, for the navigation; asks once."""
    return sum(_how_many_wait.ask(actor))


@question
def _how_many_wait(actor: Actor) -> QuerySet[Any, int]:
    answered = Q(pk__in=_unread(actor).values("pack"))
    return counted(Pack.objects.filter(answered | Q(pk__in=_unopened(actor).values("pk"))))
