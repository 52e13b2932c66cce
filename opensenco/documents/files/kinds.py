"""What a file is, told by what it holds and never by its name."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from opensenco.documents.files import folded, ole, paged, refusal
from opensenco.documents.files.refusal import FileNotTaken, refuse
from opensenco.kernel.words import mark

_HEAD = 8_192
_PROGRAMS = (
    b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe", b"#!", b"L\x00\x00\x00\x01\x14\x02\x00", b"!<arch>", b"dex\n", b"\x00asm",
)  # fmt: skip
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MSCF", b"ITSF")
_PHOTOS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")
_MARKUP = (b"<svg", b"<html", b"<!doctype html", b"<script", b"<iframe", b"<hta:", b"<xsl:")
_MACRO_STREAMS = {"_vba_project", "macros", "_vba_project_cur", "vba"}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is kept: its code, its type for browsers, its ending, its words."""

    code: str
    media: str
    ending: str
    words: str


KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind("pdf", "application/pdf", "pdf", mark("PDF")),
        Kind(
            "docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "docx",
            mark("Word"),
        ),
        Kind("doc", "application/msword", "doc", mark("Word (older)")),
        Kind("odt", "application/vnd.oasis.opendocument.text", "odt", mark("OpenDocument text")),
        Kind("rtf", "application/rtf", "rtf", mark("rich text")),
        Kind("txt", "text/plain", "txt", mark("plain text")),
        Kind("jpeg", "image/jpeg", "jpg", mark("picture (JPEG)")),
        Kind("png", "image/png", "png", mark("picture (PNG)")),
        Kind("heic", "image/heic", "heic", mark("picture (HEIC)")),
    )
}

#: what else there is to know of a file, by the code that is stored
WARNINGS: dict[str, str] = {
    "acts": mark(
        "This PDF holds a script, a form that sends, or another file. Open it in a program that "
        "asks before it runs anything."
    ),
    "outside": mark(
        "This Word document fetches a part from elsewhere when it is opened. Keep protected view "
        "on."
    ),
}


@dataclass(frozen=True, slots=True)
class Found:
    """What a file was found to be. A locked one has a password, perhaps an empty one."""

    kind: Kind
    warnings: tuple[str, ...] = field(default=())
    locked: bool = False


def look(path: Path) -> Found:
    """Tell what a file is.

    Raises:
        FileNotTaken: it is damaged, locked or could do harm, or is of no kind that is kept.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if not head:
            raise refuse(refusal.EMPTY)
        if head.startswith(_PROGRAMS):
            raise refuse(refusal.PROGRAM)
        if head.startswith(_ARCHIVES):
            raise refuse(refusal.ARCHIVE)
        simple = _by_head(head)
        if simple == "pdf":
            return _pdf(path)
        if simple == "rtf":
            return _rtf(file)
        if simple:
            return Found(KINDS[simple])
        if head.startswith(b"PK"):
            return _zip(file)
        if head.startswith(ole.MAGIC):
            return _old_office(file)
        return _text(file)


def _by_head(head: bytes) -> str:
    if paged.HEAD in head[:1_024]:
        return "pdf"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head[4:8] == b"ftyp" and head[8:12] in _PHOTOS:
        return "heic"
    return "rtf" if head.startswith(b"{\\rtf") else ""


def _pdf(path: Path) -> Found:
    locked, warnings = paged.look(path)
    return Found(KINDS["pdf"], tuple(warnings), locked)


def _rtf(file: BinaryIO) -> Found:
    file.seek(0)
    text = file.read().lower()
    if b"\\objdata" in text or b"\\objupdate" in text or b"\\objemb" in text:
        raise refuse(refusal.EMBEDDED)
    return Found(KINDS["rtf"])


def _zip(file: BinaryIO) -> Found:
    code, warnings = folded.parts_of(file)
    if not code:
        raise refuse(refusal.ARCHIVE)
    return Found(KINDS[code], tuple(warnings))


def _old_office(file: BinaryIO) -> Found:
    parts = ole.parts_of(file)
    if "encryptedpackage" in parts:
        raise refuse(refusal.LOCKED)
    if parts & _MACRO_STREAMS:
        raise refuse(refusal.MACROS)
    if "worddocument" not in parts:
        raise refuse(refusal.SHEET if parts & {"workbook", "book", "powerpoint document"}
                     else refusal.UNKNOWN)  # fmt: skip
    if "objectpool" in parts:
        raise refuse(refusal.EMBEDDED)
    return Found(KINDS["doc"])


def _text(file: BinaryIO) -> Found:
    file.seek(0)
    data = file.read()
    small = data.lower()
    if (
        any(word in small for word in _MARKUP)
        or small.lstrip(b"\xef\xbb\xbf \r\n\t")[:5] == b"<?xml"
    ):
        raise refuse(refusal.WEB_PAGE)
    try:
        text = data.decode("utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else _decoded(data)
    except UnicodeDecodeError:
        raise refuse(refusal.UNKNOWN) from None
    odd = sum(1 for letter in text if ord(letter) < 32 and letter not in "\t\n\r\f")
    if odd:
        raise refuse(refusal.UNKNOWN)
    return Found(KINDS["txt"])


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")


__all__ = ["KINDS", "WARNINGS", "FileNotTaken", "Found", "Kind", "look"]
