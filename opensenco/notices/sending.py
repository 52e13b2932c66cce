"""Handing one mail to the mail server or provider, and understanding what it says."""

import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.utils import format_datetime
from enum import StrEnum
from socket import SHUT_RDWR
from threading import Timer
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from opensenco.notices.links import sender_host
from opensenco.notices.models import Mail
from opensenco.notices.withheld import filled

#: seconds in which a mail is handed over or dropped, however slowly the other side answers
WHOLE = 90.0
#: from here on an answer means "never"
NEVER = 500
ENHANCED = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})\b")


class Outcome(StrEnum):
    """What came of one try."""

    SENT = "sent"
    #: not now; perhaps later
    LATER = "later"
    #: nobody answers, so that others need not be tried now
    DOWN = "down"
    #: this address never
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one try.

    Args:
        said: the server's numbers, "550 5.1.1", or in one word what went wrong.
        known_as: the number under which a provider knows the mail.
    """

    outcome: Outcome
    said: str = ""
    known_as: str = ""


def message(mail: Mail) -> EmailMessage:
    """Give a mail as it is sent; every time the same, with the same Message-ID and date."""
    made = EmailMessage(
        subject=mail.subject,
        body=filled(mail.words),
        to=[mail.to],
        headers={
            "Message-ID": message_id(mail),
            "Date": format_datetime(mail.made_at),
            # nobody's "out of office" is wanted
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
    made.again = mail.tries > 1  # type: ignore[attr-defined]
    return made


def message_id(mail: Mail) -> str:
    """Give the Message-ID."""
    return f"<{mail.ref}@{sender_host()}>"


def send(mail: Mail, way: BaseEmailBackend) -> Answer:
    """Hand a mail over.

    Args:
        way: open or not; it is left open.
    """
    made = message(mail)
    try:
        with _at_most(WHOLE, way):
            # it stays open for the next mail
            way.open()
            way.send_messages([made])
    except Exception as error:
        return _understood(error)
    return Answer(Outcome.SENT, known_as=_known_as(made))


def _known_as(made: EmailMessage) -> str:
    status = getattr(made, "anymail_status", None)
    given = getattr(status, "message_id", None) or getattr(made, "known_as", "")
    return str(given or "")[:200]


def _understood(error: Exception) -> Answer:
    # what knows providers is loaded where mail did not go, and not by every page and command
    from anymail.exceptions import AnymailError, AnymailInvalidAddress, AnymailRecipientsRefused
    from notifications_python_client.errors import APIError
    from requests import RequestException

    from opensenco.notices.backends.notify import AddressRefused

    if isinstance(error, smtplib.SMTPException):
        return _of_smtp(error)
    if isinstance(error, AddressRefused | AnymailRecipientsRefused | AnymailInvalidAddress):
        return Answer(Outcome.REFUSED, "refused")
    if isinstance(error, AnymailError | APIError | RequestException):
        code = getattr(error, "status_code", None)
        heard = isinstance(code, int) and code < NEVER
        return Answer(Outcome.LATER if heard else Outcome.DOWN, str(code or "no answer"))
    if isinstance(error, OSError):
        return Answer(Outcome.DOWN, "no answer")
    return Answer(Outcome.LATER, type(error).__name__[:40])


def _of_smtp(error: smtplib.SMTPException) -> Answer:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        return Answer(Outcome.REFUSED if code >= NEVER else Outcome.LATER, _said(code, words))
    if isinstance(error, smtplib.SMTPResponseException):
        said = _said(error.smtp_code, error.smtp_error)
        # many servers tell only after the whole mail that there is nobody of that name
        nobody = isinstance(error, smtplib.SMTPDataError) and re.match(r"5\d\d 5\.1\.", said)
        refused = nobody and error.smtp_code >= NEVER
        return Answer(Outcome.REFUSED if refused else _of_all(error), said)
    return Answer(Outcome.DOWN, "no answer")


def _of_all(error: smtplib.SMTPResponseException) -> Outcome:
    """Tell a server that takes nothing from one that does not take this mail."""
    of_all = (smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPAuthenticationError)
    return Outcome.DOWN if isinstance(error, of_all) else Outcome.LATER


def _said(code: int, words: Any) -> str:
    """Give the numbers of an answer. Its sentences repeat the address, so they are not kept."""
    text = words.decode("ascii", "replace") if isinstance(words, bytes) else str(words)
    found = ENHANCED.match(text)
    return f"{code} {found[1]}" if found else str(code)


@contextmanager
def _at_most(seconds: float, way: BaseEmailBackend) -> Iterator[None]:
    """Break a conversation off that goes on for longer: each answer alone may be in time."""

    def break_off() -> None:
        talk = getattr(getattr(way, "connection", None), "sock", None)
        if talk is not None:
            with suppress(OSError):
                talk.shutdown(SHUT_RDWR)

    timer = Timer(seconds, break_off)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
