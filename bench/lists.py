"""What large lists cost: `python -m bench.lists [--database sqlite|postgres] [--only KIND]`.

A school of 1,500 pupils is made of lists as its systems write them. Each list is read, applied and
taken back, the school year is turned and turned back, each in a process of its own, as the worker
does it. Printed are seconds of wall, of this process's processor and of PostgreSQL's, and the most
memory of the process. Exits 1 where a step takes longer than its aim in seconds of processor.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.support.databases import ROOT, Copy, Databases

#: the most seconds of processor, of both processes together
AIMS = {
    "pupils: applied": 10.0,
    "pupils: taken back": 10.0,
    "provision-map: applied": 10.0,
    "provision-map: taken back": 15.0,
    "attendance: applied": 10.0,
    "assessments: applied": 15.0,
    "behaviour: applied": 30.0,
    "behaviour: taken back": 30.0,
    "the year turns": 12.0,
}


def done(place: Copy, kind: str, only: list[str]) -> Iterator[dict[str, Any]]:
    """Do all steps in a copy of the tests' world, and give each as it is done.

    Raises:
        RuntimeError: one of them failed.
    """
    command = [sys.executable, "-m", "bench.list_steps", kind, *only]
    environment = place.environment | {"OPENSENCO_PROCESS": "worker"}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        for line in process.stdout or ():
            yield json.loads(line)
    if process.returncode:
        raise RuntimeError("a step failed")


def told(database: str, step: dict[str, Any]) -> bool:
    """Print what a step took and say whether it was quick enough."""
    worked = step["cpu"] + step["server"]
    fine = worked <= AIMS.get(step["name"], worked)
    print(
        f"{database:<9}{step['name']:<38}{step['wall']:7.1f} s"
        f"  processor {step['cpu']:6.1f} s and {step['server']:5.1f} s"
        f"{step['peak']:7.0f} MiB  {step['said']}{'' if fine else '  TOO LONG'}",
        flush=True,
    )
    return fine


def main() -> int:
    """Measure on both databases, or on one."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--database", choices=["sqlite", "postgres"], action="append")
    options.add_argument("--school", choices=["primary", "secondary"], default="secondary")
    options.add_argument("--only", action="append", help="a kind of list, pairs, or turn")
    given = options.parse_args()
    fine = True
    for name in given.database or ["sqlite", "postgres"]:
        folder = Path(tempfile.mkdtemp(prefix="sen-", dir="/tmp"))
        folder.chmod(0o755)
        databases = Databases(folder, name)
        try:
            if name == "postgres":
                databases.server.start()
            for step in done(databases.copy("bench"), given.school, given.only or []):
                fine = told(name, step) and fine
        finally:
            databases.server.stop()
            shutil.rmtree(folder, ignore_errors=True)
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
