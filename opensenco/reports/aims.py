"""Reading the aims of the strategic plan: a list, one with its notes, figures then and now."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from opensenco.access.actions import Action
from opensenco.access.actor import Actor, held
from opensenco.access.models import Membership, Organisation, Person
from opensenco.access.reach import Reach
from opensenco.access.registry import visible
from opensenco.gate.rows import find
from opensenco.kernel.dates import add_months
from opensenco.people.policy import on_day
from opensenco.reports.measures import NOTHING, Figure, figure, sees_figures
from opensenco.reports.models import AimNote, PlanAim, ReportEdition
from opensenco.reports.states import AimState, Measure

#: an aim is looked at at least once in so many months
LOOK_AGAIN = 12
MOST_EDITIONS = 20
#: under way first, then in the order of the states
_ORDER = list(AimState.values)
_SORTS = {
    "aim": ("words",),
    "measure": ("_by_measure", "words"),
    "by": ("by",),
    "owner": ("owner__last_name", "owner__first_name"),
    "state": ("_stands", "by"),
    "look": ("look_on",),
}


@dataclass(frozen=True)
class Wanted:
    """Which aims a list shows: each empty for all.

    Args:
        state: a value of AimState, or "look" for those at which a look is due.
        owner: the reference of who answers for them.
    """

    state: str = ""
    owner: str = ""


def aims(actor: Actor, wanted: Wanted) -> QuerySet[PlanAim]:
    """Give the aims that this actor may read, as asked for, without what was wrong."""
    rows = visible(actor, Action.REPORT_READ, PlanAim).filter(in_error_at__isnull=True)
    if wanted.state == "look":
        rows = rows.filter(look_is_due(actor.today))
    elif wanted.state:
        rows = rows.filter(state=wanted.state)
    return rows.filter(owner__ref=wanted.owner) if wanted.owner else rows


def look_is_due(today: date) -> Q:
    """Give the condition that an aim waits for a look."""
    return Q(state=AimState.GOING, look_on__lte=today)


def listed(rows: QuerySet[PlanAim], sort: str, start: int, stop: int) -> list[PlanAim]:
    """Give a page of aims in the order of a column, each with what was noted last."""
    down, key = sort.startswith("-"), sort.removeprefix("-")
    ranked = with_last_note(rows).annotate(
        _stands=_in_order("state", _ORDER), _by_measure=_in_order("measure", Measure.values)
    )
    order = [F(name).desc() if down else F(name).asc() for name in _SORTS.get(key, _SORTS["state"])]
    return list(ranked.order_by(*order, "id")[start:stop])


def with_last_note(rows: QuerySet[PlanAim]) -> QuerySet[PlanAim]:
    """Put day and words of what was noted last on each aim."""
    last = AimNote.objects.filter(aim=OuterRef("pk"), in_error_at__isnull=True)
    last = last.order_by("-on", "-id")
    numbers = last.filter(figure__isnull=False)
    return rows.annotate(
        noted_on=Subquery(last.values("on")[:1]),
        noted=Subquery(last.values("words")[:1]),
        last_figure=Subquery(numbers.values("figure")[:1]),
        last_figure_on=Subquery(numbers.values("on")[:1]),
    ).select_related("owner", "org")


def _in_order(field: str, values: list[str]) -> Case:
    return Case(
        *(When(**{field: value}, then=Value(place)) for place, value in enumerate(values)),
        default=Value(len(values)), output_field=IntegerField(),
    )  # fmt: skip


def owners(actor: Actor) -> list[Person]:
    """Give who answers for any aim that this actor may read."""
    rows = visible(actor, Action.REPORT_READ, PlanAim).filter(in_error_at__isnull=True)
    people = Person.objects.filter(pk__in=rows.values("owner"))
    return list(people.order_by("last_name", "first_name", "id"))


def aim(actor: Actor, ref: uuid.UUID, action: Action = Action.REPORT_READ) -> PlanAim:
    """Give the aim of a reference.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, action, PlanAim, ref, "org", "owner", "person", "in_error_by")


def shown(actor: Actor, ref: uuid.UUID) -> PlanAim:
    """Give an aim with what was noted of it last, to be read.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    row = aim(actor, ref)
    rows = with_last_note(PlanAim.objects.filter(pk=row.pk))
    return rows.select_related("owner", "org", "person", "in_error_by").get()


def note(actor: Actor, ref: uuid.UUID) -> AimNote:
    """Give a note of an aim, to mark it as wrong.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, Action.REPORT_WRITE, AimNote, ref, "aim", "aim__org", "aim__owner")


def notes(actor: Actor, row: PlanAim) -> list[AimNote]:
    """Give what was noted of an aim, the newest first, also what was wrong."""
    rows = visible(actor, Action.REPORT_READ, AimNote).filter(aim=row)
    named = rows.select_related("person", "edition", "in_error_by").defer("edition__content")
    return list(named.order_by("-on", "-id"))


def versions(row: PlanAim) -> list[object]:
    """Give every version of an aim, the newest first."""
    found = PlanAim.history.filter(id=row.pk).select_related("history_user", "owner")
    return list(found.order_by("-history_id"))


def editions(actor: Actor, org: Organisation) -> list[ReportEdition]:
    """Give the editions of our own reports that can show how an aim stands, the newest first."""
    rows = visible(actor, Action.REPORT_READ, ReportEdition).filter(org=org)
    return list(rows.defer("content").order_by("-published_on", "-id")[:MOST_EDITIONS])


def can_answer(org: Organisation, today: date) -> list[Person]:
    """Give who can answer for an aim of a place: whoever writes its reports today."""
    rows = Membership.objects.filter(
        on_day(today), org=org, person__is_active=True, withdrawn=False
    )
    named = rows.select_related("person", "org", "local_role")
    found = {
        one.person_id: one.person
        for one in named.order_by("person__last_name", "person__first_name", "id")
        if held(one)[1].get(Action.REPORT_WRITE) is Reach.ALL
    }
    return list(found.values())


def figures_now(actor: Actor, rows: Iterable[PlanAim]) -> dict[tuple[int, str], Figure]:
    """Give the figures of today by place and measure, each asked once however many aims have it.

    Where the role sees no figures of the whole place, there are none.
    """
    if not sees_figures(actor):
        return {}
    wanted = {(one.org_id, one.measure): one.org for one in rows if one.state == AimState.GOING}
    return {
        key: figure(actor, org, key[1])
        for key, org in wanted.items()
        if key[1] != Measure.OWN
    }  # fmt: skip


def now_of(row: PlanAim, found: dict[tuple[int, str], Figure]) -> tuple[Figure, date | None]:
    """Give an aim's figure as it stands, and its day where that is not today.

    Of the record it is today's as long as the aim is on the way; else, and of a number of our own,
    it is the one that was noted last, or else the one of the start.

    Args:
        row: as `with_last_note` gives it.
    """
    live = found.get((row.org_id, row.measure))
    if live is not None and row.state == AimState.GOING:
        return live, None
    value, on = row.last_figure, row.last_figure_on  # type: ignore[attr-defined]
    if value is None and row.measure == Measure.OWN:
        # nobody has counted since
        value, on = row.start, row.start_on
    return (Figure(value), on) if value is not None else (NOTHING, None)


def next_look(by: date, looked: date) -> date:
    """Give when an aim is looked at next: on its day, or a year after the last look before it."""
    return min(by, add_months(looked, LOOK_AGAIN))


def of_report(actor: Actor, org: Organisation, since: date) -> list[PlanAim]:
    """Give the aims of a place for its report: those on the way, and what ended since a day."""
    rows = visible(actor, Action.REPORT_READ, PlanAim).filter(org=org, in_error_at__isnull=True)
    shown = rows.filter(Q(state=AimState.GOING) | Q(ended_on__gte=since))
    return list(with_last_note(shown).order_by("by", "id"))
