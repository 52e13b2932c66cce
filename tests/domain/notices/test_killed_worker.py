"""A worker keeps time; killed between the mail server's "yes" and its own note it sends again."""

import os
import signal
import subprocess
import time
from typing import Any

import pytest
from django.db import connections

from opensenco.gate.clock import clock
from opensenco.notices import queue
from opensenco.notices.states import MailState
from opensenco.ops import living, posting, taking_back
from tests.domain.notices.mailing import house, of, posted
from tests.support.databases import COMMAND, ROOT, Copy

#: a slow machine needs some seconds to start a process
WAIT_TENTHS = 300


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.worker
@pytest.mark.parametrize(("moment", "at_once"), [("before", False), ("after", True)])
def test_nothing_is_lost_and_at_most_one_is_repeated(
    own_database: Copy,
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
    moment: str,
    at_once: bool,
) -> None:
    """A worker of the same machine takes it back at once; one elsewhere when its time is over."""
    with house(monkeypatch, settings) as mails, mails.up():
        mail = posted("a@b.example")
        connections.close_all()
        child = os.fork()
        if child == 0:
            # "before": it has the mail and has not sent it; "after": sent and not written down
            place, name = (posting, "send") if moment == "before" else (queue, "write_down")
            setattr(place, name, die)
            with living.Living(own_database.data):
                posting.post_waiting()
            os._exit(1)
        _pid, status = os.waitpid(child, 0)
        assert os.WTERMSIG(status) == signal.SIGKILL
        sent = 1 if moment == "after" else 0
        assert len(mails.post.got) == sent
        # while it may live, nobody takes the mail from it
        assert mails.rounds()
        assert len(mails.post.got) == sent
        if at_once:
            with living.Living(own_database.data):
                assert taking_back.take_back() == 1
                assert taking_back.take_back() == 0
        else:
            mails.later(seconds=queue.CLAIM.total_seconds() + 1)
        assert mails.rounds(3)
        assert len(mails.post.got) == sent + 1
        assert len({got["Message-ID"] for got in mails.post.got}) == 1
        assert of(mail).state == MailState.SENT


@pytest.mark.worker
def test_a_worker_keeps_time_beside_its_jobs_and_ends_when_it_is_told(own_database: Copy) -> None:
    """From the outbox, through a process of its own, into the folder of a trial."""
    place = own_database.environment | {"OPENSENCO_MAIL": "folder:", "OPENSENCO_PROCESS": "worker"}
    worker = subprocess.Popen([*COMMAND, "worker"], cwd=ROOT, env=place)
    try:
        # written while it runs: nobody tells it
        mail = posted("a@b.example", at=clock().now())
        file = own_database.data / "mail" / f"{mail.ref}.eml"
        for _tenth in range(WAIT_TENTHS):
            if file.exists() and of(mail).state == MailState.SENT:
                break
            time.sleep(0.1)
        assert "Your code is 4711." in file.read_text()
        assert of(mail).state == MailState.SENT
        worker.terminate()
        assert worker.wait(20) == 0
    finally:
        worker.kill()
        worker.wait()
