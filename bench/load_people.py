"""The people of the trial under load: browsers that read, and browsers that write, all at once.

Each write carries a mark of its own in its words, so that it can be looked for afterwards. Some
write about the same child's page: each takes what stands there, adds a mark and sends it; where
somebody else was first, it puts both together, as the page asks.
"""

import random
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import requests

#: seconds that an answer may take on a machine with much else to do
PATIENCE = 60
OK, SENT = 200, 302
MARK = re.compile(r"\bw\d+n\d+x\b")
#: so many of the newest marks are kept in a text that several people write
KEPT = 100
CONFLICT, THEIRS = "Two versions of the same record", "Theirs, saved"


@dataclass
class Act:
    """One write that was sent, and whether the person was told that it is done."""

    kind: str
    where: str
    mark: str
    acknowledged: bool = False


@dataclass
class Book:
    """What all of them did, how long they waited, and what nobody should have been shown."""

    acts: list[Act] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    waits: dict[str, list[float]] = field(default_factory=dict)
    answers: Counter[int] = field(default_factory=Counter)
    conflicts: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def acknowledged(self) -> int:
        """How many writes people were told of as done."""
        return sum(act.acknowledged for act in self.acts)

    def took(self, kind: str, seconds: float, status: int) -> None:
        """Write down an answer."""
        with self.lock:
            self.waits.setdefault(kind, []).append(seconds)
            self.answers[status] += 1

    def fault(self, words: str) -> None:
        """Write down what should not be."""
        with self.lock:
            self.faults.append(words)


class Fields(HTMLParser):
    """What the first posted form in the main part of a page would send; quicker than a tree."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.data: dict[str, str] = {}
        self._state = ""
        self._area = ""
        self.feed(html.partition("<main")[2])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a form, or take in what a field holds."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method") == "post" and not self._state:
            self._state = "in"
        name = given.get("name", "")
        if self._state != "in" or not name:
            return
        if tag == "textarea":
            self._area = name
            self.data[name] = ""
        elif tag == "input" and given.get("type") not in ("checkbox", "radio", "file"):
            self.data[name] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        """Take in the words of a long field."""
        if self._area:
            self.data[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        """End a field or the form."""
        if tag == "textarea":
            self._area = ""
        elif tag == "form" and self._state:
            self._state = "over"


class Somebody(threading.Thread):
    """One browser. What it does is given as steps; between two of them it waits a little."""

    def __init__(self, number: int, home: str, cookie: str, book: Book, think: float) -> None:
        super().__init__(name=f"browser {number}", daemon=True)
        self.number, self.home, self.book, self.think = number, home, book, think
        self.dice = random.Random(number)  # noqa: S311 (nothing is secret)
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.cookies.set("sessionid", cookie, domain="127.0.0.1")
        self.ended = threading.Event()

    def run(self) -> None:
        """Act until ended."""
        try:
            for _step in self.steps():
                if self.ended.wait(self.dice.uniform(0, 2 * self.think)):
                    return
        except Exception as error:  # a fault of the trial itself is no pass
            self.book.fault(f"{self.name}: {type(error).__name__}: {error}")

    def steps(self) -> Iterator[None]:
        """Do one thing after the other, for ever."""
        raise NotImplementedError

    def ask(self, kind: str, path: str, data: dict[str, str] | None = None) -> tuple[int, str]:
        """Send one request; give its status and text. No answer is status 0."""
        begun = time.monotonic()
        status, text = 0, ""
        try:
            answer = self.session.request(
                "GET" if data is None else "POST", self.home + path, data=data,
                timeout=PATIENCE, allow_redirects=False,
            )  # fmt: skip
            status, text = answer.status_code, answer.text
        except requests.RequestException as error:
            text = type(error).__name__
        self.book.took(kind, time.monotonic() - begun, status)
        if not (status == OK or (status == SENT and data is not None)):
            self.book.fault(f"{self.name}: {status} at {kind} {path}: {text[:200]}")
        return status, text


class Reader(Somebody):
    """Opens pages."""

    paths: list[str]

    def steps(self) -> Iterator[None]:
        """Open them in some order."""
        while True:
            self.ask("read", self.dice.choice(self.paths))
            yield


class Writer(Somebody):
    """Writes the same kind of thing again and again.

    Args (set after it is made):
        kind: what it writes. path: the page of the form. field: where its words go.
    """

    kind = path = field = ""

    def steps(self) -> Iterator[None]:
        """Write one after the other."""
        for count in range(1, 10**6):
            self.write(f"w{self.number}n{count}x")
            yield

    def write(self, mark: str) -> None:
        """Open the form, write and send it."""
        status, page = self.ask("form", self.path)
        if status != OK:
            return
        data = Fields(page).data
        act = self._begin(mark)
        status, _page = self.ask("write", self.path, data | {self.field: mark})
        act.acknowledged = status == SENT
        if status == OK:
            self.book.fault(f"{self.name}: {self.kind} was refused")

    def _begin(self, mark: str) -> Act:
        act = Act(self.kind, self.path, mark)
        with self.book.lock:
            self.book.acts.append(act)
        return act


class CoWriter(Writer):
    """Adds to a text that others write as well, and puts both together where somebody was first."""

    def write(self, mark: str) -> None:
        """Add a mark, as often as it takes."""
        status, page = self.ask("form", self.path)
        act = None
        while status == OK:
            data: dict[str, Any] = Fields(page).data
            marks = self._together(data[self.field], page, mark)
            act = act or self._begin(mark)
            status, page = self.ask("write", self.path, data | {self.field: "\n".join(marks)})
            act.acknowledged = status == SENT
            if status == OK and CONFLICT not in page:
                self.book.fault(f"{self.name}: {self.kind} was refused")
                return
            with self.book.lock:
                self.book.conflicts += status == OK

    def _together(self, mine: str, page: str, mark: str) -> list[str]:
        """Give one's own words, then all that stands in the record, then the new mark."""
        panes = page.split(THEIRS)[1:]
        theirs = MARK.findall(" ".join(pane.partition("</div>")[0] for pane in panes))
        own = [one for one in MARK.findall(mine) if one not in theirs]
        return [*[one for one in (*own, *theirs) if one != mark][-KEPT + 1 :], mark]
