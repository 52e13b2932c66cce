"""Processes that die by signal 9 at a chosen step, and what they leave of the record.

A step is a writing statement, or one side of a commit. What writes who looked and who is signed in
is none: it has a transaction of its own by design.
"""

import gc
import hashlib
import json
import os
import pickle
import random
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any, NoReturn

from tests.support.record import APART, Record, Rows

WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"(\w+)"')
READS = re.compile(r"\s*(?:SELECT|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|SET|PRAGMA)\b")
COMMIT, COMMITTED = "commit", "committed"


def spare_memory() -> None:
    """Let what is loaded be shared with the processes that split off, and never be looked through.

    The collector of garbage would write on every page of it in each of them.
    """
    gc.collect()
    gc.freeze()
    gc.disable()


#: reads what is to be set, sets it, and gives it back
SETTER = """
import pickle, sys, typst
words, named = pickle.load(sys.stdin.buffer)
try:
    set = typst.compile(*words, **named)
except typst.TypstError as error:
    set = str(error)
sys.stdout.buffer.write(pickle.dumps(set))
"""


def set_papers_elsewhere() -> None:
    """Let papers and pictures be set by a process of their own.

    The typesetter keeps threads once it was used, and whoever splits off after that has them not:
    it would wait for them for ever.
    """
    import typst

    from opensenco.documents.pdf import typeset

    def elsewhere(*words: Any, **named: Any) -> Any:
        done = subprocess.run(
            [sys.executable, "-c", SETTER],
            input=pickle.dumps((words, named)), capture_output=True, check=True,
        )  # fmt: skip
        found = pickle.loads(done.stdout)  # noqa: S301 (our own process wrote it)
        if isinstance(found, str):
            raise typst.TypstError(found, found)
        return found

    typst.compile = elsewhere
    loose: Any = typeset
    # the object that Python has for fonts goes into no other process; their folder does
    loose._fonts = lambda: [str(loose.FONTS)]


@dataclass
class Proven:
    """What came of one deed.

    Args:
        verbs: the operations that it ran.
        steps: how many times it could have been killed. tried: how many times it was.
        faults: where the record was neither as before nor as after.
    """

    name: str
    verbs: list[str]
    steps: int = 0
    tried: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass
class Child:
    """A process that goes on from here, in the child; in the parent the end of it is awaited.

    Args:
        last: the step before which it dies; none where it is let through.
        wrote: whether it did anything but read the record.
    """

    last: int = 0
    told: int = 0
    steps: list[str] = field(default_factory=list)
    wrote: bool = False

    def born(self) -> bool:
        """Split into two; tell whether this is the child, which must come to `done` or `failed`."""
        from django.db import connections

        connections.close_all()
        read, write = os.pipe()
        sys.stdout.flush()
        self._pid = os.fork()
        if self._pid == 0:
            os.close(read)
            self.told = write
            self._count_steps()
            return True
        os.close(write)
        with os.fdopen(read) as told:
            said = told.read()
        _pid, status = os.waitpid(self._pid, 0)
        if not os.WIFSIGNALED(status):
            if os.waitstatus_to_exitcode(status):
                raise RuntimeError("what was to be killed fell over by itself; see above")
            self.steps, self.wrote = json.loads(said)
        return False

    def done(self) -> NoReturn:
        """Tell the steps; in the child alone."""
        os.write(self.told, json.dumps([self.steps, self.wrote]).encode())
        os._exit(0)

    def failed(self, error: BaseException) -> NoReturn:
        """Tell what stood in the way; in the child alone."""
        print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)  # noqa: T201
        os._exit(1)

    def _step(self, label: str) -> None:
        self.steps.append(label)
        if len(self.steps) == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    def _count_steps(self) -> None:
        from django.db import connection

        def statement(execute: Callable[..., Any], sql: str, *more: Any) -> Any:
            found = WRITES.match(sql)
            if not READS.match(sql) and not (found and found[1] in APART):
                self.wrote = True
                if found:
                    self._step(found[1])
            return execute(sql, *more)

        commit = connection._commit  # type: ignore[attr-defined]

        def committed() -> None:
            self._step(COMMIT)
            commit()
            self._step(COMMITTED)

        connection._commit = committed  # type: ignore[attr-defined]
        connection.execute_wrappers.append(statement)


def draw_the_same(start: str) -> None:
    """Let this process draw the same random numbers as any other with this beginning."""
    numbers = count()

    def drawn(size: int) -> bytes:
        return hashlib.shake_256(f"{start} {next(numbers)}".encode()).digest(size)

    os.urandom = drawn
    random._urandom = drawn  # type: ignore[attr-defined]
    random.seed(start)


def steps_to_try(steps: list[str], every: bool) -> list[int]:
    """Give the steps, from 1, before which a process dies: all, or those that tell most.

    Who dies before the commit has written all that anybody could who died earlier.
    """
    if every:
        return list(range(1, len(steps) + 1))
    writes = [n for n, label in enumerate(steps, 1) if label not in (COMMIT, COMMITTED)]
    before = next(n for n, label in enumerate(steps, 1) if label == COMMIT and n > writes[0])
    return [before, before + 1]


def fault(steps: list[str], last: int, states: tuple[Rows, Rows], now: Rows) -> str:
    """Say what is wrong with the record after a death before a step; nothing where it is right.

    Args:
        states: before, and after nobody was killed.
    """
    before, after = states
    written = [n for n, label in enumerate(steps, 1) if label not in (COMMIT, COMMITTED)]
    kept = next((n for n, label in enumerate(steps, 1) if label == COMMITTED and n > written[0]), 0)
    right = before if last < kept else after
    if now == right:
        return ""
    if now == after and last > written[0]:
        # several commits: the last of them may have been the one
        return "" if steps[: last - 1].count(COMMITTED) else f"step {last}: there too early"
    torn = [table for table in before if now[table] != right[table]]
    return f"killed before step {last} ({steps[last - 1]}): wrong in {torn}"


def deaths(proven: Proven, record: Record, kept: str, every: bool) -> Iterator[Child]:
    """Give children for one deed: one that comes through, then some that die; look at each.

    Whoever is given one lets it be born, and in it does the deed. The record is put back after.

    Args:
        kept: the name under which the record is kept.
    """
    before = record.kept_rows(kept)
    whole = Child()
    yield whole
    if not whole.wrote:
        record.put_back(kept)
        return
    states = before, record.rows()
    proven.verbs, proven.steps = record.verbs(*states), len(whole.steps)
    record.put_back(kept)
    if states[0] == states[1]:
        return
    for last in steps_to_try(whole.steps, every):
        yield Child(last)
        proven.tried += 1
        now = before if record.is_still(kept) else record.rows()
        if wrong := fault(whole.steps, last, states, now):
            proven.faults.append(wrong)
        if now != before or record.counts_on:
            record.put_back(kept)
