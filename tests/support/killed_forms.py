"""Every form of every page is sent by processes that die on their way.

Run as `python -m tests.support.killed_forms`, on a database of its own. It opens every page that
may write and fills in its forms until one is taken; then the same is sent again by processes that
die. A form that is refused is none that could tear anything, unless it keeps a draft.

The input is one line: whether every step is tried, and which pages (none: all). So is the answer.
"""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

import django

from tests.cast import NOW, TODAY
from tests.support.dying import Proven, deaths, draw_the_same, set_papers_elsewhere, spare_memory
from tests.support.forms import Field, PageForm, forms_on

#: days, and whether the last answer is chosen: what one form or another takes
TRIES = (
    (TODAY, False),
    (TODAY - timedelta(days=1), False),
    (TODAY + timedelta(days=28), True),
)
Sending = tuple[str, str, str, dict[str, list[str]]]


def answer(one: Field, day: date, last: bool) -> list[str] | None:
    """Fill in one field as somebody would; None leaves it as it stands."""
    if one.kind == "day":
        return [str(getattr(day, one.name.rpartition("-")[2]))]
    if one.kind == "text" and not any(one.value):
        return ["somebody@elsewhere.example" if "email" in one.name else "Seen every day."]
    if one.kind == "number" and not any(one.value):
        return ["5"]
    if one.kind in ("choice", "tick") and (last or not any(one.value)):
        offered = [value for value in one.options if value]
        return offered[-1:] if last else offered[:1]
    return None


def who(entry: Any) -> str:
    """Give somebody of Larkrise who comes in here, the SENCO before others."""
    from tests.contracts.test_routes import door

    allowed = [key for key, status in door(entry).who.items() if status == 200]
    return "senco" if "senco" in allowed else allowed[0]


def sendings(clients: dict[str, Any], pages: list[str]) -> Iterator[list[Sending]]:
    """Give for each form of each page that may write the ways to send it."""
    from django.urls import reverse

    from tests.contracts.test_routes import ALL, door, fill

    for name, entry in ALL:
        if not door(entry).writes or (pages and name not in pages):
            continue
        key, address = who(entry), reverse(name, kwargs=fill(entry, "senco"))
        forms = [PageForm(address, "post")]
        if door(entry).reads:
            shown = clients[key].get(address)
            forms = forms_on(shown.content.decode()) if shown.status_code == 200 else []
        for form in forms:
            yield [(name, key, form.action or address, filled(form, *how)) for how in TRIES]


def filled(form: PageForm, day: date, last: bool) -> dict[str, list[str]]:
    """Give what a form sends that is filled in for a day."""
    return form.sent(lambda one: answer(one, day, last))


def proven_of(sending: Sending, clients: dict[str, Any], record: Any, every: bool) -> Proven:
    """Send it, and let it die."""
    name, key, address, data = sending
    found = Proven(name, [])
    for child in deaths(found, record, "base", every):
        if child.born():
            draw_the_same(name)
            try:
                clients[key].post(address, data)
            except BaseException as error:
                child.failed(error)
            child.done()
    return found


def everybody() -> dict[str, Any]:
    """Sign in whoever sends something; whatever any request loads is loaded now, and once."""
    from django.test import Client

    from tests.client import house
    from tests.contracts.test_routes import ALL, door
    from tests.people import person

    def signed_in(key: str) -> Client:
        client = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
        client.handler = house()
        client.force_login(person(key))
        client.get("/")
        return client

    return {key: signed_in(key) for key in {who(e) for _n, e in ALL if door(e).writes}}


def main() -> None:
    """Prove what is asked for."""
    asked = json.loads(sys.stdin.readline())
    django.setup()
    from django.db import connections

    from opensenco.kernel.clock import FrozenClock
    from tests.support.record import here

    stands_still: Callable[[FrozenClock], Any] = lambda _clock: NOW  # noqa: E731
    FrozenClock.now = stands_still  # type: ignore[method-assign,assignment]
    clients, record = everybody(), here()
    connections.close_all()
    record.lighten()
    record.keep("base")
    set_papers_elsewhere()
    spare_memory()
    found: list[Proven] = []
    for ways in sendings(clients, asked["pages"]):
        # opening a page can leave a receipt: who has read a message
        connections.close_all()
        record.keep("base")
        for way in ways:
            connections.close_all()
            one = proven_of(way, clients, record, asked["every"])
            if one.tried:
                found.append(one)
            if one.verbs:
                break
    print(json.dumps([asdict(one) for one in found]))  # noqa: T201 (the answer)


if __name__ == "__main__":
    main()
