"""The child that reads inside files: `python -m opensenco.documents.files.child`.

Each line that comes in names a file, its kind and whether all of it is wanted; each line that goes
out says whether it opened, and its first words or all of them. It knows no settings, no database
and no network, and takes its limit of memory from itself before it reads: its parent may be larger
than that limit already and have threads, so nothing can be done between fork and start.
"""

import contextlib
import io
import itertools
import json
import logging
import re
import resource
import signal
import sys
import warnings
import xml.etree.ElementTree as Tree
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TextIO

from pypdf import PdfReader

from opensenco.documents.files import folded
from opensenco.documents.files.covered import covered_words


@dataclass(frozen=True, slots=True)
class Limits:
    """How many letters and pages are read of a file, and for how many seconds."""

    letters: int
    pages: int
    seconds: int


FIRST = Limits(letters=6_000, pages=2, seconds=8)
WHOLE = Limits(letters=200_000, pages=300, seconds=20)
_MEMORY = 1024 * 1024 * 1024
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CONTROL = re.compile(
    r"\\'([0-9a-f]{2})|\\u(-?\d+) ?\??|\\(par|line|tab|cell|row)\b ?|\\[a-z]+-?\d* ?|[{}]", re.I
)
_RTF_ASIDE = re.compile(
    r"\{\\(?:\*|fonttbl|colortbl|stylesheet|info|pict)[^{}]*(?:\{[^{}]*\}[^{}]*)*\}"
)


class Late(BaseException):
    """A file takes too long. No exception of a file's: readers catch those and go on."""


def main(asked: TextIO, told: TextIO) -> None:
    """Answer each line in its turn; whatever a file does, the next is read."""
    keep_small()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGALRM, _late)
    for line in asked:
        path, kind, whole = json.loads(line)
        limits = WHOLE if whole else FIRST
        told.write(json.dumps(_answer(Path(path), kind, limits)) + "\n")
        told.flush()


def keep_small() -> None:
    """Take no more memory than a gigabyte and leave no picture of it behind on a crash."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _late(_signal: int, _frame: FrameType | None) -> None:
    raise Late


def _answer(path: Path, kind: str, limits: Limits) -> dict[str, object]:
    signal.alarm(limits.seconds)
    try:
        words = READERS.get(kind, _nothing)(path, limits)
        return {"opened": True, "words": words[: limits.letters]}
    except (Exception, Late):
        return {"opened": False, "words": ""}
    finally:
        signal.alarm(0)


def _nothing(_path: Path, _limits: Limits) -> str:
    return ""


def _pdf(path: Path, limits: Limits) -> str:
    reader = PdfReader(path)
    if reader.is_encrypted and not reader.decrypt(""):
        raise ValueError("locked")
    found = ""
    for page in itertools.islice(reader.pages, limits.pages):
        found += page.extract_text() + "\n"
        if len(found) > limits.letters:
            break
    return found


def _docx(path: Path, limits: Limits) -> str:
    with zipfile.ZipFile(path) as archive:
        headers = sorted(n for n in archive.namelist() if re.fullmatch(r"word/header\d*\.xml", n))
        parts = [*headers[:3], "word/document.xml"]
        return "\n".join(_word_lines(folded.read(archive, name), limits) for name in parts)


def _word_lines(text: bytes, limits: Limits) -> str:
    lines: list[str] = []
    length = 0
    for _event, element in _parsed(text):
        if element.tag == f"{_W}p":
            line = "".join(_run(one) for one in element.iter())
            lines.append(line)
            length += len(line)
            if length > limits.letters:
                break
    return "\n".join(lines)


def _parsed(text: bytes) -> Iterator[tuple[str, Tree.Element]]:
    """Give the elements of a part that declares nothing of its own: `folded.read` refuses that."""
    return Tree.iterparse(io.BytesIO(text))  # noqa: S314 (no entities, and limits of this child)


def _run(element: Tree.Element) -> str:
    if element.tag == f"{_W}t":
        return element.text or ""
    return "\t" if element.tag == f"{_W}tab" else "\n" if element.tag == f"{_W}br" else ""


def _odt(path: Path, _limits: Limits) -> str:
    with zipfile.ZipFile(path) as archive:
        text = folded.read(archive, "content.xml")
    lines = [
        "".join(element.itertext())
        for _event, element in _parsed(text)
        if element.tag.endswith(("}p", "}h"))
    ]
    return "\n".join(lines)


def _rtf(path: Path, _limits: Limits) -> str:
    text = path.read_text(encoding="latin-1")[:2_000_000]
    plain = _RTF_ASIDE.sub(" ", text)
    return _CONTROL.sub(_letter, plain)


def _letter(found: "re.Match[str]") -> str:
    if found[1]:
        return bytes([int(found[1], 16)]).decode("cp1252", "replace")
    if found[2]:
        return chr(int(found[2]) % 65_536)
    return "\n" if found[3] else ""


def _txt(path: Path, limits: Limits) -> str:
    data = path.read_bytes()[: limits.letters * 4]
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _covered(path: Path, limits: Limits) -> str:
    return covered_words(path, limits.pages)


READERS: dict[str, Callable[[Path, Limits], str]] = {
    "pdf": _pdf, "docx": _docx, "odt": _odt, "rtf": _rtf, "txt": _txt,
    # no kind of file: what of a PDF something was laid upon
    "covered": _covered,
}  # fmt: skip

if __name__ == "__main__":
    main(sys.stdin, sys.stdout)
