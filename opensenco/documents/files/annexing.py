"""The child that draws papers into a pack: `python -m opensenco.documents.files.annexing`.

A PDF that somebody filed can be hostile, so it is opened here and not in the worker: so much time,
so much memory, no settings, no database, no network. What comes in is one line of JSON and then the
pack's own PDF; what goes out is JSON of what was looked at, or the PDF with the papers drawn in.

A page of a paper becomes one thing that is drawn on a page that waits for it: the pack's own tags,
bookmarks and page numbers stay as they were. What lies upon a page (fields of a form, notes) would
be lost by that; such a paper is left as it is.
"""

import io
import json
import logging
import re
import signal
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    StreamObject,
)

from opensenco.documents.files.child import Late, keep_small

SECONDS = 120
#: where a page is drawn on A4, in points from the lower left corner
LEFT, BOTTOM, WIDTH, HEIGHT = 40.0, 62.0, 515.0, 715.0
#: what may lie upon a page and is no part of what it says
_HARMLESS = frozenset({"/Link", "/Popup"})
#: the words by which a file claims to be made for every reader; with a strange page it is not
_CLAIM = re.compile(rb"<pdfuaid:part>\d</pdfuaid:part>|\s*pdfuaid:part=\"\d\"")
LOCKED, BROKEN, UPON = "locked", "broken", "upon"


def main() -> None:
    """Do what the one line asks."""
    keep_small()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGALRM, _late)
    signal.alarm(SECONDS)
    asked = json.loads(sys.stdin.buffer.readline())
    if asked["do"] == "look":
        told = [looked_at(Path(path)) for path in asked["paths"]]
        sys.stdout.write(json.dumps(told))
    else:
        sys.stdout.buffer.write(drawn(sys.stdin.buffer.read(), asked["annexes"]))


def _late(_signal: int, _frame: object) -> None:
    raise Late


def looked_at(path: Path) -> dict[str, Any]:
    """Tell how many pages a paper has, or why they cannot be drawn."""
    try:
        reader = _opened(path)
        if reader is None:
            return {"pages": 0, "why": LOCKED}
        if any(_lies_upon(page) for page in reader.pages):
            return {"pages": 0, "why": UPON}
        return {"pages": len(reader.pages), "why": "" if len(reader.pages) else BROKEN}
    except (Late, Exception):  # a hostile file breaks a reader in any way it likes
        return {"pages": 0, "why": BROKEN}


def _opened(path: Path) -> PdfReader | None:
    reader = PdfReader(path)
    return None if reader.is_encrypted and not reader.decrypt("") else reader


def _lies_upon(page: PageObject) -> bool:
    notes = page.get("/Annots")
    found = notes.get_object() if notes is not None else None
    return any(one.get_object().get("/Subtype") not in _HARMLESS for one in found or [])


def drawn(own: bytes, annexes: list[tuple[str, int, int]]) -> bytes:
    """Give a pack's PDF with the pages of papers drawn on the pages that wait for them.

    Args:
        annexes: path, number of the first page that waits (from 0), and how many.
    """
    writer = PdfWriter(clone_from=io.BytesIO(own))
    for path, first, pages in annexes:
        reader = _opened(Path(path))
        if reader is None or len(reader.pages) != pages:
            raise ValueError("a paper is not as it was")
        for number, page in enumerate(reader.pages):
            _draw(writer, writer.pages[first + number], page)
    _claim_less(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _draw(writer: PdfWriter, on: PageObject, page: PageObject) -> None:
    """Draw a page as one thing, upright and whole, above what stands on the waiting page."""
    box = page.cropbox
    upright, wide, high = _upright(int(page.rotation), *_corners(box))
    scale = min(WIDTH / wide, HEIGHT / high, 1.0)
    left, up = LEFT + (WIDTH - wide * scale) / 2, BOTTOM + HEIGHT - high * scale
    form = DecodedStreamObject()
    contents = page.get_contents()
    form.set_data(contents.get_data() if contents is not None else b"")
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject(FloatObject(one) for one in _corners(box)),
            NameObject("/Resources"): page.get("/Resources", DictionaryObject()),
        }
    )
    thing = writer._add_object(form.flate_encode().clone(writer))
    resources = cast("DictionaryObject", on["/Resources"].get_object())
    if "/XObject" not in resources:
        resources[NameObject("/XObject")] = DictionaryObject()
    things = cast("DictionaryObject", resources["/XObject"].get_object())
    things[NameObject("/Annex")] = thing
    place = f"{scale:.5f} 0 0 {scale:.5f} {left:.3f} {up:.3f} cm {upright} cm"
    _add_content(writer, on, f"q {place} /Annex Do Q")


def _upright(
    turned: int, left: float, bottom: float, right: float, top: float
) -> tuple[str, float, float]:
    """Give how a page that is turned clockwise stands upright at the corner: matrix and size."""
    wide, high = max(right - left, 1.0), max(top - bottom, 1.0)
    matrix = {
        90: (0, -1, 1, 0, -bottom, right),
        180: (-1, 0, 0, -1, right, top),
        270: (0, 1, -1, 0, top, -left),
    }.get(turned % 360, (1, 0, 0, 1, -left, -bottom))
    size = (high, wide) if turned % 180 else (wide, high)
    return " ".join(f"{one:.3f}" for one in matrix), *size


def _corners(box: Any) -> Iterator[float]:
    yield from (float(box.left), float(box.bottom), float(box.right), float(box.top))


def _add_content(writer: PdfWriter, on: PageObject, words: str) -> None:
    """Let a page draw something after what it draws already, from where it began."""
    before, after = DecodedStreamObject(), DecodedStreamObject()
    before.set_data(b"q\n")
    after.set_data(f"\nQ\n{words}\n".encode())
    streams = on["/Contents"]
    inner = streams.get_object()
    own = list(inner) if isinstance(inner, ArrayObject) else [on.raw_get("/Contents")]
    first, last = writer._add_object(before), writer._add_object(after)
    on[NameObject("/Contents")] = ArrayObject([first, *own, last])


def _claim_less(writer: PdfWriter) -> None:
    """Take back that every reader can read all of it: the papers of others are as they are."""
    raw = writer.root_object.get("/Metadata")
    told = raw.get_object() if raw is not None else None
    if isinstance(told, StreamObject):
        told.set_data(_CLAIM.sub(b"", told.get_data()))


if __name__ == "__main__":
    main()
