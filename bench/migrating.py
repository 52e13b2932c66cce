"""All ways of migrating make the same database: `python -m bench.migrating [--postgres]`.

`opensenco migrate` makes an empty database in one step (docs/adr/0034); with `--step-by-step` it
makes anew only the model that a step changes (docs/adr/0025); Django makes all that are related to
it. Each migrates an empty database; then their shapes are compared. Prints the seconds of each, and
ends with 1 where the shapes differ.
"""

import argparse
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from tests.support.databases import ROOT, Copy, Databases
from tests.support.shape import Line, shape_of

DJANGOS = (
    "import django; django.setup(); from django.core.management.commands.migrate import"
    " Command; from django.core.management import call_command; call_command(Command());"
    " from opensenco.access import walls; from django.db import connection;"
    " call_command('createcachetable', verbosity=0);"
    " connection.vendor == 'postgresql' and walls.raise_walls()"
)
OURS = (
    "import django; django.setup(); from django.core.management import call_command;"
    " call_command('migrate', verbosity=0, step_by_step={})"
)
#: in one step, each migration with only the model that it changes, and as Django does it
WAYS = {"whole": OURS.format(False), "step_by_step": OURS.format(True), "djangos": DJANGOS}


def migrated(databases: Databases, name: str, code: str) -> tuple[Copy, float]:
    """Migrate an empty database by some code, as its owner; give it and the seconds."""
    place = databases.place(name)
    place.data.mkdir()
    if databases.database == "postgres":
        databases.server.create(name)
    begun = time.monotonic()
    owner = place.environment | {"OPENSENCO_PROCESS": "owner"}
    subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=owner, check=True, stdout=subprocess.DEVNULL
    )
    return place, time.monotonic() - begun


def schema(databases: Databases, place: Copy) -> list[Line]:
    """Give the shape of a database."""
    if databases.database == "sqlite":
        with closing(sqlite3.connect(place.data / "opensenco.sqlite3")) as file:
            return shape_of(file, "sqlite")
    with databases.server.connect(place.name) as connection:
        return shape_of(connection, "postgres")


def main() -> int:
    """Migrate in each way and compare."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--postgres", action="store_true", help="on PostgreSQL (default: SQLite)")
    kind = "postgres" if words.parse_args().postgres else "sqlite"
    with tempfile.TemporaryDirectory(prefix="sen-") as folder:
        Path(folder).chmod(0o755)
        databases = Databases(Path(folder), kind)
        if kind == "postgres":
            databases.server.start()
        try:
            shapes = []
            for name, code in WAYS.items():
                place, seconds = migrated(databases, name, code)
                shapes.append(schema(databases, place))
                print(f"{kind}: {name:<16} {seconds:5.1f} s  {len(shapes[-1])} lines of shape")
        finally:
            databases.server.stop()
    same = all(one == shapes[0] for one in shapes)
    print(f"{kind}: {'the same' if same else 'DIFFERENT'}")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
