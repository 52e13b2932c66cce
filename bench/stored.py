"""Keeps a small record as this version has it: `python -m bench.stored VERSION`, at each release.

Writes the tests' world into tests/ops/stored/VERSION, once for each database, as a backup does.
`tests/ops/test_stored.py` takes each of them along to the version that is tested: a migration that
was changed after its release would be found there and nowhere else.
"""

import argparse
import lzma
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support.databases import COMMAND, ROOT, Databases

STORED = ROOT / "tests" / "ops" / "stored"
PARTS = {"sqlite": "database.sqlite3", "postgres": "database.dump"}


def store(database: str, to: Path) -> None:
    """Make the tests' world on one database and keep it."""
    folder = Path(tempfile.mkdtemp(prefix="s-"))
    folder.chmod(0o755)
    databases = Databases(folder, database)
    try:
        if database == "postgres":
            databases.server.start()
        place = databases.copy("stored")
        words = [*COMMAND, "backup", "--to", str(folder / "made")]
        subprocess.run(words, cwd=ROOT, env=place.environment, check=True)
        [made] = (folder / "made").glob("2*")
        part = made / PARTS[database]
        (to / f"{part.name}.xz").write_bytes(lzma.compress(part.read_bytes(), preset=9))
        shutil.copy(made / "manifest.json", to / f"{database}.json")
    finally:
        databases.server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """Keep it for both databases."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("version")
    to = STORED / options.parse_args().version
    to.mkdir(parents=True)
    for database in PARTS:
        store(database, to)
    return 0


if __name__ == "__main__":
    sys.exit(main())
