"""Which missed sessions were made up, and which still can be.

A session is known by its promise, its day and its number of that day: these stay the same whatever
row of it stands, so what makes up a missed one still does when that has been put right.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from opensenco.provision.models import Allocation, Session
from opensenco.provision.queries.standing import standing_sessions
from opensenco.provision.states import Went

#: how long after it was missed a session can still be made up
MADE_UP_WITHIN = timedelta(days=90)
MISSED = (Went.AWAY, Went.CHOSE_NOT, Went.NOT_HELD)

#: the promise, the day and the number of that day
Key = tuple[int, date, int]


def key_of(row: Session) -> Key:
    """Give by what a session is known, whichever of its rows this is."""
    return row.allocation_id, row.on, row.number


def makes_up(rows: Iterable[Session]) -> QuerySet[Session]:
    """Give the standing sessions that make up one of these."""
    keys = {key_of(row) for row in rows}
    found = standing_sessions(Session.objects.filter(makes_up__isnull=False)).filter(
        makes_up__allocation__in={key[0] for key in keys},
        makes_up__on__in={key[1] for key in keys},
    )
    return found.select_related("makes_up", "allocation").order_by("on", "number", "id")


def made_up_by(rows: Sequence[Session]) -> dict[Key, Session]:
    """Give for each of these missed sessions the one that made it up, where there is one."""
    missed = [row for row in rows if row.went in MISSED]
    keys = {key_of(row) for row in missed}
    if not missed:
        return {}
    found = {key_of(one.makes_up): one for one in makes_up(missed) if one.makes_up}
    return {key: one for key, one in found.items() if key in keys}


@dataclass(frozen=True)
class Open:
    """A missed session of some pupils that are given something together, not made up yet.

    Args:
        rows: the missed rows by the key of the promise that would make each up.
    """

    on: date
    number: int
    rows: dict[int, Session]

    @property
    def key(self) -> str:
        """What a form calls it."""
        return f"{self.on.isoformat()}.{self.number}"

    @property
    def first(self) -> Session:
        """One of its rows, by which it is told of."""
        return next(iter(self.rows.values()))


def open_to_make_up(
    allocations: Sequence[Allocation], until: date, but: Iterable[Session] = ()
) -> list[Open]:
    """Give the sessions these pupils missed of the same provision that nobody made up, the newest
    first. Asks once.

    Args:
        until: the last day on which one can have been missed.
        but: sessions that are being put right: what they make up is open to them.
    """
    again = standing_sessions(
        Session.objects.filter(
            makes_up__allocation=OuterRef("allocation"),
            makes_up__on=OuterRef("on"),
            makes_up__number=OuterRef("number"),
        )
    ).exclude(pk__in=[row.pk for row in but])
    promises = {(one.pupil_id, one.provision_id): one.pk for one in allocations}
    rows = standing_sessions(
        Session.objects.filter(
            # where two records were made one, the promise moved and the session stays
            allocation__pupil__in=[one.pupil_id for one in allocations],
            allocation__provision__in={one.provision_id for one in allocations},
            allocation__in_error_at__isnull=True,
            went__in=MISSED,
            on__range=(until - MADE_UP_WITHIN, until),
        )
    ).filter(~Exists(again))
    found: dict[tuple[date, int], dict[int, Session]] = {}
    for row in rows.select_related("allocation", "pupil").order_by("-on", "-number", "id"):
        promise = promises.get((row.allocation.pupil_id, row.allocation.provision_id))
        if promise is not None:
            found.setdefault((row.on, row.number), {}).setdefault(promise, row)
    return [Open(on, number, of) for (on, number), of in found.items()]
