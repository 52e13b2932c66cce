"""The spine for many records at once: the same facts, dates and tasks as `spine` writes,
in a few statements however many records there are.

The records of one call are of one model, and have their `pupil` in memory. What waits or
is due names the model (`of`), so that a contract sees that it has a page.
"""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.audit.acting import acting
from opensenco.cases.models import DueDate, Fact, Task
from opensenco.cases.spine import MOST_WORDS, usual_reader
from opensenco.law.due import Due
from opensenco.law.stored import to_data

#: rows in one statement; more would pass the number of parameters that databases take
BATCH = 500


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence about a record, of a day.

    Args:
        source: the record, of a pupil.
        on: the day it happened, or by when it is to be done.
    """

    source: Any
    on: date
    words: str


def _batches(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def _named(source: Any) -> dict[str, Any]:
    return {"source_label": source._meta.label, "source_ref": source.ref}


def reword_tasks(
    *, org: Organisation, of: type[Model], refs: Sequence[uuid.UUID], kind: str, words: str
) -> int:
    """Say in other words what waits for records of a model, where only their name has changed.

    Nothing of it is done by that, and it waits from the day it waited. Gives how many tasks.
    """
    acting()
    found = Task.objects.filter(
        org=org, source_label=of._meta.label, source_ref__in=refs, kind=kind,
        settled_at__isnull=True,
    )  # fmt: skip
    return found.update(words=words[:MOST_WORDS])


def add_facts(
    *, actor: Actor, kind: str, facts: Sequence[Told], reader: Action = Action.PLAN_VIEW
) -> list[Fact]:
    """Put dated facts on the timelines of pupils, one of each record; as `spine.add_fact`."""
    acting()
    return Fact.objects.bulk_create(
        [
            Fact(
                org_id=one.source.org_id, pupil=one.source.pupil, kind=kind, on=one.on,
                words=one.words, reader=reader.value, person=actor.person, at=actor.next_moment(),
                **_named(one.source),
            )
            for one in facts
        ],
        batch_size=BATCH,
    )  # fmt: skip


def withdraw_facts(
    *, actor: Actor, sources: Sequence[Any], words: str, reader: Action = Action.PLAN_VIEW
) -> list[Fact]:
    """Take back every fact of records that were made in error; as `spine.withdraw_facts`."""
    acting()
    return Fact.objects.bulk_create(
        [
            Fact(
                org_id=source.org_id, pupil=source.pupil, kind="error", on=actor.today,
                words=words, reader=reader.value, withdraws=True, person=actor.person,
                at=actor.next_moment(), **_named(source),
            )
            for source in sources
        ],
        batch_size=BATCH,
    )  # fmt: skip


def replace_due_dates(
    *, of: type[Model], dues: Sequence[tuple[Any, Sequence[Due]]], reader: Action = Action.PLAN_VIEW
) -> list[DueDate]:
    """Keep what the law made of records, in place of what it made of them before; as
    `spine.replace_due_dates`.

    Args:
        dues: of each record its dates; none forgets those it had.
    """
    acting()
    for some in _batches(dues):
        DueDate.objects.filter(
            org__in={source.org_id for source, _dues in some}, source_label=of._meta.label,
            source_ref__in=[source.ref for source, _dues in some],
        ).delete()  # fmt: skip
    rows = [
        DueDate(
            org_id=source.org_id, pupil=source.pupil, step=due.step, rule=due.rule, on=due.on,
            strength=due.strength.value, provision=str(due.provision), done_on=due.done_on,
            comes=due.comes, excused=bool(due.excused_by), data=to_data(due),
            reader=reader.value, **_named(source),
        )
        for source, of_one in dues
        for due in of_one
    ]  # fmt: skip
    return DueDate.objects.bulk_create(rows, batch_size=BATCH)


def open_tasks(
    *, actor: Actor, of: type[Model], kind: str, tasks: Sequence[Told], role_action: Action
) -> list[Task]:
    """Say that something waits of each record, for whoever has a verb over its pupil; as
    `spine.open_task`.

    Args:
        tasks: with the day by which each is to be done.
    """
    acting()
    there = {
        task.source_ref: task
        for some in _batches([one.source for one in tasks])
        for task in _open(of, some, kind).filter(person=None, role_action=role_action.value)
    }
    made, kept = [], []
    for one in tasks:
        task = there.get(one.source.ref)
        if task is None:
            task = Task(
                org_id=one.source.org_id, kind=kind, pupil=one.source.pupil, since=actor.today,
                asked_by=actor.person, role_action=role_action.value, **_named(one.source),
            )  # fmt: skip
            made.append(task)
        else:
            kept.append(task)
        long = len(one.words) > MOST_WORDS
        task.words = one.words[: MOST_WORDS - 1] + "…" if long else one.words
        task.due = one.on
        task.reader = usual_reader(role_action).value
    Task.objects.bulk_create(made, batch_size=BATCH)
    Task.objects.bulk_update(kept, ["words", "due", "reader"], batch_size=BATCH)
    return [*made, *kept]


def _open(of: type[Model], sources: Sequence[Any], kind: str) -> Any:
    """Give what waits of records of one model."""
    rows = Task.objects.filter(
        org__in={source.org_id for source in sources}, settled_at__isnull=True,
        source_label=of._meta.label, source_ref__in=[source.ref for source in sources],
    )  # fmt: skip
    return rows.filter(kind=kind) if kind else rows


def settle_tasks(*, actor: Actor, of: type[Model], sources: Sequence[Any], kind: str = "") -> None:
    """Say that what waited of each record has been done; as `spine.settle_task`.

    Args:
        kind: only tasks of this kind; without one, all of the records.
    """
    acting()
    for some in _batches(sources):
        _open(of, some, kind).update(settled_at=actor.next_moment(), settled_by=actor.person)
