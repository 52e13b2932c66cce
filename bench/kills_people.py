"""The people of the trial by kills: they act through pages, as browsers do, whatever happens.

Each act carries a mark of its own in its words. When a page does not answer, a person either sends
the same form again until it is taken, or goes away and never knows.
"""

import random
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import requests

from tests.cast import BY_KEY, PASSWORD, TODAY
from tests.support import second_step
from tests.support.forms import forms_on

#: seconds that an answer may take on a machine with much else to do
PATIENCE = 30
SENT = 302


class Away(Exception):
    """The server did not answer, or nothing waits: the person went away."""


@dataclass
class Act:
    """One act that was sent, and whether the person was told that it is done.

    Args:
        kind: ask, answer, meet or letter.
        mark: stands in its words, and nowhere else.
    """

    kind: str
    mark: str
    acknowledged: bool = False


@dataclass
class Book:
    """What all of them did, and what they were shown that nobody should be shown."""

    acts: list[Act] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, kind: str) -> Act:
        """Write down that an act is about to be sent."""
        with self.lock:
            act = Act(kind, f"trial {kind} {len(self.acts) + 1} end")
            self.acts.append(act)
        return act


class Somebody(threading.Thread):
    """One person at a browser, who does the same few things again and again."""

    def __init__(self, key: str, home: str, book: Book, seed: int) -> None:
        super().__init__(name=key, daemon=True)
        self.key, self.home, self.book = key, home, book
        self.dice = random.Random(seed)  # noqa: S311 (nothing is secret)
        self.session = requests.Session()
        self.session.trust_env = False
        self.ended = threading.Event()
        #: everything was done once, undisturbed
        self.warm = threading.Event()
        self.days: list[Callable[[], None]] = []

    def run(self) -> None:
        """Act until ended: first everything once, then by chance."""
        first = list(self.days)
        while not self.ended.is_set():
            try:
                (first[0] if first else self.dice.choice(self.days))()
                first = first[1:]
                if not first:
                    self.warm.set()
            except Away:
                self.ended.wait(0.05)
                continue
            except Exception as error:  # a fault of the trial itself is no pass
                self.book.faults.append(f"{self.key}: {type(error).__name__}: {error}")
                return
            self.ended.wait(self.dice.uniform(0, 0.1))

    def get(self, path: str) -> str:
        """Open a page, however long its server is away."""
        while not self.ended.is_set():
            try:
                answer = self.session.get(self._whole(path), timeout=PATIENCE)
            except requests.RequestException:
                time.sleep(0.05)
                continue
            if answer.status_code != requests.codes.ok:
                self.book.faults.append(f"{self.key}: {answer.status_code} at a page")
            return answer.text
        raise Away

    def send(self, path: str, data: dict[str, Any], *, stay: bool = False) -> str:
        """Send a form; give where it led.

        Args:
            stay: send it again until it is taken, whatever happens.

        Raises:
            Away: the server did not answer.
        """
        again = stay or self.dice.random() < 0.5
        while True:
            try:
                answer = self.session.post(
                    self._whole(path), data, timeout=PATIENCE, allow_redirects=False
                )
            except requests.RequestException:
                if not again or (self.ended.is_set() and not stay):
                    raise Away from None
                time.sleep(0.05)
                continue
            if answer.status_code != SENT:
                found = re.findall(r'<a href="#[^"]*">([^<]*)</a>', answer.text)
                self.book.faults.append(f"{self.key}: {answer.status_code} {found} to a form")
                raise Away
            return str(answer.headers["Location"])

    def sign_in(self) -> None:
        """Sign in, as everybody does once."""
        form, *_other_ways = forms_on(self.get("/sign-in/"))
        given = {"login": [BY_KEY[self.key].email], "password": [PASSWORD]}
        self.send("/sign-in/", {**form.sent(lambda _field: None), **given}, stay=True)
        asked = self.get(second_step.SET_UP)
        (form,) = forms_on(asked)
        code = {"code": [second_step.code_of(second_step.key_on(asked))]}
        self.send(second_step.SET_UP, {**form.sent(lambda _field: None), **code}, stay=True)

    def form(self, path: str, **given: Any) -> dict[str, Any]:
        """Open a page and give what its first form sends, with some answers filled in."""
        found = forms_on(self.get(path))
        return {**found[0].sent(lambda _field: None), **given}

    def _whole(self, path: str) -> str:
        return path if path.startswith("http") else self.home + path


class Senco(Somebody):
    """Asks, plans meetings, sends letters."""

    def __init__(self, home: str, book: Book, seed: int, pupil: str, colleagues: list[str]) -> None:
        super().__init__("senco", home, book, seed)
        self.pupil, self.colleagues = pupil, colleagues
        self.days = [self.ask, self.meet, self.letter, self.ask]

    def ask(self) -> None:
        """Ask everybody who works with the pupil."""
        path = f"/asking/new/{self.pupil}/"
        data = self.form(path)
        act = self.book.begin("ask")
        self.send(path, {**data, "because": act.mark})
        act.acknowledged = True

    def meet(self) -> None:
        """Plan a meeting."""
        path = f"/meetings/new/{self.pupil}/?kind=sen-support-review"
        day = f"{TODAY.day + 5}/{TODAY.month}/{TODAY.year}"
        data = self.form(path, day=day, hour="15:30", minutes="40", staff=self.colleagues)
        act = self.book.begin("meet")
        self.send(path, {**data, "purpose": act.mark})
        act.acknowledged = True

    def letter(self) -> None:
        """Write a letter to the family and say that it was handed over."""
        write = f"/letters/write/?pupil={self.pupil}"
        chosen = {"letter": "shipped:review-meeting-invitation", "pupils": self.pupil}
        words = self.send(write, self.form(write, **chosen))
        data = self.form(words)
        act = self.book.begin("letter")
        look = self.send(words, {**data, "meeting_place": act.mark})
        day = f"{TODAY.day}/{TODAY.month}/{TODAY.year}"
        self.send(look, self.form(look, how="hand", on=day))
        act.acknowledged = True


class Colleague(Somebody):
    """Answers what is asked."""

    def __init__(self, key: str, home: str, book: Book, seed: int) -> None:
        super().__init__(key, home, book, seed)
        self.days = [self.answer]

    def answer(self) -> None:
        """Answer one of those that wait."""
        inbox = self.get("/asked/").partition("What you answered lately")[0]
        waiting = re.findall(r'href="(/asked/[^/"]+/)"', inbox)
        if not waiting:
            raise Away
        path = self.dice.choice(waiting)
        found = [one for one in forms_on(self.get(path)) if "a_strengths" in one.fields]
        if not found:
            raise Away
        act = self.book.begin("answer")
        data = found[0].sent(lambda _field: None)
        self.send(path, {**data, "a_strengths": [act.mark]})
        act.acknowledged = True
