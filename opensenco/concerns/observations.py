"""Reading observations: one, those of a pupil, of a place, and those that a concern led to."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, QuerySet, prefetch_related_objects
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.access.registry import visible
from opensenco.cases.statements import Told
from opensenco.concerns.models import Concern, Observation
from opensenco.concerns.observation_states import LAID_BESIDE_THE_PLAN, Asks, WasSeen, Watched
from opensenco.concerns.tally import Tally, tally
from opensenco.gate.rows import find
from opensenco.people.looking_back import reads_then, rows_then
from opensenco.people.models import Pupil
from opensenco.people.queries import attach_classes

MOST_NAMED = 40
MOST_BESIDE = 20
USUAL = "-on"
#: what a list can be sorted by, in the columns of the database
SORTS = {
    "on": ("on", "began", "id"),
    "pupil": ("pupil__sort_key", "-on", "-id"),
    "kind": ("kind", "-on", "-id"),
    "by": ("by__last_name", "by__first_name", "-on", "-id"),
}


@dataclass(frozen=True)
class Wanted:
    """Which observations a list shows.

    Args:
        kind: a value of Watched; empty for all. mine: only what one saw oneself.
        error: those that were made in error, instead of those that stand.
    """

    kind: str = ""
    mine: bool = False
    error: bool = False


@dataclass(frozen=True)
class Looked:
    """One thing that the plan asked for, and whether it was seen."""

    kind: str
    words: str
    seen: str

    @property
    def what(self) -> str:
        """What it is in the plan."""
        return str(Asks(self.kind).label)

    @property
    def was(self) -> str:
        """Whether it was seen, in words."""
        return str(WasSeen(self.seen).label)


def observation(
    actor: Actor, ref: uuid.UUID, action: Action = Action.OBSERVATION_VIEW
) -> Observation:
    """Give the observation of a reference that this actor may do that to, its pupil with a class.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    row = find(
        actor, action, Observation, ref,
        "org", "pupil", "pupil__org", "by", "corrected_by", "in_error_by", "concern",
        "colleague",
    )  # fmt: skip
    attach_classes([row.pupil], actor.today)
    return row


def chosen(actor: Actor, wanted: Wanted, pupil: Pupil | None = None) -> QuerySet[Observation]:
    """Give the observations that a list is of, in no order yet.

    Args:
        pupil: of this pupil alone.
    """
    rows = visible(actor, Action.OBSERVATION_VIEW, Observation).filter(
        in_error_at__isnull=not wanted.error
    )
    if pupil is not None:
        rows = rows.filter(pupil=pupil)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    return rows.filter(by=actor.person) if wanted.mine else rows


def listed(
    actor: Actor, rows: QuerySet[Observation], sort: str, start: int, stop: int
) -> list[Observation]:
    """Give a page of observations in the order of a column, each pupil with a class."""
    down, key = sort.startswith("-"), sort.removeprefix("-")
    order = []
    for name in SORTS.get(key, SORTS["on"]):
        field, turned = F(name.removeprefix("-")), name.startswith("-") != down
        order.append(field.desc(nulls_last=True) if turned else field.asc(nulls_last=True))
    found = list(rows.select_related("pupil", "by").order_by(*order)[start:stop])
    attach_classes([row.pupil for row in found], actor.today)
    return found


def because_of(actor: Actor, row: Concern) -> list[Observation]:
    """Give what was seen because of a concern, the newest first."""
    return list(_standing(actor).filter(concern=row)[:MOST_BESIDE])


def of_plan(actor: Actor, cycle: uuid.UUID) -> list[Observation]:
    """Give what was seen beside a plan, the newest first."""
    return list(_standing(actor).filter(cycle=cycle)[:MOST_BESIDE])


def to_name(actor: Actor, pupil: Pupil) -> list[Observation]:
    """Give the observations that can be the source of a sentence, the newest first."""
    return list(_standing(actor).filter(pupil=pupil)[:MOST_NAMED])


def of_pupil_then(actor: Actor, pupil: Pupil, day: date | None) -> list[Observation]:
    """Give the newest observations of a pupil, as they are copied.

    Args:
        day: as they stood at its end; None for now.
    """
    if day is None:
        return list(_standing(actor).filter(pupil=pupil)[:MOST_BESIDE])
    if not reads_then(actor, pupil, Action.OBSERVATION_VIEW):
        return []
    rows = rows_then(Observation, pupil, day).filter(in_error_at__isnull=True)
    found = list(rows.order_by("-on", "-id")[:MOST_BESIDE])
    prefetch_related_objects(found, "by")
    return found


def _standing(actor: Actor) -> QuerySet[Observation]:
    if not actor.can_somewhere(Action.OBSERVATION_VIEW):
        return Observation.objects.none()
    rows = visible(actor, Action.OBSERVATION_VIEW, Observation).filter(in_error_at__isnull=True)
    return rows.select_related("by", "pupil", "colleague").order_by("-on", "-id")


def known(actor: Actor, refs: Iterable[uuid.UUID]) -> list[Observation]:
    """Give the observations of some references, as far as this actor reads them, by day."""
    return list(_standing(actor).filter(ref__in=list(refs)).order_by("on", "id"))


def visits_of_pupil(actor: Actor, pupil: Pupil) -> list[Observation]:
    """Give the lesson visits and book looks of a pupil that this actor reads, by day."""
    rows = _standing(actor).filter(pupil=pupil, kind__in=LAID_BESIDE_THE_PLAN)
    return list(rows.order_by("on", "id"))


def visits_to(actor: Actor, person: Person, first: date, last: date) -> list[Observation]:
    """Give the visits to a colleague's lessons in some days that this actor reads, newest first."""
    return list(_standing(actor).filter(colleague=person, on__range=(first, last)))


def counted_visits(actor: Actor, first: date, last: date) -> dict[int, int]:
    """Count the visits to lessons in some days that this actor reads, by the colleague's number."""
    rows = _standing(actor).filter(colleague__isnull=False, on__range=(first, last))
    found = rows.order_by().values_list("colleague").annotate(many=Count("id"))
    return dict(found.values_list("colleague", "many"))


def as_sources(actor: Actor, refs: frozenset[uuid.UUID]) -> dict[uuid.UUID, Told]:
    """Tell of observations that are the source of a sentence, to who may read them."""
    rows = _standing(actor).filter(ref__in=refs)
    return {row.ref: Told(named(row), True) for row in rows}


def named(row: Observation) -> str:
    """Say which observation is meant: how, by whom and when."""
    return _("%(what)s by %(who)s on %(on)s") % {
        "what": row.get_kind_display(),
        "who": row.by.name,
        "on": date_format(row.on, "j F Y"),
    }


def counted(row: Observation) -> Tally | None:
    """Give what was tallied; None where nothing was."""
    return tally(row.labels, row.samples) if row.kind == Watched.SAMPLING else None


def looked_for(row: Observation) -> list[Looked]:
    """Give what the plan asked for on that day, and whether it was seen."""
    return [Looked(one["kind"], one["words"], one["seen"]) for one in row.asked]


def seen_of(looked: Sequence[Looked]) -> tuple[int, int]:
    """Give how much of what was looked for was seen, and how much was looked for."""
    tried = [one for one in looked if one.seen]
    return sum(one.seen == WasSeen.YES for one in tried), len(tried)


def last_on(actor: Actor, pupil: Pupil) -> date | None:
    """Give the day on which somebody last watched this pupil, as far as this actor may know."""
    first = _standing(actor).filter(pupil=pupil).first()
    return first.on if first else None
