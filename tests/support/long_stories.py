"""Which tests take so long that `test --fast` leaves them to the whole run.

They stand by name in `tests/long-stories.txt`. `python3 run.py test --fast --note-long` leaves none
out and writes the list anew. Whatever is new is quick until then.
"""

from collections import defaultdict
from pathlib import Path

import pytest

LIST = Path(__file__).resolve().parent.parent / "long-stories.txt"
#: seconds of set-up, call and tear-down on two cores
LONG = 0.35
HEAD = "# Left out by `test --fast`; `run.py test --fast --note-long` writes it anew.\n"


def known() -> frozenset[str]:
    """Give the names of all that take long."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


class Noting:
    """Counts what each test takes, in the process that leads the others, and writes the list."""

    def __init__(self) -> None:
        self._took: defaultdict[str, float] = defaultdict(float)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add one part of a test."""
        self._took[named(report.nodeid)] += report.duration

    def pytest_sessionfinish(self) -> None:
        """Write down those that took long."""
        if not self._took:
            return
        long = sorted(name for name, took in self._took.items() if took >= LONG)
        LIST.write_text(HEAD + "".join(f"{name}\n" for name in long), encoding="utf-8")


def named(nodeid: str) -> str:
    """Give the name of a test without the group that xdist adds to it."""
    return nodeid.partition("@")[0]
