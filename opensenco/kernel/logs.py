"""How this process's log is written: where and what kind of fault, never what anybody typed.

The text of an exception can hold a name ("… already exists: Idris"), and so can an address that
somebody typed by hand. The log is read by people who may not read the record.
"""

import logging
import traceback
from types import TracebackType
from typing import Any

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Reticent(logging.Formatter):
    """Writes a fault as its kind and its lines of code, and an address as its pattern."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one entry."""
        # Another formatter may have kept the whole text of the fault on the record.
        record.exc_text = None
        written = super().format(record)
        record.exc_text = None
        return _without_address(written, getattr(record, "request", None))

    def formatException(self, ei: ExcInfo) -> str:
        """Write kinds and lines of a fault and of those that led to it, without their texts."""
        return "\n".join(_told(ei[1])) if ei[1] else ""


def _told(fault: BaseException) -> list[str]:
    before = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    lines = [*_told(before), "which led to"] if before else []
    # Without the lines of source: a line can hold words, a place cannot.
    lines += [
        f"  {frame.filename}:{frame.lineno} in {frame.name}"
        for frame in traceback.extract_tb(fault.__traceback__)
    ]
    kind = type(fault)
    return [*lines, f"{kind.__module__}.{kind.__qualname__}"]


def _without_address(written: str, request: Any) -> str:
    path = getattr(request, "path", "")
    if len(path) < 2:
        return written
    match = getattr(request, "resolver_match", None)
    return written.replace(path, f"/{match.route}" if match else "(an address we do not know)")
