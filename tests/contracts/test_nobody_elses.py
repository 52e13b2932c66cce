"""Every address with a reference, as everybody: not theirs and not there are one answer.

"One answer" is the status, the headers, every byte of the page and every question asked of the
database. Whoever works or is a guest at Larkrise is asked with another school's rows and, as a
guest, with another family's too; strangers to it are asked with its own.
"""

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import product
from typing import Any

import pytest
from django.db.models import Model
from django.urls import URLPattern, reverse

from opensenco.access import sessions
from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.scope import scope
from opensenco.gate.page import Door
from opensenco.kernel.refs import short
from tests.cast import CAST, STRANGERS, WITHOUT_A_ROLE
from tests.contracts.test_routes import (
    FIXED,
    ROWS,
    People,
    ask,
    at_every,
    door,
    fill,
    methods,
    model_called,
    no_such,
)
from tests.contracts.walk import Named
from tests.people import acting_as

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
EVERYBODY = tuple(one.key for one in CAST if one.key not in WITHOUT_A_ROLE)
GUESTS = ("parent", "professional")
BOTH = ("senco", "outsider", *GUESTS)
Values = dict[str, str]


@cache
def elsewhere(entry: URLPattern) -> Values:
    """Give references of rows of Outside Academy, for every part of the address."""
    return fill(entry, "outsider")


@cache
def larkrises(entry: URLPattern) -> Values:
    """Give references of rows of Larkrise, for every part of the address."""
    return fill(entry, "senco")


@cache
def another_childs(entry: URLPattern) -> Values:
    """Give references of Larkrise's rows that are about no child of this family."""
    values = {}
    with acting_as("senco", write=False):
        for part in entry.pattern.converters:
            rows = [] if part in FIXED else model_called(part).objects.order_by("id")
            others = [row for row in rows if child_of(row) != "Idris"]
            values[part] = short(others[0].ref) if others else FIXED.get(part, "")
    return values


def child_of(row: Model) -> str:
    child = row if hasattr(row, "first_name") else getattr(row, "pupil", None)
    return str(getattr(child, "first_name", ""))


@cache
def reached(key: str, entry: URLPattern, values: tuple[str, ...]) -> bool:
    """Say whether one of the rows stands open to them all the same, as a school's name does."""
    with scope(actor_of(key).scope, write=False):
        for part, value in zip(entry.pattern.converters, values, strict=True):
            ref = entry.pattern.converters[part].to_python(value)
            if part not in FIXED and model_called(part).objects.filter(ref=ref).exists():
                return True
    return False


@cache
def actor_of(key: str) -> Actor:
    """Give somebody of the cast: what they are does not change while doors are tried."""
    with acting_as(key, write=False) as actor:
        return actor


def comes_in(key: str, action: Action) -> bool:
    return actor_of(key).can_somewhere(action)


class Rooms:
    """Notes whether anybody came past the door, into a view."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.entered = False
        self._patch = monkeypatch

    def watch(self, entry: URLPattern) -> None:
        view = door(entry).view

        def noting(*given: Any, **named: Any) -> Any:
            self.entered = True
            return view(*given, **named)

        watched = dataclasses.replace(door(entry), view=noting)
        cells = entry.callback.__closure__ or ()
        for cell in cells:
            if isinstance(cell.cell_contents, Door):
                self._patch.setattr(cell, "cell_contents", watched)


@pytest.mark.parametrize("doors", ROWS)
@pytest.mark.rule("GOV-08")
def test_nobody_can_tell_what_is_not_theirs_from_what_is_not_there(
    doors: Sequence[Named], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever lacks the verb of a door is refused before any row is looked for: once is proof."""
    # a slow machine walks for longer than a session goes without noting that it was used
    monkeypatch.setattr(sessions, "NOTED", 3600)
    people, rooms = People(*EVERYBODY), Rooms(monkeypatch)
    tried: list[str] = []

    def check(name: str, entry: URLPattern) -> None:
        if set(entry.pattern.converters) <= set(FIXED):
            return
        rooms.watch(entry)
        nothing, refused = no_such(entry), set[str]()
        for key, method in product(EVERYBODY, methods(entry)):
            # a view finds its row in the same way before it reads and before it writes: some
            # people try both
            if method == "post" and door(entry).reads and key not in BOTH:
                continue
            if comes_in(key, door(entry).action) or method not in refused:
                rooms.entered = False
                none = ask(people(key), method, reverse(name, kwargs=nothing))
                if not comes_in(key, door(entry).action):
                    refused.add(method)
                    assert not rooms.entered, f"{method} as {key}"
                    assert none[0].status_code == 403, f"{method} as {key}"
                    continue
                for whose, values in not_theirs(key, entry):
                    theirs = ask(people(key), method, reverse(name, kwargs=values))
                    alike(theirs, none, f"{method} {whose} as {key}")
                    tried.append(key)

    at_every(doors, check)
    assert set(tried) >= set(BOTH), "so few doors were tried that nothing is proven"


def not_theirs(key: str, entry: URLPattern) -> Iterator[tuple[str, Values]]:
    """Give addresses of rows that this person has nothing to do with."""
    strange = key in STRANGERS
    every: list[tuple[str, Callable[[URLPattern], Values]]] = [
        ("another school's", larkrises if strange else elsewhere)
    ]
    if key in GUESTS:
        every.append(("another family's", another_childs))
    for whose, find in every:
        values = find(entry)
        if all(values.values()) and not reached(key, entry, tuple(values.values())):
            yield whose, values


def alike(theirs: tuple[Any, list[str]], none: tuple[Any, list[str]], said: str) -> None:
    """Both answers are one in everything that can be seen or measured."""
    assert theirs[0].status_code == none[0].status_code in {403, 404}, said
    assert theirs[0].content == none[0].content, said
    assert dict(theirs[0].headers) == dict(none[0].headers), said
    assert theirs[1] == none[1], f"{said}: other questions are asked"
