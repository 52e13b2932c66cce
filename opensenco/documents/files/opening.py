"""Reading inside files that others made, in a process of its own with limits.

A hostile PDF can make a reader turn for ever or fill the memory. So it is read in a child that has
so much time and memory and no more; what it does not give in time it does not give.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from opensenco.kernel.patience import Patience

SECONDS_EACH = 10
SECONDS_WHOLE = 22
_TREE = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True)
class Inside:
    """What was read in a file: whether it opened, and its first words or all of them."""

    opened: bool
    words: str = field(default="", repr=False)


def opens_without_password(path: Path) -> bool:
    """Tell whether a locked PDF opens all the same: many are only locked against changes."""
    return next(iter(inside([(path, "pdf")]))).opened


def inside(
    files: Iterable[tuple[Path, str]], seconds: float = 60, *, whole: bool = False
) -> Iterator[Inside]:
    """Read files of known kinds, in their order. One that does not open gives no words.

    A child that fails or takes too long is left behind, and another goes on with the next file.

    Args:
        seconds: for all of them together; those that are left then are not read.
        whole: all of their words, within limits; else the first page or two.
    """
    waiting = list(files)
    patience = Patience(seconds)
    while waiting:
        if patience.left <= 0:
            yield from (Inside(False) for _one in waiting)
            return
        done = 0
        for answer in _child(waiting, max(1.0, patience.left), whole):
            done += 1
            yield answer
        if done < len(waiting):
            yield Inside(False)
            done += 1
        waiting = waiting[done:]


def _child(files: list[tuple[Path, str]], seconds: float, whole: bool) -> Iterator[Inside]:
    asked = "".join(json.dumps([str(path), kind, whole]) + "\n" for path, kind in files)
    each = SECONDS_WHOLE if whole else SECONDS_EACH
    command = [sys.executable, "-P", "-m", "opensenco.documents.files.child"]
    try:
        done = subprocess.run(
            command,
            input=asked,
            capture_output=True,
            text=True,
            check=False,
            timeout=min(seconds, each * (1 + len(files))),
            cwd=_TREE,
            # nothing of this process's settings and keys is told to it
            env={"PYTHONPATH": str(_TREE), "PATH": os.environ.get("PATH", "")},
        )
        told = done.stdout
    except subprocess.TimeoutExpired as late:
        told = (late.stdout or b"").decode("utf-8", "replace")
    for line in told.splitlines():
        yield _read(line)


def _read(line: str) -> Inside:
    try:
        said: dict[str, Any] = json.loads(line)
    except ValueError:
        return Inside(False)
    return Inside(bool(said.get("opened")), str(said.get("words") or ""))
