"""Lessons seen and what was advised or shown between them, as one walk with a colleague."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol


class Seen(Protocol):
    """A lesson visit or a book look."""

    ref: uuid.UUID
    on: date
    follows: uuid.UUID | None
    asked: list[dict[str, str]]


class Taught(Protocol):
    """Something that was advised or shown."""

    ref: uuid.UUID
    on: date
    visit: uuid.UUID | None


@dataclass(frozen=True)
class Step:
    """One step of a walk: a lesson that was seen, or what was taught. One of both is there."""

    on: date
    seen: Seen | None = None
    taught: Taught | None = None


@dataclass(frozen=True)
class Line:
    """One thing that was looked for: its words, and in each lesson whether it was seen."""

    words: str
    seen: tuple[str, ...]


def walk(start: uuid.UUID, seen: Iterable[Seen], taught: Iterable[Taught]) -> list[Step]:
    """Give all steps that hang together with one of them, by day.

    Of one day, what a lesson led to stands after the lesson, and a further look after what it
    looks at.

    Args:
        start: the reference of one step.
    """
    lessons, lessons_taught = {one.ref: one for one in seen}, {one.ref: one for one in taught}
    before = {one.ref: one.follows for one in lessons.values()}
    before |= {one.ref: one.visit for one in lessons_taught.values()}
    found, new = {start}, {start}
    while new:
        new = {ref for ref, first in before.items() if first in new} | {
            first for ref in new if (first := before.get(ref)) in before and first is not None
        }
        new -= found
        found |= new
    steps = [Step(lessons[ref].on, seen=lessons[ref]) for ref in found & lessons.keys()]
    steps += [
        Step(lessons_taught[ref].on, taught=lessons_taught[ref])
        for ref in found & lessons_taught.keys()
    ]
    return sorted(steps, key=lambda one: (one.on, _depth(one, before)))


def _depth(step: Step, before: dict[uuid.UUID, uuid.UUID | None]) -> tuple[int, str]:
    """Count what goes before a step."""
    row = step.seen or step.taught
    ref = row.ref if row else None
    many, known = 0, set()
    while ref is not None and ref not in known:
        known.add(ref)
        ref, many = before.get(ref), many + 1
    return many, str(row.ref if row else "")


def compared(lessons: Sequence[Seen]) -> list[Line]:
    """Lay what was looked for in each of several lessons side by side, in the order of the first.

    Only what somebody said something of in one of them at least.
    """
    words = dict.fromkeys(one["words"] for row in lessons for one in row.asked if one["seen"])
    answers = [{one["words"]: one["seen"] for one in row.asked} for row in lessons]
    return [Line(said, tuple(one.get(said, "") for one in answers)) for said in words]
