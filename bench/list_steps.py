"""The steps that `bench.lists` measures, each in a process of its own, in a copy of a world.

Run as `python -m bench.list_steps secondary` in the environment of that copy, as the worker.
"""

import json
import os
import resource
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from django.db import connection

import tests.world  # noqa: F401 (sets Django up before any model is read)
from bench.made_up_records import records
from bench.made_up_school import made_up
from opensenco.access.actor import Actor
from opensenco.cases.joining.queries import pairs
from opensenco.exchange.models import FileImport
from opensenco.exchange.operations.applying import apply_import
from opensenco.exchange.operations.imports import stage_file
from opensenco.exchange.operations.undoing import undo_import
from opensenco.exchange.states import ImportKind, State
from opensenco.law.calendar.years import AcademicYear
from opensenco.people.models import YearTurn
from opensenco.people.operations import turning
from opensenco.people.queries import place
from opensenco.people.turning.plan import plan_of
from opensenco.provision.operations import leaving
from tests.cast import TODAY
from tests.people import acting_as

ORDER = ("staff", "classes", "pupils", "contacts", "provision-map", "attendance", "assessments",
         "behaviour")  # fmt: skip
KIB, MIB = 1024, 1024 * 1024


@dataclass
class Step:
    """What one step took.

    Args:
        cpu: seconds of processor of this process. server: those of PostgreSQL's for it.
        peak: most memory of this process, in MiB.
        said: what came of it, in a few words.
    """

    name: str
    wall: float
    cpu: float
    server: float
    peak: float
    said: str


def _server() -> tuple[int, float]:
    """Give the number of PostgreSQL's process for us and what it has worked; 0 where none is."""
    if connection.vendor != "postgresql":
        return 0, 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    return pid, _worked(pid)


def _worked(pid: int) -> float:
    with suppress(OSError):
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def measured(name: str, act: Callable[[Actor], str]) -> Step:
    """Do something as the SENCO in a fresh process, and give what it took."""
    connection.close()
    sys.stdout.flush()
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.write(write, json.dumps(asdict(_taken(name, act))).encode())
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(write)
    with os.fdopen(read) as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    if not told:
        raise RuntimeError(f"{name}: it failed")
    return Step(**json.loads(told))


def _taken(name: str, act: Callable[[Actor], str]) -> Step:
    connection.ensure_connection()
    pid, before = _server()
    begun, worked = time.perf_counter(), time.process_time()
    with acting_as("senco") as actor:
        said = act(actor)
    wall, cpu = time.perf_counter() - begun, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIB / MIB
    return Step(name, wall, cpu, _worked(pid) - before if pid else 0.0, peak, said)


def _file(actor: Actor, code: str) -> FileImport:
    files = FileImport.objects.filter(org=place(actor), kind=ImportKind(code))
    return files.select_related("org").latest("id")


def stage(code: str, content: bytes) -> Callable[[Actor], str]:
    """Read a list in, lay it beside the record."""

    def act(actor: Actor) -> str:
        file = stage_file(
            actor=actor, org=place(actor), kind=ImportKind(code), file_name=f"{code}.csv",
            content=content,
        )  # fmt: skip
        return _matches(file)

    return act


def _matches(file: FileImport) -> str:
    from collections import Counter

    from opensenco.exchange.models import ImportRow

    found = Counter(ImportRow.objects.filter(file=file).values_list("match", flat=True))
    return ", ".join(f"{number} {match}" for match, number in sorted(found.items()))


def apply(code: str) -> Callable[[Actor], str]:
    """Apply the list that was read last."""

    def act(actor: Actor) -> str:
        file = _file(actor, code)
        file = apply_import(actor=actor, file_import=file, version=file.version)
        if file.state != State.APPLIED:
            raise RuntimeError(f"{code} was not applied")
        return ""

    return act


def take_back(code: str) -> Callable[[Actor], str]:
    """Take the list back that was applied."""

    def act(actor: Actor) -> str:
        file = _file(actor, code)
        undo_import(actor=actor, file_import=file, version=file.version)
        from collections import Counter

        from opensenco.exchange.models import ImportRow

        found = Counter(ImportRow.objects.filter(file=file).values_list("outcome", flat=True))
        return ", ".join(f"{number} {match}" for match, number in sorted(found.items()))

    return act


def _pairs(actor: Actor) -> str:
    return f"{len(pairs(actor))} pairs"


def _turned(actor: Actor) -> str:
    org = place(actor)
    year = AcademicYear.of(TODAY)
    turn = turning.prepare_turn(
        actor=actor, org=org, year=AcademicYear(year.starts + 1),
        first_day=date(year.starts + 1, 9, 2), leave_on=date(year.starts + 1, 8, 31), highest=11,
    )  # fmt: skip
    plan = leaving.turn_year(
        actor=actor, turn=turn, version=None, seen=plan_of(turn, actor.today).seen
    )
    return f"{len(plan.moves)} moves"


def _turned_back(actor: Actor) -> str:
    turn = YearTurn.objects.filter(org=place(actor)).latest("id")
    leaving.undo_turn(actor=actor, turn=turn, version=None)
    return ""


def steps(kind: str, only: frozenset[str]) -> list[tuple[str, Callable[[Actor], str]]]:
    """Give all that is measured, in the order in which it is done.

    Args:
        only: codes of the lists to measure beside staff, classes and pupils; empty for all.
    """
    files = made_up(kind, TODAY).lists
    lists = {name.removesuffix(".csv"): content for name, content in files.items()}
    lists |= records(kind, TODAY)
    order = [code for code in ORDER if not only or code in only or code in ORDER[:3]]
    found: list[tuple[str, Callable[[Actor], str]]] = []
    for code in order:
        found += [(f"{code}: read", stage(code, lists[code])), (f"{code}: applied", apply(code))]
    if not only or "pairs" in only:
        found.append(("who may be two records of one child", _pairs))
    if not only or "turn" in only:
        found += [("the year turns", _turned), ("the turn is taken back", _turned_back)]
    return [*found, *((f"{code}: taken back", take_back(code)) for code in reversed(order))]


def main(words: list[str]) -> int:
    """Do them all and print each as a line of JSON."""
    kind, *only = words
    for name, act in steps(kind, frozenset(only)):
        print(json.dumps(asdict(measured(name, act))), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
