"""Reading what concerns lead to: referrals with their news, programmes, diagnoses, days so far."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.access.registry import visible
from opensenco.audit.history import end_of
from opensenco.cases.calendar import calendar_of
from opensenco.cases.statements import Named, named
from opensenco.concerns.follow_states import OPEN, Stands
from opensenco.concerns.models import (
    Concern,
    Diagnosis,
    Programme,
    Referral,
    ReferralAdvice,
    ReferralNews,
)
from opensenco.concerns.queries import concern as concern_of
from opensenco.gate.rows import find
from opensenco.kernel.dates import Span
from opensenco.kernel.errors import NotFound
from opensenco.law.calendar.cover import CalendarNotCovered
from opensenco.people.looking_back import reads_then, rows_then
from opensenco.people.models import Pupil
from opensenco.people.policy import beyond
from opensenco.people.queries import adults_of, attach_classes

PAGE = 50
VIEWS = ("open", "ended")
MOST = 40


@dataclass(frozen=True)
class ReferralRow:
    """One referral with how long we have waited."""

    referral: Referral
    days: int

    @property
    def waits(self) -> bool:
        """Whether we wait for the service."""
        return self.referral.stands in OPEN

    @property
    def stands(self) -> str:
        """Where it stands, in words."""
        return str(Stands(self.referral.stands).label)


def advice_of(row: Referral) -> list[ReferralAdvice]:
    """Give what a service advised and what became of it, in the order in which it was written."""
    rows = ReferralAdvice.objects.filter(referral=row, in_error_at__isnull=True)
    return list(rows.select_related("owner", "by").order_by("id"))


def one_advice(actor: Actor, ref: uuid.UUID, action: Action = Action.PLAN_VIEW) -> ReferralAdvice:
    """Give one thing that a service advised.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(
        actor, action, ReferralAdvice, ref, "org", "pupil", "pupil__org", "referral", "owner", "by"
    )


def who_could(actor: Actor, pupil: Pupil) -> list[Person]:
    """Give who could do what was advised: who works with the pupil and reads plans, and oneself."""
    known = {one.person.pk: one.person for one in adults_of(pupil, actor.today)}
    able = [one for one in known.values() if not beyond(actor, one, [pupil.pk], [Action.PLAN_VIEW])]
    return [actor.person, *(one for one in able if one.pk != actor.person.pk)]


def referral(actor: Actor, ref: uuid.UUID, action: Action = Action.PLAN_VIEW) -> Referral:
    """Give the referral of a reference that this actor may do that to.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    row = find(
        actor, action, Referral, ref, "org", "pupil", "pupil__org", "by", "concern", "in_error_by"
    )
    attach_classes([row.pupil], actor.today)
    return row


def referrals(
    actor: Actor, view: str, page: int = 1, size: int = PAGE
) -> tuple[list[ReferralRow], dict[str, int]]:
    """Give a page of the referrals of a place, the longest waiting first, and how many there are.

    Args:
        view: "open" or "ended".
    """
    rows = visible(actor, Action.PLAN_WRITE, Referral).filter(in_error_at__isnull=True)
    waits = Q(stands__in=[*OPEN])
    counts = rows.aggregate(open=Count("pk", filter=waits), ended=Count("pk", filter=~waits))
    if view == "ended":
        shown = rows.exclude(waits).order_by("-stands_since", "-id")
    else:
        shown = rows.filter(waits).order_by("sent_on", "id")
    start = (max(page, 1) - 1) * size
    found = list(shown.select_related("pupil", "by")[start : start + size])
    attach_classes([row.pupil for row in found], actor.today)
    return [_row(actor, row) for row in found], counts


def of_pupil(actor: Actor, pupil: Pupil) -> list[ReferralRow]:
    """Give the referrals of a pupil that this actor may read, the newest first."""
    if not actor.can_somewhere(Action.PLAN_VIEW):
        return []
    rows = _standing(actor).filter(pupil=pupil)
    return [_row(actor, row) for row in rows.select_related("by")[:MOST]]


def of_pupil_then(actor: Actor, pupil: Pupil, day: date) -> list[ReferralRow]:
    """Give the referrals of a pupil as they stood at the end of a day, the newest first."""
    if not reads_then(actor, pupil, Action.PLAN_VIEW):
        return []
    rows = rows_then(Referral, pupil, day).filter(in_error_at__isnull=True)
    found = rows.order_by("-sent_on", "-id")[:MOST]
    return [ReferralRow(row, (day - row.sent_on).days) for row in found]


def because_of(actor: Actor, row: Concern) -> list[ReferralRow]:
    """Give the referrals that a concern led to, for who may read them."""
    if not actor.can_somewhere(Action.PLAN_VIEW):
        return []
    return [_row(actor, one) for one in _standing(actor).filter(concern=row)[:MOST]]


def _standing(actor: Actor) -> QuerySet[Referral]:
    rows = visible(actor, Action.PLAN_VIEW, Referral).filter(in_error_at__isnull=True)
    return rows.order_by("-sent_on", "-id")


def _row(actor: Actor, row: Referral) -> ReferralRow:
    ended = None if row.stands in OPEN else row.stands_since
    return ReferralRow(row, ((ended or actor.today) - row.sent_on).days)


def news_of(row: Referral) -> list[ReferralNews]:
    """Give what was heard of a referral, the newest first."""
    found = ReferralNews.objects.filter(referral=row).select_related("person")
    return list(found.order_by("-on", "-id"))


def news_of_all(rows: Sequence[Referral], day: date | None = None) -> dict[int, list[ReferralNews]]:
    """Give what was heard of referrals that one reads, the newest first, by the referral's key.

    Args:
        day: what had been written down by its end.
    """
    news = ReferralNews.objects.filter(referral__in=[row.pk for row in rows])
    if day is not None:
        news = news.filter(at__lte=end_of(day))
    found: dict[int, list[ReferralNews]] = {}
    for one in news.order_by("-on", "-id"):
        found.setdefault(one.referral_id, []).append(one)
    return found


def programmes_of(concerns: Sequence[Concern]) -> dict[int, list[Programme]]:
    """Give the short programmes of concerns that one may read, by the concern's key."""
    found: dict[int, list[Programme]] = {}
    rows = Programme.objects.filter(concern__in=[one.pk for one in concerns])
    for row in rows.select_related("begun_by", "ended_by").order_by("id"):
        found.setdefault(row.concern_id, []).append(row)
    return found


def programmes_then(actor: Actor, pupil: Pupil, day: date | None) -> list[Programme]:
    """Give a pupil's short programmes, of concerns that one may read today.

    Args:
        day: as they stood at its end, for who may look back; None for now.
    """
    reads = visible(actor, Action.CONCERN_VIEW, Concern).filter(in_error_at__isnull=True)
    if day is None:
        rows = Programme.objects.filter(pupil=pupil.pk)
    elif reads_then(actor, pupil):
        rows = rows_then(Programme, pupil, day)
    else:
        return []
    return list(rows.filter(concern_id__in=reads.values("pk")).order_by("id"))


def programme(actor: Actor, ref: uuid.UUID, action: Action) -> Programme:
    """Give a programme, for whoever may do that to the concern that led to it.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    row = Programme.objects.filter(ref=ref).select_related("concern").first()
    if row is None:
        raise NotFound
    row.concern = concern_of(actor, row.concern.ref, action)
    return row


def diagnosis(actor: Actor, ref: uuid.UUID, action: Action = Action.HEALTH_VIEW) -> Diagnosis:
    """Give the diagnosis of a reference that this actor may do that to.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, action, Diagnosis, ref, "org", "pupil", "pupil__org", "by")


@dataclass(frozen=True)
class Diagnosed:
    """One diagnosis, with the papers that say it as far as this reader may know of them."""

    row: Diagnosis
    papers: list[Named]


def diagnoses(actor: Actor, pupil: Pupil) -> list[Diagnosed]:
    """Give the diagnoses of a pupil that this actor may know of, the newest first."""
    if not actor.can_somewhere(Action.HEALTH_VIEW) or actor.hat.role.guest:
        return []
    rows = visible(actor, Action.HEALTH_VIEW, Diagnosis).filter(
        pupil=pupil, in_error_at__isnull=True
    )
    found = list(rows.select_related("by").order_by("-on", "-id")[:MOST])
    papers = named(actor, found)
    return [Diagnosed(row, [one for one in papers if one.row.host_ref == row.ref]) for row in found]


def diagnoses_then(actor: Actor, pupil: Pupil, day: date | None) -> list[Diagnosis]:
    """Give diagnoses as they are copied, the newest first, without the papers that say them.

    Args:
        day: as they stood at its end; None for now.
    """
    if day is None:
        return [one.row for one in diagnoses(actor, pupil)]
    if actor.hat.role.guest or not reads_then(actor, pupil, Action.HEALTH_VIEW):
        return []
    rows = rows_then(Diagnosis, pupil, day).filter(in_error_at__isnull=True)
    return list(rows.order_by("-on", "-id")[:MOST])


def school_days(org: int, first: date, last: date) -> int | None:
    """Give how many school days there are after a day until another; None where nobody knows."""
    if last <= first:
        return 0
    try:
        calendar = calendar_of(org, first).calendar
        return calendar.school_days_in(Span(first + timedelta(days=1), last))
    except CalendarNotCovered:
        return None
