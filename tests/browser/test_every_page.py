"""Every address, in a real browser: no complaint, nothing in anybody's way, no sideways scrolling.

The addresses are those of the table of routes, with references of rows that exist, so a new page is
walked without being listed here. The browser runs our scripts; `watch` fails the test for a report
of the content security policy, a console error or a part that did not load.
"""

from collections.abc import Callable

from django.urls import URLPattern, reverse
from playwright.sync_api import BrowserContext, Error, Page, ViewportSize
from pytest_django import DjangoDbBlocker

from tests.browser.axe import faults
from tests.browser.steps import signs_in
from tests.contracts.test_routes import ALL, door, fill
from tests.support.databases import connected
from tests.support.server import Server

NARROW: ViewportSize = {"width": 320, "height": 700}
DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
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
}


def addresses(server: Server, key: str) -> dict[str, str]:
    """Give each page that somebody may read, by its name, with rows of their own school."""
    with connected(server.copy):
        return {
            name: reverse(name, kwargs=fill(entry, "senco"))
            for name, entry in ALL
            if door(entry).reads and comes_in(name, entry, key)
        }


def comes_in(name: str, entry: URLPattern, key: str) -> bool:
    who = door(entry).who
    return who.get(key) == 200 and (key == "senco" or who.get("senco") != 200 or name in OTHERWISE)


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


def sideways(page: Page) -> list[str]:
    """Give what reaches beyond the right edge of a narrow screen, if the page scrolls."""
    return page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
        [...document.querySelectorAll('main *')]
          .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
          .slice(0, 3).map((e) => e.outerHTML.slice(0, 120))
          .concat(`${document.documentElement.scrollWidth} wide`)"""
    )


def test_every_page_is_whole_for_whoever_reads_it(
    new_context: Callable[..., BrowserContext],
    server: Server,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    found: list[str] = []
    for key, screen in WALKERS.items():
        with django_db_blocker.unblock():
            walked = addresses(server, key)
        assert len(walked) > 3, key
        page = signs_in(new_context, key, screen).page
        for name, address in walked.items():
            page.set_viewport_size(screen)
            if is_page(page, address):
                found += [f"{name} for {key}: {fault}" for fault in faults(page)]
                page.set_viewport_size(NARROW)
                found += [f"{name} for {key} at 320: {fault}" for fault in sideways(page)]
    assert not found, "\n".join(found)
