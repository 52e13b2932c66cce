"""Reports that mail could not be delivered, as mail servers send them to the sender (RFC 3464).

They come later into a mailbox. What counts is the part for machines: "failed", with a number that
says for good. Its sentences are not read. Whose mail it is, the Message-ID of ours tells, which
stands in the copy of its headers that such a report carries (RFC 6522).
"""

import re
import uuid
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from mailbox import Maildir, mbox
from pathlib import Path

#: of one report; what is longer carries more than headers
LARGEST = 5_000_000
_OURS = re.compile(
    r"<([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})@[^<>\s]+>", re.IGNORECASE
)
_FOR_GOOD = re.compile(r"5\.\d{1,3}\.\d{1,3}")
_MESSAGE_ID = re.compile(rb"(?im)^message-id:[ \t]*(?:\r?\n[ \t]+)?(<[^>\r\n]{1,200}>)")


def mails_in(place: Path) -> Iterator[bytes]:
    """Give the mails of a Maildir, of a mailbox in one file, or the one mail that a file is.

    Raises:
        OSError: it cannot be read.
    """
    if place.is_dir():
        box = Maildir(place, create=False)
        for key in sorted(box.keys()):
            yield box.get_bytes(key)
        return
    with place.open("rb") as file:
        several = file.read(5) == b"From "
        file.seek(0)
        if not several:
            yield file.read(LARGEST)
            return
    boxed = mbox(place, create=False)
    try:
        for key in boxed.keys():  # noqa: SIM118 (a mailbox is no mapping)
            yield boxed.get_bytes(key)
    finally:
        boxed.close()


def returned(mail: bytes) -> uuid.UUID | None:
    """Give the reference of our mail that this report says was never delivered; None otherwise."""
    if len(mail) > LARGEST:
        return None
    report = message_from_bytes(mail, EmailMessage, policy=policy.default)
    if report.get_content_type() != "multipart/report":
        return None
    parts = list(report.iter_parts())
    if not any(_failed(part) for part in parts):
        return None
    for part in parts:
        if part.get_content_type() in ("message/rfc822", "text/rfc822-headers", "message/global"):
            found = _MESSAGE_ID.search(part.as_bytes()[:LARGEST])
            ours = _OURS.fullmatch(found[1].decode("ascii", "replace")) if found else None
            # the headers of the part itself come first; only those of the mail inside are ours
            if ours:
                return uuid.UUID(ours[1])
    return None


def _failed(part: MIMEPart) -> bool:
    """Tell whether the part for machines says "failed", for good."""
    if part.get_content_type() != "message/delivery-status":
        return False
    said = [dict(one.items()) for one in part.walk() if one is not part]
    return any(
        str(one.get("Action", "")).strip().lower() == "failed"
        and _FOR_GOOD.match(str(one.get("Status", "")).strip())
        for one in said
    )
