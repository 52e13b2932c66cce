"""Where files lie: below the data folder, one folder for each organisation, named by content.

    files/<organisation>/<ab>/<sha256>       kept for ever, never written over
    files/<organisation>/incoming/<random>   being written; what a kill leaves, swept after a day
    files/<organisation>/waiting/<import>/   brought in and not decided about yet

A file comes to its name by a link, in one step, after its bytes are on the disk. So whatever has a
name is whole. Rows are written after it: a kill between both leaves a file that no row knows.
"""

import errno
import hashlib
import os
import secrets
import shutil
import time
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from opensenco.documents.files import refusal
from opensenco.documents.files.refusal import MEGABYTE, FileNotTaken, refuse
from opensenco.kernel.words import mark

_SWEPT_AFTER = 24 * 3600
FULL = mark("There is no room for this file on the server. Nothing was kept. Tell who runs it.")
GONE = mark("This file is not where it was kept. Tell who runs the server, who has a copy.")
CHANGED = mark("This file is not as it was kept. Tell who runs the server, who has a copy.")


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that has arrived whole, and has no name of its own yet."""

    path: Path
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Store:
    """The files of one organisation."""

    root: Path
    org: uuid.UUID

    @property
    def folder(self) -> Path:
        """Where everything of this organisation lies."""
        return self.root / self.org.hex

    def path(self, digest: str) -> Path:
        """Give where a file of these bytes lies, if there is one."""
        return self.folder / digest[:2] / digest

    def take(self, pieces: Iterable[bytes], most: int) -> Taken:
        """Write what arrives to the disk and give its digest.

        Args:
            most: bytes; whatever is longer is refused without reading on.

        Raises:
            FileNotTaken: it is too large or empty, or there is no room.
        """
        incoming = self._made(self.folder / "incoming")
        self._sweep(incoming)
        path = incoming / secrets.token_hex(16)
        try:
            with path.open("xb") as file:
                digest, size = _copied(pieces, file, most)
                file.flush()
                os.fsync(file.fileno())
            if not size:
                raise refuse(refusal.EMPTY)
        except BaseException as error:
            path.unlink(missing_ok=True)
            if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise refuse(FULL) from None
            raise
        return Taken(path, digest, size)

    def keep(self, taken: Taken, *, stays: bool = False) -> None:
        """Give a file its name for ever. The same bytes are kept once.

        Args:
            stays: it stays where it waits as well, until what it is kept for has been written.
        """
        place = self.path(taken.digest)
        self._made(place.parent)
        try:
            os.link(taken.path, place)
        except FileExistsError:
            pass
        else:
            place.chmod(0o440)
            _settle(place.parent)
        if not stays:
            taken.path.unlink(missing_ok=True)

    def drop(self, taken: Taken) -> None:
        """Forget what arrived and is not kept."""
        taken.path.unlink(missing_ok=True)

    def wait(self, taken: Taken, batch: uuid.UUID) -> None:
        """Put a file aside until somebody has decided about it."""
        place = self._made(self.folder / "waiting" / batch.hex) / taken.digest
        os.replace(taken.path, place)
        _settle(place.parent)

    def waiting(self, digest: str, batch: uuid.UUID) -> Taken:
        """Give a file that was put aside.

        Raises:
            FileNotTaken: it is not there any more, or has changed.
        """
        place = self.folder / "waiting" / batch.hex / digest
        try:
            if digest_of(place) != digest:
                raise refuse(CHANGED)
        except OSError:
            raise refuse(GONE) from None
        return Taken(place, digest, place.stat().st_size)

    def forget_waiting(self, batch: uuid.UUID) -> None:
        """Forget what was put aside, once it was decided about."""
        shutil.rmtree(self.folder / "waiting" / batch.hex, ignore_errors=True)

    def whole(self, digest: str) -> Path:
        """Give where a file lies, looked at once to be what was kept.

        Raises:
            FileNotTaken: it is gone, or damaged.
        """
        path = self.path(digest)
        try:
            if digest_of(path) != digest:
                raise refuse(CHANGED)
            return path
        except OSError:
            raise refuse(GONE) from None

    def remove(self, digest: str) -> bool:
        """Remove a kept file for good; tell whether there was one. For disposal alone."""
        path = self.path(digest)
        there = path.exists()
        path.unlink(missing_ok=True)
        if there:
            _settle(path.parent)
        return there

    def names(self) -> Iterator[str]:
        """Give the digest of every file that is kept."""
        for place in sorted(self.folder.glob("[0-9a-f][0-9a-f]/*")):
            yield place.name

    def _made(self, folder: Path) -> Path:
        folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        return folder

    def _sweep(self, incoming: Path) -> None:
        old = time.time() - _SWEPT_AFTER
        for left in incoming.iterdir():
            if left.stat().st_mtime < old:
                left.unlink(missing_ok=True)


def digest_of(path: Path) -> str:
    """Give the digest of a file's bytes.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copied(pieces: Iterable[bytes], file: BinaryIO, most: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for piece in pieces:
        size += len(piece)
        if size > most:
            raise refuse(refusal.TOO_LARGE, limit=most // MEGABYTE)
        digest.update(piece)
        file.write(piece)
    return digest.hexdigest(), size


def _settle(folder: Path) -> None:
    """Let the folder itself reach the disk, so that the name survives a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


__all__ = ["FileNotTaken", "Store", "Taken", "digest_of"]
