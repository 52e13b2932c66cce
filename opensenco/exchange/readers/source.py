"""A file as bytes: how large, of what kind, written in which letters.

Rule IMP-05: a byte order mark decides; else strict UTF-8; else cp1252, which Windows programs
write. What was used is kept, with the number of bytes that have no meaning in it.
"""

import codecs
import hashlib
import io
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TextIO

from opensenco.exchange.readers.words import FileRefused
from opensenco.kernel.words import mark, sentence

MEGABYTE = 1024 * 1024
_HEAD = 4096
_NO_MEANING = (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")  # in cp1252
_BLANK = "\ufeff\0\x1a \t\r\n"
#: what the bytes of "ë" or of a curly apostrophe in UTF-8 look like where they are read as cp1252
_AFTER = "".join(
    sorted({*map(chr, range(0x80, 0xC0)), *bytes(range(0x80, 0xC0)).decode("cp1252", "ignore")})
)
_TWICE_WRITTEN = re.compile(f"[ÃÂ][{re.escape(_AFTER)}]|â€")
_UNKNOWN_LETTER = "\N{REPLACEMENT CHARACTER}"

_BINARY = (
    (b"PK\x03\x04", mark("This is an Excel workbook or a ZIP file. Open it and save it as CSV.")),
    (
        b"\xd0\xcf\x11\xe0",
        mark(
            "This is an old Excel or Word file, or one with a password. Open it and save it as "
            ".xlsx or CSV."
        ),
    ),
    (b"%PDF", mark("This is a PDF. Ask the program it came from for a CSV file.")),
    (b"{\\rtf", mark("This is a Word file. Ask the program it came from for a CSV file.")),
)
_MARKUP = (b"<html", b"<!doctype", b"<?xml", b"<table", b"<meta", b"<message", b"<ctfile")


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of a file before its first row is read.

    `digest` is its SHA-256, `encoding` a name that Python knows, `unreadable` how many characters
    had no meaning in it, `has_nul` whether a NUL stands anywhere.
    """

    given: Path | bytes = field(repr=False)
    size: int
    digest: str
    encoding: str
    unreadable: int
    has_nul: bool
    #: letters that seem to be written in another way than the rest of the file: "Ã«" for "ë"
    twice_written: int = 0

    def open_text(self) -> TextIO:
        """The file as text, line ends as they are; what cannot be read is U+FFFD."""
        return io.TextIOWrapper(
            _open(self.given), encoding=self.encoding, errors="replace", newline=""
        )


def examine(given: Path | bytes, largest: int) -> Source:
    """Reads the whole file once, in pieces, and says what it is.

    `largest` is in bytes. Raises FileRefused where the file cannot be opened, is empty, too large,
    or is no text.
    """
    look = _Look()
    digest = hashlib.sha256()
    size = 0
    try:
        with _open(given) as file:
            while piece := file.read(MEGABYTE):
                if size == 0:
                    look.begin(piece[:_HEAD])
                size += len(piece)
                refuse_too_large(size, largest)
                digest.update(piece)
                look.take(piece)
    except (OSError, ValueError):
        raise FileRefused(sentence("We cannot open this file. Choose it again.")) from None
    look.finish()
    return Source(
        given, size, digest.hexdigest(), look.encoding, look.unreadable, look.has_nul,
        look.twice_written,
    )  # fmt: skip


def _open(given: Path | bytes) -> BinaryIO:
    return io.BytesIO(given) if isinstance(given, bytes) else given.open("rb")


class _Look:
    """One pass over the bytes to find how they are written.

    Two decoders run until the strict one fails: what is not UTF-8 is cp1252, and by then the count
    of what has no meaning in cp1252 must have begun at the first byte.
    """

    def __init__(self) -> None:
        self.encoding = "utf-8"
        self.unreadable = 0
        self.has_nul = False
        self.twice_written = 0
        self._has_text = False
        self._without_meaning = 0
        self._decoder: codecs.IncrementalDecoder = codecs.getincrementaldecoder("utf-8")("strict")

    def begin(self, head: bytes) -> None:
        _refuse_other_kinds(head)
        if head.startswith(codecs.BOM_UTF8):
            self._marked("utf-8-sig")
        elif head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            self._marked("utf-16")
        elif head.count(0) * 10 > len(head):
            raise FileRefused(sentence("This is not a text file. Save it as CSV and send that."))

    def take(self, piece: bytes, *, last: bool = False) -> None:
        text = self._decoded(piece, last=last)
        self.has_nul = self.has_nul or "\0" in text
        self.twice_written += len(_TWICE_WRITTEN.findall(text))
        self._has_text = self._has_text or bool(text.strip(_BLANK))
        if self.encoding in {"utf-8-sig", "utf-16"}:
            self.unreadable += text.count(_UNKNOWN_LETTER)

    def finish(self) -> None:
        self.take(b"", last=True)
        if self.encoding == "cp1252":
            self.unreadable = self._without_meaning
        if not self._has_text:
            raise FileRefused(sentence("This file is empty."))

    def _marked(self, encoding: str) -> None:
        self.encoding = encoding
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")

    def _decoded(self, piece: bytes, *, last: bool) -> str:
        self._without_meaning += sum(piece.count(byte) for byte in _NO_MEANING)
        if self.encoding == "cp1252":
            return piece.decode("cp1252", "replace")
        try:
            return self._decoder.decode(piece, last)
        except UnicodeDecodeError:
            self.encoding = "cp1252"
            return piece.decode("cp1252", "replace")


def refuse_too_large(size: int, largest: int) -> None:
    """Refuse a file of more bytes than we take.

    Raises:
        FileRefused: it is larger than `largest` bytes.
    """
    if size > largest:
        raise FileRefused(
            sentence(
                "This file is larger than {limit} MB. Divide it and send the parts.",
                limit=largest // MEGABYTE,
            )
        )


def _refuse_other_kinds(head: bytes) -> None:
    for start, words in _BINARY:
        if head.startswith(start):
            raise FileRefused(sentence(words))
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        raise FileRefused(
            sentence("This is a web page or an XML file. Ask the program it came from for CSV.")
        )
