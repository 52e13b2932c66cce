"""Photos of two pupils of the demonstration: drawn faces, with a made-up yes to each."""

import struct
import zlib
from datetime import timedelta

from opensenco.access.actor import Actor
from opensenco.documents.keeping import Incoming
from opensenco.documents.models import PupilPhoto
from opensenco.documents.states import PhotoFor, Yes
from opensenco.people.models import Pupil
from opensenco.support.operations.photos import put_up_photo, take_down

WIDE, HIGH = 180, 225
#: backgrounds, faces and hair: nobody's
LOOKS = ((0xB9D7E8, 0xE3B48C, 0x3B2A20), (0xE5DDC3, 0x9C6B46, 0x1C1512))


def make(actor: Actor, pupils: list[Pupil]) -> None:
    """Put up a photo of each; of the first a family had taken an earlier one back."""
    first, *_others = pupils
    before = _put(actor, first, 1, [PhotoFor.PROFILE])
    take_down(actor=actor, photo=before, why="withdrawn", words="The family, at the school gate.")
    for number, pupil in enumerate(pupils):
        _put(actor, pupil, number, list(PhotoFor))


def _put(actor: Actor, pupil: Pupil, look: int, uses: list[PhotoFor]) -> PupilPhoto:
    return put_up_photo(
        actor=actor, pupil=pupil, file=Incoming("photo.png", [face(*LOOKS[look])]), uses=uses,
        given_by="A parent", given_on=actor.today - timedelta(days=1), given_how=Yes.WRITTEN,
        until=actor.today + timedelta(days=(14, 120)[look]),
    )  # fmt: skip


def face(ground: int, skin: int, hair: int) -> bytes:
    """Draw a face as a PNG."""
    rows = (b"\0" + b"".join(_point(x, y, ground, skin, hair) for x in range(WIDE))
            for y in range(HIGH))  # fmt: skip
    size = struct.pack(">IIBBBBB", WIDE, HIGH, 8, 2, 0, 0, 0)
    picture = zlib.compress(b"".join(rows))
    parts = ((b"IHDR", size), (b"IDAT", picture), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(*one) for one in parts)


def _part(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _point(x: int, y: int, ground: int, skin: int, hair: int) -> bytes:
    across, down = (x - WIDE / 2) / 46, (y - 105) / 60
    inside = across**2 + down**2
    eye = (abs(across) - 0.42) ** 2 + (down + 0.12) ** 2 < 0.012
    mouth = 0.30 < across**2 + (down - 0.12) ** 2 < 0.36 and down > 0.45
    colour = ground
    if y > 170 and (x - WIDE / 2) ** 2 / 70**2 + (y - 225) ** 2 / 55**2 < 1:
        colour = 0x35618E
    if inside < 1.25 and down < -0.35:
        colour = hair
    elif inside < 1:
        colour = hair if eye or mouth else skin
    return colour.to_bytes(3, "big")


__all__ = ["face", "make"]
