"""What three years of sessions cost the pages of provision: `python -m bench.provision`.

Twelve hundred pupils of one school have four hundred thousand sessions, and most of what they are
promised has its hours. Prints for each page how
many questions it asks of the database and milliseconds of one client, on SQLite and on PostgreSQL
as its serving roles with row-level security. Exits 1 where a page takes longer than its aim.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from html import unescape
from pathlib import Path

from bench.asking import Client, Figures
from bench.register import analyse
from tests.cast import BY_KEY, PASSWORD
from tests.support.databases import ROOT, Copy, Databases
from tests.support.server import Server

PUPILS, SESSIONS = 1_200, 400_000
WARM_UP = 3
#: milliseconds, by the name of the page; of all others the usual
AIMS = {"who is over the threshold": 50.0}
AIM = 200.0
LEDGER = "/provision/ledger/"
#: of whom: their addresses by name
PAGES = {
    "senco": {
        "map by pupil": "/provision/map/",
        "map by provision": "/provision/map/?view=provision",
        "map of the school": "/provision/map/?view=school",
        **{
            f"ledger by {by}, {span}": f"{LEDGER}?by={by}&span={span}"
            for by in ("provision", "class", "staff", "pupil")
            for span in ("half", "year")
        },
        "ledger, most unaccounted": f"{LEDGER}?by=promise&span=year&sort=-unaccounted",
        "sessions of the year": "/provision/ledger/sessions/?span=year",
        "what runs": "/provision/",
        "who is over the threshold": "/costs/?only=over",
        "cost of all": "/costs/",
        "cost, with delivered": "/costs/?beside=delivered",
        **{f"cost totals by {by}": f"/costs/totals/?by={by}" for by in ("class", "provision")},
        **{
            f"week by {by}": f"/provision/week/?by={by}"
            for by in ("school", "person", "room", "pupil")
        },
        "clashes": "/provision/clashes/",
        "today, somebody away": "/today/",
        "roster": "/staff/roster/",
        "contracted hours": "/staff/hours/",
    },
    "ta": {"today": "/now/", "home of an assistant": "/"},
}  # fmt: skip


def filled(databases: Databases, pupils: int, sessions: int) -> Copy:
    """Make a database with so many pupils and sessions."""
    place = databases.copy("bench")
    environment = place.environment | {"OPENSENCO_PROCESS": "worker"}
    command = [sys.executable, "-m", "bench.provision_rows", str(pupils), str(sessions)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    analyse(place)
    return place


def measured(url: str, times: int) -> list[tuple[str, int, Figures]]:
    """Ask a running server for each page as who uses it: its name, questions and figures."""
    found = []
    for key, pages in PAGES.items():
        client = Client(url, BY_KEY[key].email, PASSWORD)
        named = {**pages, **(_one_of_each(client) if key == "senco" else {})}
        client.measure(named.values(), WARM_UP)
        figures = client.measure(named.values(), times)
        asked = [client.questions(address) for address in named.values()]
        found += list(zip(named, asked, figures, strict=True))
    return found


def _one_of_each(client: Client) -> dict[str, str]:
    """Give the pages of one pupil and of one provision, found by the links that lead there."""
    addresses = {
        "a pupil": ("/provision/map/", r'href="(/pupils/[^/"]+/)'),
        "cost of a pupil": ("/costs/?only=over", r'href="(/costs/pupils/[^/"]+/)"'),
        "a provision": ("/provision/map/?view=provision", r'href="(/provision/[\w-]{20,}/)"'),
        "week of an adult": (
            "/provision/week/?by=person",
            r'href="(/provision/week/[^"]+of=[^"]+)"',
        ),
        "an adult on the roster": ("/staff/roster/", r'href="(/staff/roster/[\w-]{20,}/)'),
        "swaps of a session": ("/today/", r'href="(/today/[\w-]+/choose/[^"]+)"'),
    }
    found = {}
    for name, (page, link) in addresses.items():
        _status, body = client.ask(page)
        match = re.search(link, body)
        if match is None:
            raise RuntimeError(f"{page} leads to no {name}")
        found[name] = unescape(match[1])
    return {**found, "effect of a provision": f"{found['a provision']}effect/"}


def report(database: str, found: list[tuple[str, int, Figures]]) -> bool:
    """Print one database's figures and say whether each page is quick enough."""
    fine = True
    for name, asked, one in found:
        late = one.median > AIMS.get(name, AIM)
        fine = fine and not late
        print(
            f"{database:<9}{name:<28}{one.status} {asked:4} questions  {one.size:>8,} bytes"
            f"  median {one.median:7.1f} ms  95th {one.p95:7.1f} ms{'  TOO LONG' if late else ''}",
            flush=True,
        )
    return fine


def main() -> int:
    """Measure on both databases, or on one."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pupils", type=int, default=PUPILS)
    options.add_argument("--sessions", type=int, default=SESSIONS)
    options.add_argument("--times", type=int, default=20)
    options.add_argument("--database", choices=["sqlite", "postgres"], action="append")
    given = options.parse_args()
    fine = True
    for name in given.database or ["sqlite", "postgres"]:
        folder = Path(tempfile.mkdtemp(prefix="sen-", dir="/tmp"))
        folder.chmod(0o755)
        databases = Databases(folder, name)
        try:
            if name == "postgres":
                databases.server.start()
            place = filled(databases, given.pupils, given.sessions)
            server = Server(place, folder / "server.log", DJANGO_SETTINGS_MODULE="bench.settings")
            try:
                fine = report(name, measured(server.url, given.times)) and fine
            finally:
                server.stop()
        finally:
            databases.server.stop()
            shutil.rmtree(folder, ignore_errors=True)
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
