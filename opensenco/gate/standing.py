"""How this installation stands, asked without a scope: what anybody may know of it."""

import json
from dataclasses import asdict, dataclass, fields
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

WAITING = "waiting.json"


def answers() -> bool:
    """Tell whether the database answers."""
    try:
        connection.ensure_connection()
        return bool(connection.is_usable())
    except DatabaseError:
        return False


def missing_steps() -> list[tuple[str, str]]:
    """Give the migrations of this version that the database has not had."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(step for step in _known(repr(settings.MIGRATION_MODULES)) if step not in applied)


@cache
def _known(_modules: str) -> frozenset[tuple[str, str]]:
    """Give the migrations of this version; looked for once, since anybody may ask."""
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations or {}
    replaced = {step for one in known.values() for step in one.replaces}
    return frozenset(known) - replaced


def not_ready(shut: bool) -> str:
    """Give why pages cannot be shown; empty where they can."""
    if shut:
        return "upgrading"
    try:
        if not answers():
            return "the database does not answer"
        return "the database has another shape: opensenco upgrade" if missing_steps() else ""
    except DatabaseError:
        return "the database does not answer"


@dataclass(frozen=True)
class Waiting:
    """What waits, as the worker saw it last: web processes may not look past the walls.

    Args:
        at: the moment, in seconds since 1970.
        jobs, jobs_failed: that wait, and that did not come to their end.
        job_seconds: how long the oldest has been due.
        mail, mail_stopped: in the outbox, and stopped since their address came back.
        mail_seconds: how long the oldest has been due.
        files: that wait for the scanner.
    """

    at: float
    jobs: int = 0
    jobs_failed: int = 0
    job_seconds: float = 0
    mail: int = 0
    mail_stopped: int = 0
    mail_seconds: float = 0
    files: int = 0

    def write(self, data: Path) -> None:
        """Write it where the web's processes find it, in one step."""
        beside = data / f".{WAITING}"
        beside.write_text(json.dumps(asdict(self)), encoding="ascii")
        beside.replace(data / WAITING)

    @classmethod
    def read(cls, data: Path) -> "Waiting | None":
        """Read it; None where no worker of this version has written it."""
        try:
            said = json.loads((data / WAITING).read_text(encoding="ascii"))
            return cls(**{one.name: said[one.name] for one in fields(cls)})
        except (OSError, ValueError, KeyError, TypeError):
            return None
