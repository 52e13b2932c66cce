"""Ways in besides a password, in a real browser: an account elsewhere, and a shared tablet."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser import steps
from tests.browser.steps import DESK, Desk, Windows, signs_in, sits_down
from tests.cast import BY_KEY, PASSWORD
from tests.support.browser import Watch
from tests.support.provider import Provider
from tests.support.server import Server, free_port

ContextMaker = Callable[..., BrowserContext]
TABLET = {"width": 820, "height": 1180}
SIX = "271828"


@pytest.fixture
def provider(serve: Callable[..., Server], tmp_path: Path) -> Iterator[tuple[Provider, Server]]:
    """Start a provider, and a server whose settings name it."""
    port = free_port()
    running = Provider(f"http://127.0.0.1:{port}/sign-in/back/near/")
    secret = tmp_path / "secret"
    secret.write_text(running.secret)
    named = {
        "OPENSENCO_OIDC": "near",
        "OPENSENCO_OIDC_NEAR_NAME": "Near School",
        "OPENSENCO_OIDC_NEAR_ISSUER": running.url,
        "OPENSENCO_OIDC_NEAR_CLIENT": running.client,
        "OPENSENCO_OIDC_NEAR_SECRET_FILE": str(secret),
    }
    yield running, serve(port=port, **named)
    running.stop()


@pytest.fixture
def site(request: pytest.FixtureRequest) -> str:
    """Give the server that a story asks for by its fixture."""
    if "provider" in request.fixturenames:
        _running, server = request.getfixturevalue("provider")
        return str(server.url)
    return str(request.getfixturevalue("server").url)


def says_who_they_are(desk: Desk, subject: str) -> None:
    """On the provider's own page."""
    desk.page.locator('input[name="sub"]').fill(subject)
    desk.page.get_by_role(
        "button", name=re.compile("Authorize|Sign in|Continue", re.I)
    ).first.click()


def test_the_senco_comes_with_an_account_elsewhere_and_needs_the_password_once(
    new_context: Windows, provider: tuple[Provider, Server], watch: Watch
) -> None:
    running, _server = provider
    # the page of the provider asks for a style from elsewhere, which no test reaches
    watch.expect(r"cdn\.jsdelivr\.net")
    running.knows("amara-1", email=BY_KEY["senco"].email, email_verified=True, amr=["mfa"])
    amara = sits_down(new_context, DESK, script=False)
    amara.page.goto("/")
    amara.opens("Sign in with Near School")
    says_who_they_are(amara, "amara-1")
    amara.has_heading("The first time with Near School")
    amara.sees(BY_KEY["senco"].email)
    amara.types("Password", PASSWORD)
    amara.presses("Go on")
    amara.is_told("From now on you sign in with Near School.")
    again = sits_down(new_context, DESK)
    again.page.goto("/register/")
    again.opens("Sign in with Near School")
    says_who_they_are(again, "amara-1")
    again.has_heading(re.compile("Register|SEN register"))
    again.page.get_by_text(BY_KEY["senco"].first_name).first.click()
    again.page.get_by_role("button", name="Sign out").click()
    again.has_heading("You are signed out of OpenSENCO")
    again.sees("still signed in with Near School")
    nobody = sits_down(new_context, DESK)
    nobody.page.goto("/sign-in/")
    nobody.opens("Sign in with Near School")
    nobody.page.get_by_role("button", name=re.compile("Deny|Cancel", re.I)).first.click()
    nobody.has_heading("You are not signed in with Near School")


def test_an_assistant_uses_the_tablet_of_the_room_and_gives_it_back(new_context: Windows) -> None:
    jo = signs_in(new_context, "ta", steps.PHONE)
    jo.page.goto("/me/number/")
    jo.types("Your six digits", SIX)
    jo.types("The six digits again", SIX)
    jo.presses("Keep this number")
    amara = signs_in(new_context, "senco", DESK)
    amara.page.goto("/school/tablets/add/")
    amara.types("Name of the tablet", "Rabbit room")
    amara.presses("Add it and show its code")
    code = amara.page.locator("code").inner_text()
    window = new_context(viewport=TABLET, java_script_enabled=False, has_touch=True)
    device = Desk(window.new_page())
    device.page.goto("/tablet/")
    device.types("The code of this tablet", code)
    device.presses("Use this device")
    device.has_heading("Who are you?")
    device.opens("Jo Birkett")
    device.types("Your six digits", SIX)
    device.presses("Come in")
    device.has_heading("Now")
    expect(device.page.get_by_text("Rabbit room, a shared tablet")).to_be_visible()
    small = [
        box
        for one in device.page.get_by_role("main").get_by_role("link").all()
        if (box := one.bounding_box()) and box["height"] < 44
    ]
    assert not small, "targets are for fingers"
    first = device.page.get_by_role("main").get_by_role("link").first
    first.click()
    device.presses(re.compile("All done"))
    device.has_heading(re.compile("^Saved"))
    answer = device.page.goto("/")
    assert answer is not None
    assert answer.status == 403
    device.sees("does not open on a shared tablet")
    device.page.goto("/now/")
    device.page.get_by_role("button", name="I have finished").click()
    device.has_heading("Who are you?")
    amara.page.goto("/school/tablets/")
    amara.sees("by Jo Birkett")
    amara.page.get_by_role("link", name="Cut off, or new code Rabbit room").click()
    amara.presses("Cut this tablet off")
    device.page.goto("/tablet/")
    device.has_heading("Make this a shared tablet")
