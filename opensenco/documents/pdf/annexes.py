"""Papers that others made, drawn into a pack of ours by a child process with limits."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from opensenco.documents.files.annexing import BROKEN, SECONDS
from opensenco.documents.pdf.typeset import PaperError

_TREE = Path(__file__).resolve().parents[3]
_PATIENCE = SECONDS + 10


@dataclass(frozen=True, slots=True)
class Looked:
    """How many pages a paper has, or by a word of `files.annexing` why they cannot be drawn."""

    pages: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A paper, and the pages that wait for it: the number of the first, from 0, and how many."""

    path: Path
    first: int
    pages: int


def looked_at(paths: Sequence[Path]) -> list[Looked]:
    """Look at PDFs that others made. One that breaks its reader harms none of the others."""
    told = _told(paths)
    if told is None and len(paths) > 1:
        return [one for path in paths for one in looked_at([path])]
    if told is None:
        return [Looked(0, BROKEN) for _path in paths]
    return [Looked(int(one["pages"]), str(one["why"])) for one in told]


def _told(paths: Sequence[Path]) -> list[dict[str, Any]] | None:
    if not paths:
        return []
    said = _child({"do": "look", "paths": [str(path) for path in paths]})
    try:
        told: list[dict[str, Any]] = json.loads(said)
    except ValueError:
        return None
    return told if len(told) == len(paths) else None


def drawn_into(own: bytes, places: Sequence[Place]) -> bytes:
    """Give a PDF of ours with papers drawn on the pages that wait for them.

    Raises:
        PaperError: one could not be drawn after all.
    """
    if not places:
        return own
    annexes = [[str(one.path), one.first, one.pages] for one in places]
    made = _child({"do": "draw", "annexes": annexes}, own)
    if not made.startswith(b"%PDF-"):
        raise PaperError("A paper could not be drawn into the pack.")
    return made


def _child(asked: dict[str, Any], own: bytes = b"") -> bytes:
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "opensenco.documents.files.annexing"],
            input=json.dumps(asked).encode() + b"\n" + own,
            capture_output=True,
            check=False,
            timeout=_PATIENCE,
            cwd=_TREE,
            # nothing of this process's settings and keys is told to it
            env={"PYTHONPATH": str(_TREE), "PATH": os.environ.get("PATH", "")},
        )
    except subprocess.TimeoutExpired:
        return b""
    return done.stdout if done.returncode == 0 else b""
