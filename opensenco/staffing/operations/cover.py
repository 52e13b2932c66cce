"""Somebody is away today; somebody stands in, or it is said that it is not held; they come after
all. Why somebody is away is never asked."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership, Organisation, Person
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.clock import london_time
from opensenco.kernel.errors import Invalid, NotFound, NotPossible
from opensenco.people.policy import on_day
from opensenco.provision.models import Allocation, Session
from opensenco.provision.operations.sessions import Held, correct_session, log_session
from opensenco.provision.queries.standing import standing_sessions
from opensenco.provision.states import Went, WhyNot
from opensenco.staffing.cover_models import MOST_NOTE
from opensenco.staffing.models import Absence, StandIn
from opensenco.staffing.operations import told
from opensenco.support.words import paragraph

#: how far ahead somebody can be marked as away
AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class Arranged:
    """What is arranged for one session.

    Args:
        absence: because of which it is arranged.
        allocations: of the pupils who have it together, all of one place.
        person: who takes it; None where it is not held.
        moved: the adult was moved to another session, and is not away.
    """

    absence: Absence
    allocations: Sequence[Allocation]
    starts_at: time | None
    ends_at: time | None
    person: Person | None = None
    moved: bool = False

    @property
    def is_elsewhere(self) -> bool:
        """Whether a promise is of another place than the absence."""
        return any(row.org_id != self.absence.org_id for row in self.allocations)

    @property
    def reason(self) -> str:
        """Why it is not held, as the ledger has it; empty where somebody takes it."""
        if self.person is not None:
            return ""
        return WhyNot.STAFF_COVER if self.moved else WhyNot.STAFF_ABSENT


@operation(Action.COVER_ARRANGE, on="org")
def mark_away(
    *,
    actor: Actor,
    org: Organisation,
    who: Person,
    on: date,
    from_at: time | None = None,
    until_at: time | None = None,
) -> Absence:
    """Say that somebody is away on a day: all of it, or from or until a time. Never why.

    Raises:
        Invalid: somebody from outside, a day that cannot be, a part that ends before it begins.
        NotPossible: it is said already.
    """
    if not Membership.objects.filter(on_day(on), org=org, person=who, withdrawn=False).exists():
        raise Invalid("who", _("Choose somebody who works here on that day."))
    if not actor.today <= on <= actor.today + AHEAD:
        raise Invalid("on", _("Choose today, or a day in the next two weeks."))
    if from_at and until_at and until_at <= from_at:
        raise Invalid("until_at", _("It must end later than it begins. Write times like 13:30."))
    for other in Absence.objects.filter(org=org, who=who, on=on, back_at__isnull=True):
        if _within(from_at, until_at, other):
            raise NotPossible(_("They are marked as away for this already."))
    row = Absence(
        org=org, who=who, on=on, from_at=from_at, until_at=until_at, by=actor.person,
        at=actor.at,
    )  # fmt: skip
    row.save()
    return row


@operation(Action.COVER_ARRANGE, on="absences")
def arrange(
    *, actor: Actor, absences: Sequence[Absence], sessions: Sequence[Arranged], note: str = ""
) -> list[StandIn]:
    """Say what becomes of sessions whose adult is away: it stands as one decision.

    Those concerned are told. What is not held today goes into the ledger at once, unless it is
    logged already; of a day to come it is written there by itself on the day (`not_held`).

    Args:
        absences: of one place and day, all that the sessions name.
        sessions: also those that an adult leaves to take another.
        note: what whoever stands in must know, beside what helps each pupil.

    Raises:
        Invalid: a note that is too long, nothing to arrange.
        NotPossible: they came after all, or the day is over; somebody would be in two places.
        NotFound: a session of another place.
    """
    words = paragraph("note", note, MOST_NOTE)
    known = {row.pk for row in absences}
    for absence in absences:
        _refuse_over(actor, absence)
    if not sessions:
        raise Invalid("steps", _("Choose what becomes of a session."))
    if any(one.absence.pk not in known or one.is_elsewhere for one in sessions):
        raise NotFound
    _refuse_two_places(sessions)
    choice, made = uuid.uuid4(), []
    for one in sessions:
        _refuse_settled(one)
        _refuse_taken(one)
        made += _rows(actor, one, choice, words)
        if one.reason and one.absence.on == actor.today:
            _log_as_missed(actor, one)
    told.of_choice(actor, made)
    return made


def _rows(actor: Actor, one: Arranged, choice: uuid.UUID, note: str) -> list[StandIn]:
    together, rows = uuid.uuid4(), []
    for allocation in one.allocations:
        row = StandIn(
            org_id=one.absence.org_id, absence=one.absence, pupil_id=allocation.pupil_id,
            allocation=allocation, on=one.absence.on, starts_at=one.starts_at, ends_at=one.ends_at,
            person=one.person, reason=one.reason, note=note if one.person else "",
            together=together, choice=choice, by=actor.person, at=actor.at,
        )  # fmt: skip
        row.save()
        rows.append(row)
    return rows


@operation(Action.COVER_ARRANGE, on="stand_in")
def take_choice_back(*, actor: Actor, stand_in: StandIn) -> list[StandIn]:
    """Take a whole decision back: whoever stood in is told, and the ledger loses what it said.

    Raises:
        NotPossible: it was taken back already.
    """
    rows = list(StandIn.objects.filter(
        org=stand_in.org_id, choice=stand_in.choice, taken_back_at__isnull=True
    ).select_related("allocation", "person", "absence__who", "org"))  # fmt: skip
    if not rows:
        raise NotPossible(_("This was taken back already."))
    return _take_back(actor, rows)


@operation(Action.COVER_ARRANGE, on="absence")
def came_after_all(*, actor: Actor, absence: Absence, version: int | None) -> Absence:
    """Say that somebody who was marked as away has come: what has not begun is theirs again.

    What began before stays as it was arranged.

    Raises:
        NotPossible: it is said already, or the day is over.
        Stale: somebody else changed it in between.
    """
    _refuse_over(actor, absence)
    row = change(absence, version=version, back_at=actor.at, back_by=actor.person)
    standing = StandIn.objects.filter(absence=absence, taken_back_at__isnull=True)
    rows = list(standing.select_related("allocation", "person", "absence__who", "org"))
    if absence.on == actor.today:
        now = london_time(actor.at).time()
        rows = [one for one in rows if one.starts_at is None or one.starts_at > now]
    _take_back(actor, rows)
    return row


def _within(from_at: time | None, until_at: time | None, other: Absence) -> bool:
    starts = other.from_at is None or (from_at is not None and from_at >= other.from_at)
    ends = other.until_at is None or (until_at is not None and until_at <= other.until_at)
    return starts and ends


def _refuse_over(actor: Actor, absence: Absence) -> None:
    if absence.back_at is not None:
        raise NotPossible(_("They have come after all. Nobody needs to stand in."))
    if absence.on < actor.today:
        raise NotPossible(_("That day is over. Log what took place instead."))


def _refuse_settled(one: Arranged) -> None:
    same = StandIn.objects.filter(
        allocation__in=[row.pk for row in one.allocations], on=one.absence.on,
        starts_at=one.starts_at, taken_back_at__isnull=True,
    )  # fmt: skip
    if same.exists():
        raise NotPossible(_("Something is arranged for this session already. Open the day again."))


def _refuse_two_places(sessions: Sequence[Arranged]) -> None:
    """Refuse one adult at two sessions of the same hour, however the form came to say so."""
    for place, one in enumerate(sessions):
        for other in sessions[:place]:
            if one.person is not None and one.person == other.person and _meet(one, other):
                _refuse_place(one.person)


def _refuse_taken(one: Arranged) -> None:
    """Refuse an adult who stands in elsewhere at that hour, or is away then."""
    if one.person is None or one.starts_at is None or one.ends_at is None:
        return
    org, on = one.absence.org_id, one.absence.on
    taken = StandIn.objects.filter(
        org=org, on=on, person=one.person, taken_back_at__isnull=True,
        starts_at__lt=one.ends_at, ends_at__gt=one.starts_at,
    )  # fmt: skip
    gone = Absence.objects.filter(
        Q(from_at__isnull=True) | Q(from_at__lt=one.ends_at),
        Q(until_at__isnull=True) | Q(until_at__gt=one.starts_at),
        org=org, on=on, who=one.person, back_at__isnull=True,
    )  # fmt: skip
    if taken.exists() or gone.exists():
        _refuse_place(one.person)


def _refuse_place(person: Person) -> None:
    words = _("%(who)s cannot be there at that hour. Open the day again and choose another way.")
    raise NotPossible(words % {"who": person.name})


def _meet(one: Arranged, other: Arranged) -> bool:
    if None in (one.starts_at, one.ends_at, other.starts_at, other.ends_at):
        return False
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at  # type: ignore[operator]


def _log_as_missed(actor: Actor, one: Arranged) -> None:
    """Write into the ledger that it is not held, where that is not written yet.

    A promise can be due twice on one day: as many are written as are not held.
    """
    standing = standing_sessions(
        Session.objects.filter(allocation__in=one.allocations, on=actor.today)
    ).exclude(went=Went.MISTAKE)
    lost = StandIn.objects.filter(
        allocation__in=[row.pk for row in one.allocations], on=actor.today,
        taken_back_at__isnull=True,
    ).exclude(reason="")  # fmt: skip
    written = Counter(standing.values_list("allocation_id", flat=True))
    wanted = Counter(lost.values_list("allocation_id", flat=True))
    if left := [row for row in one.allocations if written[row.pk] < wanted[row.pk]]:
        held = Held(not_held=one.reason)
        log_session(actor=actor, allocations=left, on=actor.today, held=held, again=True)


def _take_back(actor: Actor, rows: list[StandIn]) -> list[StandIn]:
    taken = [
        change(row, version=None, taken_back_at=actor.at, taken_back_by=actor.person)
        for row in rows
    ]
    _unlog(actor, [row for row in taken if row.reason])
    told.of_taking_back(actor, taken)
    return taken


def _unlog(actor: Actor, rows: Iterable[StandIn]) -> None:
    """Let the ledger lose what it said of sessions that may take place now: as many of a promise
    as are taken back, and nothing that somebody had written before.
    """
    reasons: dict[tuple[date, str, datetime], list[int]] = defaultdict(list)
    for row in rows:
        reasons[row.on, row.reason, row.at].append(row.allocation_id)
    for (on, reason, at), allocations in reasons.items():
        left = Counter(allocations)
        found = standing_sessions(
            Session.objects.filter(
                allocation__in=allocations, on=on, went=Went.NOT_HELD, reason=reason, at__gte=at
            )
        ).select_related("allocation")
        sessions = []
        for one in found.order_by("-number", "-id"):
            if left[one.allocation_id]:
                left[one.allocation_id] -= 1
                sessions.append(one)
        if sessions:
            correct_session(actor=actor, sessions=sessions, mistake=True)
