"""Reading what one has been told, what reaches one by mail, and what became of mail."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Case, Count, Exists, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.fields import CharField, DateTimeField

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.questions import Told, question
from opensenco.access.registry import visible
from opensenco.gate.chrome import NEWS, WHATS_NEW
from opensenco.gate.rows import find
from opensenco.kernel.clock import LONDON
from opensenco.notices.models import BadAddress, Mail, MailChoice, NewsRead, Notice, NoticeRead
from opensenco.notices.states import MailState
from opensenco.notices.whats_new import NEWS as ENTRIES

#: a notice that nobody opened is no news after a term
NEWS_DAYS = 90
#: what notices are called among other things that are counted for the frame
NEWS_KIND = NEWS
WHATS_NEW_KIND = WHATS_NEW
MOST_SHOWN = 20
#: as many as a page of the list holds
MOST_MARKED = 50
#: how far back it is told which mails were given up
GIVEN_UP_DAYS = 30


def unread(actor: Actor, most: int = MOST_SHOWN) -> list[Notice]:
    """Give the newest notices that this person has not read, of the last 90 days.

    What one did oneself is no news to oneself, unless it was sent to one by name.
    """
    since = actor.at - timedelta(days=NEWS_DAYS)
    return [_standing(row) for row in _newest_unread.ask(actor, most, since=since)]


@question
def _newest_unread(actor: Actor, most: int) -> QuerySet[Notice]:
    rows = _of_others(actor).filter(~_read(actor), at__gte=Told("since", DateTimeField()))
    return rows.order_by("-at", "-id")[:most]


def _of_others(actor: Actor) -> QuerySet[Notice]:
    rows = visible(actor, Action.TASK_VIEW, Notice)
    others = rows.exclude(by=actor.person, person__isnull=True)
    return others.select_related("by", "pupil__same_as")


def _read(actor: Actor) -> Exists:
    return Exists(NoticeRead.objects.filter(notice=OuterRef("pk"), person=actor.person))


def _standing(row: Notice) -> Notice:
    """Of a record that was made one with another, the name is that of the one that goes on."""
    row.pupil = row.pupil and row.pupil.stands
    return row


def news_by_kind(actor: Actor) -> QuerySet[Any, tuple[str, int]]:
    """Give the question for how many notices this person has not read, as one row.

    Its kind is NEWS_KIND. For a question that is kept in words: it knows the day, not the moment.
    """
    since = datetime.combine(actor.today - timedelta(days=NEWS_DAYS), time(0), LONDON)
    rows = visible(actor, Action.TASK_VIEW, Notice).filter(~_read(actor), at__gte=since)
    counted = rows.exclude(by=actor.person, person__isnull=True).order_by()
    named = counted.annotate(kind=Value(NEWS_KIND, CharField())).values("kind")
    return named.annotate(many=Count("pk")).values_list("kind", "many")


def read_of_whats_new(actor: Actor) -> QuerySet[Any, tuple[str, int]]:
    """Give the question for how far this person has read what is new, as one row or none.

    Its kind is WHATS_NEW_KIND; it stands beside the counts and is none itself.
    """
    mine = NewsRead.objects.filter(person=actor.person).order_by()
    named = mine.annotate(kind=Value(WHATS_NEW_KIND, CharField())).values("kind")
    return named.annotate(many=Max("number")).values_list("kind", "many")


def new_since(number: int) -> int:
    """Give how many entries of what is new there are since one."""
    return sum(one.number > number for one in ENTRIES)


def whats_new_read(actor: Actor) -> int:
    """Give the entry of what is new up to which this person has read; 0 for none."""
    return dict(read_of_whats_new(actor)).get(WHATS_NEW_KIND) or 0


@dataclass(frozen=True)
class Line:
    """One notice in the list of all.

    Args:
        read_at: when this person said that they had read it; None before.
    """

    notice: Notice
    read_at: datetime | None

    @property
    def day(self) -> date:
        """The day on which it was told."""
        return self.notice.at.astimezone(LONDON).date()


@dataclass(frozen=True)
class About:
    """A pupil of whom there are notices."""

    ref: uuid.UUID
    name: str


def notices(actor: Actor, about: uuid.UUID | None = None) -> QuerySet[Notice]:
    """Give this person's notices, those not read first and then the newest.

    Args:
        about: the reference of a pupil, whose notices alone are given.
    """
    rows = _of_others(actor)
    if about is not None:
        rows = rows.filter(Q(pupil__ref=about) | Q(pupil__same_as__ref=about))
    mine = NoticeRead.objects.filter(notice=OuterRef("pk"), person=actor.person)
    unread_first = Case(When(read_at__isnull=True, then=Value(0)), default=Value(1))
    return rows.annotate(read_at=Subquery(mine.values("at")[:1])).order_by(
        unread_first, "-at", "-id"
    )


def lines(rows: QuerySet[Notice], start: int, stop: int) -> list[Line]:
    """Give part of a list of notices."""
    return [Line(_standing(row), row.read_at) for row in rows[start:stop]]  # type: ignore[attr-defined]


def pupils_told_of(actor: Actor) -> list[About]:
    """Give the pupils of whom this person has notices, by name."""
    rows = _of_others(actor).filter(pupil__isnull=False)
    # one row for each pupil: a list of notices can be long
    of_each = rows.order_by().values("pupil_id").annotate(last=Max("pk")).values("last")
    standing = {
        row.pupil.pk: row.pupil
        for row in (_standing(row) for row in rows.filter(pk__in=of_each))
        if row.pupil
    }
    found = sorted(standing.values(), key=lambda pupil: (pupil.sort_key, pupil.pk))
    return [About(pupil.ref, pupil.register_name) for pupil in found]


def my_choice(actor: Actor) -> MailChoice:
    """Give what this person chose, or the usual; of several places the first that has a choice."""
    rows = visible(actor, Action.SIGNED_IN, MailChoice).order_by("org_id")
    return rows.first() or MailChoice(person=actor.person)


def own_address_back(actor: Actor) -> BadAddress | None:
    """Give that mail to this person's own address came back, where it did and still does."""
    rows = visible(actor, Action.SIGNED_IN, BadAddress).filter(
        address=actor.person.email, settled_at__isnull=True
    )
    return rows.order_by("id").first()


def addresses_back(actor: Actor) -> int:
    """Count the addresses to which nothing is sent, for whoever manages people; else none."""
    if not actor.can_somewhere(Action.PEOPLE_MANAGE):
        return 0
    rows = visible(actor, Action.PEOPLE_MANAGE, BadAddress)
    return rows.filter(settled_at__isnull=True).count()


def address_back(actor: Actor, ref: uuid.UUID) -> BadAddress:
    """Give an address to which mail came back, to put it right.

    Raises:
        NotFound: there is none in this person's places.
        NotYours: it is somebody else's, and this person does not manage people.
    """
    return find(actor, Action.SIGNED_IN, BadAddress, ref)


@dataclass(frozen=True)
class Posted:
    """How mail of these places goes out.

    Args:
        waiting: how many mails are to be sent. since: when the oldest of them was written.
        said: what the mail server answered last, in numbers; empty where it took what it got.
        sent_at: when the last one went out.
        back: addresses to which nothing is sent. given_up: mails of the last 30 days.
    """

    waiting: int
    since: datetime | None
    said: str
    sent_at: datetime | None
    back: list[BadAddress]
    given_up: list[Mail]


def posted(actor: Actor) -> Posted:
    """Tell what became of the mail of this person's places; its words are read by nobody."""
    mails = visible(actor, Action.PEOPLE_MANAGE, Mail).defer("words")
    waiting = mails.filter(state=MailState.WAITING).order_by("made_at", "id")
    oldest = waiting.first()
    tried = waiting.exclude(said="").order_by("-due_at", "-id").first()
    sent = mails.filter(state=MailState.SENT).order_by("-over_at", "-id").first()
    back = visible(actor, Action.PEOPLE_MANAGE, BadAddress).filter(settled_at__isnull=True)
    since = actor.at - timedelta(days=GIVEN_UP_DAYS)
    given_up = mails.filter(state=MailState.GIVEN_UP, over_at__gte=since)
    return Posted(
        waiting.count(),
        oldest.made_at if oldest else None,
        tried.said if tried else "",
        sent.over_at if sent else None,
        list(back.select_related("org", "person").order_by("-at", "-id")[:MOST_SHOWN]),
        list(given_up.select_related("org").order_by("-over_at", "-id")[:MOST_SHOWN]),
    )


def chosen(actor: Actor, refs: Sequence[uuid.UUID]) -> list[Notice]:
    """Give this person's notices of these references; others are left out without a word."""
    return list(visible(actor, Action.TASK_DO, Notice).filter(ref__in=refs[:MOST_MARKED]))
