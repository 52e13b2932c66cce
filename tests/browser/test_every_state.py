"""Pages in the states that nobody means to come to: at fault, empty, refused, over."""

from collections.abc import Callable
from itertools import chain

import pytest
from playwright.sync_api import BrowserContext

from tests.browser import states
from tests.browser.looking import Looking
from tests.browser.steps import DESK


@pytest.fixture
def site() -> str:
    """Nothing is served: each page is handed to the browser."""
    return states.SITE


@pytest.mark.django_db
def test_a_page_is_whole_too_where_something_is_wrong_empty_or_over(
    new_context: Callable[..., BrowserContext],
) -> None:
    found: list[str] = []
    looking = Looking()
    context = new_context()
    looking.over(context)
    hand, page = states.drawing(context), context.new_page()
    every = chain(states.refused_forms(), states.nearly_empty_lists(), states.refusals())
    for at, (name, html) in enumerate(states.unlike(every)):
        hand(html)
        page.goto(f"/drawn/{at}/")
        found += [f"{name}: {one}" for one in looking.faults(page, DESK)]
    assert looking.read > 20, "hardly a state was read by axe"
    assert not found, "\n".join(found)
