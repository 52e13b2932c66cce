"""Documents that are ZIP files inside (.docx, .odt): looked into before anything is unfolded."""

import re
import zipfile
from typing import BinaryIO

from opensenco.documents.files import refusal
from opensenco.documents.files.refusal import MEGABYTE, FileNotTaken, refuse
from opensenco.kernel.zips import BREAKS, check_usual

MOST_UNFOLDED = 200 * MEGABYTE
MOST_PARTS = 2_000
MOST_WORDS = 20 * MEGABYTE
ENCRYPTED = 0x1
WORD_MAIN = b"wordprocessingml.document.main+xml"
_MACRO_PARTS = ("vbaproject.bin", "vbadata.xml")
_OUTSIDE = re.compile(rb'TargetMode\s*=\s*"External"')
_TEMPLATE = re.compile(rb"/(?:attachedTemplate|oleObject|frame|subDocument)\"")


def parts_of(file: BinaryIO) -> tuple[str, list[str]]:
    """Tell what a ZIP file is: "docx", "odt", or "" for any other archive; with warnings.

    Every part is unfolded once in pieces and counted: what a part claims of its size is not
    believed.

    Raises:
        FileNotTaken: it is damaged, locked, larger than it looks, or holds macros or programs.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS:
                raise refuse(refusal.UNFOLDS, limit=MOST_UNFOLDED // MEGABYTE)
            if any(part.flag_bits & ENCRYPTED for part in parts):
                raise refuse(refusal.LOCKED)
            check_usual(parts)
            _count(archive, parts)
            return _told(archive, {part.filename for part in parts})
    except FileNotTaken:
        raise
    except BREAKS:
        raise refuse(refusal.DAMAGED) from None


def _count(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    total = 0
    for part in parts:
        with archive.open(part) as stream:
            while piece := stream.read(MEGABYTE):
                total += len(piece)
                if total > MOST_UNFOLDED:
                    raise refuse(refusal.UNFOLDS, limit=MOST_UNFOLDED // MEGABYTE)


def _told(archive: zipfile.ZipFile, names: set[str]) -> tuple[str, list[str]]:
    small = {name.casefold() for name in names}
    if any(name.endswith(_MACRO_PARTS) for name in small):
        raise refuse(refusal.MACROS)
    if "[Content_Types].xml" in names:
        return _office(archive, names, small)
    if "mimetype" in names and "content.xml" in names:
        return _open_document(archive, small)
    return "", []


def _office(archive: zipfile.ZipFile, names: set[str], small: set[str]) -> tuple[str, list[str]]:
    types = read(archive, "[Content_Types].xml")
    if b"macroEnabled" in types:
        raise refuse(refusal.MACROS)
    if WORD_MAIN not in types or not any(name.startswith("word/") for name in small):
        if any(name.startswith(("xl/", "ppt/")) for name in small):
            raise refuse(refusal.SHEET)
        raise refuse(refusal.UNKNOWN)
    if any(name.startswith(("word/embeddings/", "word/activex/")) for name in small):
        raise refuse(refusal.EMBEDDED)
    links = [read(archive, name) for name in names if name.endswith(".rels")]
    reaches_out = any(_OUTSIDE.search(text) and _TEMPLATE.search(text) for text in links)
    return "docx", ["outside"] if reaches_out else []


def _open_document(archive: zipfile.ZipFile, small: set[str]) -> tuple[str, list[str]]:
    kind = read(archive, "mimetype").strip()
    if b"encryption-data" in read(archive, "META-INF/manifest.xml"):
        raise refuse(refusal.LOCKED)
    if any(name.startswith(("basic/", "scripts/")) for name in small):
        raise refuse(refusal.MACROS)
    if kind != b"application/vnd.oasis.opendocument.text":
        raise refuse(refusal.SHEET)
    if any(name.startswith("object ") for name in small):
        raise refuse(refusal.EMBEDDED)
    return "odt", []


def read(archive: zipfile.ZipFile, name: str) -> bytes:
    """Give one part.

    Raises:
        FileNotTaken: it is larger than words can be, or declares entities of its own.
        KeyError: there is none.
    """
    with archive.open(name) as stream:
        text = stream.read(MOST_WORDS + 1)
    if len(text) > MOST_WORDS:
        raise refuse(refusal.UNFOLDS, limit=MOST_WORDS // MEGABYTE)
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise refuse(refusal.DAMAGED)
    return text
