"""The doctor looks at what stands round the record: worker, mail, scanner, clock, disk."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import get_connection
from django.db import connection

from opensenco.documents.files.scanner import Scanner, Verdict
from opensenco.kernel import halt
from opensenco.ops import living, waiting
from opensenco.ops.doctor import Finding, look, well, wrong

MINUTE, HOUR = 60, 3600
#: bytes, and parts of the disk, that are too little and little
NO_ROOM, LITTLE_ROOM = 1024**3, 0.1
#: seconds by which the clocks of database and machine may differ
APART = 60
#: before it no version of this was made
FIRST_YEAR = 2026


def worker() -> Iterator[Finding]:
    """Say whether jobs are done."""
    waits = waiting.counted()
    if waits.job_seconds > 10 * MINUTE and not living.anybody(settings.DATA):
        yield wrong(
            "worker",
            f"{waits.jobs:,} jobs wait, the oldest for {waits.job_seconds / MINUTE:.0f} minutes, "
            "and no worker runs here. Start `opensenco worker`.",
        )
    elif waits.job_seconds > HOUR:
        yield look("worker", f"{waits.jobs:,} jobs wait, the oldest for more than an hour.")
    else:
        yield well("worker", f"{waits.jobs:,} jobs wait.")
    if waits.jobs_failed:
        yield look("worker", f"{waits.jobs_failed:,} jobs did not come to their end; see the log.")
    if waits.mail_seconds > HOUR:
        yield look(
            "mail", f"{waits.mail:,} mails wait, the oldest for {waits.mail_seconds / HOUR:.0f} h."
        )
    if waits.files:
        yield look("scanner", f"{waits.files:,} files wait for the scanner and cannot be opened.")


def mail() -> Iterator[Finding]:
    """Say whether mail can leave; none is sent."""
    kind = settings.MAIL.kind
    if not kind:
        yield look("mail", "No mail leaves this server. Set OPENSENCO_MAIL (docs/guide/mail.md).")
    elif kind == "folder":
        yield look("mail", "Mail is kept in a folder and leaves for nobody: a demonstration.")
    elif kind in ("smtp", "smtps"):
        way = get_connection(fail_silently=False)
        try:
            way.open()
        except OSError as error:
            yield wrong("mail", f"The mail server did not let us in: {type(error).__name__}.")
        else:
            yield well("mail", "The mail server lets us in.")
        finally:
            way.close()
    else:
        yield well("mail", f"Mail leaves by {kind}; whether its key is right is seen on sending.")


def scanner() -> Iterator[Finding]:
    """Say whether the scanner answers, by a file of a few harmless bytes."""
    if not settings.SCANNER:
        yield look("scanner", "Files are not scanned. Set OPENSENCO_CLAMAV where there is ClamAV.")
        return
    with tempfile.TemporaryDirectory() as folder:
        harmless = Path(folder, "harmless")
        harmless.write_bytes(b"OpenSENCO asks whether you are there.\n")
        said = Scanner(settings.SCANNER, whole=10).scan(harmless).verdict
    if said is Verdict.CLEAN:
        yield well("scanner", "The scanner answers.")
    else:
        yield wrong("scanner", "The scanner does not answer. Until it does, new files stay closed.")


def clocks() -> Iterator[Finding]:
    """Say whether the clock is right, as far as can be told from here."""
    ZoneInfo("Europe/London")
    if settings.FROZEN_TODAY:
        yield look("clock", f"The clock stands on {settings.FROZEN_TODAY}: a demonstration.")
    now = datetime.now(UTC)
    if now.year < FIRST_YEAR:
        yield wrong("clock", f"This machine thinks that it is {now:%Y}. Every date would be wrong.")
        return
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT extract(epoch FROM clock_timestamp())::float")
            [(theirs,)] = cursor.fetchall()
        if abs(theirs - time.time()) > APART:
            yield wrong("clock", "The database's clock differs by more than a minute from ours.")
            return
    yield well("clock", "The clock agrees, and the days of England are known.")


def disk() -> Iterator[Finding]:
    """Say whether there is room."""
    room = shutil.disk_usage(settings.DATA)
    free = f"{room.free / 1024**3:,.1f} GB free where the data is."
    if room.free < NO_ROOM:
        yield wrong("disk", f"Only {free}")
    elif room.free < LITTLE_ROOM * room.total:
        yield look("disk", f"Only {free}")
    else:
        yield well("disk", free)


def gate() -> Iterator[Finding]:
    """Say whether the gate is shut, as an upgrade that was killed leaves it."""
    from opensenco.ops import upgrading

    if halt.is_shut(settings.DATA) and not upgrading.under_way():
        yield wrong("gate", "An upgrade was broken off and pages are shut. Run it once more.")
