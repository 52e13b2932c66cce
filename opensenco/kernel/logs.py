"""How this process's log is written: where and what kind of fault, never what anybody typed.

The text of an exception can hold a name ("… already exists: Idris"), and so can an address that
somebody typed by hand. The log is read by people who may not read the record.
"""

import json
import logging
import re
import time
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


#: what would begin another entry, or move the cursor of whoever reads the log
CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")


class Reticent(logging.Formatter):
    """Writes a fault as its kind and its lines of code, and an address as its pattern.

    The time is universal and says so, so that logs of several machines can be laid side by side.
    """

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def formatMessage(self, record: logging.LogRecord) -> str:
        """Write the line itself: one line, whatever its words hold."""
        return CONTROLS.sub(lambda sign: f"\\x{ord(sign[0]):02x}", super().formatMessage(record))

    def format(self, record: logging.LogRecord) -> str:
        """Write one entry."""
        # Another formatter may have kept the whole text of the fault on the record.
        record.exc_text = None
        written = super().format(record)
        record.exc_text = None
        return _without_address(written, getattr(record, "request", None))

    def formatException(self, ei: ExcInfo) -> str:
        """Write kinds and lines of a fault and of those that led to it, without their texts."""
        return kind_of(ei[1]) if ei[1] else ""


def kind_of(fault: BaseException) -> str:
    """Give a fault as its kind and lines of code, with those that led to it, without any text."""
    return "\n".join(_told(fault))


class Lines(Reticent):
    """Writes each entry as one line of JSON, for programs that collect logs; as reticent."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one entry."""
        fault = record.exc_info[1] if record.exc_info else None
        request = getattr(record, "request", None)
        said: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _without_address(record.getMessage(), request),
            "process": record.process,
        }
        if match := getattr(request, "resolver_match", None):
            said["route"] = match.view_name
        if status := getattr(record, "status_code", None):
            said["status"] = status
        if fault is not None:
            said["fault"] = _told(fault)
        return json.dumps(said)


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
