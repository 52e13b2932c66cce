"""What a SENCO's pages cost with five years of cycles: `python -m bench.five_years [--times 60]`.

A school of 1,200 pupils, 250 of them on its register, two in three of these with a cycle a year for
five years. Prints milliseconds of one client for the register, the home page, a pupil and a plan,
and exits 1 where one of them is above its mark.

Run as `python -m bench.five_years fill` in the environment of a copy of the tests' world, as the
worker, it makes the school and prints the addresses of the pupil and the plan.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bench.asking import Client, Figures
from bench.register import analyse
from tests.cast import BY_KEY, PASSWORD
from tests.support.databases import ROOT, Copy, Databases
from tests.support.server import Server

PUPILS, REGISTER, YEARS = 1200, 250, 5
HOME, LIST = "/", "/register/"
#: milliseconds that a page may take at the median: of its machine, see the changelog
MARK = 60.0


def fill() -> list[str]:
    """Make the school, and give the addresses of one pupil and of the plan that is open."""
    import bench.school as school
    from opensenco.access.scope import system_scope
    from opensenco.kernel.refs import short
    from opensenco.people.models import Pupil
    from opensenco.support.models import Cycle
    from opensenco.support.operations import cycles, plans, reviews
    from opensenco.support.operations.plans import OutcomeWords, PlanWords

    with system_scope("filling a school to measure it"):
        school.fill(PUPILS, REGISTER)
        actor = school.keeper()
        rows = Pupil.objects.filter(last_name__startswith="Family", first_name__startswith="Given")
        supported = list(rows.select_related("org").order_by("id")[:REGISTER])
        done = Cycle.objects.filter(pupil__in=supported).values("pupil")
        outcome = OutcomeWords(text="Reads 40 words.", baseline="20", aim="40", measure="words")
        for pupil in rows.filter(pk__in=[one.pk for one in supported]).exclude(pk__in=done):
            cycle = None
            for year in range(YEARS, 0, -1):
                then = replace(actor, at=actor.at - timedelta(days=365 * year - 200))
                if cycle is None:
                    cycle = cycles.open_cycle(actor=then, pupil=pupil, found="Reads 20 words.")
                else:
                    cycle = reviews.start_next_cycle(actor=then, cycle=cycle)
                words = PlanWords(found="Reads 20 words.", outcomes=(outcome,))
                plans.agree_plan(
                    actor=then, cycle=cycle, review_on=then.today + timedelta(days=120),
                    agreed_with="Family and pupil", words=words if year == YEARS else None,
                )  # fmt: skip
                if year > 1:
                    held = replace(then, at=then.at + timedelta(days=110))
                    results = [
                        reviews.Result(outcome=one.ref, score=2, after="carry", latest="30")
                        for one in plans.standing_outcomes(cycle)
                    ]
                    reviews.review_cycle(actor=held, cycle=cycle, results=results)
        open_now = Cycle.objects.filter(pupil__in=supported, number=YEARS).latest("id")
        pupil = open_now.pupil
    return [f"/pupils/{short(pupil.ref)}/", f"/plans/{short(open_now.ref)}/"]


def measured(name: str, times: int) -> list[Figures]:
    """Fill a database, serve it and ask for each page as its SENCO."""
    folder = Path(tempfile.mkdtemp(prefix="sen-", dir="/tmp"))
    folder.chmod(0o755)
    databases = Databases(folder, name)
    try:
        if name == "postgres":
            databases.server.start()
        place: Copy = databases.copy("bench")
        environment = place.environment | {"OPENSENCO_PROCESS": "worker"}
        command = [sys.executable, "-m", "bench.five_years", "fill"]
        said = subprocess.run(
            command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
        )
        analyse(place)
        addresses = [LIST, HOME, *said.stdout.split()]
        server = Server(place, folder / "server.log", DJANGO_SETTINGS_MODULE="bench.settings")
        try:
            client = Client(server.url, BY_KEY["senco"].email, PASSWORD)
            client.measure(addresses, 10)
            return client.measure(addresses, times)
        finally:
            server.stop()
    finally:
        databases.server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """Measure, print, and say whether each page is within its mark."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("what", nargs="?", choices=["measure", "fill"], default="measure")
    options.add_argument("--times", type=int, default=60)
    options.add_argument("--database", choices=["sqlite", "postgres"], action="append")
    given = options.parse_args()
    if given.what == "fill":
        print("\n".join(fill()))
        return 0
    fine = True
    for name in given.database or ["sqlite", "postgres"]:
        for one in measured(name, given.times):
            fine = fine and one.status == 200 and one.median <= MARK
            print(
                f"{name:<9}{one.address:<34}{one.status}  {one.size:>8,} bytes"
                f"  median {one.median:7.2f} ms  95th {one.p95:7.2f} ms"
            )
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
