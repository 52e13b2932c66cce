"""A second step is set up and used in a real browser: a passkey of its own, and codes of an app."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from playwright.sync_api import BrowserContext, Page, expect

from tests.cast import BY_KEY, PASSWORD
from tests.support.server import Server

Windows = Callable[..., BrowserContext]


@pytest.fixture
def site(server: Server) -> str:
    """Give the address by its name: a passkey belongs to a name, never to numbers."""
    return server.url.replace("127.0.0.1", "localhost")


def with_a_finger(page: Page) -> None:
    """Give the browser a reader of fingers that always knows its owner."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def signs_in(page: Page, key: str) -> None:
    page.goto("/sign-in/")
    page.get_by_label("Email address").fill(BY_KEY[key].email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def code_of(secret: str, later: int = 0) -> str:
    """Give what the app shows: now, or the next one."""
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counters[len(counters) // 2] + later))


def test_a_passkey_and_an_app_are_set_up_and_each_lets_in(new_context: Windows) -> None:
    page = new_context().new_page()
    with_a_finger(page)
    signs_in(page, "senco")
    heading(page, "One more step before you begin")
    page.goto("/register/")
    heading(page, "One more step before you begin")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_label("What do you call it?").fill("My finger")
    page.get_by_role("button", name="Make the passkey").click()
    heading(page, "Your recovery codes")
    assert len(re.findall(r"\d{4} \d{4}", page.get_by_role("main").inner_text())) == 10
    page.get_by_role("button", name="I have kept them: go on").click()
    heading(page, "SEN register")

    page.goto("/me/security/app/")
    key = page.locator("code").inner_text().replace(" ", "")
    assert page.get_by_role("img", name="Code for the camera").is_visible()
    page.get_by_label("The code that the app shows now").fill(code_of(key))
    page.get_by_role("button", name="Set it up").click()
    heading(page, "Sign-in and security")
    expect(page.get_by_role("main")).to_contain_text("My finger")
    leaves(page)

    page.get_by_role("button", name="Sign in with a passkey").click()
    is_in(page)
    page.goto("/me/security/")
    heading(page, "Sign-in and security")
    leaves(page)

    signs_in(page, "senco")
    heading(page, "The second step")
    page.get_by_label("Code").fill("123456")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("main")).to_contain_text("This is not right")
    page.get_by_label("Code").fill(code_of(key, later=1))
    page.get_by_role("button", name="Go on").click()
    is_in(page)
    page.goto("/school/staff/add/")
    heading(page, "Add a colleague")


def is_in(page: Page) -> None:
    for words in ("Sign in", "The second step"):
        expect(page.get_by_role("heading", name=words, level=1)).to_have_count(0)


def leaves(page: Page) -> None:
    page.goto("/sign-out/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto("/sign-in/")
    heading(page, "Sign in")


def test_without_script_a_code_is_enough(new_context: Windows, server: Any) -> None:
    page = new_context(java_script_enabled=False).new_page()
    signs_in(page, "teacher")
    page.get_by_role("button", name="Set up an authenticator app").click()
    key = page.locator("code").inner_text().replace(" ", "")
    page.get_by_label("The code that the app shows now").fill(code_of(key))
    page.get_by_role("button", name="Set it up").click()
    heading(page, "Your recovery codes")
