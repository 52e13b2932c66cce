"""What leaving costs: `python -m bench.leaving [--database sqlite|postgres] [--pupils 1000]`.

A school of that many pupils is made, with attendance, results and a log of looks to weigh. Its file
is written, brought into an empty database, and both files are compared, each in a process of its
own. Printed are seconds of wall and processor, the most memory, and bytes. Exits 1 where a step
takes longer or more memory than its aim.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support.databases import COMMAND, ROOT, Copy, Databases

#: the most seconds of this process's processor and MiB of memory for 1,000 pupils
AIMS = {"leaving": (30.0, 250), "coming in": (60.0, 300), "comparing": (30.0, 350)}
LARKRISE = "990101"
OFTEN = """
import sys
from bench.school import fill
from opensenco.access.models import Organisation, Person
from opensenco.access.scope import system_scope
from opensenco.audit.models import Opening
from opensenco.people.models import Pupil
from tests.cast import NOW
with system_scope("filling a school for measuring"):
    fill(int(sys.argv[1]), int(sys.argv[1]) // 5)
    school = Organisation.objects.get(urn="990101")
    who = Person.objects.get(email="senco@larkrise.example")
    pupils = Pupil.objects.filter(org=school).values_list("pk", flat=True)
    for pupil in list(pupils):
        Opening.objects.bulk_create(
            Opening(org=school, at=NOW, person=who, role="SENCO", kind="page",
                    action="pupil.view", pupil_id=pupil)
            for _number in range(100)
        )
"""


def run(place: Copy, *words: str) -> None:
    """Run a command on a database, as the worker does."""
    subprocess.run(
        words, cwd=ROOT, env=place.environment | {"OPENSENCO_PROCESS": "worker"}, check=True,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip


def step(database: str, name: str, place: Copy, *words: str) -> bool:
    """Do one step in a process of its own, print what it took, and say whether it was within."""
    own = subprocess.run(
        [sys.executable, "-c", ONE, *words], cwd=ROOT,
        env=place.environment | {"OPENSENCO_PROCESS": "worker"},
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    wall, worked, peak = map(float, own.stdout.splitlines()[-1].split())
    most, memory = AIMS[name]
    fine = worked <= most and peak <= memory
    print(
        f"{database:<9}{name:<12}{wall:7.1f} s  processor {worked:6.1f} s{peak:7.0f} MiB"
        f"{'' if fine else '  TOO MUCH'}",
        flush=True,
    )
    return fine


#: runs a command as its only child, so that the most memory is that command's
ONE = """
import resource, subprocess, sys, time
began = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""


def measured(database: str, pupils: int) -> bool:
    """Make the school, let it leave, bring it in elsewhere, compare."""
    folder = Path(tempfile.mkdtemp(prefix="sen-", dir="/tmp"))
    folder.chmod(0o755)
    databases = Databases(folder, database)
    first, second = folder / "first.zip", folder / "second.zip"
    try:
        if database == "postgres":
            databases.server.start()
        here = databases.copy("bench")
        run(here, sys.executable, "-c", OFTEN, str(pupils))
        there = databases.empty("there")
        fine = step(database, "leaving", here, *COMMAND, "export", "place", LARKRISE,
                    "--to", str(first))  # fmt: skip
        fine &= step(database, "coming in", there, *COMMAND, "import", "place", str(first))
        run(there, *COMMAND, "export", "place", LARKRISE, "--to", str(second))
        fine &= step(database, "comparing", there, *COMMAND, "export", "compare", str(first),
                     str(second))  # fmt: skip
        print(f"{database:<9}the file has {first.stat().st_size / 1024 / 1024:.1f} MiB")
        return fine
    finally:
        databases.server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """Measure on both databases, or on one."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--database", choices=["sqlite", "postgres"], action="append")
    options.add_argument("--pupils", type=int, default=1000)
    given = options.parse_args()
    chosen = given.database or ["sqlite", "postgres"]
    fine = [measured(name, given.pupils) for name in chosen]
    return 0 if all(fine) else 1


if __name__ == "__main__":
    sys.exit(main())
