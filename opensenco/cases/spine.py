"""The one way in which a domain app writes facts, dates, tasks and notices under a case.

Each keeps the record it is about, its source. Which page that has is no business of this layer:
`opensenco.ui.ways` knows. Many records at once are written by `spine_many`.

Everything here is called inside an operation, in its transaction and in its actor's name; outside
one it raises NobodyActs. Nothing here checks rights: the operation has.
"""

import uuid
from collections.abc import Sequence
from datetime import date

from django.db.models import Model

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation, Person
from opensenco.audit.acting import acting
from opensenco.cases.models import DueDate, Fact, Task
from opensenco.cases.states import READERS
from opensenco.law.due import Due
from opensenco.law.stored import to_data
from opensenco.notices import outbox
from opensenco.people.models import Pupil

MOST_WORDS = 300


def add_fact(
    *,
    actor: Actor,
    pupil: Pupil,
    kind: str,
    on: date,
    words: str,
    source: Model | None,
    confidential: bool = False,
    reader: Action = Action.PLAN_VIEW,
    corrects: Fact | None = None,
) -> Fact:
    """Put one dated fact on a pupil's timeline.

    Args:
        kind: a stable dotted name, "concern.raised".
        on: the day it happened, which may be before today.
        words: one plain sentence; whoever has `reader` over the pupil reads it.
        source: the record it is about.
        confidential: only its writer and who co-ordinates read it.
        reader: the verb over the pupil that a reader must have (one of cases.states.READERS).
        corrects: the fact that this one puts right.
    """
    acting()
    label, ref = _named(source) if source is not None else ("", None)
    fact = Fact(
        org_id=pupil.org_id, pupil=pupil, kind=kind, on=on, words=words, source_label=label,
        source_ref=ref, reader=reader.value, confidential=confidential, corrects=corrects,
        person=actor.person, at=actor.next_moment(),
    )  # fmt: skip
    fact.save()
    return fact


def withdraw_facts(
    *,
    actor: Actor,
    pupil: Pupil,
    source: Model,
    words: str,
    reader: Action = Action.PLAN_VIEW,
    confidential: bool = False,
) -> Fact:
    """Take back every fact of a source that was made in error, by a new row that says so.

    Args:
        confidential: as it was; that there was anything is then nobody else's to know either.
    """
    acting()
    label, ref = _named(source)
    fact = Fact(
        org_id=pupil.org_id, pupil=pupil, kind="error", on=actor.today, words=words,
        source_label=label, source_ref=ref, reader=reader.value, withdraws=True,
        confidential=confidential, person=actor.person, at=actor.next_moment(),
    )  # fmt: skip
    fact.save()
    return fact


def replace_due_dates(
    *,
    actor: Actor,
    pupil: Pupil | None,
    source: Model,
    dues: Sequence[Due],
    reader: Action = Action.PLAN_VIEW,
    person: Person | None = None,
) -> list[DueDate]:
    """Keep what the law made of a source's facts, in place of what it made of them before.

    Args:
        dues: as a timetable of opensenco.law gives them; an empty list forgets the source's dates.
        reader: the verb over the pupil that a reader must have.
        person: whose dates these are, where they are one person's.
    """
    acting()
    label, ref = _named(source)
    org_id: int = source.org_id  # type: ignore[attr-defined]
    DueDate.objects.filter(org_id=org_id, source_label=label, source_ref=ref).delete()
    return DueDate.objects.bulk_create(
        DueDate(
            org_id=org_id, pupil=pupil, source_label=label, source_ref=ref, step=due.step,
            rule=due.rule, on=due.on, strength=due.strength.value, provision=str(due.provision),
            done_on=due.done_on, comes=due.comes, excused=bool(due.excused_by),
            data=to_data(due), reader=reader.value, person=person,
        )
        for due in dues
    )  # fmt: skip


def open_task(
    *,
    actor: Actor,
    org: Organisation,
    kind: str,
    words: str,
    source: Model,
    pupil: Pupil | None = None,
    person: Person | None = None,
    role_action: Action | None = None,
    since: date | None = None,
    due: date | None = None,
    reader: Action | None = None,
) -> Task:
    """Say that something waits: for one person, or for whoever has a verb over that pupil.

    The same thing asked of the same person again keeps its first day: silence is counted from
    there; its words and date become the new ones.

    Args:
        words: what is to be done, beginning with a verb; at most 300 characters, cut at the end.
        person, role_action: exactly one of them.
        since: the day from which it waits; a later one keeps it off every list until then.
        reader: the verb over the pupil with which others see that it waits; without one, the verb
            it waits for, or who writes plans. Who asked always sees it where their own verb
            reaches what they made.

    Raises:
        ValueError: both of person and role_action, or neither.
    """
    acting()
    if (person is None) == (role_action is None):
        raise ValueError("a task waits for one person, or for whoever has one verb")
    label, ref = _named(source)
    shown = words if len(words) <= MOST_WORDS else words[: MOST_WORDS - 1] + "…"
    task = Task.objects.filter(
        org=org, source_label=label, source_ref=ref, kind=kind, settled_at__isnull=True,
        person=person, role_action=role_action.value if role_action else "",
    ).first() or Task(
        org=org, kind=kind, pupil=pupil, person=person, since=since or actor.today,
        asked_by=actor.person, role_action=role_action.value if role_action else "",
        source_label=label, source_ref=ref,
    )  # fmt: skip
    task.words, task.due = shown, due
    if since is not None:
        task.since = since
    task.reader = (reader or usual_reader(role_action)).value
    task.save()
    return task


def usual_reader(role_action: Action | None) -> Action:
    """Give the verb with which others see that something waits for whoever has a verb."""
    return role_action if role_action in READERS else Action.PLAN_WRITE


def move_task(*, source: Model, kind: str, due: date | None) -> None:
    """Say by when what waits for a source is to be done, where that day has moved."""
    acting()
    label, ref = _named(source)
    Task.objects.filter(
        org_id=source.org_id,  # type: ignore[attr-defined]
        source_label=label, source_ref=ref, kind=kind, settled_at__isnull=True,
    ).update(due=due)  # fmt: skip


def settle_task(
    *, actor: Actor, source: Model, kind: str = "", person: Person | None = None
) -> int:
    """Say that what waited has been done. Gives how many tasks that settled.

    Args:
        kind: only tasks of this kind; without one, all of the source.
        person: only what waited for this person.
    """
    acting()
    label, ref = _named(source)
    open_ones = Task.objects.filter(
        org_id=source.org_id,  # type: ignore[attr-defined]
        source_label=label,
        source_ref=ref,
        settled_at__isnull=True,
    )
    if kind:
        open_ones = open_ones.filter(kind=kind)
    if person is not None:
        open_ones = open_ones.filter(person=person)
    return open_ones.update(settled_at=actor.next_moment(), settled_by=actor.person)


def tell(
    *,
    actor: Actor,
    org: Organisation,
    words: str,
    pupil: Pupil | None = None,
    person: Person | None = None,
    role_action: Action | None = None,
    source: Model | None = None,
) -> None:
    """Tell one person, or whoever has a verb over that pupil, in the app.

    Args:
        source: the record it is about, if it is about one; the notice leads to its page.

    Raises:
        ValueError: both of person and role_action, or neither.
    """
    acting()
    outbox.append(
        actor=actor,
        org=org,
        words=words,
        pupil=pupil,
        person=person,
        role_action=role_action,
        source=source,
    )


def _named(source: Model) -> tuple[str, uuid.UUID]:
    return source._meta.label, source.ref  # type: ignore[attr-defined]
