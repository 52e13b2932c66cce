"""What one process has looked over and found fine, and no other need look over again.

For checks that follow from a text alone, such as whether a page is well formed: all workers of all
legs, and the runs after them, draw the same pages. Only what passed is kept, by its digest, in a
file called after the code that checks, so that a check which is changed looks at everything anew.
"""

import hashlib
import os
from pathlib import Path

from tests.support.databases import forget_old

LENGTH = 16


class FoundFine:
    """Digests of texts that passed one check."""

    def __init__(self, folder: Path, check: bytes) -> None:
        """Begin with what others found fine by the same check.

        Args:
            folder: holds the file of this check.
            check: everything that the outcome hangs on beside the text.
        """
        self._path = folder / hashlib.sha256(check).hexdigest()[:32]
        self._known: set[bytes] = set()
        self._read = 0
        folder.mkdir(parents=True, exist_ok=True)
        forget_old(folder)

    def __contains__(self, text: str) -> bool:
        """Say whether this text passed, here or elsewhere."""
        digest = _digest(text)
        if digest not in self._known:
            self._read_on()
        return digest in self._known

    def add(self, text: str) -> None:
        """Tell all processes that this text passed."""
        digest = _digest(text)
        self._known.add(digest)
        # one short write at the end: no process comes between another's
        end = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(end, digest)
        finally:
            os.close(end)

    def _read_on(self) -> None:
        """Take what other processes have added since."""
        try:
            if self._path.stat().st_size < self._read + LENGTH:
                return
            with self._path.open("rb") as file:
                file.seek(self._read)
                more = file.read()
        except FileNotFoundError:
            return
        whole = len(more) // LENGTH * LENGTH
        self._known.update(more[at : at + LENGTH] for at in range(0, whole, LENGTH))
        self._read += whole


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=LENGTH).digest()
