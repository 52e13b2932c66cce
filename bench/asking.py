"""One client over one connection, as a browser keeps it, and the figures of its waiting."""

import re
import statistics
import time
from collections.abc import Iterable, Mapping
from http.client import HTTPConnection, HTTPMessage
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from tests.support import second_step

#: asks that the answer tells how many questions to the database it took
ASKED = "X-Questions"


class Figures(NamedTuple):
    """Milliseconds of waiting for one address, and what came."""

    address: str
    status: int
    size: int
    median: float
    p95: float


class Client:
    """A signed-in client of a running server."""

    def __init__(self, url: str, email: str, password: str) -> None:
        self._line = HTTPConnection(urlsplit(url).netloc)
        self._cookies: dict[str, str] = {}
        self._heads = HTTPMessage()
        _status, body = self.ask("/sign-in/")
        [token, *_] = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', body)
        form = {"csrfmiddlewaretoken": token, "login": email, "password": password}
        status, _body = self.ask("/sign-in/", urlencode(form))
        if status != 302:
            raise RuntimeError(f"not signed in: {status}")
        self._show_a_code()

    def _show_a_code(self) -> None:
        """Set up the second step, without which nobody sees a page."""
        _status, body = self.ask(second_step.SET_UP)
        [token, *_] = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', body)
        code = second_step.code_of(second_step.key_on(body))
        form = {"csrfmiddlewaretoken": token, "code": code}
        self.ask(second_step.SET_UP, urlencode(form))

    def questions(self, address: str) -> int:
        """Give how many questions to the database an address takes, with bench.settings."""
        self.ask(address, heads={ASKED: "1"})
        return int(self._heads[ASKED])

    def ask(
        self, address: str, form: str | None = None, *, heads: Mapping[str, str] | None = None
    ) -> tuple[int, str]:
        """Fetch, or send a form, and give status and text."""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self._cookies.items())}
        headers |= heads or {}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._line.request("GET" if form is None else "POST", address, form, headers)
        answer = self._line.getresponse()
        self._heads = answer.headers
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = line.split(";")[0].partition("=")
            self._cookies[name] = value
        return answer.status, answer.read().decode()

    def measure(self, addresses: Iterable[str], times: int) -> list[Figures]:
        """Ask for each address so many times, turn about, so that a slow spell meets all."""
        waited: dict[str, list[float]] = {address: [] for address in addresses}
        last: dict[str, tuple[int, str]] = {}
        for _ in range(times):
            for address, seen in waited.items():
                begun = time.perf_counter()
                last[address] = self.ask(address)
                seen.append((time.perf_counter() - begun) * 1000)
        return [
            Figures(
                address,
                last[address][0],
                len(last[address][1].encode()),
                statistics.median(seen),
                sorted(seen)[int(len(seen) * 0.95)],
            )
            for address, seen in waited.items()
        ]
