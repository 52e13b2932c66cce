"""kill -9 between any two steps of any deed: the record is as before, or fully after.

Two walks, each in a process of its own that splits off others which die. One kills operations,
found and not listed, the first time that somebody does them. The other kills forms of pages, with
all that the gate writes beside the operation. A deed dies when all is written and nothing
committed, and right after its commit: one operation and one form of each part of the house, for all
of them are held together by the one pen and the one door. `DEATHS=all` kills all of them so,
`DEATHS=every` at every step (`python -m bench.deaths`).
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from typing import Any

import pytest

from tests.contracts.test_routes import ALL, door
from tests.contracts.walk import operations
from tests.support.databases import ROOT, Copy, kind

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork"),
    pytest.mark.thorough,
    pytest.mark.long,
]
EVERY = os.environ.get("DEATHS") == "every"
ALL_OF_THEM = EVERY or os.environ.get("DEATHS") == "all"
#: forms whose operations write most, and one that keeps a draft alone
SAMPLE = ["plans:next", "plans:set_status", "concerns:triage", "packs:withdraw", "school:end_class",
          "account:draft"]  # fmt: skip


def proven(place: Copy, walk: str, **asked: Any) -> list[dict[str, Any]]:
    """Let a walk go its way; give what it proved."""
    done = subprocess.run(
        [sys.executable, "-m", f"tests.support.{walk}"],
        cwd=ROOT, env=place.environment, input=json.dumps({"every": EVERY, **asked}) + "\n",
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    found: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return found


def faults(found: list[dict[str, Any]]) -> list[str]:
    return [f"{one['name']}: {fault}" for one in found for fault in one["faults"]]


def first_of_each(names: Iterable[str], parted: str) -> list[str]:
    """Give the first name of each part of the house."""
    found: dict[str, str] = {}
    for name in sorted(names):
        found.setdefault(name.partition(parted)[0], name)
    return list(found.values())


@pytest.mark.skipif(kind() != "sqlite", reason="a scope without a transaction is SQLite's alone")
def test_an_operation_is_done_whole_or_not_at_all(own_database: Copy) -> None:
    every = {f"{pen.function.__module__}.{pen.verb}" for pen in operations().values()}
    wanted = every if ALL_OF_THEM else set(first_of_each(every, ".operations"))
    found = proven(own_database, "killed_operations", names=[] if ALL_OF_THEM else sorted(wanted))
    assert not faults(found)
    assert {one["name"] for one in found} == every, (
        f"let tests/support/further_deeds.py do these too: "
        f"{sorted(every - {one['name'] for one in found})}"
    )
    assert wanted <= {one["name"] for one in found if one["tried"]}


def test_a_form_is_sent_whole_or_not_at_all(own_database: Copy) -> None:
    """On PostgreSQL, where each death costs a copy of the database, the fewest of them."""
    pages = SAMPLE
    if kind() == "sqlite":
        writing = [name for name, entry in ALL if door(entry).writes]
        pages = [] if ALL_OF_THEM else sorted({*SAMPLE, *first_of_each(writing, ":")})
    found = proven(own_database, "killed_forms", pages=pages)
    assert not faults(found)
    names = {one["name"] for one in found}
    assert names >= set(SAMPLE)
    assert names <= set(pages) or not pages
    # a walk that opens nothing and fills in nothing proves nothing
    assert kind() == "postgres" or len({verb for one in found for verb in one["verbs"]}) > 15
