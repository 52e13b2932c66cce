"""The server's log of a block, as whoever runs the server would read it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings

from opensenco.kernel.logs import Reticent


class Kept(logging.Handler):
    """Keeps each entry in the words of the log."""

    def __init__(self) -> None:
        super().__init__()
        formatters: Any = settings.LOGGING["formatters"]
        self.setFormatter(Reticent(formatters["plain"]["format"]))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@contextmanager
def log_kept() -> Iterator[list[str]]:
    """Give the entries of the block, warnings and all else that is told."""
    kept, root = Kept(), logging.getLogger()
    before = root.level
    root.addHandler(kept)
    root.setLevel(logging.INFO)
    try:
        yield kept.lines
    finally:
        root.setLevel(before)
        root.removeHandler(kept)
