"""A term played in the browser by eight people for twelve pupils: `python -m bench.term`.

A village school of the demonstration is served on one day after another. Its administrator brings
twelve new pupils in; teachers, the SENCO, an assistant, the
business manager and the head do what a term asks of them, by links and
forms as people would. Clicks and fields are counted for each task, and what the record says at the
end is compared with a table that was made by hand. It takes some minutes; it is no test.

    python -m bench.term                   # all of it
    python -m bench.term --shots FOLDER    # with a picture of each page on which something failed
"""

import csv
import io
import os
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench import term_tasks as tasks
from bench.term_people import Cast, Ledger
from bench.term_pupils import TABLE
from tests.support import binaries
from tests.support.browser import LAUNCH
from tests.support.server import free_port

ROOT = Path(__file__).parent.parent
#: the days on which something happens, from the first of the term to the last
DAYS = ("2027-01-11", "2027-01-14", "2027-01-20", "2027-01-27", "2027-03-10", "2027-03-24")


@contextmanager
def school_on(day: str, folder: Path, port: int) -> Iterator[str]:
    """Serve the school as on a day; the first time it is made."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("OPENSENCO_", "DATABASE_"))}
    where = {**kept, "OPENSENCO_DATA": str(folder), "OPENSENCO_TODAY": day}
    process = subprocess.Popen(
        [sys.executable, "-m", "opensenco.ops.cli", "demo", "--size", "village",
         "--port", str(port)],
        cwd=ROOT, env=where, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        for line in process.stdout or ():
            if "Ctrl-C stops it" in line:
                yield f"http://127.0.0.1:{port}"
                return
        raise RuntimeError("the school did not open")
    finally:
        process.terminate()
        process.wait()


def compared(register: str, concerns: Sequence[str]) -> list[str]:
    """Give where the record says otherwise than the table that was made by hand."""
    listed = {row["Pupil"]: row for row in csv.DictReader(io.StringIO(register))}
    stands: dict[str, str] = {}
    for text in concerns:
        for row in csv.DictReader(io.StringIO(text)):
            stands.setdefault(row["Pupil"], row["How it stands"])
    wrong = []
    for one in TABLE:
        status = listed.get(one.listed, {}).get("Status", "")
        if status != one.status:
            wrong.append(f"{one.listed}: status {status!r}, and not {one.status!r}")
        said = stands.get(one.listed, "nothing").lower()
        if one.concern not in said:
            wrong.append(f"{one.listed}: the concern says {said!r}, and not {one.concern!r}")
    return wrong


def main(words: Sequence[str]) -> int:
    """Play the term, tell what it took, and compare."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--shots", type=Path, help="a folder for pictures of what failed")
    parser.add_argument("--data", type=Path, help="a folder that stays; else it is thrown away")
    parser.add_argument("--since", choices=DAYS, default=DAYS[0],
                        help="go on from a day, in a folder that stayed")  # fmt: skip
    given = parser.parse_args(words)
    ledger, begun = Ledger(given.shots), time.perf_counter()
    with tempfile.TemporaryDirectory() as passing, sync_playwright() as playwright:
        folder, port = given.data or Path(passing), free_port()
        browser = playwright.chromium.launch(executable_path=binaries.chromium(), args=list(LAUNCH))
        wrong: list[str] = []
        for day, play in zip(DAYS, tasks.TERM, strict=True):
            if day < given.since:
                continue
            with school_on(day, folder, port) as url:
                cast = Cast(browser, url, ledger)
                play(cast)
                if day == DAYS[-1]:
                    register, concerns = tasks.as_it_stands(cast)
                    wrong = compared(register, concerns)
                cast.go_home()
        browser.close()
    ledger.tell()
    print(f"{time.perf_counter() - begun:.0f} seconds in all.")
    for line in (*ledger.faults, *wrong):
        print(f"NOT SO: {line}")
    return 1 if ledger.faults or wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
