"""Which workers of this machine live: each holds a lock that ends with it, however it ends.

A worker that is killed can say nothing more. Its lock on a file in the data folder is taken from it
by the system in that moment, so another worker of the same machine and folder knows at once that
what it held is free. Of workers elsewhere nothing is known here: what they held is free when its
time is over.
"""

import contextlib
import hashlib
import os
import socket
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

#: whether the system has locks that end by themselves with their process
LOCKS = sys.platform != "win32"
if sys.platform != "win32":
    import fcntl

FOLDER = "workers"
_here: list["Living"] = []


class Living:
    """This worker's own mark of life, inside a `with`.

    Attributes:
        token: how what it holds names it; empty where the system has no locks that end by
            themselves.
    """

    def __init__(self, data: Path) -> None:
        self._folder = data / FOLDER
        place = f"{socket.gethostname()} {self._folder.resolve()}"
        self._machine = hashlib.sha256(place.encode()).hexdigest()[:16]
        self.token = f"{self._machine}-{uuid.uuid4().hex}" if LOCKS else ""
        self._lock = -1

    def __enter__(self) -> Self:
        """Begin to live."""
        if LOCKS:
            self._folder.mkdir(parents=True, exist_ok=True)
            born = self._folder / f"born-{self.token}"
            self._lock = os.open(born, os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(self._lock, fcntl.LOCK_EX)
            # under its name it is never seen without its lock
            born.rename(self._folder / self.token)
        _here.append(self)
        return self

    def __exit__(self, *_error: object) -> None:
        """End as one that holds nothing; what is still held is free when its time is over."""
        _here.remove(self)
        if LOCKS:
            # its file stays for the next one to bury, with whatever it did not bring to its end
            os.close(self._lock)

    @contextmanager
    def dead(self) -> Iterator[list[str]]:
        """Give the tokens of those that have ended here, each for one living worker alone.

        After the block they are forgotten; where it failed they are given again.
        """
        held = dict(self._ended()) if LOCKS else {}
        try:
            yield list(held)
            for token in held:
                (self._folder / token).unlink(missing_ok=True)
        finally:
            for lock in held.values():
                os.close(lock)

    def others(self) -> list[str]:
        """Give the tokens of the others that live here."""
        found = []
        for file in self._folder.glob(f"{self._machine}-*"):
            with contextlib.suppress(FileNotFoundError), file.open("r+b") as opened:
                if file.name != self.token and not lock(opened.fileno()):
                    found.append(file.name)
        return found

    def _ended(self) -> Iterator[tuple[str, int]]:
        for file in sorted(self._folder.glob(f"{self._machine}-*")):
            if file.name == self.token:
                continue
            try:
                lock = os.open(file, os.O_RDWR)
            except FileNotFoundError:
                continue
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                os.close(lock)
                continue
            yield file.name, lock


def anybody(data: Path) -> bool:
    """Tell whether a worker of this machine and folder lives."""
    for file in (data / FOLDER).glob("*-*") if LOCKS else ():
        with contextlib.suppress(FileNotFoundError), file.open("r+b") as opened:
            if not lock(opened.fileno()):
                return True
    return False


def lock(handle: int) -> bool:
    """Lock an open file until this process ends; False where another holds it."""
    if not LOCKS:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def token() -> str:
    """Give the token of the worker that this process is; empty where it is none."""
    return _here[-1].token if _here else ""


def others() -> list[str]:
    """Give the tokens of the other workers of this machine that live, where this process is one."""
    return _here[-1].others() if _here and LOCKS else []


@contextmanager
def ended() -> Iterator[list[str]]:
    """Give the tokens of workers that have ended here, where this process is a worker."""
    if not _here:
        yield []
        return
    with _here[-1].dead() as tokens:
        yield tokens
