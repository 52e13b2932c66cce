"""Reading requests about personal data, what was gathered for them, and what was given."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db.models import Count, Q, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.personal import PARTS, Part
from opensenco.access.registry import visible
from opensenco.documents.keeping import store_of
from opensenco.gate.rows import find
from opensenco.kernel.errors import NotFound
from opensenco.law.calendar.cover import CalendarNotCovered
from opensenco.law.due import Due
from opensenco.people.models import Pupil
from opensenco.people.one_child import of_one_child
from opensenco.protection import clock
from opensenco.protection.models import (
    DataRequest,
    GatheredItem,
    RequestPackage,
    RequestPause,
)
from opensenco.protection.states import ENDED, Decision, Making, State

HANDLE, LEAD = Action.REQUEST_HANDLE, Action.SAFEGUARDING_VIEW


@dataclass(frozen=True)
class Line:
    """A request in a list: by when it is to be answered."""

    row: DataRequest
    due: date | None


@dataclass(frozen=True)
class Shown:
    """A request with its days, its packages, and what comes next.

    Args:
        waits_for_lead: the safeguarding lead has not looked through their part yet.
    """

    row: DataRequest
    dues: Sequence[Due]
    pauses: Sequence[RequestPause]
    packages: Sequence[RequestPackage]
    undecided: int
    gathered: int
    lost: bool
    waits_for_lead: bool

    @property
    def open_pause(self) -> RequestPause | None:
        """The question that has not been answered yet."""
        return next((one for one in self.pauses if one.answered_on is None), None)

    @property
    def ready(self) -> RequestPackage | None:
        """The newest package that was made."""
        return next((one for one in self.packages if one.state == Making.DONE), None)

    @property
    def ended(self) -> bool:
        """Whether nothing more is done."""
        return self.row.state in ENDED


@dataclass(frozen=True)
class PartLine:
    """One part of what was gathered: how much of it, and how much is decided."""

    part: Part
    total: int
    undecided: int
    to_look_at: int
    withheld: int


def requests(actor: Actor, *, ended: bool) -> QuerySet[DataRequest]:
    """Give the requests that this actor answers, the oldest first; ended ones newest first."""
    rows = visible(actor, HANDLE, DataRequest).select_related("pupil", "handler")
    if ended:
        return rows.filter(state__in=ENDED).order_by("-decided_on", "-id")
    return rows.exclude(state__in=ENDED).order_by("received_on", "id")


def lines(rows: Sequence[DataRequest]) -> list[Line]:
    """Give requests with the day by which each is to be answered."""
    pauses: dict[int, list[RequestPause]] = {}
    for one in RequestPause.objects.filter(data_request__in=[row.pk for row in rows]):
        pauses.setdefault(one.data_request_id, []).append(one)
    return [Line(row, _due(row, pauses.get(row.pk, []))) for row in rows]


def _due(row: DataRequest, pauses: Sequence[RequestPause]) -> date | None:
    try:
        return clock.answer_by(clock.dues_of(row, pauses))
    except CalendarNotCovered:
        return None


def requests_about(actor: Actor, pupil: Pupil) -> list[DataRequest]:
    """Give the requests about one child, the newest first."""
    rows = visible(actor, HANDLE, DataRequest).filter(of_one_child(pupil))
    return list(rows.select_related("pupil", "handler").order_by("-received_on", "-id"))


def request(actor: Actor, ref: uuid.UUID, action: Action = HANDLE) -> DataRequest:
    """Give the request of a reference.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, action, DataRequest, ref, "pupil__org", "org", "handler", "lead_by")


def shown(actor: Actor, row: DataRequest) -> Shown:
    """Give a request as its page shows it."""
    pauses = list(RequestPause.objects.filter(data_request=row).order_by("asked_on", "id"))
    items = visible(actor, HANDLE, GatheredItem).filter(data_request=row)
    counts = items.aggregate(every=Count("pk"), open=Count("pk", filter=Q(decision="")))
    return Shown(
        row=row, dues=_dues(row, pauses), pauses=pauses, packages=packages(actor, row, HANDLE),
        undecided=counts["open"], gathered=counts["every"],
        lost=row.state == State.GATHERING and clock.lost(actor, row),
        waits_for_lead=row.lead_at is None and clock.somebody_leads(actor, row),
    )  # fmt: skip


def _dues(row: DataRequest, pauses: Sequence[RequestPause]) -> Sequence[Due]:
    try:
        return clock.dues_of(row, pauses)
    except CalendarNotCovered:
        return ()


def packages(actor: Actor, row: DataRequest, action: Action) -> list[RequestPackage]:
    """Give the packages of a request, the newest first."""
    rows = visible(actor, action, RequestPackage).filter(data_request=row)
    return list(rows.select_related("person").order_by("-number"))


def parts(actor: Actor, row: DataRequest, action: Action) -> list[PartLine]:
    """Give the parts of what was gathered, in their order, with counts: one question."""
    rows = visible(actor, action, GatheredItem).filter(data_request=row)
    counted = rows.values("part").annotate(
        total=Count("pk"),
        undecided=Count("pk", filter=Q(decision="")),
        looks=Count("pk", filter=Q(decision="", to_look_at=True)),
        withheld=Count("pk", filter=Q(decision=Decision.WITHHOLD)),
    )
    by_code = {one["part"]: one for one in counted.order_by("part")}
    return [
        PartLine(part, one["total"], one["undecided"], one["looks"], one["withheld"])
        for code, part in PARTS.items()
        if (one := by_code.get(code))
    ]


def items(
    actor: Actor, row: DataRequest, action: Action, part: str, view: str
) -> QuerySet[GatheredItem]:
    """Give the pieces of one part: all, those not decided, or those kept back in whole or part."""
    rows = visible(actor, action, GatheredItem).filter(data_request=row, part=part)
    if view == "open":
        rows = rows.filter(decision="")
    elif view == "back":
        rows = rows.filter(decision__in=[Decision.WITHHOLD, Decision.WITHOUT])
    # what has to be looked at by itself comes first
    return rows.select_related("decided_by").order_by("-to_look_at", "id")


def item(actor: Actor, ref: uuid.UUID, action: Action) -> GatheredItem:
    """Give one piece.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    related = ("pupil__org", "org", "data_request", "decided_by", "instead__file")
    return find(actor, action, GatheredItem, ref, *related)


def next_to_decide(actor: Actor, row: GatheredItem, action: Action) -> GatheredItem | None:
    """Give the next piece of the same part that nobody has decided of."""
    rows = visible(actor, action, GatheredItem).filter(
        data_request=row.data_request_id, part=row.part, decision=""
    )
    return rows.exclude(pk=row.pk).order_by("-to_look_at", "id").first()


def file_of(row: GatheredItem) -> Path:
    """Give where the file of a piece lies.

    Raises:
        FileNotTaken: it is gone, or damaged.
    """
    return store_of(row.org).whole(row.digest)


def copy_of(row: GatheredItem) -> Path:
    """Give where the copy lies that is given in place of the file of a piece.

    Raises:
        FileNotTaken: it is gone, or damaged.
        NotFound: there is none.
    """
    if row.instead is None:
        raise NotFound
    return store_of(row.org).whole(row.instead.file.digest)


def package(actor: Actor, ref: uuid.UUID, action: Action) -> RequestPackage:
    """Give one package.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, action, RequestPackage, ref, "pupil__org", "org", "data_request", "person")


def package_file(row: RequestPackage) -> Path:
    """Give where the file of a package lies.

    Raises:
        FileNotTaken: it is gone, or damaged.
    """
    return store_of(row.org).whole(row.digest)
