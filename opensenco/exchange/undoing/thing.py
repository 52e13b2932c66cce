"""One part of the record that lists write: what still stands of it, and how it is taken back."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar

from django.apps import apps
from django.db.models import Model, Q

from opensenco.access.actions import UNSEEN
from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.audit.models import Entry
from opensenco.exchange.models import FileImport, Trace
from opensenco.exchange.states import Deed, State
from opensenco.kernel.clock import london_date
from opensenco.kernel.words import Sentence, mark, sentence

CHANGED_BY = mark("{name} changed it on {day}.")
CHANGED = mark("It was changed on {day}.")
CHANGED_SINCE = mark("It was changed since.")
WORKED_WITH = mark("{name} worked with this record on {day}.")
WRITTEN = mark("Something was written in this record on {day}.")

#: references in one question; more would pass the number of parameters that databases take
BATCH = 500
#: lists that were taken back, the newest of which are looked at
MOST_OTHERS = 20


@dataclass(slots=True)
class Verdict:
    """What is done with one trace: values that go back, and why others stay."""

    trace: Trace
    row: Any = field(repr=False)
    back: list[dict[str, Any]] = field(default_factory=list, repr=False)
    why: list[Sentence] = field(default_factory=list, repr=False)

    @property
    def kept(self) -> bool:
        """Whether something of it stays."""
        return bool(self.why)


@dataclass(frozen=True, slots=True)
class Undoing:
    """A file being taken back, by whom.

    `traced` are the references of all that the file made or changed; `kept` those of them that
    were found to stay.
    """

    actor: Actor
    file: FileImport
    reason: str
    traced: set[Any] = field(default_factory=set, repr=False)
    kept: set[Any] = field(default_factory=set, repr=False)


class Thing(ABC):
    """One part of the record. `label` names its model; `order` says what goes first."""

    label: ClassVar[str]
    order: ClassVar[int]
    #: what taking it back asks of each row besides
    related: ClassVar[tuple[str, ...]] = ()

    def rows(self, traces: Sequence[Trace]) -> dict[Any, Model]:
        """Give the rows of the record by reference, in a few questions."""
        model = apps.get_model(self.label)
        refs = [trace.thing_ref for trace in traces]
        rows = model._default_manager.all()
        if self.related:
            # without names Django would join every key, and rows with hidden ones would vanish
            rows = rows.select_related(*self.related)
        return {
            row.ref: row
            for start in range(0, len(refs), BATCH)
            for row in rows.filter(ref__in=refs[start : start + BATCH])
        }

    @abstractmethod
    def judge(self, undoing: Undoing, verdicts: Sequence[Verdict]) -> None:
        """Say of each what goes back and why the rest stays. Nothing is written."""

    @abstractmethod
    def take_back(self, undoing: Undoing, verdicts: Sequence[Verdict]) -> None:
        """Take back what goes back, by the operations of the trade."""


def field_by_field(verdicts: Sequence[Verdict], held: Callable[[Any, str], Any] = getattr) -> None:
    """Let the values go back that stand as the file left them; others were changed since.

    Args:
        held: gives what a row holds now under a name.
    """
    for one in verdicts:
        if one.trace.deed != Deed.CHANGED:
            continue
        for change in one.trace.changes:
            if plain(held(one.row, change["field"])) == change["after"]:
                one.back.append(change)
            else:
                one.why.append(who_changed(one))


def plain(value: Any) -> Any:
    """Give a value as a trace holds it."""
    return value.isoformat() if isinstance(value, date) else value


def who_changed(one: Verdict) -> Sentence:
    """Say who changed a row last, from its history."""
    history = getattr(type(one.row), "history", None)
    last = history.filter(id=one.row.pk).order_by("history_id").last() if history else None
    if last is None or last.history_user_id is None:
        return sentence(CHANGED_SINCE)
    day = london_date(last.history_date)
    person = Person.objects.filter(pk=last.history_user_id).first()
    return sentence(CHANGED_BY, name=person.name, day=day) if person else sentence(CHANGED, day=day)


def worked_with(undoing: Undoing, pupils: Sequence[int]) -> dict[int, Sentence]:
    """Say of pupils who has done something with their record since the file was applied.

    That something was marked for the safeguarding lead is told to nobody, nor by whom.
    """
    file = undoing.file
    entries = (
        Entry.objects.filter(pupil__in=pupils, outcome=Entry.Outcome.DONE)
        .exclude(at=file.settled_at or undoing.actor.at, person=file.settled_by_id)
        .exclude(_of_lists_taken_back(file))
        .order_by("at", "id")
    )
    unseen = {verb.value for verb in UNSEEN}
    found: dict[int, Sentence] = {}
    rows = list(entries.values_list("pupil_id", "at", "person_id", "action"))
    people = Person.objects.in_bulk({person for _p, _at, person, _a in rows})
    for pupil, at, person, action in rows:
        found[pupil] = _told(people.get(person), at, hidden=action in unseen)
    return found


def _of_lists_taken_back(file: FileImport) -> Q:
    """Give the condition for what other lists did since and what taking them back did.

    Where one of their rows stayed, somebody had changed it: that is an entry of its own.
    """
    others = FileImport.objects.filter(
        org=file.org, state=State.UNDONE, settled_at__gte=file.settled_at
    )
    found = Q(pk__in=[])
    for one in others.order_by("-undone_at")[:MOST_OTHERS]:
        found |= Q(at=one.settled_at, person=one.settled_by_id)
        found |= Q(at=one.undone_at, person=one.undone_by_id)
    return found


def _told(person: Person | None, at: datetime, *, hidden: bool) -> Sentence:
    day = london_date(at)
    if person is None or hidden:
        return sentence(WRITTEN, day=day)
    return sentence(WORKED_WITH, name=person.name, day=day)
