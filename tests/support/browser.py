"""The watch over what a browser's pages complain of, and how the browser is started."""

import re

from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Request,
    Response,
    WebError,
)

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
#: milliseconds: a machine that does much else may answer late; what a page costs is for bench/
PATIENCE = 15_000
REPORT_POLICY = """
document.addEventListener('securitypolicyviolation', (event) => console.error(
  `Content security policy: ${event.effectiveDirective} refused ${event.blockedURI}`))
"""


class Watch:
    """What went wrong on the pages of one test."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self._expected: list[str] = []
        self._contexts: list[BrowserContext] = []

    def expect(self, pattern: str) -> None:
        """Say that a problem whose text matches this pattern belongs to the test."""
        self._expected.append(pattern)

    def over(self, context: BrowserContext) -> None:
        """Listen to every page of a context."""
        self._contexts.append(context)
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

    def windows(self) -> str:
        """Give what stands in each window now: its address, and the words on it."""
        return "\n\n".join(_told(page) for context in self._contexts for page in context.pages)

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


def _told(page: Page) -> str:
    try:
        return f"{page.url}\n{page.locator('body').inner_text(timeout=1_000)}"
    except Error as gone:
        return f"{page.url}\n{gone.message}"
