"""Bringing the record to the shape of this version: whole and looked over, or back as it was.

The gate is shut, the database is copied, migrations run, the law's dates are made again, and the
doctor looks at all of it. Where any of that fails the copy is put back, and the gate opened again.
Files are left alone: an upgrade changes none.
"""

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from opensenco.access.installation import installation_actor
from opensenco.access.models import Organisation
from opensenco.access.scope import system_scope
from opensenco.audit.acting import as_actor
from opensenco.cases.remaking import remake_dues
from opensenco.gate import standing
from opensenco.gate.clock import clock
from opensenco.kernel import halt
from opensenco.kernel.patience import Patience
from opensenco.ops import doctor, living
from opensenco.ops.backup.keeping import Rule
from opensenco.ops.backup.making import database, make
from opensenco.ops.backup.restoring import find, put_back

#: where the copies lie that an upgrade goes back to
BEFORE = "before-upgrade"
KEPT = 3
#: seconds in which a request that had begun comes to its end
GRACE = 3.0
#: seconds for which a worker is waited for that is in the middle of a job
MOST_WAIT = 300.0

#: what an upgrade answers for; a mail server that is down was so before, and is told alone
OURS = ("database", "migrations", "walls")

Say = Callable[[str], None]


class RolledBack(CommandError):
    """The upgrade failed, and the record is as it was before."""


@dataclass(frozen=True)
class Done:
    """What an upgrade did.

    Args:
        steps: how many migrations were applied.
        backup: the copy that it would have gone back to.
        findings: what the doctor said afterwards.
    """

    steps: int
    backup: Path | None
    findings: list[doctor.Finding]


def upgrade(say: Say, *, grace: float = GRACE, wait: float = MOST_WAIT) -> Done:
    """Do all of it; where nothing is to migrate, look the record over alone.

    Args:
        grace, wait: seconds for requests and for jobs that have begun.

    Raises:
        RolledBack: something failed, and the record is as it was.
        CommandError: it could not begin, or going back failed too: then the gate stays shut.
    """
    steps = pending()
    if not steps:
        say("The database has the shape of this version already.")
        if connection.vendor == "postgresql":
            call_command("migrate", verbosity=0)
        return Done(0, None, doctor.examine())
    with _gate_shut():
        say("The gate is shut: whoever comes reads that it takes a few minutes.")
        _until_quiet(grace, wait)
        try:
            copy = _copied()
        except CommandError as fault:
            raise _NotBegun(f"Nothing was done: {fault}") from None
        say(f"The database is copied to {copy}.")
        try:
            findings = _brought(steps, say)
        except (Exception, KeyboardInterrupt) as fault:
            raise _back(copy, fault) from fault
    return Done(len(steps), copy, findings)


def pending() -> list[tuple[str, str]]:
    """Give the migrations that are still to be applied.

    Raises:
        CommandError: the database is of a later version.
    """
    connection.ensure_connection()
    return standing.missing_steps()


def remake() -> None:
    """Make again the dates of the law that are still to be kept, in every organisation."""
    with system_scope("make the dates of the law again"):
        actor = installation_actor(clock().now())
        with as_actor(actor):
            for org in Organisation.objects.order_by("pk"):
                remake_dues(actor, org)


def _brought(steps: list[tuple[str, str]], say: Say) -> list[doctor.Finding]:
    call_command("migrate", verbosity=0)
    say(f"{len(steps)} migrations are applied.")
    remake()
    say("The dates of the law are made again.")
    findings = doctor.examine()
    if wrong := [one for one in findings if one.level is doctor.Level.WRONG and one.about in OURS]:
        raise CommandError(f"The doctor says of {wrong[0].about}: {wrong[0].says}")
    return findings


def _copied() -> Path:
    database().make_ready()
    made = make(settings.DATA / BEFORE, keep=Rule(days=KEPT), with_files=False)
    return made.folder


def _back(copy: Path, fault: BaseException) -> CommandError:
    """Put the copy back, and give what is to be told."""
    reason = str(fault).partition("\n")[0] if isinstance(fault, CommandError) else ""
    why = reason or f"{type(fault).__name__} at {_where(fault)}"
    with contextlib.suppress(Exception):
        connection.close()
    try:
        put_back(find(copy))
    except Exception as second:
        return CommandError(
            f"The upgrade failed ({why}), and the copy could not be put back: {second} The gate "
            f"stays shut. The copy is in {copy}."
        )
    return RolledBack(f"The upgrade failed: {why}. The record is as it was before.")


def _where(fault: BaseException) -> str:
    """Give the place in the code, and never the words of the fault: they can hold values."""
    last = fault.__traceback__
    while last and last.tb_next:
        last = last.tb_next
    return f"{Path(last.tb_frame.f_code.co_filename).name}:{last.tb_lineno}" if last else "?"


@contextlib.contextmanager
def _gate_shut() -> Iterator[None]:
    """Shut the gate for the block; it stays shut where the record could not be put back."""
    halt.shut(settings.DATA)
    handle = os.open(settings.DATA / halt.SHUT, os.O_RDWR)
    try:
        if not living.lock(handle):
            raise CommandError("Another upgrade is under way.")
        yield
        halt.lift(settings.DATA, upgraded=True)
    except (RolledBack, _NotBegun):
        halt.lift(settings.DATA, upgraded=False)
        raise
    finally:
        os.close(handle)


def under_way() -> bool:
    """Tell whether an upgrade runs on this machine; a gate that is shut can be left from one."""
    with contextlib.suppress(FileNotFoundError), (settings.DATA / halt.SHUT).open("r+b") as opened:
        return not living.lock(opened.fileno())
    return False


class _NotBegun(CommandError):
    """Nothing was changed."""


def _until_quiet(grace: float, wait: float) -> None:
    """Wait until requests and jobs that had begun have come to their end.

    Raises:
        CommandError: a worker is still in the middle of something.
    """
    time.sleep(grace)
    patience = Patience(wait)
    while living.anybody(settings.DATA):
        if patience.left <= 0:
            raise _NotBegun("A worker is in the middle of a long job. Nothing was done. Try later.")
        time.sleep(0.2)
