"""What the register of a thousand pupils costs: `python -m bench.register [--pupils 1000]`.

Prints milliseconds of one client for fifty rows, for the same page without rows, and for a view
that gives nothing, on SQLite and on PostgreSQL. Exits 1 where fifty rows cost more than three
times the page without.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

from bench.asking import Client, Figures
from tests.cast import BY_KEY, PASSWORD
from tests.support.databases import ROOT, Copy, Databases
from tests.support.server import Server

FULL, BARE, NOTHING = "/register/", "/register/?need=VI", "/bench/nothing/"
MOST_TIMES = 3.0
WARM_UP = 30


def filled(databases: Databases, pupils: int, supported: int) -> Copy:
    """Make a database with so many pupils at one school, and so many of them on its register."""
    place = databases.copy("bench")
    environment = place.environment | {"OPENSENCO_PROCESS": "worker"}
    command = [sys.executable, "-m", "bench.school", str(pupils), str(supported)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    analyse(place)
    return place


def analyse(place: Copy) -> None:
    """Let the database look at its tables, as PostgreSQL does by itself after they were filled."""
    if url := place.environment.get("DATABASE_OWNER_URL"):
        with psycopg.connect(url, autocommit=True) as owner:
            owner.execute("VACUUM ANALYZE")


def measured(place: Copy, folder: Path, times: int) -> list[Figures]:
    """Serve the database and ask for the three addresses as its SENCO."""
    server = Server(place, folder / "server.log", DJANGO_SETTINGS_MODULE="bench.settings")
    try:
        client = Client(server.url, BY_KEY["senco"].email, PASSWORD)
        client.measure((FULL, BARE, NOTHING), WARM_UP)
        return client.measure((FULL, BARE, NOTHING), times)
    finally:
        server.stop()


def report(name: str, found: list[Figures]) -> bool:
    """Print one database's figures and say whether the rows are cheap enough."""
    for one in found:
        print(
            f"{name:<11}{one.address:<34}{one.status}  {one.size:>8,} bytes"
            f"  median {one.median:6.2f} ms  95th {one.p95:6.2f} ms"
        )
    full, bare, _nothing = found
    times = full.median / bare.median
    print(f"{name:<11}fifty rows cost {times:.2f} times the page without rows")
    return times <= MOST_TIMES


def main() -> int:
    """Measure on both databases."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pupils", type=int, default=1000)
    options.add_argument("--times", type=int, default=300)
    options.add_argument("--database", choices=["sqlite", "postgres"], action="append")
    options.add_argument("--register", type=int, help="how many are on it; all, if not said")
    given = options.parse_args()
    supported = given.pupils if given.register is None else given.register
    fine = True
    for name in given.database or ["sqlite", "postgres"]:
        folder = Path(tempfile.mkdtemp(prefix="sen-", dir="/tmp"))
        folder.chmod(0o755)
        databases = Databases(folder, name)
        try:
            if name == "postgres":
                databases.server.start()
            found = measured(filled(databases, given.pupils, supported), folder, given.times)
            fine = report(name, found) and fine
        finally:
            databases.server.stop()
            shutil.rmtree(folder, ignore_errors=True)
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
