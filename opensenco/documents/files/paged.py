"""PDF files: whether one is whole, whether it is locked, and what in it could act by itself."""

import mmap
import re
import zlib
from pathlib import Path

from opensenco.documents.files import refusal
from opensenco.documents.files.refusal import MEGABYTE, refuse

HEAD = b"%PDF-"
#: how far from its ends a reader looks for the marks of a PDF
_REACH = 1_024
_TAIL = 2_048
_MOST_UNFOLDED = 64 * MEGABYTE
_MOST_STREAMS = 5_000
#: names by which a PDF runs something, opens something else, or carries a file
_ACTS = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|XFA)"
    rb"(?![A-Za-z0-9])"
)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_LOCKED = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
_PACKED = re.compile(rb"/Type\s*/ObjStm[^>]*>>\s*stream\r?\n|/ObjStm\b[^>]*>>\s*stream\r?\n")


def look(path: Path) -> tuple[bool, list[str]]:
    """Tell whether a PDF is locked, and what to warn of.

    Objects that are folded together are unfolded within limits: a script is found there too. Its
    names are read as a reader would, `/J#53` as `/JS`.

    Raises:
        FileNotTaken: it has no end, so part of it is missing.
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if b"%%EOF" not in data[-_TAIL:] or data.rfind(b"startxref") < 0:
            raise refuse(refusal.DAMAGED)
        locked = _LOCKED.search(data) is not None
        acts = _acts(data[:]) or _acts_inside(data)
    return locked, ["acts"] if acts else []


def _acts(data: bytes) -> bool:
    if _ACTS.search(data):
        return True
    plain = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), data)
    return bool(_ACTS.search(plain))


def _acts_inside(data: "mmap.mmap") -> bool:
    """Look into object streams; one that cannot be unfolded, or too much of them, is a warning."""
    total = 0
    for count, found in enumerate(_PACKED.finditer(data)):
        if count > _MOST_STREAMS:
            return True
        end = data.find(b"endstream", found.end())
        folded = data[found.end() : end if end > 0 else len(data)]
        unfolding = zlib.decompressobj()
        try:
            inner = unfolding.decompress(folded, _MOST_UNFOLDED - total)
        except zlib.error:
            # locked ones cannot be read; the person is told what we do not know
            return True
        total += len(inner)
        if total >= _MOST_UNFOLDED or _acts(inner):
            return True
    return False
