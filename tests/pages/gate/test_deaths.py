"""kill -9 between any two steps of any deed: the record is as before, or fully after.

Two walks, each in a process of its own that splits off others which die. One kills every operation
there is, found and not listed, the first time that somebody does it. The other kills every form of
every page, with all that the gate writes beside the operation. By default a deed dies when all is
written and nothing committed, and right after its commit; `DEATHS=every` lets it die at every step.
"""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.contracts.walk import operations
from tests.support.databases import ROOT, Copy, kind

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork"),
    pytest.mark.thorough,
    pytest.mark.long,
]
EVERY = os.environ.get("DEATHS") == "every"
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


@pytest.mark.skipif(kind() != "sqlite", reason="a scope without a transaction is SQLite's alone")
def test_every_operation_is_done_whole_or_not_at_all(own_database: Copy) -> None:
    found = proven(own_database, "killed_operations")
    assert not faults(found)
    killed = {one["name"] for one in found if one["tried"]}
    every = {f"{pen.function.__module__}.{pen.verb}" for pen in operations().values()}
    assert killed == every, (
        f"let tests/support/further_deeds.py do these too: {sorted(every - killed)}"
    )


def test_every_form_is_sent_whole_or_not_at_all(own_database: Copy) -> None:
    """On PostgreSQL, where each death costs a copy of the database, a sample of them."""
    pages = SAMPLE if kind() == "postgres" else []
    found = proven(own_database, "killed_forms", pages=pages)
    assert not faults(found)
    names = {one["name"] for one in found}
    assert names == set(SAMPLE) if pages else names > set(SAMPLE)
    # a walk that opens nothing and fills in nothing proves nothing
    assert pages or len({verb for one in found for verb in one["verbs"]}) > 40
