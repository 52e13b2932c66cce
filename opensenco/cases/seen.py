"""What changed in pupils' records since one last looked (docs/adr/0022).

One has looked where one opened the pupil's page, which the log of looks has, or said so on a list
(`SeenMark`). Only what one may read is asked for, so nothing else is told and nothing counted.
"""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import (
    CharField,
    Count,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    QuerySet,
    Value,
    Window,
)
from django.db.models.functions import Coalesce, RowNumber

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.questions import Among, Told, question
from opensenco.access.registry import visible
from opensenco.audit.models import Opening
from opensenco.cases.models import Fact, SeenMark
from opensenco.cases.queries import standing_facts
from opensenco.kernel.clock import LONDON, london_date
from opensenco.people.models import Pupil

#: what was not looked at for four weeks is found in the records and is no news
DAYS = 28
#: pupils on a page of the list, and on a home page; sentences told of each
PAGE, ON_HOME, FEW = 20, 6, 3
#: what was being written while a page was drawn may not have stood on it yet
GRACE = timedelta(minutes=1)
FACTS = "facts"

#: other rows that are new to a person: with `child` (id of a pupil) and `moment` of each
Beside = Callable[[Actor], QuerySet[Any]]


@dataclass
class Changed:
    """What is new about one pupil.

    Args:
        last: the moment of the newest.
        facts: the newest few, newest first. earlier: how many more there are.
        beside: how many new rows of other kinds there are, by the kind's name.
    """

    pupil: Pupil
    last: datetime
    facts: list[Fact] = field(default_factory=list)
    earlier: int = 0
    beside: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Looked:
    """When somebody last looked at a pupil's record before today, or said that they have seen it.

    Args:
        at: None where they did neither in four weeks, or never.
        since: what was written later is new to them.
    """

    at: datetime | None
    since: datetime

    @property
    def on(self) -> date | None:
        """The day on which they looked."""
        return london_date(self.at) if self.at else None


def changed(
    actor: Actor,
    beside: tuple[tuple[str, Beside], ...] = (),
    *,
    before: datetime | None = None,
    most: int = PAGE,
) -> tuple[list[Changed], datetime | None]:
    """Give the pupils of whom something is new to this person, the newest first.

    Asks at most three questions, and one where nothing is new.

    Args:
        beside: other kinds of rows, by their names. What is new among them they know themselves.
        before: only pupils of whom the newest was written before this moment.

    Returns:
        the pupils, and the moment before which there are more; None where these are all.
    """
    since = actor.at - timedelta(days=DAYS)
    rows: Iterable[Any]
    if before is None:
        rows = _newest.ask(actor, beside, most, since=since)
    else:
        rows = _by_child(actor, beside, since, before)[: _rows(beside, most)]
    found: dict[int, Changed] = {}
    more: datetime | None = None
    for child, last, many, kind in rows:
        if child not in found and len(found) == most:
            more = min(one.last for one in found.values())
            break
        one = found.setdefault(child, Changed(Pupil(pk=child), last))
        if kind == FACTS:
            one.earlier = many
        else:
            one.beside[kind] = many
    _tell(actor, found, since)
    return list(found.values()), more


def _rows(beside: Sequence[object], most: int) -> int:
    """Each kind has at most one row for each pupil, so these are enough for one pupil more."""
    return (most + 1) * (1 + len(beside))


@question
def _newest(actor: Actor, beside: tuple[tuple[str, Beside], ...], most: int) -> QuerySet[Any, Any]:
    rows = _by_child(actor, beside, Told("since", DateTimeField()), None)
    return rows[: _rows(beside, most)]


def _by_child(
    actor: Actor,
    beside: tuple[tuple[str, Beside], ...],
    since: Any,
    before: datetime | None,
) -> QuerySet[Any, Any]:
    """Give for each pupil and kind the newest moment and how many there are, newest first."""
    facts = _new_facts(actor, since)
    others = [(name, give(actor).filter(moment__gte=since)) for name, give in beside]
    kinds = [(FACTS, facts), *others]
    if before is not None:
        shown = [rows.filter(moment__gte=before).values("child") for _name, rows in kinds]
        kinds = [(name, _without(rows, shown)) for name, rows in kinds]
    first, *more = (
        rows.order_by()
        .values("child")
        .annotate(last=Max("moment"), many=Count("pk"), kind=Value(name, CharField()))
        .values_list("child", "last", "many", "kind")
        for name, rows in kinds
    )
    together: QuerySet[Any, Any] = first.union(*more, all=True)
    return together.order_by("-last", "child")


def _without(rows: QuerySet[Any], shown: Iterable[QuerySet[Any, Any]]) -> QuerySet[Any]:
    for children in shown:
        rows = rows.exclude(child__in=children)
    return rows


def _new_facts(actor: Actor, since: Any) -> QuerySet[Any]:
    """Facts that others wrote since a moment and since this person looked."""
    rows = standing_facts(actor).filter(at__gte=since).exclude(person=actor.person)
    rows = rows.annotate(child=Coalesce("pupil__same_as", "pupil"), moment=F("at"))
    later = ExpressionWrapper(OuterRef("at") + Value(GRACE), DateTimeField())
    opened = _openings(actor).filter(pupil=OuterRef("child"), at__gte=later)
    said = SeenMark.objects.filter(
        person=actor.person, pupil=OuterRef("child"), until__gte=OuterRef("at")
    )
    return rows.filter(~Exists(opened), ~Exists(said))


def _openings(actor: Actor) -> QuerySet[Opening]:
    """When this person opened pupils' pages."""
    return Opening.objects.filter(
        person=actor.person, kind=Opening.Kind.PAGE, action=Action.PUPIL_VIEW.value
    )


def _tell(actor: Actor, found: dict[int, Changed], since: datetime) -> None:
    """Attach the newest few sentences of each pupil, and the pupils."""
    told = [pk for pk, one in found.items() if one.earlier]
    for fact in _newest_few.ask(actor, children=told, since=since) if told else ():
        one = found[fact.child]
        one.pupil = fact.pupil = fact.pupil.stands
        one.facts.append(fact)
        one.earlier -= 1
    others = [pk for pk, one in found.items() if not one.facts]
    for pupil in Pupil.objects.filter(pk__in=others) if others else ():
        found[pupil.pk].pupil = pupil


@question
def _newest_few(actor: Actor) -> QuerySet[Any]:
    nth = Window(RowNumber(), partition_by=F("child"), order_by=[F("at").desc(), F("id").desc()])
    rows = _new_facts(actor, Told("since", DateTimeField())).filter(Among("child", "children"))
    few: QuerySet[Any] = rows.annotate(nth=nth).filter(nth__lte=FEW)
    return few.select_related("person", "pupil__same_as").order_by("-at", "-id")


def chosen(actor: Actor, refs: Iterable[uuid.UUID]) -> list[Pupil]:
    """Give the pupils of these references whom this person may open; others are left out."""
    return list(visible(actor, Action.PUPIL_VIEW, Pupil).filter(ref__in=list(refs)).order_by("pk"))


def looked(actor: Actor, pupil: Pupil) -> Looked:
    """Give when this person last looked at a pupil's record: before today, or by saying so.

    What is new when the day begins stays told for the whole day, however often the page is opened.
    """
    midnight = datetime.combine(actor.today, time(0), LONDON)
    opened = _openings(actor).filter(pupil=pupil, at__lt=midnight).order_by()
    said = SeenMark.objects.filter(person=actor.person, pupil=pupil).order_by()
    newest = (
        rows.values("person").annotate(last=Max(at), said=Value(by)).values_list("last", "said")
        for rows, at, by in ((opened, "at", False), (said, "until", True))
    )
    first, second = newest
    moments = [
        (last if by_word else last - GRACE, last) for last, by_word in first.union(second, all=True)
    ]
    long_ago = actor.at - timedelta(days=DAYS)
    since, at = max(moments, default=(long_ago, None), key=lambda one: one[0])
    return Looked(at, since)


def new_to(actor: Actor, facts: Iterable[Fact], mark: Looked) -> list[Fact]:
    """Choose of a pupil's facts those that others wrote since this person looked, newest first."""
    new = [one for one in facts if one.at > mark.since and one.person_id != actor.person.pk]
    return sorted(new, key=lambda one: (one.at, one.pk), reverse=True)
