"""Logging what was delivered and what was not (APD-04). The ledger only grows."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.cases.calendar import is_closed
from opensenco.gate.operation import operation
from opensenco.kernel.dates import say
from opensenco.kernel.errors import Invalid, NotPossible, Stale
from opensenco.provision.models import MOST_MINUTES, Allocation, OwnReason, Session
from opensenco.provision.operations import quiet
from opensenco.provision.operations.library import check_number
from opensenco.provision.operations.making_up import check_made_up, giver, let_go
from opensenco.provision.operations.telling import check_stands
from opensenco.provision.queries.made_up import MISSED
from opensenco.provision.states import MARKS, Went, WhyNot
from opensenco.support.words import paragraph

#: how far back a session can be logged: what is older is no longer remembered
LOOK_BACK = timedelta(days=90)
MOST_NOTE = 1_000
MOST_CLOSED = 200


@dataclass(frozen=True)
class Mark:
    """How the session went for one pupil, where it differs from the others.

    Args:
        minutes: where this pupil stayed shorter or longer than the others.
    """

    went: str = Went.DELIVERED
    minutes: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Held:
    """How a session went as a whole.

    Args:
        minutes: how long it was; None for as long as was promised.
        not_held: why it did not happen (one of `WhyNot`); empty where it did.
        own: the place's own words for why, one of that kind.
        note: for all, such as what kept it from happening.
        closed: why it took place on a day on which the school is closed.
        gave: who gave it, where that is not who logs it; None leaves what is known as it is.
    """

    minutes: int | None = None
    not_held: str = ""
    own: OwnReason | None = None
    note: str = ""
    closed: str = ""
    gave: Person | None = None


class AlreadyLogged(NotPossible):
    """Somebody has logged this session. `refs` are the rows, so that a page can say who."""

    def __init__(self, rows: Sequence[Session]) -> None:
        super().__init__(_("This is logged already. Open it to change it."))
        self.refs = tuple(row.ref for row in rows)


@operation(Action.SESSION_LOG, on="allocations")
def log_session(
    *,
    actor: Actor,
    allocations: list[Allocation],
    on: date,
    held: Held = Held(),
    marks: Mapping[uuid.UUID, Mark] | None = None,
    makes_up: Mapping[uuid.UUID, Session] | None = None,
    again: bool = False,
) -> list[Session]:
    """Log one session for one pupil or for all of a group: everyone was here unless marked.

    Args:
        marks: what was different, by the reference of the allocation.
        makes_up: the missed sessions that it makes up, by the same; of who was not here, none.
        again: a second session of the same day; without it one a day is logged, so that a double
            tap logs once.

    Raises:
        Invalid: a day to come, too long ago or outside the promise's days; minutes, a mark or a
            reason that cannot be; school was closed, and nobody said why it took place.
        AlreadyLogged: it is logged, by whoever it was.
        NotPossible: something given in error.
    """
    given, missed = dict(marks or {}), dict(makes_up or {})
    for allocation in allocations:
        check_stands(allocation)
        _check_day(actor, allocation, on)
    closed = _closed(allocations, on, held)
    before = _first_rows(allocations, on)
    if before and not again and (live := _standing(allocations, on, before)):
        raise AlreadyLogged(live)
    batch = uuid.uuid4()
    made = [
        _new(
            actor, allocation, on,
            {
                **_made_up(allocation, on, missed.get(allocation.ref),
                           _values(allocation, held, given.get(allocation.ref))),
                "closed_because": closed, "gave": giver(actor, held.gave),
            },
            batch=batch, number=1 + sum(row.allocation_id == allocation.pk for row in before),
        )
        for allocation in allocations
    ]  # fmt: skip
    quiet.heard_of(actor, allocations)
    return made


@operation(Action.SESSION_LOG, on="sessions")
def correct_session(
    *,
    actor: Actor,
    sessions: list[Session],
    held: Held = Held(),
    marks: Mapping[uuid.UUID, Mark] | None = None,
    makes_up: Mapping[uuid.UUID, Session] | None = None,
    mistake: bool = False,
) -> list[Session]:
    """Put right what was logged, by new rows in place of those that differ.

    Args:
        sessions: the rows as they stand.
        marks: by the reference of the allocation, as for `log_session`.
        makes_up: as for `log_session`; None leaves what each makes up as it is.
        mistake: there was no such session; it counts no more and can be logged anew.

    Returns:
        The rows that stand afterwards, in the order given.

    Raises:
        Invalid: minutes, a mark or a reason that cannot be.
        NotPossible: it was taken back as a mistake; it is logged anew instead.
        Stale: somebody else has corrected one of them in between.
    """
    given = dict(marks or {})
    if any(row.went == Went.MISTAKE for row in sessions):
        raise NotPossible(_("This was taken back as a mistake. Log the session again instead."))
    if Session.objects.filter(corrects__in=sessions).exists():
        raise Stale
    stand = []
    for row in sessions:
        if mistake:
            values = _taken(row)
        else:
            ref = row.allocation.ref
            missed = row.makes_up if makes_up is None else makes_up.get(ref)
            values = _values(row.allocation, held, given.get(ref))
            values = _made_up(row.allocation, row.on, missed, values, instead_of=row)
        # nobody gave what was not held; else whoever puts it right did not give it by that
        gave = None if row.went == Went.NOT_HELD else row.given_by
        same = held.gave in (None, row.given_by) or values["went"] == Went.NOT_HELD
        if same and _holds(row, values):
            stand.append(row)
            continue
        values |= {
            "closed_because": row.closed_because,
            "gave": giver(actor, held.gave or gave),
        }
        new = _new(
            actor, row.allocation, row.on, values, batch=row.batch, number=row.number, corrects=row
        )
        stand.append(new)
    let_go(actor, [old for old, new in zip(sessions, stand, strict=True)
                   if old.went in MISSED and new.went not in MISSED])  # fmt: skip
    return stand


def _holds(row: Session, values: Mapping[str, object]) -> bool:
    return all(getattr(row, name) == value for name, value in values.items())


def _closed(allocations: Sequence[Allocation], on: date, held: Held) -> str:
    """Give why a session took place on a closed day; nothing where school was open.

    Raises:
        Invalid: school was closed, and nobody said why; or it was not held, and so not missed.
    """
    why = " ".join(held.closed.split())
    if len(why) > MOST_CLOSED:
        raise Invalid("closed", _("Use at most %(most)s characters.") % {"most": MOST_CLOSED})
    if not allocations or not is_closed(allocations[0].org_id, on):
        return ""
    if held.not_held:
        raise Invalid(
            "on",
            _("School was closed on %(day)s, so nothing was due and nothing was missed. "
              "Choose another day.") % {"day": say(on)},
        )  # fmt: skip
    if not why:
        raise Invalid(
            "closed",
            _("School was closed on %(day)s. Choose another day, or say why it took place.")
            % {"day": say(on)},
        )
    return why


def _made_up(
    allocation: Allocation,
    on: date,
    missed: Session | None,
    values: dict[str, object],
    instead_of: Session | None = None,
) -> dict[str, object]:
    """Add to what is stored which missed session it makes up, where the pupil was here."""
    if missed is None or values["went"] != Went.DELIVERED:
        return {**values, "makes_up": None}
    if instead_of is None or instead_of.makes_up_id != missed.pk:
        check_made_up(allocation, missed, on, instead_of)
    return {**values, "makes_up": missed}


def _check_day(actor: Actor, allocation: Allocation, on: date) -> None:
    if on > actor.today:
        raise Invalid("on", _("This is a day to come. Log it once it has happened."))
    if on < actor.today - LOOK_BACK:
        raise Invalid("on", _("This is more than three months ago. Choose a later day."))
    if on < allocation.starts:
        raise Invalid(
            "on", _("This begins on %(day)s. Choose a later day.") % {"day": say(allocation.starts)}
        )
    if allocation.ends is not None and on > allocation.ends:
        raise Invalid(
            "on", _("This ended on %(day)s. Choose an earlier day.") % {"day": say(allocation.ends)}
        )


def _first_rows(allocations: list[Allocation], on: date) -> Sequence[Session]:
    """Give the rows first logged for a day. Most often there are none, so no more is asked."""
    return list(Session.objects.filter(allocation__in=allocations, on=on, corrects__isnull=True))


def _standing(allocations: list[Allocation], on: date, rows: Sequence[Session]) -> list[Session]:
    """Leave out the rows that were taken back as a mistake since."""
    mistakes = set(
        Session.objects.filter(allocation__in=allocations, on=on, went=Went.MISTAKE).values_list(
            "allocation_id", "number"
        )
    )
    return [row for row in rows if (row.allocation_id, row.number) not in mistakes]


def _values(allocation: Allocation, held: Held, mark: Mark | None) -> dict[str, object]:
    """Give how it went for one pupil, as it is stored."""
    note = paragraph("note", held.note, MOST_NOTE)
    if held.not_held:
        if held.not_held not in WhyNot.values:
            raise Invalid("not_held", _("Choose why it did not happen."))
        own = held.own
        if own is not None and (own.kind, own.org_id) != (held.not_held, allocation.org_id):
            raise Invalid("not_held", _("Choose why it did not happen."))
        if held.not_held == WhyNot.OTHER and not (note or own):
            raise Invalid("note", _("Say in the note what the reason was."))
        return {
            "went": Went.NOT_HELD, "minutes": 0, "reason": held.not_held, "note": note,
            "own_words": own.words if own else "",
        }  # fmt: skip
    mark = mark or Mark()
    if mark.went not in MARKS:
        raise Invalid("went", _("Choose here, away or chose not to."))
    asked = (mark.minutes, held.minutes, allocation.minutes)
    minutes = next(value for value in asked if value is not None)
    check_number("minutes", minutes, MOST_MINUTES)
    about = paragraph("note", mark.note, MOST_NOTE)
    return {
        "went": mark.went,
        "minutes": minutes if mark.went == Went.DELIVERED else 0,
        "reason": "",
        "own_words": "",
        "note": about or note,
    }


def _taken(row: Session) -> dict[str, object]:
    return {"went": Went.MISTAKE, "minutes": 0, "reason": "", "own_words": "", "note": row.note,
            "makes_up": None}  # fmt: skip


def _new(
    actor: Actor,
    allocation: Allocation,
    on: date,
    values: dict[str, object],
    *,
    batch: uuid.UUID,
    number: int,
    corrects: Session | None = None,
) -> Session:
    row = Session(
        org_id=allocation.org_id, pupil_id=allocation.pupil_id, allocation=allocation,
        group_id=allocation.group_id, on=on, batch=batch, number=number, corrects=corrects,
        person=actor.person, at=actor.next_moment(), **values,
    )  # fmt: skip
    row.save()
    return row
