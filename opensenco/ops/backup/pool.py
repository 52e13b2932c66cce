"""The files of all backups, each once: what is kept is never changed, so it is copied once.

A file is told by its content and has its checksum for a name. Sealed, it is copied once for each
set of key holders.
"""

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.management.base import CommandError

from opensenco.documents.files.store import digest_of
from opensenco.ops.backup.sealing import SUFFIX, Key

LIST = "files.txt"
#: <organisation>/<ab>/<digest>, or <organisation>/waiting/<import>/<digest>
KEPT = re.compile(r"[0-9a-f]{32}/(?:[0-9a-f]{2}|waiting/[0-9a-f]{32})/(?P<digest>[0-9a-f]{64})")


@dataclass(frozen=True)
class Listed:
    """A file that belongs to a backup: where it lies below the folder of files, and its bytes."""

    path: str
    size: int

    @property
    def digest(self) -> str:
        """The checksum of its content, which is its name."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True)
class Pool:
    """The folder of the files of all backups.

    Args:
        key: whom they are sealed for; None where they lie open.
    """

    folder: Path
    key: Key | None

    def take_in(self, files: Path) -> tuple[list[Listed], int]:
        """Copy what is new. Give what is kept now, and how many files are not what their name says.

        A file that waited to be decided about may be gone before its turn; that is no fault.
        """
        found, damaged = [], 0
        for path in _kept_in(files):
            try:
                size = (files / path).stat().st_size
                if self._copied(files / path, path):
                    found.append(Listed(path, size))
                else:
                    damaged += 1
            except FileNotFoundError:
                continue
        return found, damaged

    def bring_back(self, listed: Iterable[Listed], to: Path) -> None:
        """Copy files back, each held against its checksum.

        Raises:
            CommandError: one is missing or damaged.
        """
        for one in listed:
            target = to / one.path
            target.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
            self._checked(one, target)
            target.chmod(0o440)

    def check(self, listed: Iterable[Listed], beside: Path) -> None:
        """Hold files against their checksums without bringing them back.

        Raises:
            CommandError: one is missing or damaged.
        """
        for one in listed:
            if self.key is None:
                if not _is(self._place(one.path), one.digest):
                    raise _damaged(one)
            else:
                self._checked(one, beside / "looked-at")

    def drop_all_but(self, wanted: set[str]) -> int:
        """Take away what no backup needs any more, and give how many files that was."""
        dropped = 0
        for place in sorted(self.folder.rglob("*")):
            path = place.relative_to(self.folder).as_posix().removesuffix(SUFFIX)
            if place.is_file() and path not in wanted:
                place.unlink()
                dropped += 1
        return dropped

    def _place(self, path: str) -> Path:
        return self.folder / (path if self.key is None else f"{path}{SUFFIX}")

    def _copied(self, source: Path, path: str) -> bool:
        """Copy a file to its place; it comes to its name in one step. False where it is damaged."""
        place = self._place(path)
        if place.exists():
            return True
        if digest_of(source) != place.name.removesuffix(SUFFIX):
            return False
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = place.with_name(f".{secrets.token_hex(8)}")
        try:
            if self.key is None:
                copy(source, beside)
            else:
                self.key.seal(source, beside)
            beside.replace(place)
        finally:
            beside.unlink(missing_ok=True)
        return True

    def _checked(self, one: Listed, target: Path) -> None:
        place = self._place(one.path)
        if not place.exists():
            raise CommandError(f"A file of the backup is not there: {one.path}.")
        if self.key is None:
            copy(place, target)
        else:
            self.key.open(place, target)
        if not _is(target, one.digest):
            raise _damaged(one)


def copy(source: Path, target: Path) -> None:
    """Copy bytes to the disk itself."""
    with source.open("rb") as read, target.open("wb") as written:
        shutil.copyfileobj(read, written, 1024 * 1024)
        written.flush()
        os.fsync(written.fileno())


def write_list(listed: list[Listed], path: Path) -> None:
    """Write which files belong to a backup."""
    lines = (f"{one.size} {one.path}\n" for one in sorted(listed, key=lambda one: one.path))
    path.write_text("".join(lines), encoding="ascii")


def read_list(path: Path) -> list[Listed]:
    """Read which files belong to a backup.

    Raises:
        CommandError: it is not such a list.
    """
    found = []
    for line in path.read_text(encoding="ascii", errors="replace").splitlines():
        size, _space, place = line.partition(" ")
        if not size.isdigit() or not KEPT.fullmatch(place):
            raise CommandError(f"{LIST} of the backup cannot be read.")
        found.append(Listed(place, int(size)))
    return found


def _kept_in(files: Path) -> Iterator[str]:
    for pattern in ("*/[0-9a-f][0-9a-f]/*", "*/waiting/*/*"):
        for place in sorted(files.glob(pattern)):
            path = place.relative_to(files).as_posix()
            if KEPT.fullmatch(path):
                yield path


def _is(path: Path, digest: str) -> bool:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == digest
    except OSError:
        return False


def _damaged(one: Listed) -> CommandError:
    return CommandError(f"A file of the backup is damaged or not there: {one.path}.")
