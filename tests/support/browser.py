"""A real browser, a real server, and no page that complains.

`page` and `new_context` are pytest-playwright's, pointed at the fixture `server`. Every page
they open is watched: a console error, a report of the content security policy, a request that
failed or a part of a page that was refused makes the test fail when it ends. A test that means
to cause one says so first: `watch.expect("409")`.
"""

import re
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

from opensenco.ops import serving
from tests.support import binaries, databases

LAUNCH = (
    "--no-sandbox",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--metrics-recording-only",
    "--mute-audio",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
REPORT_POLICY = """
document.addEventListener('securitypolicyviolation', (event) => console.error(
  `Content security policy: ${event.effectiveDirective} refused ${event.blockedURI}`))
"""
START_SECONDS = 30
ContextMaker: TypeAlias = Callable[..., BrowserContext]


class Watch:
    """What went wrong on the pages of one test."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self._expected: list[str] = []

    def expect(self, pattern: str) -> None:
        """Say that a problem whose text matches this pattern belongs to the test."""
        self._expected.append(pattern)

    def over(self, context: BrowserContext) -> None:
        """Listen to every page of a context."""
        context.on("console", self._console)
        context.on("weberror", self._weberror)
        context.on("requestfailed", self._requestfailed)
        context.on("response", self._response)

    def unexpected(self) -> list[str]:
        """Give the problems that the test did not say it would cause."""
        return [
            problem
            for problem in self.problems
            if not any(re.search(pattern, problem) for pattern in self._expected)
        ]

    def _console(self, message: ConsoleMessage) -> None:
        # A refused request is told by _response, with its kind.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.problems.append(f"console: {message.text}")

    def _weberror(self, error: WebError) -> None:
        self.problems.append(f"script: {error.error}")

    def _requestfailed(self, request: Request) -> None:
        # Leaving a page aborts what it was still asking for.
        if request.failure and "ERR_ABORTED" not in request.failure:
            self.problems.append(f"request: {request.url} {request.failure}")

    def _response(self, response: Response) -> None:
        # A whole page may well be a 403 or a 409: that is what the test looks at.
        limit = 500 if response.request.resource_type == "document" else 400
        if response.status >= limit:
            kind = response.request.resource_type
            self.problems.append(f"answer: {response.status} {kind} {response.url}")


class Server:
    """OpenSENCO's own server on a database of its own.

    Attributes:
        url: where it answers, without a slash at the end.
        copy: its database; `copy.command("import", …)` runs `opensenco` on it.
    """

    def __init__(self, copy: databases.Copy, log: Path, **environment: str) -> None:
        self.copy = copy
        self._log = log
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                serving.server_command("127.0.0.1", port),
                cwd=databases.ROOT,
                env=copy.environment | environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self._wait()

    def _wait(self) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self._process.poll() is None:
            if serving.answers(self.url):
                return
            time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"The server did not start:\n{self.log()}")

    def log(self) -> str:
        """Give what the server has printed."""
        return self._log.read_text(errors="replace")

    def jobs(self) -> None:
        """Do every job that waits, as the worker beside the server would."""
        self.copy.command("worker", "--until-done")

    def stop(self) -> None:
        """Stop the server as its administrator would."""
        self._process.terminate()
        try:
            self._process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def free_port() -> int:
    """Give a port of the loopback that nothing listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


@pytest.fixture
def serve(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Start servers: `serve()` or, with other settings, `serve(OPENSENCO_DEMO="1")`."""
    from tests.conftest import DATABASES, HERE

    started: list[Server] = []

    def start(**environment: str) -> Server:
        name = f"{HERE.name}_web{len(started)}"
        server = Server(DATABASES.copy(name), tmp_path / f"{name}.log", **environment)
        started.append(server)
        return server

    yield start
    for server in started:
        server.stop()
        request.node.add_report_section("teardown", f"{server.url}", server.log())
        DATABASES.drop(server.copy)


@pytest.fixture
def server(serve: Callable[..., Server]) -> Server:
    """Give one server with the demo off."""
    return serve()


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
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Give the browser an English reader in London at a desk."""
    return {
        **browser_context_args,
        "locale": "en-GB",
        "timezone_id": "Europe/London",
        "reduced_motion": "reduce",
    }


@pytest.fixture
def new_context(
    site: str, watch: Watch, new_context: ContextMaker, browser_context_args: dict[str, Any]
) -> ContextMaker:
    """Open a watched window: `new_context(viewport=…, java_script_enabled=False)`."""

    def make(**options: Any) -> BrowserContext:
        options.setdefault("viewport", {"width": 1280, "height": 900})
        context = new_context(base_url=site, **options)
        context.add_init_script(REPORT_POLICY)
        watch.over(context)
        return context

    return make
