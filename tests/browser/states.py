"""Pages as they stand when something is wrong, empty or over: drawn without a server.

Each comes from the application by the tests' client and is rolled back, so that forms can be sent
which would change the record. A browser then draws those that hold a kind of element which the ones
before did not.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, Route

from opensenco.ui.middleware import POLICY
from tests.client import house
from tests.contracts.test_routes import ALL, door, fill, no_such
from tests.people import person
from tests.support.forms import Field, forms_on
from tests.support.undone import undone

BUILT = Path(__file__).parents[2] / "opensenco" / "ui" / "static"
TAG = re.compile(r'<([a-z0-9]+)(?:[^>]*?\sclass="([^"]*)")?')
SITE = "http://127.0.0.1:9"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
#: pages for anybody, as they stand
OPEN = ("/sign-in/", "/help/", "/accessibility/", "/privacy/", "/gallery/", "/link/thanks/")


def wrong(one: Field) -> list[str] | None:
    """Answer nothing where words are asked for, and what cannot be where a day or number is."""
    if one.kind == "day":
        return [{"day": "31", "month": "2", "year": "2027"}[one.name.rpartition("-")[2]]]
    return {"date": ["31/2/2027"], "number": ["many"], "text": [""]}.get(one.kind)


def refused_forms() -> Iterator[tuple[str, str]]:
    """Give the pages of all forms that were sent with faults."""
    client, seen = plain("senco"), set[tuple[str, str]]()
    for name, entry in ALL:
        if not (door(entry).writes and door(entry).reads and door(entry).who.get("senco") == 200):
            continue
        address = reverse(name, kwargs=fill(entry, "senco"))
        page: str = _html(client.get(address))
        kinds = set(TAG.findall(page))
        if kinds <= seen:
            continue
        seen |= kinds
        for at, form in enumerate(forms_on(page)):
            with undone():
                answer: Any = client.post(form.action or address, form.sent(wrong))
            if answer.status_code == 200 and "Error:" in (html := _html(answer)):
                yield f"{name}, form {at}, with faults", html


def plain(key: str) -> Client:
    """Sign in with a client that does not look each page over: the browser does."""
    client = Client()
    client.handler = house()
    client.force_login(person(key))
    return client


def nearly_empty_lists() -> Iterator[tuple[str, str]]:
    """Give the lists of a school that has hardly begun."""
    client = plain("shared_senco")
    for name, entry in ALL:
        if door(entry).reads and not entry.pattern.converters:
            yield f"{name}, nearly empty", _html(client.get(reverse(name)))


def refusals() -> Iterator[tuple[str, str]]:
    """Give the pages that say no, and those for anybody."""
    entry = dict(ALL)["pupils:show"]
    show = reverse("pupils:show", kwargs=fill(entry, "senco"))
    gone = reverse("pupils:show", kwargs=no_such(entry))
    concern = reverse("concerns:new", kwargs=fill(dict(ALL)["concerns:new"], "senco"))
    said = {"noticed": "He looks away."}
    yield "a colleague is refused", _html(plain("other_teacher").get(show))
    yield "nothing is there", _html(plain("senco").get(gone))
    yield "no role today", _html(plain("expired").get("/"))
    yield "signed out with words", _html(Client().post(concern, said))
    guarded = Client(enforce_csrf_checks=True)
    yield "a form from elsewhere", _html(guarded.post("/sign-in/", {"login": "x"}))
    yield (
        "a link that opens nothing",
        _html(Client().get("/link/AAAAAAAAAAAAAAAAAAAAAA/" + "x" * 32 + "/")),
    )
    for address in OPEN:
        yield f"{address} for anybody", _html(Client().get(address))


def _html(answer: Any) -> str:
    kind = answer.headers.get("Content-Type", "")
    return answer.content.decode() if kind.startswith("text/html") else ""


def unlike(pages: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Leave out pages that are made of nothing but what those before them were made of."""
    seen: set[tuple[str, str]] = set()
    for name, html in pages:
        kinds = set(TAG.findall(html))
        if html and not kinds <= seen:
            seen |= kinds
            yield name, html


def drawing(context: BrowserContext) -> Callable[[str], None]:
    """Let a window draw pages that are handed to it; give what hands it the next one."""
    now = [""]

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith("/static/"):
            file = BUILT / path.removeprefix("/static/")
            route.fulfill(path=file, content_type=TYPES[file.suffix])
            return
        policy = {"Content-Security-Policy": POLICY}
        route.fulfill(body=now[0], content_type="text/html; charset=utf-8", headers=policy)

    context.route("**/*", answer)

    def hand(html: str) -> None:
        now[0] = html

    return hand
