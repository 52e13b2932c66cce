"""Both ways of migrating make the same database: `python -m bench.migrating [--postgres]`.

`opensenco migrate` makes anew only the model that a step changes (docs/adr/0025), Django makes all
that are related to it. Each migrates an empty database; then their schemas are compared to the
letter. Prints the seconds of each, and ends with 1 where the schemas differ.
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

DJANGOS = (
    "import django; django.setup(); from django.core.management.commands.migrate import"
    " Command; from django.core.management import call_command; call_command(Command());"
    " from opensenco.access import walls; from django.db import connection;"
    " call_command('createcachetable', verbosity=0);"
    " connection.vendor == 'postgresql' and walls.raise_walls()"
)
OURS = (
    "import django; django.setup(); from django.core.management import call_command;"
    " call_command('migrate', verbosity=0)"
)


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


def schema(databases: Databases, place: Copy) -> list[str]:
    """Give what a database says of its own shape, line by line."""
    if databases.database == "sqlite":
        with closing(sqlite3.connect(place.data / "opensenco.sqlite3")) as file:
            return sorted(repr(row) for row in file.execute("SELECT * FROM sqlite_master"))
    words = ["pg_dump", "--schema-only", "--host", str(databases.server.socket), "-U", "postgres"]
    told = subprocess.run([*words, place.name], check=True, capture_output=True, text=True).stdout
    # each dump has a key of its own in two lines that begin so
    return [line for line in told.splitlines() if not line.startswith("\\")]


def main() -> int:
    """Migrate twice and compare."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--postgres", action="store_true", help="on PostgreSQL (default: SQLite)")
    kind = "postgres" if words.parse_args().postgres else "sqlite"
    with tempfile.TemporaryDirectory(prefix="sen-") as folder:
        Path(folder).chmod(0o755)
        databases = Databases(Path(folder), kind)
        if kind == "postgres":
            databases.server.start()
        try:
            ours, our_seconds = migrated(databases, "ours", OURS)
            djangos, djangos_seconds = migrated(databases, "djangos", DJANGOS)
            same = schema(databases, ours) == (lines := schema(databases, djangos))
        finally:
            databases.server.stop()
    said = "the same" if same else "DIFFERENT"
    print(f"{kind}: {len(lines)} lines of schema, {said}")
    print(f"opensenco migrate {our_seconds:.1f} s, Django's own {djangos_seconds:.1f} s")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
