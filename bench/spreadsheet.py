"""A workbook's questions asked of OpenSENCO: `python -m bench.spreadsheet`.

The same made-up numbers stand in a costed provision map as schools keep it in a spreadsheet
(`bench/workbook.py`) and in a school's record. Who costs more than £6,000, by how much, how much
that is for each class, and what each provision comes to: both answers are printed side by side with
the time they took. Exits 1 where they differ by more than the pennies that rounding each line
makes, or where a page takes longer than its aim.
"""

import argparse
import csv
import io
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from bench.asking import Client
from bench.workbook import CLASSES, THRESHOLD, Numbers, Worked, column, made_up, workbook
from tests.cast import BY_KEY, PASSWORD
from tests.support.databases import ROOT, Databases
from tests.support.server import Server

AIM, WARM_UP = 200.0, 2
PAGES = {
    "who is over": "/costs/?only=over",
    "by class": "/costs/totals/?by=class",
    "by provision": "/costs/totals/?by=provision",
}
FILES = {
    "pupils": "/costs/?file=csv",
    "classes": "/costs/totals/?by=class&file=csv",
    "provisions": "/costs/totals/?by=provision&file=csv",
}
#: a figure of both, and by how many pence they may differ: half a penny for each line
Pair = tuple[str, int, int, int]


def pence(text: str) -> int:
    """Read an amount of a file."""
    return round(float(text.replace("£", "").replace(",", "") or 0) * 100)


def laid_beside(
    numbers: Numbers, worked: Worked, read: Callable[[str], list[dict[str, str]]]
) -> list[Pair]:
    """Give each figure as the workbook has it and as the record has it."""
    lines: dict[int, int] = defaultdict(int)
    for given in numbers.given:
        for pupil in given.pupils:
            lines[pupil] += 1
    pupils, whats = len(numbers.classes), len(numbers.provisions)
    total, above = column(whats + 1), column(whats + 2)
    ours = {row["Pupil"].split(",")[0]: row for row in read(FILES["pupils"])}
    pairs: list[Pair] = []

    def beside(name: str, theirs: float, mine: int, many: int) -> None:
        pairs.append((name, round(theirs * 100), mine, -(-many // 2)))

    for pupil in range(pupils):
        own = ours.get(f"Numbered{pupil:04}")
        planned = pence(own["Planned cost in the year"]) if own else 0
        over = pence(own["Over the threshold by"]) if own else 0
        cost, by = (worked.number("Cost", f"{where}{pupil + 2}") for where in (total, above))
        beside(f"pupil {pupil:04}, cost", cost, planned, lines[pupil])
        beside(f"pupil {pupil:04}, over by", by, over, lines[pupil])
    by_class = {row["Class"]: row for row in read(FILES["classes"])}
    for row, name in enumerate(CLASSES, start=2):
        mine = by_class[name]
        many = sum(lines[n] for n in range(pupils) if numbers.classes[n] == name)
        theirs = {where: worked.number("Classes", f"{where}{row}") for where in "CDEF"}
        beside(f"{name}, pupils over", theirs["C"], int(mine["Over the threshold"]) * 100, 0)
        beside(f"{name}, over by", theirs["D"], int(mine["Over by, in pence"]), many)
        beside(f"{name}, cost", theirs["E"], int(mine["Planned, in pence"]), many)
        beside(f"{name}, top-up", theirs["F"], int(mine["Top-up, in pence"]), 0)
    by_provision = {row["Provision"]: row for row in read(FILES["provisions"])}
    for key, what in enumerate(numbers.provisions):
        found = by_provision.get(what.name)
        theirs_cost = worked.number("Cost", f"{column(key + 1)}{pupils + 2}")
        many = sum(len(given.pupils) for given in numbers.given if given.provision == key)
        beside(what.name, theirs_cost, int(found["Planned, in pence"]) if found else 0, many)
    everything = worked.number("Cost", f"{total}{pupils + 2}")
    mine_all = sum(mine for name, _theirs, mine, _most in pairs if name.startswith("Map line"))
    beside("everything", everything, mine_all, sum(lines.values()))
    return pairs


def told(pairs: list[Pair]) -> bool:
    """Print the figures a reader asks for side by side, and whether all agree."""
    print(f"{'':<26}{'workbook':>16}{'OpenSENCO':>16}{'apart':>10}")
    shown = [one for one in pairs if not one[0].startswith(("pupil", "Map line"))]
    over = [one for one in pairs if one[0].endswith(", over by") and one[0].startswith("pupil")]
    count = [sum(one[1] > 0 for one in over), sum(one[2] > 0 for one in over)]
    print(f"{f'pupils over £{THRESHOLD:,}':<26}{count[0]:>16}{count[1]:>16}{'':>10}")
    ranked = sorted(over, key=lambda one: -one[2])[:10]
    for name, theirs, mine, _most in [*ranked, *shown]:
        apart = f"{(mine - theirs) / 100:.2f}" if mine != theirs else ""
        print(f"{name:<26}{theirs / 100:>16,.2f}{mine / 100:>16,.2f}{apart:>10}")
    wrong = [one for one in pairs if abs(one[1] - one[2]) > one[3]]
    for name, theirs, mine, _most in wrong:
        print(f"NOT THE SAME {name}: {theirs / 100:,.2f} and {mine / 100:,.2f}")
    print(
        f"{len(pairs):,} figures beside each other, {len(wrong)} of them not the same", flush=True
    )
    return not wrong and count[0] == count[1]


def main() -> int:
    """Make both, ask both, print both."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pupils", type=int, default=300)
    options.add_argument("--provisions", type=int, default=40)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--times", type=int, default=10)
    options.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    given = options.parse_args()
    numbers = made_up(given.pupils, given.provisions, given.seed)
    begun = time.perf_counter()
    worked = Worked(workbook(numbers))
    formulas = worked.all()
    took = (time.perf_counter() - begun) * 1000
    print(f"{given.pupils} pupils, {given.provisions} provisions, {formulas:,} formulas")
    folder = Path(tempfile.mkdtemp(prefix="sen-", dir="/tmp"))
    folder.chmod(0o755)
    databases = Databases(folder, given.database)
    try:
        if given.database == "postgres":
            databases.server.start()
        place = databases.copy("bench")
        asked = [str(given.pupils), str(given.provisions), str(given.seed)]
        subprocess.run(
            [sys.executable, "-m", "bench.workbook_rows", *asked], cwd=ROOT, check=True,
            env=place.environment | {"OPENSENCO_PROCESS": "worker"},
        )  # fmt: skip
        server = Server(place, folder / "server.log", DJANGO_SETTINGS_MODULE="bench.settings")
        try:
            return _asked(server.url, numbers, worked, took, given.times)
        finally:
            server.stop()
    finally:
        databases.server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _asked(url: str, numbers: Numbers, worked: Worked, took: float, times: int) -> int:
    client = Client(url, BY_KEY["senco"].email, PASSWORD)

    def read(address: str) -> list[dict[str, str]]:
        status, body = client.ask(address)
        if status != 200:
            raise RuntimeError(f"{address}: {status}")
        return list(csv.DictReader(io.StringIO(body.removeprefix("\ufeff"))))

    same = told(laid_beside(numbers, worked, read))
    print(f"{'all formulas anew':<26}{took:>13.1f} ms  by the evaluator in Python")
    client.measure(PAGES.values(), WARM_UP)
    quick = True
    for name, one in zip(PAGES, client.measure(PAGES.values(), times), strict=True):
        late = one.median > AIM
        quick = quick and not late
        print(f"{name:<26}{'':>16}{one.median:>13.1f} ms{'  TOO LONG' if late else ''}")
    return 0 if same and quick else 1


if __name__ == "__main__":
    sys.exit(main())
