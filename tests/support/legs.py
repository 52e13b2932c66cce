"""Which files a leg need not load to know that no test in them belongs to it.

Every worker of every leg loads the files of tests by itself, which takes it the longer the more
there are. What is told here of a file follows from the folder it stands in and the markers it
names; tests/conftest.py decides about each test of the others.
"""

import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: folders whose tests ask no database, unless the file says so
SPEAK_TO_NOTHING = ("law", "kernel")
#: what a test says that runs on PostgreSQL although it stands there: a marker, or what it takes
SPEAKS = re.compile(r"requirement\(|django_db|[(,]\s*(own_database|db|serve|server|made)\s*[,):]")


def elsewhere(path: Path, leg: str | None, database: str) -> bool:
    """Say whether a file has no test of this leg.

    Args:
        leg: code, fast or browser; None where a run has everything.
        database: sqlite or postgres.
    """
    if leg is None or path.suffix != ".py" or not path.name.startswith("test_"):
        return False
    folders = path.relative_to(ROOT).parts[:-1] if path.is_relative_to(ROOT) else ()
    if leg != "browser":
        pure = database == "postgres" and folders[:1] and folders[0] in SPEAK_TO_NOTHING
        return "browser" in folders or bool(pure and not SPEAKS.search(_text(path)))
    named = "browser" in folders or "mark.browser" in _text(path)
    return not named or (database == "sqlite" and "mark.smoke" not in _text(path))


@cache
def _text(path: Path) -> str:
    return path.read_text("utf-8")
