"""A real browser, a real server, and no page that complains.

`page` and `new_context` are pytest-playwright's, pointed at the fixture `server`. Every page
they open is watched: a console error, a report of the content security policy, a request that
failed or a part of a page that was refused makes the test fail when it ends. A test that means
to cause one says so first: `watch.expect("409")`.
"""

from collections.abc import Callable, Generator, Iterator
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.support import binaries
from tests.support.browser import LAUNCH, PATIENCE, REPORT_POLICY, Watch

ContextMaker: TypeAlias = Callable[..., BrowserContext]

expect.set_options(timeout=PATIENCE)


@pytest.fixture
def site(request: pytest.FixtureRequest) -> str:
    """Give the address that the pages of a browser test are relative to."""
    address: str = request.getfixturevalue("server").url
    return address


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Watch every page of a test, and fail it for what went wrong there."""
    watching = Watch()
    yield watching
    problems = watching.unexpected()
    assert not problems, "The browser complained:\n" + "\n".join(problems)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let a story that failed say what stood in each of its windows at that moment."""
    report = yield
    watching = getattr(item, "funcargs", {}).get("watch")
    if report.failed and call.when == "call" and watching:
        report.sections.append(("What the windows showed", watching.windows()))
    return report


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the browser of this machine, with nothing that speaks to the network by itself."""
    found = binaries.chromium()
    if found is None:
        raise RuntimeError(
            "No Chromium. `python3 run.py test` installs it, or set CHROMIUM to its path."
        )
    return {**browser_type_launch_args, "executable_path": found, "args": list(LAUNCH)}


@pytest.fixture(scope="session")
def base_url() -> None:
    """Every test's server has an address of its own: see `site`."""


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Give the browser an English reader in London at a desk."""
    return {
        **browser_context_args,
        "locale": "en-GB",
        "timezone_id": "Europe/London",
        "reduced_motion": "reduce",
    }


@pytest.fixture
def new_context(site: str, watch: Watch, new_context: ContextMaker) -> ContextMaker:
    """Open a watched window: `new_context(viewport=…, java_script_enabled=False)`."""

    def make(**options: Any) -> BrowserContext:
        options.setdefault("viewport", {"width": 1280, "height": 900})
        context = new_context(base_url=site, **options)
        context.add_init_script(REPORT_POLICY)
        watch.over(context)
        return context

    return make
