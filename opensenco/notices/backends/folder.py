"""Mail that would have been sent, kept in a folder: for a trial without a mail server."""

import contextlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage as Parsed
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

MOST_SHOWN = 50


class Folder(BaseEmailBackend):
    """Writes each mail into a file of its own, whole or not at all."""

    def __init__(self, fail_silently: bool = False, folder: Path | None = None, **_: Any) -> None:
        super().__init__(fail_silently=fail_silently)
        self.folder = folder or settings.MAIL.folder or settings.DATA / "mail"

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write mails, named by their Message-ID: one that is sent again is the same file."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for mail in email_messages:
            name = mail.extra_headers["Message-ID"].strip("<>").partition("@")[0]
            half = self.folder / f".{name}"
            half.write_bytes(mail.message().as_bytes())
            os.replace(half, self.folder / f"{name}.eml")
        return len(email_messages)


@dataclass(frozen=True)
class Kept:
    """One mail that would have been sent."""

    to: str
    subject: str
    words: str
    at: datetime | None


def kept_in(folder: Path) -> list[Kept]:
    """Give the newest mails of a folder, the last first."""
    files: list[tuple[float, Path]] = []
    with contextlib.suppress(OSError):
        files = [(file.stat().st_mtime, file) for file in folder.glob("*.eml")]
    newest = sorted(files, reverse=True)[:MOST_SHOWN]
    return [_read(file.read_bytes()) for _at, file in newest]


def _read(content: bytes) -> Kept:
    mail = message_from_bytes(content, Parsed, policy=policy.default)
    body = mail.get_body(("plain",))
    said = str(mail["Date"] or "")
    return Kept(
        str(mail["To"]), str(mail["Subject"]), body.get_content() if body else "",
        parsedate_to_datetime(said) if said else None,
    )  # fmt: skip
