"""A photo of a person is made small and drawn anew, so that nothing but the picture is left of it.

A telephone writes into its photos where and when they were taken, and of what make it is. The
typesetter, which is there for papers, turns the picture the right way up, scales it and draws it
as a PNG of its own; no byte of the file that was sent is kept.
"""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import typst

from opensenco.documents.files import kinds, refusal
from opensenco.documents.files.refusal import MEGABYTE, refuse
from opensenco.kernel.words import mark

#: of a photo as it is sent, and of the picture that is made of it, in pixels
LARGEST = 15 * MEGABYTE
MOST_PIXELS = 50_000_000
WIDE = 360
#: how much longer than wide, or wider than long, a picture of a face can be
STEEPEST = 2.5
MEDIA = "image/png"

NO_PICTURE = mark("This is not a photo. Choose a picture that ends in .jpg or .png.")
PHONES_OWN = mark(
    "This photo is in HEIC, a format of telephones that most browsers cannot show, so it is not "
    "kept. Open it on the phone, take a screenshot of it and choose that. For the next ones, have "
    "the phone take JPEG: on an iPhone or iPad in Settings, Camera, Formats, Most Compatible; on "
    "others by turning HEIC or high efficiency off in the settings of the camera."
)
TOO_FINE = mark("This photo has more than {limit} million points. Save it smaller.")
TOO_STEEP = mark("This picture is a strip. Cut it so that it shows the face and shoulders.")
#: the marks of a JPEG that say how large it is; three of that row say other things
_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_TEMPLATE = """#set page(width: {wide}pt, height: auto, margin: 0pt)
#image("/{name}", format: "{format}", width: {wide}pt)"""
#: the name of our part, which readers of PNG pass over, and the length of the last part of any
_OURS, _LAST = b"osRf", 12
_FORMATS = {"jpeg": "jpg", "png": "png"}


def portrait(path: Path, whose: bytes) -> bytes:
    """Draw a photo of a face anew, small and upright: see `drawn_anew`.

    Raises:
        FileNotTaken: as `drawn_anew` does; or it is a strip.
    """
    return drawn_anew(path, whose, WIDE, STEEPEST)


def is_photo(path: Path) -> bool:
    """Tell whether a file is a photo, of a kind that can be drawn anew or not."""
    kind = kinds.look(path).kind.code
    return kind in _FORMATS or kind == "heic"


def drawn_anew(path: Path, whose: bytes, width: int, steepest: float | None = None) -> bytes:
    """Draw a photo anew, upright and without anything else that the file said.

    Args:
        path: a file of the store that has arrived and is not kept.
        whose: written into the picture, so that no two are the same bytes: one can be removed and
            never takes another's with it.
        width: of the picture, in pixels, at most.
        steepest: how much longer than wide, or wider than long, it can be; None for any shape.

    Raises:
        FileNotTaken: it is no photo, too fine, a strip, or cannot be drawn.
    """
    kind = kinds.look(path).kind.code
    if kind == "heic":
        raise refuse(PHONES_OWN)
    if kind not in _FORMATS:
        raise refuse(NO_PICTURE)
    with path.open("rb") as file:
        wide, high = (_size_of_jpeg if kind == "jpeg" else _size_of_png)(file)
    if wide * high > MOST_PIXELS:
        raise refuse(TOO_FINE, limit=MOST_PIXELS // 1_000_000)
    if steepest and max(wide, high) > steepest * min(wide, high):
        raise refuse(TOO_STEEP)
    # a photo on its side is drawn upright, so its longer edge may become the width
    width = width if steepest else min(width, max(wide, high))
    template = _TEMPLATE.format(wide=width, name=path.name, format=_FORMATS[kind])
    try:
        drawn = _typeset(template.encode(), path.parent)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:
        # A decoder that gives up is no Exception to Python, and the typesetter's own word can
        # quote the file: neither helps anybody.
        raise refuse(refusal.DAMAGED) from None
    return _marked(drawn, whose)


def _marked(drawn: bytes, whose: bytes) -> bytes:
    """Put a part of our own before the last part of a PNG, which shows nothing."""
    part = struct.pack(">I", len(whose)) + _OURS + whose
    part += struct.pack(">I", zlib.crc32(_OURS + whose))
    return drawn[:-_LAST] + part + drawn[-_LAST:]


def _typeset(template: bytes, root: Path) -> bytes:
    pages = typst.compile(  # type: ignore[call-overload]
        template, root=str(root), format="png", ppi=72.0, ignore_system_fonts=True
    )
    drawn: bytes = pages if isinstance(pages, bytes) else pages[0]
    return drawn


def _size_of_png(file: BinaryIO) -> tuple[int, int]:
    head = file.read(24)
    if len(head) < 24 or head[12:16] != b"IHDR":
        raise refuse(refusal.DAMAGED)
    return _sized(*struct.unpack(">II", head[16:24]))


def _size_of_jpeg(file: BinaryIO) -> tuple[int, int]:
    for code, body in _segments(file):
        if code in _FRAMES and len(body) >= 5:
            high, wide = struct.unpack(">HH", body[1:5])
            return _sized(wide, high)
    raise refuse(refusal.DAMAGED)


def _segments(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Give the parts of a JPEG before its picture begins."""
    file.seek(2)
    while (start := file.read(2)) and start[0] == 0xFF:
        if len(start) < 2 or start[1] == 0xDA:
            return
        if start[1] == 0xFF:
            file.seek(-1, 1)
            continue
        size = file.read(2)
        if len(size) < 2 or (long := struct.unpack(">H", size)[0]) < 2:
            return
        yield start[1], file.read(long - 2)


def _sized(wide: int, high: int) -> tuple[int, int]:
    if not wide or not high:
        raise refuse(refusal.DAMAGED)
    return wide, high
