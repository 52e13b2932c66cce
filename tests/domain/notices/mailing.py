"""What the tests of mail share: a clock that is set, a mail server, a look into the outbox."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from opensenco.access.models import Organisation
from opensenco.access.scope import system_scope
from opensenco.kernel.clock import FixedClock
from opensenco.notices import outbox
from opensenco.notices.models import DueMail, Mail
from opensenco.ops import posting
from tests.cast import NOW
from tests.support.mailserver import Post, free_port, listening


@dataclass
class House:
    """The mail server, and the clock by which the worker goes."""

    post: Post
    port: int
    now: datetime = NOW

    def up(self) -> Any:
        """Let the mail server listen for a block."""
        return listening(self.post, self.port)

    def later(self, **span: float) -> None:
        """Let time go by."""
        self.now += timedelta(**span)

    def rounds(self, count: int = 1) -> bool:
        """Let the worker send what is due; tell whether the mail server was there."""
        return [posting.post_waiting() for _round in range(count)][-1]


@contextmanager
def house(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[House]:
    """Give a mail server that is down, and an outbox in which nothing waits."""
    made = House(Post(), free_port())
    settings.MAIL = replace(settings.MAIL, kind="smtp")
    settings.ADDRESS = "https://senco.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", made.port
    settings.EMAIL_TIMEOUT = 5
    monkeypatch.setattr(posting, "clock", lambda: FixedClock(made.now))
    with system_scope("an empty outbox for a test"):
        Mail.objects.all().delete()
        DueMail.objects.all().delete()
    yield made


def larkrise() -> Organisation:
    """Give our school."""
    return Organisation.objects.get(name="Larkrise Primary School")


def posted(to: str, at: datetime = NOW, **more: Any) -> Mail:
    """Put a mail into the outbox, as a page that nobody is signed in to does."""
    return outbox.post(
        org=larkrise(), to=to, subject="Your code", words="Your code is 4711.", at=at, **more
    )  # fmt: skip


def of(mail: Mail) -> Mail:
    """Read a mail again."""
    with system_scope("looking into the outbox", write=False):
        return Mail.objects.get(pk=mail.pk)
