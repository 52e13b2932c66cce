"""A real mail server on the loopback, that refuses, hangs or goes away when it is told to."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


@dataclass
class Post:
    """What a mail server does, and what it got.

    Args:
        refused: addresses for which it says that there is nobody of that name.
        busy: addresses for which it says "later".
        hangs: it takes mail and never answers.
    """

    refused: set[str] = field(default_factory=set)
    busy: set[str] = field(default_factory=set)
    hangs: bool = False
    got: list[EmailMessage] = field(default_factory=list)

    @property
    def to(self) -> list[str]:
        """To whom, in the order in which it got them."""
        return [str(mail["To"]) for mail in self.got]

    async def handle_RCPT(
        self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        """Take or refuse an address."""
        if address in self.refused:
            return f"550 5.1.1 <{address}> is nobody here"
        if address in self.busy:
            return "451 4.7.1 try again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        """Take a mail."""
        if self.hangs:
            await asyncio.sleep(30)
        made = message_from_bytes(envelope.content, EmailMessage, policy=policy.default)
        self.got.append(made)
        return "250 OK"


def free_port() -> int:
    """Give a port of the loopback on which nobody listens."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
    return port


@contextmanager
def listening(post: Post, port: int) -> Iterator[None]:
    """Let it listen for the block."""
    server = Controller(post, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield
    finally:
        server.stop(no_assert=True)
