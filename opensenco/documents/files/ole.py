"""The parts of a file of the old office programs (.doc), read from its directory alone.

Source: Microsoft's open specification [MS-CFB], sections 2.2 to 2.6.
"""

import struct
from typing import BinaryIO

from opensenco.documents.files import refusal

MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
_END = 0xFFFFFFFE
_ENTRY = 128
_MOST_SECTORS = 4_096
_HEADER_FAT = 109


def parts_of(file: BinaryIO) -> frozenset[str]:
    """Give the names of streams and storages, small.

    Raises:
        FileNotTaken: its directory cannot be read.
    """
    try:
        return frozenset(_names(_directory(file)))
    except (struct.error, IndexError, ValueError, OverflowError, OSError):
        raise refusal.refuse(refusal.DAMAGED) from None


def _directory(file: BinaryIO) -> bytes:
    file.seek(0)
    header = file.read(512)
    (shift,) = struct.unpack_from("<H", header, 30)
    if header[:8] != MAGIC or shift not in (9, 12):
        raise ValueError("no such file")
    size = 1 << shift
    (sector,) = struct.unpack_from("<I", header, 48)
    tables = struct.unpack_from(f"<{_HEADER_FAT}I", header, 76)
    found, seen = [], 0
    while sector < _END:
        seen += 1
        if seen > _MOST_SECTORS:
            raise ValueError("a directory without an end")
        found.append(_sector(file, sector, size))
        each = size // 4
        table = _sector(file, tables[sector // each], size)
        (sector,) = struct.unpack_from("<I", table, 4 * (sector % each))
    return b"".join(found)


def _sector(file: BinaryIO, number: int, size: int) -> bytes:
    file.seek((number + 1) * size)
    data = file.read(size)
    if len(data) < size:
        raise ValueError("a sector that is not there")
    return data


def _names(directory: bytes) -> list[str]:
    names = []
    for start in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", directory, start + 64)
        if kind and 2 <= length <= 64:
            names.append(directory[start : start + length - 2].decode("utf-16-le").casefold())
    return names
