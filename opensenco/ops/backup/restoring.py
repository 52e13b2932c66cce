"""Taking a backup back: into an empty place, whole and looked over, or not at all."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from opensenco.ops.backup import pool
from opensenco.ops.backup.making import ASIDE, KEY_FILE, alone, backups_in, database
from opensenco.ops.backup.manifest import NAME, Manifest
from opensenco.ops.backup.pool import Listed, Pool
from opensenco.ops.backup.sealing import SUFFIX, Key

COMING = "files.coming"


@dataclass(frozen=True)
class Found:
    """A backup that was found, and how it is read."""

    folder: Path
    manifest: Manifest
    key: Key | None

    @property
    def pool(self) -> Pool:
        """Where its files lie."""
        return Pool(self.folder.parent / self.manifest.pool, self.key)

    def listed(self) -> list[Listed]:
        """Give which files belong to it; none to a backup of the database alone."""
        return pool.read_list(self.folder / pool.LIST) if self.manifest.pool else []

    def opened(self, name: str, aside: Path) -> Path:
        """Give one of its parts as it was, beside other things, to be taken away after use."""
        target = aside / name
        if self.manifest.sealed and self.key:
            self.key.open(self.folder / f"{name}{SUFFIX}", target)
        else:
            pool.copy(self.folder / name, target)
        return target

    def has(self, name: str) -> bool:
        """Tell whether it has a part of this name."""
        return any(part.name.removesuffix(SUFFIX) == name for part in self.manifest.parts)


def find(where: Path, key: Key | None = None) -> Found:
    """Give a backup: of its own folder, or the newest in a folder of backups.

    Raises:
        CommandError: there is none, a part is damaged, or it is sealed and there is no key.
    """
    if not (where / NAME).is_file():
        names = backups_in(where)
        if not names:
            raise CommandError(f"There is no backup in {where}.")
        where = where / names[-1]
    manifest = Manifest.read(where)
    manifest.check(where)
    if manifest.sealed and (key is None or not key.identities):
        raise CommandError("This backup is sealed. Give the key file that opens it with --key.")
    return Found(where, manifest, key if manifest.sealed else None)


def check(found: Found) -> None:
    """Read all of a backup and hold it against its checksums, without writing anything anywhere.

    Raises:
        CommandError: something is missing or damaged.
    """
    with _aside() as aside:
        found.opened(database().file if _fits(found) else _file_of(found), aside)
        found.pool.check(found.listed(), aside)


def restore(found: Found) -> None:
    """Bring a backup back into this installation's place.

    Raises:
        CommandError: something is here already, the backup is of another kind or of a later
            version, or what came back is not what was written down.
    """
    place = database()
    if not _fits(found):
        raise CommandError(
            f"This backup is of {found.manifest.database}, and this place is {place.kind}."
        )
    refuse_later(found.manifest)
    if not place.is_empty() or any(settings.FILES.glob("*")):
        raise CommandError(
            "There is a record here already. A backup is brought back into an empty place only: "
            "an empty database, and a data folder without files."
        )
    coming = settings.DATA / COMING
    shutil.rmtree(coming, ignore_errors=True)
    with _aside() as aside:
        coming.mkdir(parents=True)
        found.pool.bring_back(found.listed(), coming)
        place.load(found.opened(place.file, aside))
        refuse_other_counts(found.manifest)
        if found.has(KEY_FILE) and not (settings.DATA / KEY_FILE).exists():
            pool.copy(found.opened(KEY_FILE, aside), settings.DATA / KEY_FILE)
            (settings.DATA / KEY_FILE).chmod(0o600)
    if settings.FILES.exists():
        settings.FILES.rmdir()
    coming.rename(settings.FILES)


def put_back(found: Found) -> None:
    """Make the database what it was, whatever it is now; files are left as they are.

    Raises:
        CommandError: it could not be done.
    """
    place = database()
    with _aside() as aside:
        place.load(found.opened(place.file, aside))
    counts = place.counts()
    if counts != found.manifest.counts:
        raise CommandError(_differ(found.manifest.counts, counts))


def refuse_later(manifest: Manifest) -> None:
    """Refuse a backup that this version cannot read.

    Raises:
        CommandError: its database has had migrations that this version does not have.
    """
    known = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    unknown = [item for item in manifest.migrations.items() if item not in known]
    if unknown:
        raise CommandError(
            f"This backup was made by a later version ({manifest.version}): it has "
            f"{'.'.join(unknown[0])}, which this version does not know."
        )


def refuse_other_counts(manifest: Manifest) -> None:
    """Hold the rows that came back against those that were written down.

    Raises:
        CommandError: they differ; what had come is taken away again.
    """
    place = database()
    counts = place.counts()
    if counts != manifest.counts:
        place.take_away()
        raise CommandError(_differ(manifest.counts, counts))


def _differ(written: dict[str, int], counts: dict[str, int]) -> str:
    tables = sorted(written.keys() | counts.keys())
    table = next(name for name in tables if written.get(name) != counts.get(name))
    return (
        f"What came back is not what was written down: {table} has {counts.get(table, 0):,} rows "
        f"in place of {written.get(table, 0):,}."
    )


def _fits(found: Found) -> bool:
    return found.manifest.database == connection.vendor


def _file_of(found: Found) -> str:
    names = [part.name.removesuffix(SUFFIX) for part in found.manifest.parts]
    return next(name for name in names if name.startswith("database."))


@contextmanager
def _aside() -> Iterator[Path]:
    with alone(), tempfile.TemporaryDirectory(prefix=ASIDE, dir=settings.DATA) as aside:
        yield Path(aside)
