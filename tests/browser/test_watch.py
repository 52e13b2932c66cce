"""The watch over the browser's pages sees what a person would not: complaints in the console."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page

from tests.support.browser import Watch

POLICY = "default-src 'none'; script-src 'self'; img-src 'self'"
PAGES = {
    "/clean": (200, "text/html", "<!doctype html><title>Clean</title><p>All is well."),
    "/refused": (403, "text/html", "<!doctype html><title>No</title><p>You may not."),
    "/broken": (500, "text/html", "<!doctype html><title>Broken</title><p>Sorry."),
    "/inline": (200, "text/html", '<!doctype html><title>Inline</title><p style="color:red">Red'),
    "/picture": (200, "text/html", '<!doctype html><title>P</title><img src="/lost.png" alt="">'),
    "/script": (
        200,
        "text/html",
        '<!doctype html><title>S</title><script src="/throw.js"></script>',
    ),
    "/throw.js": (200, "text/javascript", "throw new Error('thrown on purpose')"),
    "/log": (200, "text/html", '<!doctype html><title>L</title><script src="/log.js"></script>'),
    "/log.js": (200, "text/javascript", "console.error('said on purpose')"),
}


class Pages(BaseHTTPRequestHandler):
    """Answers with the pages above."""

    def do_GET(self) -> None:
        status, kind, text = PAGES.get(self.path, (404, "text/plain", "not here"))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    """Serve the pages above in place of OpenSENCO."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("path", ["/clean", "/refused"])
def test_a_page_that_is_what_it_should_be_passes(page: Page, watch: Watch, path: str) -> None:
    page.goto(path)
    page.screenshot()
    assert watch.problems == []


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/broken", "answer: 500 document"),
        ("/inline", "Content security policy: style-src-attr refused inline"),
        ("/picture", "answer: 404 image"),
        ("/script", "script: thrown on purpose"),
        ("/log", "console: said on purpose"),
    ],
)
def test_a_page_that_complains_is_told_of(page: Page, watch: Watch, path: str, told: str) -> None:
    watch.expect(".")
    page.goto(path, wait_until="networkidle")
    assert any(told in problem for problem in watch.problems), watch.problems


def test_what_a_test_means_to_cause_is_not_held_against_it(page: Page, watch: Watch) -> None:
    watch.expect(r"404 image")
    page.goto("/picture", wait_until="networkidle")
    assert watch.unexpected() == []
    assert watch.problems


def test_the_browser_finds_no_other_machine(page: Page, watch: Watch) -> None:
    watch.expect("ERR_NAME_NOT_RESOLVED")
    with pytest.raises(Exception, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://example.org/")
