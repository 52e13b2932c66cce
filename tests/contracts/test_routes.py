"""Every address is a door; each of the cast tries each door; strangers learn nothing."""

import re
import uuid
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, reverse

from opensenco.access.keys import all_models
from opensenco.gate.page import Door, Logs
from opensenco.kernel.refs import short
from tests.cast import BY_KEY, STRANGERS, WITHOUT_A_ROLE
from tests.client import signed_in
from tests.contracts.walk import each, found, routes, view_of
from tests.people import acting_as

ALL = [(name, entry) for name, entry in routes() if hasattr(view_of(entry), "door")]
DOORS = found(ALL)
ROWS = found(one for one in ALL if one[1].pattern.converters)
LISTS = found(one for one in ALL if not one[1].pattern.converters)
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


def fill(entry: URLPattern, key: str) -> dict[str, str]:
    """Give references of rows that this school's SENCO holds, for every part of the address."""
    values = {}
    with acting_as(key, write=False):
        for part, converter in entry.pattern.converters.items():
            if part in FIXED:
                values[part] = FIXED[part]
                continue
            assert type(converter).__name__ == "RefConverter", f"{part}: use <ref:…>"
            rows = model_called(part).objects.order_by("id")
            named = [row for row in rows if getattr(row, "pupil", row) and about_idris(row)]
            row = named[0] if named else rows.first()
            assert row, f"no row of {part} in the world of {key}: add one in tests/world.py"
            values[part] = short(row.ref)
    return values


#: parts of an address that are words and not rows
FIXED = {"form": "concern", "about": short(uuid.UUID(int=7)), "day": "2027-03-01",
         "starter": "subject-teacher"}  # fmt: skip


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
def test_a_door_says_who_comes_in(named: tuple[str, URLPattern]):
    _name, entry = named
    unknown = set(door(entry).who) - set(BY_KEY)
    assert not unknown, f"not in the cast: {unknown}"
    assert door(entry).who, "say beside the view what each colleague gets: who={'senco': 200, …}"


@pytest.mark.thorough
@pytest.mark.django_db
@pytest.mark.parametrize(("name", "entry"), DOORS)
def test_colleagues_get_what_the_door_says(name: str, entry: URLPattern):
    address = reverse(name, kwargs=fill(entry, "senco"))
    for key, status in door(entry).who.items():
        if BY_KEY[key].place != "larkrise" and entry.pattern.converters:
            continue
        client = signed_in(key)
        if door(entry).reads:
            assert client.get(address).status_code == status, f"GET {address} as {key}"
        if door(entry).writes:
            allowed = {200, 302} if status == 200 else {status}
            assert client.post(address).status_code in allowed, f"POST {address} as {key}"


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "entry"), DOORS)
def test_nobody_comes_in_without_a_role(name: str, entry: URLPattern):
    address = reverse(name, kwargs=fill(entry, "senco"))
    asked: Any = Client().get(address)
    assert asked.status_code in {302, 405}
    assert asked.status_code == 405 or asked.url.startswith(reverse("account_login"))
    for key in WITHOUT_A_ROLE:
        assert signed_in(key).get(address).status_code in {403, 405}, key


@pytest.mark.thorough
@pytest.mark.django_db
@pytest.mark.parametrize(("name", "entry"), ROWS)
@pytest.mark.parametrize("key", STRANGERS)
def test_a_stranger_cannot_tell_ours_from_nothing(name: str, entry: URLPattern, key: str):
    client = signed_in(key)
    for method in methods(entry):
        ours, ours_asked = ask(client, method, reverse(name, kwargs=fill(entry, "senco")))
        none, none_asked = ask(client, method, reverse(name, kwargs=no_such(entry)))
        if set(entry.pattern.converters) <= set(FIXED):
            return
        assert ours.status_code == none.status_code in {403, 404}, f"{method} as {key}"
        assert ours.content == none.content
        assert dict(ours.headers) == dict(none.headers)
        assert ours_asked == none_asked, "the same questions are asked of the database"


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


@pytest.mark.thorough
@pytest.mark.django_db
@pytest.mark.parametrize(("name", "entry"), LISTS)
def test_a_list_names_nobody_of_another_school(name: str, entry: URLPattern):
    for key in (
        "senco",
        "teacher",
        "ta",
        "head",
        "outsider",
        "shared_senco",
        "family",
        "authority",
    ):
        foreign: tuple[str, ...] = OURS if BY_KEY[key].place != "larkrise" else THEIRS
        if key == "shared_senco":
            foreign = (*OURS, "Zebedee")
        if key == "outsider":
            foreign = (*OURS, "Milly", "Walter")
        client = signed_in(key)
        for query in ("", "?q=marker", "?q=idris", "?sort=name&page=2"):
            answer = client.get(reverse(name) + query)
            shown = [word for word in foreign if word in answer.text.replace(query[3:], "")]
            assert not shown, f"{name}{query} shows {shown} to {key}"


def test_a_door_on_a_child_logs_the_child():
    for name, entry in ALL:
        if "pupil" in entry.pattern.converters and door(entry).reads:
            assert door(entry).logs is not Logs.LIST, name
