"""A database that is restarted or slow: people read that, keep their words, and go on after it."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from django.db import OperationalError, connection, connections
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from bench.load import served
from bench.load_people import Fields
from opensenco.access import postgres
from opensenco.access.sessions import SessionStore
from opensenco.concerns.models import Concern
from opensenco.ops import enduring
from opensenco.people.models import Pupil
from tests.client import signed_in
from tests.ops.jobs import write
from tests.people import acting_as
from tests.support import away
from tests.support.databases import Copy

WORDS = "He hides under the table when the bell rings."
#: what a database says, and nobody should have to read
RAW = ("locked", "timeout", "OperationalError", "connection", "Traceback", "psycopg", "terminat")
A_WHILE = 60


def grace(name: str) -> str:
    with acting_as("senco", write=False):
        return reverse(name, args=[Pupil.objects.get(first_name="Grace").ref])


def kept(words: str = WORDS) -> int:
    with acting_as("senco", write=False):
        return Concern.objects.filter(noticed=words).count()


def says_so(status: int, headers: Any, text: str) -> None:
    """Look over what somebody reads while there is no database."""
    assert (status, headers["Retry-After"]) == (503, "60")
    assert "cannot reach the record just now" in text
    assert "was not saved" in text
    assert not [word for word in RAW if word in text.partition("<main")[2]]


def waited_for(true: Any) -> None:
    end = time.monotonic() + A_WHILE
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


def sent(client: Client, path: str) -> dict[str, str]:
    return Fields(client.get(path).content.decode()).data | {"noticed": WORDS}


def test_who_waits_for_another_s_writing_too_long_reads_it_and_keeps_the_words(
    own_database: Copy,
) -> None:
    client = signed_in("teacher")
    client.raise_request_exception = False
    path, page = grace("concerns:new"), grace("pupils:show")
    with away.impatient(own_database):
        data = sent(client, path)
        with away.held(own_database, "concerns_concern"):
            answer: Any = client.post(path, data)
            says_so(answer.status_code, answer.headers, answer.text)
            assert WORDS in answer.text
            assert "Your words stand below" in answer.text
        with away.held(own_database, "audit_opening"):
            # nobody reads of a child without being written down
            looked: Any = client.get(page)
            says_so(looked.status_code, looked.headers, looked.text)
            assert "Grace" not in looked.text
        assert kept() == 0
        # the same page again, by the same process
        assert client.post(path, data).status_code == 302
        assert client.get(page).status_code == 200
    assert kept() == 1


@pytest.mark.usefixtures("own_database")
def test_who_has_sent_and_lost_the_answer_alone_reads_that_it_is_saved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def gone(*_given: object, **_more: object) -> None:
        raise OperationalError("the connection was lost")

    client, path = signed_in("teacher"), grace("concerns:new")
    client.raise_request_exception = False
    data = sent(client, path)
    with monkeypatch.context() as broken:
        # what was said of it waits in the session for the next page, after all is committed
        broken.setattr(SessionStore, "save", gone)
        answer: Any = client.post(path, data)
    assert answer.status_code == 503
    assert "What you pressed last was saved" in answer.text
    assert "not saved" not in answer.text
    assert WORDS not in answer.text
    assert kept() == 1
    # whoever sends it again all the same is led to what there is
    assert client.post(path, data).status_code == 302
    assert kept() == 1


@pytest.mark.postgres
def test_pages_never_wait_for_ever(own_database: Copy) -> None:
    with connection.cursor() as cursor:
        for name, most in postgres.PAGES_WAIT.items():
            cursor.execute("SELECT current_setting(%s)", [name])
            assert cursor.fetchone() == ({"60s": "1min"}.get(most, most),)


@pytest.mark.postgres
def test_no_answer_waits_for_a_compiler(own_database: Copy) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('jit')")
        assert cursor.fetchone() == ("off",)


class Visitor(threading.Thread):
    """Opens one page again and again, whatever happens."""

    def __init__(self, address: str, cookies: dict[str, str]) -> None:
        super().__init__(daemon=True)
        self.address, self.cookies = address, cookies
        self.answers: list[tuple[int, Any, str]] = []
        self.over = threading.Event()

    def run(self) -> None:
        """Ask until it is over."""
        while not self.over.wait(0.05):
            got = requests.get(self.address, cookies=self.cookies, timeout=A_WHILE)
            self.answers.append((got.status_code, got.headers, got.text))

    def since(self, count: int) -> list[int]:
        """Give the statuses after so many answers."""
        return [status for status, _headers, _text in self.answers[count:]]


@pytest.fixture
def visitor(own_database: Copy, tmp_path: Path) -> Iterator[Visitor]:
    """Give somebody at a page of `opensenco serve`, which runs with its worker."""
    cookie = signed_in("teacher").cookies["sessionid"].value
    path = grace("pupils:show")
    with served(own_database, tmp_path / "serve.log") as server:
        one = Visitor(server.home + path, {"sessionid": cookie})
        one.start()
        yield one
        one.over.set()
        one.join(A_WHILE)


@pytest.mark.postgres
@pytest.mark.worker
def test_a_restart_of_the_database_needs_no_restart_of_the_server(
    own_database: Copy, visitor: Visitor, tmp_path: Path
) -> None:
    form = visitor.address.partition("/pupils/")[0] + grace("concerns:new")
    browser = requests.Session()
    browser.cookies.update(visitor.cookies)
    data = Fields(browser.get(form, timeout=A_WHILE).text).data | {"noticed": WORDS}
    waited_for(lambda: 200 in visitor.since(0))
    connections.close_all()
    with away.down(own_database):
        before = len(visitor.answers)
        waited_for(lambda: 503 in visitor.since(before))
        answer = browser.post(form, data, timeout=A_WHILE, allow_redirects=False)
        says_so(answer.status_code, answer.headers, answer.text)
        assert WORDS in answer.text
        # longer than the worker waits between two looks
        time.sleep(enduring.REST)
    assert browser.post(form, data, timeout=A_WHILE, allow_redirects=False).status_code == 302
    job = write.enqueue(str(tmp_path / "done"), "after the restart")
    waited_for((tmp_path / "done").exists)
    before = len(visitor.answers)
    waited_for(lambda: len(visitor.answers) > before + 2)
    assert set(visitor.since(before + 1)) == {200}
    assert set(visitor.since(0)) <= {200, 503}
    for status, headers, text in visitor.answers:
        if status != 200:
            says_so(status, headers, text)
    waited_for(lambda: DBTaskResult.objects.get(pk=job.id).status == "SUCCESSFUL")
    assert kept() == 1
    assert "goes on" in (tmp_path / "serve.log").read_text()
