"""The door of links: who comes by one, what they see, and what they may do.

What is read is read in a guest's scope that holds the place and the hash of the link's secret and
nothing else: the database gives the one request (docs/guide/tenancy.md). What is written goes
through one operation each, in the scope of that organisation, by an actor whose one verb reaches
one link.
"""

import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from opensenco.access.actions import Action
from opensenco.access.actor import Actor, Hat
from opensenco.access.models import KEEPER_EMAIL, Organisation, Person
from opensenco.access.scope import LinkKey, Scope, scope
from opensenco.gate.operation import Refused, write_refusal
from opensenco.kernel.errors import DomainError, Stale
from opensenco.participation.bylink import BY_LINK, hashed
from opensenco.participation.models import AskDraft, Asked, AskLink
from opensenco.participation.operations import links
from opensenco.participation.questions import QuestionWords
from opensenco.participation.states import AskedState

T = TypeVar("T")


class Gone(DomainError):
    """A link opens nothing: never made, too old, taken back, replaced or answered.

    Args:
        answered: what it was for was done.
    """

    def __init__(self, *, answered: bool = False) -> None:
        super().__init__()
        self.answered = answered


@dataclass(frozen=True)
class Seen:
    """What the holder of a link may see before the code was right; the rest is `Request`.

    Args:
        ref: of the link, by which a browser is remembered.
    """

    ref: str
    key: LinkKey
    place: str
    org: Organisation
    sent_by: int


@dataclass(frozen=True)
class Request:
    """The one request of a link, as it is shown once the code was right."""

    pupil: str
    asker: str
    due: date
    last_review: date | None
    words: QuestionWords


@dataclass(frozen=True)
class Kept:
    """What was typed and not yet sent."""

    text: dict[str, list[str]]
    saved_at: datetime


def seen(organisation: uuid.UUID, secret: str, at: datetime) -> Seen:
    """Find a link by the place in its address and its secret.

    Raises:
        Gone: there is none that holds. Where the place is ours, its books say that it was tried.
    """
    org = Organisation.objects.filter(ref=organisation).first()
    if org is None:
        raise Gone
    key = LinkKey(org.pk, hashed(secret))
    with scope(_guest(key)):
        link = AskLink.objects.first()
    if link is None:
        _write_guess(org, at)
        raise Gone
    return Seen(str(link.ref), key, org.name, org, link.sent_by_id)


def request_of(found: Seen) -> Request:
    """Give what a link asks.

    Raises:
        Gone: it was taken back just now.
    """
    with scope(_guest(found.key)):
        link = AskLink.objects.first()
        asked = Asked.objects.select_related("ask_round__questions").first()
        if link is None or asked is None:
            raise Gone
        row = asked.ask_round
        return Request(link.pupil_called, link.asker, row.due, row.last_review, row.questions.words)


def _guest(key: LinkKey) -> Scope:
    """Give the scope of a link: no organisation, no pupil, nobody; one hash."""
    return Scope(kind="guest", link=key)


def look(found: Seen, at: datetime) -> Kept | None:
    """Write that a link was opened, and give what its holder had typed there.

    Raises:
        Gone: it has ended.
    """

    def opened(actor: Actor, link: AskLink, asked: Asked) -> Kept | None:
        if link.opened_on != actor.today:
            links.note_opened(actor=actor, link=link)
        draft = AskDraft.objects.filter(org=asked.org_id, asked=asked).first()
        return Kept(draft.text, draft.saved_at) if draft else None

    return do(found, at, opened)


def keep(found: Seen, at: datetime, text: Mapping[str, list[str]]) -> None:
    """Keep what is typed behind a link until it is sent.

    Raises:
        Gone: it has ended.
    """
    do(found, at, lambda actor, _link, asked: links.keep_draft(actor, asked, text))


def send_code(found: Seen, at: datetime) -> None:
    """Send a code to the address on file.

    Raises:
        Gone: the link has ended.
        NotPossible: too many were sent.
    """
    do(found, at, lambda actor, link, _asked: links.send_code(actor=actor, link=link))


def try_code(found: Seen, at: datetime, code: str) -> bool:
    """Tell whether a code is right; a wrong one is written in the books as refused.

    Raises:
        Gone: the link has ended.
    """

    def tried(actor: Actor, link: AskLink, _asked: Asked) -> bool:
        try:
            right = links.try_code(actor=actor, link=link, code=code)
        except Stale:
            right = False
        if not right:
            write_refusal(actor, Refused(Action.ASK_ANSWER, "wrong_code", link))
        return right

    return do(found, at, tried)


def decline(found: Seen, at: datetime, reason: str) -> None:
    """Say by a link that one cannot answer.

    Raises:
        Gone: it has ended.
        Invalid: no reason.
    """
    do(
        found, at,
        lambda actor, link, asked: links.decline_by_link(
            actor=actor, link=link, asked=asked, reason=reason
        ),
    )  # fmt: skip


def do(found: Seen, at: datetime, act: Callable[[Actor, AskLink, Asked], T]) -> T:
    """Do one thing in the name of a link; where it has ended, the books say that it was tried.

    Args:
        act: calls one operation.

    Raises:
        Gone: it has ended.
    """
    with _open(found, at) as (actor, link, asked):
        if not links.over(link, asked.ask_round, actor):
            return act(actor, link, asked)
        write_refusal(actor, Refused(Action.ASK_ANSWER, "ended_link", link))
        answered = asked.state in (AskedState.ANSWERED, AskedState.DECLINED)
    raise Gone(answered=answered)


@contextmanager
def _open(found: Seen, at: datetime) -> Iterator[tuple[Actor, AskLink, Asked]]:
    actor = Actor(_in_whose_name(found.sent_by), _hat(found.org, found.key.key), at)
    with scope(actor.scope, write=True):
        # locked, so that of two tries at one moment the second sees what the first left
        link = (
            AskLink.objects.select_for_update(of=("self",))
            .select_related("org", "pupil")
            .filter(key=found.key.key)
            .first()
        )
        if link is None:
            raise Gone
        related = (
            "org", "pupil", "pupil__org", "person", "ask_round__org", "ask_round__pupil",
            "ask_round__questions", "ask_round__asked_by",
        )  # fmt: skip
        yield actor, link, Asked.objects.select_related(*related).get(pk=link.asked_id)


def _write_guess(org: Organisation, at: datetime) -> None:
    """Write in a place's books that somebody tried a link that is none; not what they tried."""
    with scope(Scope(orgs=frozenset({org.pk}))):
        newest = AskLink.objects.order_by("-id").values_list("sent_by", flat=True).first()
    who = _in_whose_name(newest) if newest else None
    if who is None:
        # a place that has never sent a link has none to be guessed
        return
    actor = Actor(who, _hat(org, ""), at)
    with scope(actor.scope, write=True):
        write_refusal(actor, Refused(Action.ASK_ANSWER, "unknown_link"))


def _in_whose_name(sent_by: int) -> Person:
    """Give who stands in the books beside "by link": the installation, else who sent the link."""
    keeper = Person.objects.filter(email=KEEPER_EMAIL).first()
    return keeper or Person.objects.get(pk=sent_by)


def _hat(org: Organisation, key: str) -> Hat:
    return Hat(
        key=key,
        role=BY_LINK,
        name=str(BY_LINK.name),
        places=(org.name,),
        orgs=frozenset({org.pk}),
        grants=dict(BY_LINK.grants),
    )
