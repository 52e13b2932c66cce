"""Reading what is asked: one's inbox, the rounds, the answers side by side."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.access.registry import may, visible
from opensenco.cases.calendar import calendar_of
from opensenco.gate.rows import find
from opensenco.law.calendar.school import SchoolCalendar
from opensenco.participation.models import Asked, AskLink, AskRound, Chase
from opensenco.participation.policy import ASKABLE, staff_here, waits
from opensenco.participation.questions import in_words, next_steps
from opensenco.participation.silence import school_days
from opensenco.participation.states import AskedState, RoundState, Verb, allows
from opensenco.people.models import Contact, Pupil
from opensenco.people.queries import adults_of, attach_classes

PAGE = 50
#: what one answered lately and can still put right, or read again
MOST_ANSWERED = 20
#: rounds about one pupil on a page
MOST_ABOUT = 100
VIEWS = ("mine", "open", "closed")


@dataclass(frozen=True)
class InboxRow:
    """Something one was asked, with its clock."""

    asked: Asked
    class_name: str
    days: int
    late: int

    @property
    def waits(self) -> bool:
        """Whether it waits for one's answer."""
        return self.asked.state == AskedState.WAITING


@dataclass(frozen=True)
class Inbox:
    """All that is asked of somebody: what waits, the soonest first, and what they answered."""

    waiting: list[InboxRow]
    done: list[InboxRow]


@dataclass(frozen=True)
class RoundRow:
    """One round in a list: how many answered, and how long the rest has been silent."""

    row: AskRound
    class_name: str
    asked: int
    answered: int
    waiting: int
    #: school days of silence of whoever has been silent longest; None where nobody is waited for
    silent: int | None
    late: int


@dataclass(frozen=True)
class RoundList:
    """A page of a view of the rounds, and how many each view holds."""

    rows: list[RoundRow]
    counts: dict[str, int]


@dataclass(frozen=True)
class Column:
    """One person in a round."""

    asked: Asked
    #: school days of silence; None where nothing is waited for
    silent: int | None
    chased: list[date]
    next_steps: list[str]
    #: the way in of somebody without an account
    link: AskLink | None = None


@dataclass(frozen=True)
class Line:
    """One question with what each person answered, in the order of the columns."""

    text: str
    cells: list[list[str]]


@dataclass(frozen=True)
class Sheet:
    """A round side by side: one column for a person, one line for a question."""

    row: AskRound
    columns: list[Column]
    lines: list[Line]
    late: int
    may_mark_in_error: bool

    @property
    def open(self) -> bool:
        """Whether anything can still be done with it."""
        return self.row.state == RoundState.OPEN and not self.row.in_error

    @property
    def answered(self) -> list[int]:
        """The places of those who answered."""
        states = enumerate(one.asked.state for one in self.columns)
        return [place for place, state in states if state == AskedState.ANSWERED]

    @property
    def waiting(self) -> list[Column]:
        """Those whose answer is waited for."""
        return [one for one in self.columns if one.asked.state == AskedState.WAITING]

    @property
    def unthanked(self) -> list[Column]:
        """Those who answered and were not thanked."""
        return [self.columns[at] for at in self.answered if not self.columns[at].asked.thanked_on]


@dataclass(frozen=True)
class Proposed:
    """Somebody who can be asked, and how they work with the pupil; empty where they do not."""

    person: Person
    how: str


def ask_round(actor: Actor, ref: uuid.UUID, action: Action = Action.ASK_SEND) -> AskRound:
    """Give the round of a reference that this actor may do that to, its pupil with a class.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    row = find(
        actor, action, AskRound, ref,
        "org", "pupil", "pupil__org", "questions", "asked_by", "closed_by", "in_error_by",
    )  # fmt: skip
    attach_classes([row.pupil], actor.today)
    return row


def asked(actor: Actor, ref: uuid.UUID, action: Action = Action.TASK_VIEW) -> Asked:
    """Give what somebody was asked, for themselves and for who asks about the pupil.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    row = _with_one_pupil(find(actor, action, Asked, ref, *_WITH_ROUND, "person"))
    attach_classes([row.pupil], actor.today)
    return row


_WITH_ROUND = (
    "org", "pupil", "pupil__org", "ask_round", "ask_round__org",
    "ask_round__questions", "ask_round__asked_by",
)  # fmt: skip


def _with_one_pupil(row: Asked) -> Asked:
    """Let a part and its round speak of the same pupil: what is attached to one is on both."""
    row.ask_round.pupil = row.pupil
    return row


def answers_here(actor: Actor, row: Asked) -> bool:
    """Tell whether it is this actor's own to answer now."""
    stands = row.ask_round.state == RoundState.OPEN and not row.ask_round.in_error
    return stands and allows(row.state, Verb.ANSWER) and may(actor, Action.ASK_ANSWER, row)


def inbox(actor: Actor) -> Inbox:
    """Give what this person was asked: what waits, the soonest first, and what they answered."""
    rows = visible(actor, Action.ASK_ANSWER, Asked).select_related(*_WITH_ROUND)
    waiting = list(rows.filter(waits(actor)).order_by("ask_round__due", "id"))
    done = rows.filter(state__in=[AskedState.ANSWERED, AskedState.DECLINED])
    latest = list(done.order_by(F("answered_on").desc(nulls_last=True), "-id")[:MOST_ANSWERED])
    every = [_with_one_pupil(one) for one in (*waiting, *latest)]
    attach_classes([one.pupil for one in every], actor.today)
    days = Calendars(actor)
    return Inbox(
        [_inbox_row(days, one) for one in waiting], [_inbox_row(days, one) for one in latest]
    )


class Calendars:
    """The calendars that a list counts along, each read once."""

    def __init__(self, actor: Actor) -> None:
        self.today = actor.today
        self._known: dict[int, SchoolCalendar] = {}

    def since(self, org_id: int, day: date) -> int:
        """Count the school days from a day until today."""
        if org_id not in self._known:
            self._known[org_id] = calendar_of(org_id, self.today).calendar
        return school_days(self._known[org_id], day, self.today)


def _inbox_row(days: Calendars, one: Asked) -> InboxRow:
    return InboxRow(
        asked=one,
        class_name=getattr(one.pupil, "class_name", ""),
        days=days.since(one.org_id, one.asked_on),
        late=days.since(one.org_id, one.ask_round.due),
    )


def rounds(actor: Actor, view: str, page: int = 1) -> RoundList:
    """Give a page of one view of the rounds: open ones by their day, closed ones newest first.

    Args:
        view: "mine" for the open ones that one asked oneself, "open" or "closed".
        page: from 1.
    """
    every = visible(actor, Action.ASK_SEND, AskRound).filter(in_error_at__isnull=True)
    is_open, own = Q(state=RoundState.OPEN), Q(asked_by=actor.person)
    counts = every.aggregate(
        mine=Count("pk", filter=is_open & own),
        open=Count("pk", filter=is_open),
        closed=Count("pk", filter=~is_open),
    )
    views = {
        "mine": every.filter(is_open & own).order_by("due", "id"),
        "open": every.filter(is_open).order_by("due", "id"),
        "closed": every.exclude(state=RoundState.OPEN).order_by("-closed_on", "-id"),
    }
    start = (max(page, 1) - 1) * PAGE
    return RoundList(_round_rows(actor, views[view][start : start + PAGE]), counts)


def rounds_because(actor: Actor, source_ref: uuid.UUID) -> list[RoundRow]:
    """Give the rounds that were begun because of a record, the newest first."""
    rows = visible(actor, Action.ASK_SEND, AskRound)
    rows = rows.filter(source_ref=source_ref, in_error_at__isnull=True)
    return _round_rows(actor, rows.order_by("-asked_on", "-id"))


def rounds_about(actor: Actor, pupil: Pupil) -> list[RoundRow]:
    """Give the rounds about a pupil, open ones first, then the newest; at most a hundred."""
    rows = visible(actor, Action.ASK_SEND, AskRound)
    rows = rows.filter(pupil=pupil, in_error_at__isnull=True)
    return _round_rows(actor, rows.order_by("-state", "-asked_on", "-id")[:MOST_ABOUT])


def still_open(actor: Actor, pupil: Pupil) -> list[RoundRow]:
    """Give the rounds about a pupil in which somebody has not answered yet."""
    return [one for one in rounds_about(actor, pupil) if one.waiting]


def _round_rows(actor: Actor, rows: QuerySet[AskRound]) -> list[RoundRow]:
    found = list(rows.select_related("pupil", "org", "questions", "asked_by", "closed_by"))
    attach_classes([one.pupil for one in found], actor.today)
    counted: dict[int, dict[str, Any]] = {
        one["ask_round"]: dict(one)
        for one in Asked.objects.filter(ask_round__in=[one.pk for one in found])
        .values("ask_round")
        .order_by("ask_round")
        .annotate(
            asked=Count("pk"),
            answered=Count("pk", filter=Q(state=AskedState.ANSWERED)),
            waiting=Count("pk", filter=Q(state=AskedState.WAITING)),
            since=Min("asked_on", filter=Q(state=AskedState.WAITING)),
        )
    }
    days = Calendars(actor)
    return [_round_row(days, one, counted.get(one.pk, {})) for one in found]


def _round_row(days: Calendars, one: AskRound, counted: dict[str, Any]) -> RoundRow:
    since = counted.get("since")
    waiting = counted.get("waiting", 0)
    return RoundRow(
        row=one,
        class_name=getattr(one.pupil, "class_name", ""),
        asked=counted.get("asked", 0),
        answered=counted.get("answered", 0),
        waiting=waiting,
        silent=days.since(one.org_id, since) if since else None,
        late=days.since(one.org_id, one.due) if waiting else 0,
    )


def sheet(actor: Actor, row: AskRound) -> Sheet:
    """Give a round side by side: those who answered first, then by surname."""
    parts = Asked.objects.filter(org=row.org, ask_round=row).select_related("person", "thanked_by")
    people = sorted(
        parts.order_by("person__last_name", "person__first_name", "outside_name", "id"),
        key=lambda one: one.state != AskedState.ANSWERED,
    )
    links = (
        {one.asked_id: one for one in AskLink.objects.filter(asked__in=people)}
        if any(one.by_link for one in people)
        else {}
    )
    chased: dict[int, list[date]] = {}
    for pk, on in (
        Chase.objects.filter(asked__in=people).order_by("on").values_list("asked_id", "on")
    ):
        chased.setdefault(pk, []).append(on)
    words, days = row.questions.words, Calendars(actor)
    columns = [
        Column(
            asked=one,
            silent=days.since(one.org_id, one.asked_on) if _silent(row, one) else None,
            chased=chased.get(one.pk, []),
            next_steps=next_steps(words, one.answers),
            link=links.get(one.pk),
        )
        for one in people
    ]
    answered = [one for one in people if one.state == AskedState.ANSWERED]
    lines = [
        Line(one.text, [in_words(one, each.answers.get(one.code)) for each in answered])
        for one in words.asked
    ]
    return Sheet(
        row, columns, lines,
        late=days.since(row.org_id, row.due) if any(_silent(row, one) for one in people) else 0,
        may_mark_in_error=not row.in_error and may(actor, Action.RECORD_INVALIDATE, row),
    )  # fmt: skip


def _silent(row: AskRound, one: Asked) -> bool:
    return one.state == AskedState.WAITING and row.state == RoundState.OPEN


def proposed(actor: Actor, pupil: Pupil) -> tuple[list[Proposed], list[Proposed]]:
    """Give whom one can ask about a pupil: who teaches and works with them, and everybody else.

    Left out is the one who asks.
    """
    hows = {one.person.pk: one.how for one in adults_of(pupil, actor.today)}
    staff = [one for one in staff_here(pupil.org_id, actor.today) if one.pk != actor.person.pk]
    near = [Proposed(one, hows[one.pk]) for one in staff if one.pk in hows]
    order = list(hows)
    near.sort(key=lambda one: order.index(one.person.pk))
    return near, [Proposed(one, "") for one in staff if one.pk not in hows]


def contacts_to_ask(actor: Actor, pupil: Pupil) -> list[Contact]:
    """Give the contacts of a pupil whom the record allows to be told, see and answer.

    Also those without an email address: no link reaches them, and the page says so.
    """
    if not actor.can_somewhere(Action.CONTACT_VIEW):
        return []
    seen = visible(actor, Action.CONTACT_VIEW, Contact).filter(pupil=pupil).filter(ASKABLE)
    return list(seen.order_by("name", "id"))


def chosen(among: Iterable[Proposed], refs: Sequence[str]) -> list[Person]:
    """Give those of some references who can be asked; others are left out."""
    wanted = set(refs)
    return [one.person for one in among if str(one.person.ref) in wanted]
