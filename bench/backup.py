"""What the record of many pupils weighs: `python -m bench.backup [--pupils 10000] [--papers 1900]`.

Makes a school of so many pupils, a fifth of them on SEN support, with papers of 1 MB, on SQLite and
on PostgreSQL. Prints the size of the database, seconds to back it up (the first time, and again),
to read a backup through, and to bring it back; and the memory of server and worker.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg

from bench.register import filled
from tests.cast import BY_KEY
from tests.support.databases import COMMAND, ROOT, Copy, Databases
from tests.support.server import Server

PAPER = 1024 * 1024
MEGABYTE = 1024 * 1024


def with_papers(place: Copy, count: int) -> None:
    """Put so many files of 1 MB where papers lie; a backup takes whatever is kept there."""
    [org, *_more] = sorted((place.data / "files").iterdir())
    for number in range(count):
        content = hashlib.sha256(str(number).encode()).digest() * (PAPER // 32)
        digest = hashlib.sha256(content).hexdigest()
        path = org / digest[:2] / digest
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)


def size_of(place: Copy) -> int:
    """Give the bytes of the database."""
    if url := place.environment.get("DATABASE_OWNER_URL"):
        with psycopg.connect(url) as owner:
            row = owner.execute("SELECT pg_database_size(current_database())").fetchone()
            return int(row[0]) if row else 0
    return (place.data / "opensenco.sqlite3").stat().st_size


def timed(place: Copy, *words: str) -> float:
    """Run a command and give its seconds.

    Raises:
        SystemExit: it failed.
    """
    begun = time.monotonic()
    done = subprocess.run(
        [*COMMAND, *words], cwd=ROOT, env=place.environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        sys.exit(f"opensenco {' '.join(words)}: {done.stderr}")
    return time.monotonic() - begun


def memory_of(group: int) -> float:
    """Give the megabytes that the processes of a group hold."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            if os.getpgid(int(status.parent.name)) == group:
                lines = status.read_text().splitlines()
                total += sum(int(one.split()[1]) for one in lines if one.startswith("VmRSS"))
        except (OSError, ValueError):
            continue
    return total / 1024


def measure(databases: Databases, pupils: int, papers: int) -> None:
    """Make the record, and print what it weighs on one database."""
    begun = time.monotonic()
    place = filled(databases, pupils, pupils // 5)
    with_papers(place, papers)
    print(f"{databases.database}: {pupils:,} pupils made in {time.monotonic() - begun:.0f} s")
    print(f"  database              {size_of(place) / MEGABYTE:8.0f} MB")
    to = databases.folder / "backups"
    first = timed(place, "backup", "--to", str(to))
    again = timed(place, "backup", "--to", str(to))
    stored = [one.stat().st_size for one in to.glob("2*/database.*")]
    print(f"  backup, first         {first:8.1f} s")
    print(f"  backup, each night    {again:8.1f} s, {stored[-1] / MEGABYTE:.0f} MB")
    print(f"  read through          {timed(place, 'restore', str(to), '--check'):8.1f} s")
    back = databases.place("back")
    back.data.mkdir()
    if databases.database == "postgres":
        databases.server.create("back")
    print(f"  brought back          {timed(back, 'restore', str(to)):8.1f} s")
    server = Server(place, databases.folder / "server.log")
    try:
        from bench.asking import Client
        from tests.cast import PASSWORD

        Client(server.url, BY_KEY["senco"].email, PASSWORD).measure(("/register/",), 40)
        print(f"  memory of two servers {memory_of(server.group):8.0f} MB")
    finally:
        server.stop()


def main() -> None:
    """Measure on both databases."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pupils", type=int, default=10_000)
    options.add_argument("--papers", type=int, default=1_900)
    options.add_argument("--only", choices=["sqlite", "postgres"])
    given = options.parse_args()
    for database in [given.only] if given.only else ["sqlite", "postgres"]:
        folder = Path(tempfile.mkdtemp(prefix="b-"))
        folder.chmod(0o755)
        databases = Databases(folder, database)
        try:
            if database == "postgres":
                databases.server.start()
            measure(databases, given.pupils, given.papers)
        finally:
            databases.server.stop()
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
