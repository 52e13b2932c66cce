"""The mail server and the virus scanner are down: people go on, and nothing is lost or let by."""

import re
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from opensenco.access.models import Person
from opensenco.access.scope import system_scope
from opensenco.gate.clock import clock
from opensenco.notices.models import Mail
from opensenco.notices.states import MailState
from opensenco.ops import scanning
from opensenco.people.models import Pupil
from tests.cast import PASSWORD
from tests.client import StrictClient, signed_in
from tests.domain.notices.mailing import House, house
from tests.people import acting_as
from tests.support.databases import Copy
from tests.support.forms import forms_on

WORDS = b"What the family wrote."


@dataclass
class Clamd:
    """ClamAV's own way of talking, on a port that is there or not."""

    port: int
    seen: list[bytes] = field(default_factory=list)

    @contextmanager
    def up(self) -> Iterator[None]:
        """Let it listen for the block, and find nothing wrong with what it is sent."""
        listening = socket.create_server(("127.0.0.1", self.port))
        thread = threading.Thread(target=self._serve, args=(listening,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            listening.close()
            thread.join(10)

    def _serve(self, listening: socket.socket) -> None:
        while True:
            try:
                line, _whom = listening.accept()
            except OSError:
                return
            with line, line.makefile("rb") as sent:
                assert sent.read(10) == b"zINSTREAM\0"
                content = b""
                while size := struct.unpack(">I", sent.read(4))[0]:
                    content += sent.read(size)
                self.seen.append(content)
                line.sendall(b"stream: OK\0")


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def idris() -> Pupil:
    with acting_as("senco", write=False):
        return Pupil.objects.select_related("org").get(first_name="Idris")


def paper_at(client: StrictClient, path: str) -> tuple[str, str]:
    """File a paper; give the page after it and where the paper opens."""
    sent = {"papers": [SimpleUploadedFile("letter.txt", WORDS)]}
    page: Any = client.post(path, sent, follow=True)
    found = re.search(r'href="(/documents/versions/[^"]+)"', page.text)
    assert found
    return page.text, found[1]


def worker_looks() -> None:
    """Do what the clock and the worker do about files that wait."""
    scanning.ask_again()
    waiting = DBTaskResult.objects.filter(task_path=scanning.scan_again.module_path)
    if waiting.filter(status="READY").update(status="SUCCESSFUL"):
        scanning.scan_again.func()


@pytest.mark.django_db
@pytest.mark.worker
def test_a_paper_filed_while_the_scanner_is_down_is_kept_and_opens_once_it_has_looked(
    settings: Any,
) -> None:
    scanner = Clamd(free_port())
    settings.SCANNER = f"tcp://127.0.0.1:{scanner.port}"
    client = signed_in("senco")
    page, address = paper_at(client, reverse("documents:file", args=[idris().ref]))
    assert "waits for the virus scanner" in page
    for _turn in range(2):
        worker_looks()
        refused = client.get(address)
        assert "cannot be opened now" in refused.text
        assert WORDS.decode() not in refused.text
    with scanner.up():
        worker_looks()
    assert scanner.seen == [WORDS]
    opened: Any = client.get(address)
    assert b"".join(opened) == WORDS


@pytest.fixture
def mails(own_database: Copy, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[House]:
    with house(monkeypatch, settings) as made:
        yield made


@pytest.mark.worker
def test_what_somebody_does_while_the_mail_server_is_down_goes_on_when_it_is_back(
    mails: House,
) -> None:
    """A colleague asks for another address; the code that proves it comes some minutes late."""
    new, client = "priya.new@larkrise.example", signed_in("teacher")
    (form,) = forms_on(client.get(reverse("account:address")).text)
    asked = {**form.sent(lambda _field: None), "to": new, "password": PASSWORD}
    answer: Any = client.post(reverse("account:address"), asked)
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        reverse("account:address_code"),
    )
    mails.now = clock().now()
    for _turn in range(2):
        assert not mails.rounds(), "nobody is there"
        mails.later(minutes=2)
    with system_scope("looking into the outbox", write=False):
        (waits,) = Mail.objects.filter(to=new)
        assert (waits.state, waits.said) == (MailState.WAITING, "no answer")
    with mails.up():
        assert mails.rounds(3)
    assert mails.post.to == [new]
    [code] = re.findall(r"\d{4} ?\d{4}", mails.post.got[0].get_content())
    (form,) = forms_on(client.get(answer.headers["Location"]).text)
    proven = client.post(
        answer.headers["Location"], {**form.sent(lambda _field: None), "code": [code]}
    )
    assert proven.status_code == 302
    assert Person.objects.filter(email=new).exists()
