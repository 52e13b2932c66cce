"""The first page a person sees comes from the real server, whole and without complaint."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.support.server import Server

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_somebody_without_a_session_is_asked_to_sign_in(
    new_context: Callable[..., BrowserContext], viewport: dict[str, int], script: bool
) -> None:
    page = new_context(viewport=viewport, java_script_enabled=script).new_page()
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(page.get_by_label("Email address")).to_be_visible()
    expect(page.get_by_label("Password", exact=True)).to_be_visible()


def test_two_servers_know_nothing_of_each_other(serve: Callable[..., Server]) -> None:
    one, other = serve(), serve(OPENSENCO_DEMO="1")
    assert one.url != other.url
    assert one.copy.name != other.copy.name
