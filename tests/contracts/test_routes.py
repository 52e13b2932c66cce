"""Every address is a door; each of the cast tries each door; strangers learn nothing."""

import re
import sys
import uuid
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, reverse

from opensenco.access.keys import all_models
from opensenco.gate.held import printable_data
from opensenco.gate.page import Door, Logs
from opensenco.kernel.refs import short
from tests.cast import BY_KEY, WITHOUT_A_ROLE
from tests.client import StrictClient, house, signed_in
from tests.contracts.walk import Named, each, parts, routes, view_of
from tests.people import acting_as
from tests.support.undone import undone

ALL = [(name, entry) for name, entry in routes() if hasattr(view_of(entry), "door")]
DOORS = parts(ALL)
ROWS = parts((one for one in ALL if one[1].pattern.converters), count=8, both=True)
LISTS = parts(one for one in ALL if not one[1].pattern.converters)
#: one word from every name at Larkrise, and the word of every row elsewhere
OURS, THEIRS = ("Idris", "Hassan-Cole", "Atherton"), ("Markerword", "Zebedee")


def door(entry: URLPattern) -> Door:
    return view_of(entry).door


@cache
def model_called(name: str):
    for model in all_models():
        if model._meta.model_name == name.replace("_", ""):
            return model
    raise LookupError(
        f"<ref:{name}>: name the address part after its model, so that rows are found"
    )


@cache
def fill(entry: URLPattern, key: str) -> dict[str, str]:
    """Give references of rows that this school's SENCO holds, for every part of the address.

    Every test finds the same world, so they are looked up once.
    """
    values = {}
    with acting_as(key, write=False) as actor:
        for part, converter in entry.pattern.converters.items():
            if part in FIXED:
                values[part] = FIXED[part]
                continue
            assert type(converter).__name__ == "RefConverter", f"{part}: use <ref:…>"
            rows = model_called(part).objects.order_by("id")
            named = [row for row in rows if getattr(row, "pupil", row) and about_idris(row)]
            # whoever is above a school sees what it shared, and writes in what is their own
            own = [row for row in rows if key != "senco" and of_place(row) in actor.hat.orgs]
            row = named[0] if named else own[0] if own else rows.first()
            assert row, f"no row of {part} in the world of {key}: add one in tests/world.py"
            values[part] = short(row.ref)
    return values


#: parts of an address that are words and not rows
FIXED = {"form": "concern", "about": short(uuid.UUID(int=7)), "day": "2027-03-01",
         "starter": "subject-teacher"}  # fmt: skip


def of_place(row) -> int | None:
    return getattr(row, "org_id", None)


def about_idris(row) -> bool:
    pupil = row if hasattr(row, "first_name") else getattr(row, "pupil", None)
    return getattr(pupil, "first_name", "") == "Idris"


def no_such(entry: URLPattern) -> dict[str, str]:
    return {part: FIXED.get(part) or short(uuid.uuid4()) for part in entry.pattern.converters}


def test_every_address_is_a_door_or_says_why_not():
    strays = [
        name
        for name, entry in routes()
        if not hasattr(view_of(entry), "door") and not getattr(view_of(entry), "public", "")
    ]
    assert not strays, f"Put @page or @public on the views of: {strays}"


def test_every_address_has_a_page_of_its_own():
    taken: dict[str, str] = {}
    for name, entry in routes():
        other = taken.setdefault(str(entry.pattern), name)
        assert other == name, f"{name} has the address of {other}: nobody ever comes to it"


@each(ALL, str)
def test_a_door_says_who_comes_in(named: Named):
    _name, entry = named
    unknown = set(door(entry).who) - set(BY_KEY)
    assert not unknown, f"not in the cast: {unknown}"
    assert door(entry).who, "say beside the view what each colleague gets: who={'senco': 200, …}"


class People:
    """People who are signed in once, and come to each door as they came to the first."""

    def __init__(self, *keys: str) -> None:
        self._clients = {key: signed_in(key) for key in keys}
        self._cookies = {key: self._clients[key].cookies.output(header="") for key in keys}

    def __call__(self, key: str) -> StrictClient:
        client = self._clients[key]
        client.cookies = SimpleCookie(self._cookies[key])
        return client


def at_every(doors: Sequence[Named], check: Callable[[str, URLPattern], None]) -> None:
    """Try doors one after the other, each in the world as it was; tell all that is wrong."""
    faults = []
    for name, entry in doors:
        try:
            with undone():
                check(name, entry)
        except Exception as fault:
            faults.append(f"{name}: {type(fault).__name__}: {fault}")
    assert not faults, "\n".join(["", *faults])


@pytest.mark.thorough
@pytest.mark.django_db
@pytest.mark.parametrize("doors", DOORS)
def test_colleagues_get_what_the_door_says(doors: Sequence[Named]):
    """A door decides before it asks what is wanted: one who comes in and one refused try to write.

    Where there is nothing to read, everybody tries.
    """
    people = People(*BY_KEY)

    def check(name: str, entry: URLPattern) -> None:
        address = reverse(name, kwargs=fill(entry, "senco"))
        written = set()
        for key, status in door(entry).who.items():
            if BY_KEY[key].place != "larkrise" and entry.pattern.converters:
                continue
            if door(entry).reads:
                assert people(key).get(address).status_code == status, f"GET {address} as {key}"
            if door(entry).writes and not (door(entry).reads and status in written):
                written.add(status)
                allowed = {200, 302} if status == 200 else {status}
                assert people(key).post(address).status_code in allowed, f"POST {address} as {key}"

    at_every(doors, check)


@pytest.mark.thorough
@pytest.mark.django_db
@pytest.mark.parametrize("doors", DOORS)
def test_nobody_comes_in_without_a_role(doors: Sequence[Named]):
    people = People(*WITHOUT_A_ROLE)

    def check(name: str, entry: URLPattern) -> None:
        address = reverse(name, kwargs=fill(entry, "senco"))
        nobody = Client()
        nobody.handler = house()
        asked: Any = nobody.get(address)
        assert asked.status_code in {302, 405}
        assert asked.status_code == 405 or asked.url.startswith(reverse("account_login"))
        for key in WITHOUT_A_ROLE:
            assert people(key).get(address).status_code in {403, 405}, key

    at_every(doors, check)


def methods(entry: URLPattern) -> Iterator[str]:
    if door(entry).reads:
        yield "get"
    if door(entry).writes:
        yield "post"


def ask(client: Client, method: str, address: str):
    with CaptureQueriesContext(connection) as asked:
        answer = getattr(client, method)(address)
    # savepoints are numbered, references and times differ
    plain = [re.sub(r"'[^']*'|\d+|\bs\w+_x\w+", "?", q["sql"]) for q in asked]
    return answer, plain


#: beside those of test_reading_across, for whom no byte of any page changes
LOOKING = ("head", "outsider", "shared_senco")


def foreign_to(key: str) -> tuple[str, ...]:
    """Give words that stand in another school's rows alone."""
    if key == "shared_senco":
        return (*OURS, "Zebedee")
    if key == "outsider":
        return (*OURS, "Milly", "Walter")
    return THEIRS if BY_KEY[key].place == "larkrise" else OURS


@pytest.fixture
def looked_for(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Note which parts of an address's query a page looks for: all, where it takes what there is.

    The door itself takes all of it, to leave out what cannot be printed, and looks at none.
    """
    names: set[str] = set()

    def noting(method: str, whole: bool) -> Callable[..., Any]:
        real = getattr(QueryDict, method)

        def noted(self: QueryDict, *given: Any, **more: Any) -> Any:
            if not whole:
                names.add(given[0])
            elif sys._getframe(1).f_code is not printable_data.__code__:
                names.update(("q", "sort", "page"))
            return real(self, *given, **more)

        return noted

    for method in ("__getitem__", "__contains__", "get", "getlist"):
        monkeypatch.setattr(QueryDict, method, noting(method, whole=False))
    for method in ("__iter__", "items", "keys", "lists", "values", "copy", "dict", "urlencode"):
        monkeypatch.setattr(QueryDict, method, noting(method, whole=True))
    return names


@pytest.mark.thorough
@pytest.mark.django_db
@pytest.mark.parametrize("doors", LISTS)
def test_a_list_names_nobody_of_another_school(doors: Sequence[Named], looked_for: set[str]):
    """A page that does not look for a part of the query is the same with it."""
    people = People(*LOOKING)

    def check(name: str, _entry: URLPattern) -> None:
        for key in LOOKING:
            looked_for.clear()
            for query in ("", "q=marker", "q=idris", "sort=name&page=2"):
                if query and looked_for.isdisjoint(QueryDict(query).keys()):
                    continue
                answer: Any = people(key).get(f"{reverse(name)}?{query}")
                text = answer.text.replace(query[2:], "")
                shown = [word for word in foreign_to(key) if word in text]
                assert not shown, f"{name}?{query} shows {shown} to {key}"

    at_every(doors, check)


def test_a_door_on_a_child_logs_the_child():
    for name, entry in ALL:
        if "pupil" in entry.pattern.converters and door(entry).reads:
            assert door(entry).logs is not Logs.LIST, name
