"""What goes wrong in ZIP files that others made, and which of them are packed as people pack."""

import struct
import zipfile
import zlib
from collections.abc import Iterable

#: all that reading a damaged or forged ZIP file can raise
BREAKS = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError,
    OSError, ValueError, LookupError, OverflowError,
)  # fmt: skip
#: office programs and computers pack in these ways; others ask for as much memory as they claim
USUAL = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


def check_usual(parts: Iterable[zipfile.ZipInfo]) -> None:
    """Let only parts pass that are packed in a usual way.

    Raises:
        NotImplementedError: one is packed in another.
    """
    if any(part.compress_type not in USUAL for part in parts):
        raise NotImplementedError
