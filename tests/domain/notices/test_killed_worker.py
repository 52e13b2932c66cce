"""A worker that is killed between the mail server's "yes" and its own note sends once more."""

import os
import signal
from dataclasses import replace
from typing import Any

import pytest
from django.db import connections

from opensenco.gate.clock import clock
from opensenco.notices import queue
from opensenco.notices.states import MailState
from opensenco.ops import posting
from tests.domain.notices.mailing import house, of, posted
from tests.support.databases import Copy


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.worker
@pytest.mark.parametrize("moment", ["before", "after"])
def test_nothing_is_lost_and_at_most_one_is_repeated(
    own_database: Copy, monkeypatch: pytest.MonkeyPatch, settings: Any, moment: str
) -> None:
    with house(monkeypatch, settings) as mails, mails.up():
        mail = posted("a@b.example")
        connections.close_all()
        child = os.fork()
        if child == 0:
            # "before": it has the mail and has not sent it; "after": sent and not written down
            place, name = (posting, "send") if moment == "before" else (queue, "write_down")
            setattr(place, name, die)
            posting.post_waiting()
            os._exit(1)
        _pid, status = os.waitpid(child, 0)
        assert os.WTERMSIG(status) == signal.SIGKILL
        sent = 1 if moment == "after" else 0
        assert len(mails.post.got) == sent
        # while it may live, nobody takes the mail from it
        assert mails.rounds()
        assert len(mails.post.got) == sent
        mails.later(seconds=queue.CLAIM.total_seconds() + 1)
        assert mails.rounds(3)
        assert len(mails.post.got) == sent + 1
        assert len({got["Message-ID"] for got in mails.post.got}) == 1
        assert of(mail).state == MailState.SENT


@pytest.mark.worker
def test_the_worker_puts_mail_into_the_folder_of_a_trial(own_database: Copy) -> None:
    """From the outbox through a process of its own to where the demonstration shows it."""
    place = replace(
        own_database, environment=own_database.environment | {"OPENSENCO_MAIL": "folder:"}
    )
    mail = posted("a@b.example", at=clock().now())
    place.command("worker", "--until-done")
    kept = (place.data / "mail" / f"{mail.ref}.eml").read_text()
    assert "Your code is 4711." in kept
    assert of(mail).state == MailState.SENT
