"""A heap of papers: files and ZIP files, unpacked one after the other, and never trusted.

Nothing is unpacked to the disk by a name that is in the file: a member is a name to read and pieces
to write elsewhere.
"""

import stat
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from opensenco.exchange.readers.words import FileRefused
from opensenco.kernel.words import mark, sentence
from opensenco.kernel.zips import BREAKS, check_usual

MEGABYTE = 1024 * 1024
#: papers in one heap
MOST_PAPERS = 1_000
PIECE = 256 * 1024
_LOCKED = 0x1
#: what computers add of themselves
_LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
TOO_MANY = mark("There are more than {most} papers. Divide them and bring in the parts.")
BROKEN = mark("This ZIP file is damaged or incomplete. Pack it again.")
LOCKED = mark("This ZIP file is locked with a password. Pack the papers again without one.")
UNFOLDS = mark("This ZIP file unfolds to more than {limit} MB. Divide it and bring in the parts.")
NOTHING = mark("There is no paper in this.")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper of a heap: where it lay and what it was called, and its bytes in pieces.

    `folder` is what its folders were called: people put a child's papers into a folder of their
    name.
    """

    name: str = field(repr=False)
    pieces: Iterable[bytes] = field(repr=False)
    folder: str = field(default="", repr=False)


def is_zip(file: IO[bytes]) -> bool:
    """Tell whether a file is a plain ZIP file, and not a document that is one inside."""
    file.seek(0)
    begins = file.read(4)
    file.seek(0)
    if begins not in (b"PK\x03\x04", b"PK\x05\x06"):
        return False
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except BREAKS:
        return True
    finally:
        file.seek(0)
    return "[Content_Types].xml" not in names and "mimetype" not in names


def unpacked(file: IO[bytes], most_bytes: int) -> Iterator[Sheet]:
    """Give the papers in a ZIP file. Each must be read before the next is asked for.

    Args:
        most_bytes: that all of them together may unfold to; counted and not believed.

    Raises:
        FileRefused: it is damaged, locked, or too much.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            members = _members(archive)
            left = [most_bytes]
            for member in members:
                folder, _, name = member.filename.replace("\\", "/").rpartition("/")
                yield Sheet(name, _pieces(archive, member, left, most_bytes), folder)
    except BREAKS:
        raise FileRefused(sentence(BROKEN)) from None


def _members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    every = archive.infolist()
    if len(every) > MOST_PAPERS * 2:
        raise FileRefused(sentence(TOO_MANY, most=MOST_PAPERS))
    found = [one for one in every if not one.is_dir() and not is_litter(one.filename)]
    if len(found) > MOST_PAPERS:
        raise FileRefused(sentence(TOO_MANY, most=MOST_PAPERS))
    if any(one.flag_bits & _LOCKED for one in found):
        raise FileRefused(sentence(LOCKED))
    check_usual(found)
    return [one for one in found if not stat.S_ISLNK(one.external_attr >> 16)]


def is_litter(name: str) -> bool:
    """Tell whether a computer put a file there by itself, or keeps it only while one is open."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return name.startswith(_LITTER[0]) or last in _LITTER or last.startswith(("~$", "._"))


def _pieces(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: list[int], most: int
) -> Iterator[bytes]:
    """Give the bytes of a member; those of all members count together in `left`."""
    try:
        with archive.open(member) as stream:
            while piece := stream.read(PIECE):
                left[0] -= len(piece)
                if left[0] < 0:
                    raise FileRefused(sentence(UNFOLDS, limit=most // MEGABYTE))
                yield piece
    except BREAKS:
        raise FileRefused(sentence(BROKEN)) from None


def of_uploads(files: Iterable[Any], most_bytes: int) -> Iterator[Sheet]:
    """Give the papers in files of a form: each is one, and a ZIP file is those in it.

    Raises:
        FileRefused: as `unpacked` does.
    """
    for file in files:
        if is_zip(file):
            yield from unpacked(file, most_bytes)
        else:
            file.seek(0)
            yield Sheet(file.name or "", file.chunks())
