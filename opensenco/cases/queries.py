"""Reading the spine: a pupil's timeline, what waits and for whom, and what is due."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import (
    BigAutoField,
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership, Person
from opensenco.access.questions import Among, Told, counted, question
from opensenco.access.registry import visible
from opensenco.cases.models import Fact, Task
from opensenco.cases.policy import my_turn
from opensenco.cases.states import NOT_THE_SENCO
from opensenco.notices.queries import (
    NEWS_KIND,
    WHATS_NEW_KIND,
    new_since,
    news_by_kind,
    read_of_whats_new,
)
from opensenco.people.models import Pupil
from opensenco.people.one_child import told_of_one_child
from opensenco.people.policy import on_day
from opensenco.people.queries import attach_classes

MOST_FACTS = 200
MOST_TURNS = 15


class AboutPupil:
    """A row that can be about a pupil."""

    pupil: Pupil | None

    @property
    def name(self) -> str:
        """The pupil's name as said; empty where the row is about no child."""
        return self.pupil.name if self.pupil else ""

    @property
    def class_name(self) -> str:
        """The class the pupil is in today; empty where there is none."""
        return getattr(self.pupil, "class_name", "")


@dataclass(frozen=True)
class Turn(AboutPupil):
    """One thing that waits.

    Args:
        pupil: whom it is about; None where it is about no child.
        who: whose turn it is, as people of this place call them.
        days: how long it has waited, in days.
    """

    kind: str
    words: str
    pupil: Pupil | None
    place: str
    who: str
    yours: bool
    since: date
    days: int
    due: date | None
    source_label: str
    source_ref: uuid.UUID


@dataclass(frozen=True)
class Waiting:
    """What waits for this person and for whom they wait, the longest first, with whole counts."""

    yours: list[Turn]
    theirs: list[Turn]
    count_yours: int
    count_theirs: int

    @property
    def count(self) -> int:
        """How many things wait in all."""
        return self.count_yours + self.count_theirs


def timeline(pupil: Pupil, actor: Actor) -> list[Fact]:
    """Give the facts of a pupil that this actor may read, newest first, at most 200.

    Facts that were put right or taken back are left out; the row that did so stands in their place.
    """
    return _timeline.ask(actor, pupil=pupil.pk)


@question
def _timeline(actor: Actor) -> QuerySet[Fact]:
    about = told_of_one_child(Pupil, Told("pupil", BigAutoField()))
    rows = standing_facts(actor).filter(about).select_related("person")
    return rows.order_by("-on", "-at", "-id")[:MOST_FACTS]


def standing_facts(actor: Actor) -> QuerySet[Fact]:
    """Give the facts that this actor may read and nothing later has put right or taken back."""
    righted = Fact.objects.filter(corrects=OuterRef("pk"), corrects__isnull=False)
    taken_back = Fact.objects.filter(
        withdraws=True, source_ref=OuterRef("source_ref"), id__gt=OuterRef("pk")
    )
    return visible(actor, Action.TASK_VIEW, Fact).filter(~Exists(righted), ~Exists(taken_back))


def tasks_for(actor: Actor, most: int = MOST_TURNS) -> Waiting:
    """Give what waits: yours and theirs apart, each the longest first.

    Args:
        most: how many of each to give; the counts are of all.
    """
    yours = [_turn(actor, task, yours=True) for task in _first_of_mine.ask(actor, most)]
    theirs = [_turn(actor, task, yours=False) for task in _first_of_others.ask(actor, most)]
    attach_class_names(actor, [*yours, *theirs])
    return Waiting(
        yours,
        theirs,
        len(yours) if len(yours) < most else sum(_count_mine.ask(actor)),
        len(theirs) if len(theirs) < most else sum(_count_others.ask(actor)),
    )


def _mine(actor: Actor) -> QuerySet[Task]:
    return _waiting(actor).filter(my_turn(actor))


def _others(actor: Actor) -> QuerySet[Task]:
    return _waiting(actor).exclude(pk__in=_mine(actor).values("pk"))


@question
def _first_of_mine(actor: Actor, most: int) -> QuerySet[Task]:
    return _ordered(_mine(actor))[:most]


@question
def _first_of_others(actor: Actor, most: int) -> QuerySet[Task]:
    return _ordered(_others(actor))[:most]


@question
def _count_mine(actor: Actor) -> QuerySet[Any, int]:
    return counted(_mine(actor))


@question
def _count_others(actor: Actor) -> QuerySet[Any, int]:
    return counted(_others(actor))


def waiting_by_name(actor: Actor, person: Person | None = None) -> list[Turn]:
    """Give what waits by name at the actor's places, the longest first: for one colleague, or for
    whoever has no role there any more. What this actor may not read is left out."""
    here = Membership.objects.filter(
        on_day(actor.today), org=OuterRef("org"), person=OuterRef("person"), withdrawn=False
    )
    named = Q(person=person) if person else Q(~Exists(here), person__isnull=False)
    found = _turns(actor, _waiting(actor).filter(named), MOST_TURNS, yours=False)
    attach_class_names(actor, found)
    return found


def count_yours(actor: Actor, *kinds: str) -> list[int]:
    """Count what waits for this person, for the navigation; one question for all kinds.

    Args:
        kinds: how tasks begin, "concern."; empty for all. NEWS_KIND: notices not read yet.
            WHATS_NEW_KIND: entries of what is new in OpenSENCO not read yet.
    """
    many_of = dict(_yours_by_kind.ask(actor))
    others = {
        NEWS_KIND: many_of.pop(NEWS_KIND, 0),
        WHATS_NEW_KIND: new_since(many_of.pop(WHATS_NEW_KIND, 0) or 0),
    }
    tasks = [sum(n for kind, n in many_of.items() if kind.startswith(start)) for start in kinds]
    return [others.get(kind, n) for kind, n in zip(kinds, tasks, strict=True)]


@question
def _yours_by_kind(actor: Actor) -> QuerySet[Any, tuple[str, int]]:
    rows = _waiting(actor).filter(my_turn(actor)).order_by()
    tasks = rows.values("kind").annotate(many=Count("pk")).values_list("kind", "many")
    return tasks.union(news_by_kind(actor), read_of_whats_new(actor), all=True)


def about_pupil(actor: Actor, pupil: Pupil) -> list[Turn]:
    """Give what waits about one pupil, the longest first, whoever it waits for."""
    rows = _first_about.ask(actor, pupil=pupil.pk)
    return [_turn(actor, task, yours=task.mine) for task in rows]


@question
def _first_about(actor: Actor) -> QuerySet[Any]:
    mine = Exists(_mine(actor).filter(pk=OuterRef("pk")))
    rows = _waiting(actor).filter(pupil=Told("pupil", BigAutoField()))
    return _ordered(rows).annotate(mine=mine)[:MOST_TURNS]


class WhoseTurn(NamedTuple):
    """Whose turn it is about a pupil, as a list says it, and for how many days."""

    who: str
    yours: bool
    days: int


def first_turns(actor: Actor, pupils: Sequence[int]) -> dict[int, WhoseTurn]:
    """Give for each pupil (by id) what has waited longest, whoever it waits for; one question."""
    found: dict[int, WhoseTurn] = {}
    for pupil, yours, since, verb, *name, senco_word in _tasks_among.ask(actor, pupils=pupils):
        if pupil not in found:
            who = _whose(None if name[0] is None else " ".join(name).strip(), verb, senco_word)
            found[pupil] = WhoseTurn(who, yours, _days(actor, since))
    return found


@question
def _tasks_among(actor: Actor) -> QuerySet[Any, Any]:
    yours = Case(When(my_turn(actor), then=Value(True)), default=Value(False))
    rows = _in_order(_waiting(actor).filter(Among("pupil", "pupils")))
    return rows.values_list(
        "pupil_id", yours, "since", "role_action",
        "person__first_name", "person__last_name", "org__senco_word",
    )  # fmt: skip


def waiting_pupils(actor: Actor, *, yours: bool = False) -> QuerySet[Task]:
    """Give the tasks that wait about somebody, for lists that sort or choose pupils by them.

    Args:
        yours: only what waits for this person.
    """
    rows = _waiting(actor).filter(pupil__isnull=False)
    return rows.filter(my_turn(actor)) if yours else rows


def _waiting(actor: Actor) -> QuerySet[Task]:
    """What has not been settled and whose day has come."""
    rows = visible(actor, Action.TASK_VIEW, Task)
    return rows.filter(settled_at__isnull=True, since__lte=actor.today)


def _ordered(rows: QuerySet[Task]) -> QuerySet[Task]:
    return _in_order(rows.select_related("pupil", "person", "org"))


def _in_order(rows: QuerySet[Task]) -> QuerySet[Task]:
    return rows.order_by("since", F("due").asc(nulls_last=True), "id")


def _turns(actor: Actor, rows: QuerySet[Task], most: int, *, yours: bool) -> list[Turn]:
    return [_turn(actor, task, yours=yours) for task in _ordered(rows)[:most]]


def _turn(actor: Actor, task: Task, *, yours: bool) -> Turn:
    return Turn(
        kind=task.kind,
        words=task.words,
        pupil=task.pupil,
        place=task.org.name,
        who=_who(task),
        yours=yours,
        since=task.since,
        days=_days(actor, task.since),
        due=task.due,
        source_label=task.source_label,
        source_ref=task.source_ref,
    )


def _days(actor: Actor, since: date) -> int:
    return max(0, (actor.today - since).days)


def _who(task: Task) -> str:
    name = task.person.name if task.person is not None else None
    return _whose(name, task.role_action, task.org.senco_word)


def _whose(name: str | None, verb: str, senco_word: str) -> str:
    """Say whose turn it is: a person's by name, else that of whoever has the verb."""
    if name is not None:
        return name
    named = NOT_THE_SENCO.get(Action(verb))
    return str(named) if named else senco_word


def attach_class_names(actor: Actor, rows: Iterable[AboutPupil]) -> None:
    """Give the pupils of rows the class they are in today. Asks once."""
    attach_classes([row.pupil for row in rows if row.pupil is not None], actor.today)


def works_here(person: Person, org_id: int, day: date) -> bool:
    """Tell whether somebody has a role at a place on a day."""
    rows = Membership.objects.filter(on_day(day), org_id=org_id, person=person, withdrawn=False)
    return rows.exists()
