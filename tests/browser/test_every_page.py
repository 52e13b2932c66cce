"""Every address, in a real browser: no complaint, nothing in anybody's way, no sideways scrolling.

The addresses are those of the table of routes, with references of rows that exist, so a new page is
walked without being listed here. The browser runs our scripts; `watch` fails the test for a report
of the content security policy, a console error or a part that did not load. What a page is looked
over for, and how seldom the same thing twice, stands in looking.py.
"""

from collections.abc import Callable

import pytest
from django.urls import URLPattern, reverse
from playwright.sync_api import BrowserContext, Error, Page, ViewportSize
from pytest_django import DjangoDbBlocker

from tests.browser.looking import Looking
from tests.browser.steps import DESK, PHONE, signs_in
from tests.contracts.test_routes import ALL, door, fill
from tests.support.databases import connected
from tests.support.server import Server

#: pages that show others something else than they show the SENCO
OTHERWISE = {
    *("home:start", "account:me", "pupils:show", "plans:plan", "plans:profile"),
    *("concerns:show", "provision:now", "provision:log", "school:who_sees"),
}
#: who walks, and on which screen; everybody comes to what their doors give them
WALKERS: dict[str, ViewportSize] = {
    "senco": DESK,
    "teacher": PHONE,
    "ta": PHONE,
    "parent": PHONE,
    "dsl": PHONE,
    "head": PHONE,
    "admin": PHONE,
    "officer": PHONE,
}


def addresses(server: Server, key: str) -> dict[str, str]:
    """Give each page that somebody may read, by its name, with rows of their own school."""
    with connected(server.copy):
        return {
            name: reverse(name, kwargs=fill(entry, "officer" if key == "officer" else "senco"))
            for name, entry in ALL
            if door(entry).reads and comes_in(name, entry, key)
        }


def comes_in(name: str, entry: URLPattern, key: str) -> bool:
    """Say whether they look a page over: the first who may, and all of them where it differs."""
    who = door(entry).who
    first = next((one for one in WALKERS if who.get(one) == 200), None)
    return who.get(key) == 200 and (first == key or name in OTHERWISE)


def test_every_page_that_anybody_reads_is_looked_over() -> None:
    missed = [
        name for name, entry in ALL
        if door(entry).reads and 200 in door(entry).who.values()
        and not any(comes_in(name, entry, key) for key in WALKERS)
    ]  # fmt: skip
    assert not missed, f"let somebody of WALKERS look at {missed}"


def is_page(page: Page, address: str) -> bool:
    """Go there; False where it is a file, which a browser saves or shows its own way."""
    try:
        answer = page.goto(address)
    except Error as error:
        if "Download is starting" not in error.message:
            raise
        return False
    assert answer is not None
    assert answer.status == 200, f"{address}: {answer.status}"
    return answer.headers["content-type"].startswith("text/html")


@pytest.mark.long
@pytest.mark.parametrize("half", [0, 1])
def test_every_page_is_whole_for_whoever_reads_it(
    half: int,
    new_context: Callable[..., BrowserContext],
    server: Server,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    """In two halves, for two browsers beside each other: the SENCO's pages alone are most of it."""
    found: list[str] = []
    looking = Looking()
    for turn, (key, screen) in enumerate(WALKERS.items()):
        with django_db_blocker.unblock():
            walked = list(addresses(server, key).items())
        assert len(walked) > 3, key
        walked = walked[half::2] if key == "senco" else walked * (turn % 2 == half)
        if not walked:
            continue
        page = signs_in(new_context, key, screen).page
        looking.over(page.context)
        for name, address in walked:
            if is_page(page, address):
                found += [f"{name} for {key}: {one}" for one in looking.faults(page, screen)]
    assert looking.read > 20, "hardly a page was read by axe"
    assert not found, "\n".join(found)
