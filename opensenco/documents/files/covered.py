"""Words of a PDF over which something was laid later: they are hidden from the eye alone.

Read in the child, apart from everything. What is seen: filled boxes, thick lines and remarks that
lie upon words which were drawn before them. Not seen: pictures, and shapes of more corners.
"""

import itertools
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pypdf import PdfReader

#: left, bottom, right, top
Box = tuple[float, float, float, float]
_FILLS = {b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"}
_STROKES = {b"S", b"s"}
_ENDS = _FILLS | _STROKES | {b"n"}
_SHOWS = {b"Tj", b"TJ", b"'", b'"'}
#: remarks that are laid upon a page; links and fields of forms are none
_LAID = {
    "/Square", "/Circle", "/Redact", "/Ink", "/Highlight", "/FreeText", "/Stamp", "/Polygon",
    "/Line", "/PolyLine",
}  # fmt: skip
#: how wide a letter is, how high its middle stands, and how high a box must be to hide it, in
#: parts of the size of the letters
_WIDE, _MIDDLE, _HIDES = 0.45, 0.3, 0.5
_MOST_CORNERS = 5


@dataclass
class Drawn:
    """What was drawn on a page so far: runs of words with their places, and which are covered."""

    runs: list[tuple[Box, str]] = field(default_factory=list)
    covered: list[str] = field(default_factory=list)
    size: float = 0.0
    width: float = 1.0
    boxes: list[Box] = field(default_factory=list)
    corners: list[tuple[float, float]] = field(default_factory=list)

    def step(self, operator: bytes, operands: Any, cm: list[float], tm: list[float]) -> None:
        """Follow one step of the drawing."""
        if operator == b"Tf":
            self.size = float(operands[1])
        elif operator == b"w":
            self.width = float(operands[0])
        elif operator == b"re":
            x, y, wide, high = (float(one) for one in operands)
            self.boxes.append(_round([_at(cm, x, y), _at(cm, x + wide, y + high)]))
        elif operator in (b"m", b"l"):
            self.corners.append(_at(cm, float(operands[0]), float(operands[1])))
        elif operator in _SHOWS:
            self._shown(operands, cm, tm)
        elif operator in _ENDS:
            self._ended(operator, abs(cm[3]) * self.width)

    def _shown(self, operands: Any, cm: list[float], tm: list[float]) -> None:
        text = "".join(_words(one) for one in operands)
        if not text.strip():
            return
        x, y = _at(cm, tm[4], tm[5])
        size = abs(self.size * (tm[3] or tm[1]) * cm[3]) or abs(self.size)
        self.runs.append(((x, y, x + _WIDE * size * len(text), y + size), text))

    def _ended(self, operator: bytes, thick: float) -> None:
        if operator in _FILLS:
            if 3 <= len(self.corners) <= _MOST_CORNERS:
                self.boxes.append(_round(self.corners))
            for box in self.boxes:
                self.lay(box)
        elif operator in _STROKES and len(self.corners) == 2:
            left, low, right, high = _round(self.corners)
            half = thick / 2
            self.lay((left, low - half, right, high + half))
        self.boxes, self.corners = [], []

    def lay(self, box: Box) -> None:
        """Note which words a box hides that is laid upon the page now."""
        left, low, right, high = box
        for (x, y, end, top), text in self.runs:
            size = top - y
            middle = y + _MIDDLE * size
            letters = min(right, end) - max(left, x)
            if low <= middle <= high and high - low >= _HIDES * size and letters > _WIDE * size:
                self.covered.append(text)


def _at(cm: list[float], x: float, y: float) -> tuple[float, float]:
    return (cm[0] * x + cm[2] * y + cm[4], cm[1] * x + cm[3] * y + cm[5])


def _round(points: list[tuple[float, float]]) -> Box:
    across, up = [x for x, _y in points], [y for _x, y in points]
    return min(across), min(up), max(across), max(up)


def _words(operand: Any) -> str:
    if isinstance(operand, list):
        return "".join(_words(one) for one in operand)
    if isinstance(operand, bytes):
        return operand.decode("latin-1")
    return str(operand) if isinstance(operand, str) else ""


def covered_words(path: Path, pages: int) -> str:
    """Give the words of a PDF upon which something was laid; empty where there are none."""
    reader = PdfReader(path)
    if reader.is_encrypted and not reader.decrypt(""):
        raise ValueError("locked")
    found: list[str] = []
    for page in itertools.islice(reader.pages, pages):
        drawn = Drawn()
        page.extract_text(visitor_operand_before=drawn.step)
        for annotation in page.get("/Annots") or ():
            one = annotation.get_object()
            if one.get("/Subtype") in _LAID and "/Rect" in one:
                left, low, right, high = (float(at) for at in one["/Rect"])
                drawn.lay((min(left, right), min(low, high), max(left, right), max(low, high)))
        found += drawn.covered
    return "\n".join(found)
