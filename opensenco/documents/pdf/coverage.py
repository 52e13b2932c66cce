"""Which characters the papers' own fonts can draw.

A paper of the PDF/UA standard may not hold a character without a shape, and the typesetter
refuses to make one. So what the fonts cannot draw must be known before it is set.
"""

import struct
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"

Ranges = list[tuple[int, int]]


def _subtables(font: bytes) -> list[int]:
    """Offsets of the Unicode character maps of one TrueType file.

    Layout: OpenType specification, "Organization of an OpenType Font" and "cmap".
    """
    (tables,) = struct.unpack_from(">H", font, 4)
    for index in range(tables):
        tag, _, start, _ = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        if tag == b"cmap":
            break
    else:
        raise ValueError("a font file without a character map")
    (records,) = struct.unpack_from(">H", font, start + 2)
    found = []
    for index in range(records):
        platform, _, offset = struct.unpack_from(">HHI", font, start + 4 + 8 * index)
        if platform in (0, 3):
            found.append(start + offset)
    return found


def _segments(font: bytes, start: int) -> Ranges:
    """Runs of code points of a format 4 subtable (the first 65,536 characters)."""
    (doubled,) = struct.unpack_from(">H", font, start + 6)
    count = doubled // 2
    ends = struct.unpack_from(f">{count}H", font, start + 14)
    firsts = struct.unpack_from(f">{count}H", font, start + 16 + doubled)
    deltas = struct.unpack_from(f">{count}H", font, start + 16 + 2 * doubled)
    offsets_at = start + 16 + 3 * doubled
    offsets = struct.unpack_from(f">{count}H", font, offsets_at)
    runs: Ranges = []
    for index, (first, end, delta, offset) in enumerate(
        zip(firsts, ends, deltas, offsets, strict=True)
    ):
        for code in range(first, end + 1):
            if offset:
                at = offsets_at + 2 * index + offset + 2 * (code - first)
                (glyph,) = struct.unpack_from(">H", font, at)
            else:
                glyph = (code + delta) & 0xFFFF
            if glyph and code != 0xFFFF:
                runs.append((code, code))
    return runs


def _groups(font: bytes, start: int) -> Ranges:
    """Runs of code points of a format 12 subtable (all planes)."""
    (count,) = struct.unpack_from(">I", font, start + 12)
    groups = (struct.unpack_from(">III", font, start + 16 + 12 * i) for i in range(count))
    return [(first, last) for first, last, _ in groups]


def characters(font: bytes) -> frozenset[str]:
    """Every character that one TrueType file has a shape for.

    Raises ValueError when the file has no character map that we can read.
    """
    readers = {4: _segments, 12: _groups}
    runs: Ranges = []
    for start in _subtables(font):
        (form,) = struct.unpack_from(">H", font, start)
        if form in readers:
            runs += readers[form](font, start)
    if not runs:
        raise ValueError("a font file whose character map has an unknown form")
    return frozenset(chr(code) for first, last in runs for code in range(first, last + 1))


@cache
def alphabets() -> tuple[frozenset[str], ...]:
    """The characters of each script of our family; Latin, Greek and Cyrillic first."""
    main = [characters(path.read_bytes()) for path in sorted(FONTS.glob("NotoSans-*.ttf"))]
    others = sorted(set(FONTS.glob("*.ttf")) - set(FONTS.glob("NotoSans-*.ttf")))
    everywhere = frozenset.intersection(*main)
    return (everywhere, *(characters(path.read_bytes()) for path in others))


@cache
def drawn() -> frozenset[str]:
    """Every character that at least one of our fonts draws."""
    return frozenset().union(*alphabets())
