"""The ZIP file itself: parts written one after the other, each with its size and SHA-256."""

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from opensenco.exchange.leaving.what import FORMAT, FORMAT_VERSION
from opensenco.kernel.errors import NotPossible
from opensenco.kernel.words import mark, sentence

PIECE = 256 * 1024
MANIFEST = "manifest.json"
#: bytes that a manifest or a description may have, and one row of a table
LARGEST_MANIFEST = 32 * 1024 * 1024
LARGEST_ROW = 64 * 1024 * 1024
#: ZIP knows no time before 1980, and the moment of the copy stands in the manifest
STILL = (1980, 1, 1, 0, 0, 0)

NOT_OURS = mark("This is not a file of a place: it is no ZIP file with a manifest of ours.")
OTHER_VERSION = mark(
    "This file has version {version} of the form, and this installation reads version {ours}. "
    "Use the version of OpenSENCO that wrote it, or a later one."
)
DAMAGED = mark("The file is damaged: {part} is not what its manifest says.")
STRANGE = mark("The file is damaged: {part} does not stand in its manifest.")


@dataclass
class Part:
    """One part of the file, as the manifest names it."""

    path: str
    sha256: str
    bytes: int
    rows: int | None = None

    def facts(self) -> dict[str, Any]:
        """Give what the manifest says of it."""
        rows = {} if self.rows is None else {"rows": self.rows}
        return {"path": self.path, "sha256": self.sha256, "bytes": self.bytes, **rows}


@dataclass
class Writing:
    """A file of a place that is being written."""

    zip: zipfile.ZipFile
    made_at: datetime
    parts: list[Part] = field(default_factory=list)

    def add(self, path: str, pieces: Iterable[bytes], *, squeeze: bool = True) -> Part:
        """Write a part in pieces; no more than one of them is in memory."""
        digest, size = hashlib.sha256(), 0
        with self.zip.open(_info(path, squeeze), "w", force_zip64=True) as out:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                out.write(piece)
        part = Part(path, digest.hexdigest(), size)
        self.parts.append(part)
        return part

    def text(self, path: str, words: str) -> None:
        """Write a part of plain words."""
        self.add(path, [words.encode()])

    def finish(self, facts: Mapping[str, Any]) -> None:
        """Write the manifest, which names every other part."""
        manifest = {**facts, "parts": [part.facts() for part in self.parts]}
        words = json.dumps(manifest, ensure_ascii=False, indent=1)
        with self.zip.open(_info(MANIFEST, True), "w") as out:
            out.write(words.encode())


def _info(path: str, squeeze: bool) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, STILL)
    info.compress_type = zipfile.ZIP_DEFLATED if squeeze else zipfile.ZIP_STORED
    info.external_attr = 0o600 << 16
    return info


@contextmanager
def writing(to: Path, made_at: datetime) -> Iterator[Writing]:
    """Write a file beside its place and put it there whole; where that fails nothing is left.

    Only its owner may read it.

    Raises:
        OSError: it cannot be written there.
    """
    handle, name = tempfile.mkstemp(prefix=f".{to.name}.", dir=to.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as opened:
                yield Writing(opened, made_at)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(to)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


@contextmanager
def beside() -> Iterator[IO[bytes]]:
    """Give a nameless file on the disk for a part that is written together with another."""
    with tempfile.TemporaryFile() as opened:
        yield opened


def pieces_of(file: IO[bytes]) -> Iterator[bytes]:
    """Give what was written to a file, from its beginning."""
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece


class Reading:
    """A file of a place that somebody brings: nothing of it is believed unseen."""

    def __init__(self, opened: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
        self._zip = opened
        self.manifest = manifest
        self._parts = {one["path"]: one for one in manifest["parts"]}

    def check(self, seen: Callable[[str], object] = lambda _path: None) -> None:
        """Read every part once, and compare it with the manifest.

        Raises:
            NotPossible: one is not there, is another than the manifest says, or is not named in it.
        """
        there = {info.filename for info in self._zip.infolist()} - {MANIFEST}
        for path in sorted(there - self._parts.keys()):
            raise NotPossible(sentence(STRANGE, part=path[:200]))
        for path, said in self._parts.items():
            seen(path)
            digest, size = hashlib.sha256(), 0
            for piece in self.pieces(path):
                digest.update(piece)
                size += len(piece)
            if (digest.hexdigest(), size) != (said["sha256"], said["bytes"]):
                raise NotPossible(sentence(DAMAGED, part=path))

    def pieces(self, path: str) -> Iterator[bytes]:
        """Give a part in pieces, and never more of it than the manifest says.

        Raises:
            NotPossible: it is not there or cannot be unfolded.
        """
        left = int(self._parts[path]["bytes"]) if path in self._parts else 0
        try:
            with self._zip.open(path) as part:
                while piece := part.read(PIECE):
                    left -= len(piece)
                    if left < 0:
                        raise NotPossible(sentence(DAMAGED, part=path))
                    yield piece
        except (KeyError, zipfile.BadZipFile, EOFError, OSError, NotImplementedError):
            raise NotPossible(sentence(DAMAGED, part=path)) from None

    def rows(self, label: str) -> Iterator[dict[str, Any]]:
        """Give the rows of a table, one after the other.

        Raises:
            NotPossible: a line is no row.
        """
        path = f"data/{label}.jsonl"
        if path not in self._parts:
            return
        for line in self._lines(path):
            try:
                row = json.loads(line)
            except ValueError:
                row = None
            # a NUL is text in one database and refused by the other
            if not isinstance(row, dict) or b"\\u0000" in line:
                raise NotPossible(sentence(DAMAGED, part=path))
            yield row

    def _lines(self, path: str) -> Iterator[bytes]:
        left = b""
        for piece in self.pieces(path):
            *whole, left = (left + piece).split(b"\n")
            yield from whole
            if len(left) > LARGEST_ROW:
                raise NotPossible(sentence(DAMAGED, part=path))
        if left:
            yield left

    def paths(self) -> list[str]:
        """Give the names of all parts."""
        return list(self._parts)

    def size(self, path: str) -> int:
        """Give the bytes that a part has by the manifest."""
        return int(self._parts[path]["bytes"])

    def models(self) -> list[str]:
        """Give the names of the tables, in the order in which they can be brought in."""
        return [str(one["model"]) for one in self.manifest["models"]]


@contextmanager
def reading(path: Path) -> Iterator[Reading]:
    """Open a file of a place.

    Raises:
        NotPossible: it is none, or its version is another.
        OSError: it cannot be read.
    """
    try:
        with zipfile.ZipFile(path) as opened:
            yield Reading(opened, _manifest(opened))
    except zipfile.BadZipFile:
        raise NotPossible(sentence(NOT_OURS)) from None


def _manifest(opened: zipfile.ZipFile) -> dict[str, Any]:
    try:
        if opened.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
            raise NotPossible(sentence(NOT_OURS))
        manifest = json.loads(opened.read(MANIFEST))
        found = manifest["format"], manifest["format_version"]
        paths = [(str(one["path"]), str(one["sha256"]), int(one["bytes"]))
                 for one in manifest["parts"]]  # fmt: skip
        named = [str(one["model"]) for one in manifest["models"]]
    except (KeyError, TypeError, ValueError, EOFError, NotImplementedError):
        raise NotPossible(sentence(NOT_OURS)) from None
    if found[0] != FORMAT or not paths or not named:
        raise NotPossible(sentence(NOT_OURS))
    if found[1] != FORMAT_VERSION:
        version = str(found[1])[:20]
        raise NotPossible(sentence(OTHER_VERSION, version=version, ours=FORMAT_VERSION))
    return dict(manifest)
