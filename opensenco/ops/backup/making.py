"""Making a backup: the database at one moment, then the files, then its name; then old ones go."""

import contextlib
import errno
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

import opensenco
from opensenco.access.scope import system_scope
from opensenco.ops import living
from opensenco.ops.backup import pool
from opensenco.ops.backup.keeping import Rule, moment_of, stamp
from opensenco.ops.backup.manifest import NAME, Manifest, Part
from opensenco.ops.backup.on_postgresql import OnPostgresql
from opensenco.ops.backup.on_sqlite import OnSqlite
from opensenco.ops.backup.pool import Listed, Pool
from opensenco.ops.backup.sealing import SUFFIX, Key
from opensenco.ops.kept_files import named_files

BEGUN = ".begun-"
ASIDE = ".backup-"
KEY_FILE = "secret-key"
#: files beside what they are made from, past the eyes of other users of the machine
PRIVATE = 0o077


@dataclass(frozen=True)
class Made:
    """A backup that was made.

    Args:
        dropped: the names of old ones that were taken away after it.
    """

    folder: Path
    manifest: Manifest
    dropped: tuple[str, ...]


def database() -> OnSqlite | OnPostgresql:
    """Give how this installation's database is copied."""
    return OnPostgresql() if connection.vendor == "postgresql" else OnSqlite()


def make(
    to: Path, *, key: Key | None = None, keep: Rule | None = None, with_files: bool = True
) -> Made:
    """Make a backup below a folder.

    Args:
        key: whom it is sealed for.
        keep: which older ones stay; all of them without it.
        with_files: False for the database alone, which an upgrade goes back to.

    Raises:
        CommandError: it could not be made; nothing half made is left.
    """
    os.umask(PRIVATE)
    to.mkdir(parents=True, exist_ok=True)
    with _told_of_the_disk(), alone():
        _sweep(to)
        moment = _free_moment(to)
        name = stamp(moment)
        begun = to / f"{BEGUN}{name}"
        begun.mkdir()
        try:
            manifest = _written(begun, moment, key, with_files=with_files)
            begun.rename(to / name)
        except BaseException:
            shutil.rmtree(begun, ignore_errors=True)
            raise
        _settle(to)
        return Made(to / name, manifest, _drop_old(to, keep) if keep else ())


def backups_in(folder: Path) -> list[str]:
    """Give the names of the backups in a folder, oldest first."""
    found = (place.name for place in folder.glob("*") if (place / NAME).is_file())
    return sorted(name for name in found if moment_of(name))


def _written(begun: Path, moment: datetime, key: Key | None, *, with_files: bool) -> Manifest:
    place = database()
    # Open bytes lie for a moment where the database itself does, and never beside sealed ones.
    with tempfile.TemporaryDirectory(prefix=ASIDE, dir=settings.DATA) as aside:
        dumped = Path(aside, place.file)
        counts = place.dump(dumped)
        sources = [dumped]
        listed: list[Listed] = []
        lacking = 0
        if with_files:
            listed, lacking = _taken_in(begun.parent / _pool_name(key), key)
            pool.write_list(listed, Path(aside, pool.LIST))
            sources.append(Path(aside, pool.LIST))
        if (secret := settings.DATA / KEY_FILE).exists():
            sources.append(secret)
        parts = tuple(_put(source, begun, key) for source in sources)
    manifest = Manifest(
        made_at=moment.isoformat(timespec="seconds"), version=opensenco.__version__,
        database=place.kind, sealed=key is not None, pool=_pool_name(key) if with_files else "",
        migrations=migrations_here(), counts=counts, files=len(listed),
        bytes=sum(one.size for one in listed), lacking=lacking,
        parts=parts,
    )  # fmt: skip
    manifest.write(begun)
    return manifest


def _put(source: Path, begun: Path, key: Key | None) -> Part:
    """Put a part into a backup. The list of files stays open: it says what goes with old ones."""
    sealed = key is not None and source.name != pool.LIST
    target = begun / f"{source.name}{SUFFIX if sealed else ''}"
    if key is not None and sealed:
        key.seal(source, target)
    else:
        pool.copy(source, target)
    return Part.of(target)


def migrations_here() -> dict[str, str]:
    """Give the newest migration of each app that the database has."""
    newest: dict[str, str] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        newest[app] = name
    return newest


def _taken_in(folder: Path, key: Key | None) -> tuple[list[Listed], int]:
    """Copy the files, and tell how many of those that the record names are not among them."""
    folder.mkdir(exist_ok=True)
    listed, _damaged = Pool(folder, key).take_in(settings.FILES)
    here = {one.path for one in listed}
    with system_scope("list the files that a backup has to hold", write=False):
        named = {f"{ref.hex}/{digest[:2]}/{digest}" for ref, digest, _size in named_files()}
        lacking = len(named - here)
    return listed, lacking


def _pool_name(key: Key | None) -> str:
    return f"files-{key.mark}" if key else "files"


def _free_moment(to: Path) -> datetime:
    """Give the moment, in a second that no backup has for its name yet."""
    while (to / stamp(moment := datetime.now(UTC))).exists():
        time.sleep(0.1)
    return moment


def _drop_old(to: Path, rule: Rule) -> tuple[str, ...]:
    """Take away the backups that need not stay, then the files that none of the others has."""
    names = backups_in(to)
    away = [name for name in names if name not in rule.stay(names)]
    for name in away:
        # without its manifest it is no backup any more, wherever this ends
        (to / name / NAME).unlink()
        shutil.rmtree(to / name)
    if away:
        _drop_files(to)
    return tuple(away)


def _drop_files(to: Path) -> None:
    """Take away the files that no backup has any more."""
    wanted: dict[str, set[str]] = {}
    for name in backups_in(to):
        if pool_name := Manifest.read(to / name).pool:
            listed = pool.read_list(to / name / pool.LIST)
            wanted.setdefault(pool_name, set()).update(one.path for one in listed)
    for folder in to.glob("files*"):
        if folder.name in wanted:
            Pool(folder, None).drop_all_but(wanted[folder.name])
        else:
            shutil.rmtree(folder)


def _sweep(to: Path) -> None:
    """Take away what a backup that was killed left behind; nobody else is at work here."""
    for left in [*to.glob(f"{BEGUN}*"), *settings.DATA.glob(f"{ASIDE}*/")]:
        shutil.rmtree(left, ignore_errors=True)


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Make or read one backup at a time; the system lets go of the lock when this process ends."""
    settings.DATA.mkdir(parents=True, exist_ok=True)
    handle = os.open(settings.DATA / ".backup.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not living.lock(handle):
            raise CommandError("Another backup is under way.")
        yield
    finally:
        os.close(handle)


@contextlib.contextmanager
def _told_of_the_disk() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        why = "there is no room" if full else (error.strerror or "it failed").lower()
        raise CommandError(f"The backup could not be written: {why}.") from None


def _settle(folder: Path) -> None:
    """Let the folder itself reach the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
