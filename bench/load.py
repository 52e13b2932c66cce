"""Sixteen write and sixty-four read at once: `python -m bench.load [--postgres] [--seconds 120]`.

`opensenco serve` runs over a database of the tests' world, with its two web processes and its
worker. Browsers of six colleagues read pages, raise concerns, write messages, and write the same
child's page against each other. In the end each write that was acknowledged is in the record once,
no version of a page lost what stood in the one before it, and nobody was shown anything but the
page they asked for. Prints how long people waited; ends with 1 where anything else is found.
"""

import argparse
import logging
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.load_people import Book, CoWriter, Reader, Somebody, Writer
from opensenco.ops import serving
from tests.support.databases import COMMAND, ROOT, Copy, Databases
from tests.support.server import free_port

START = 90
#: what each writes: who, the kind, about whom; taken in turn
WRITERS = (
    ("senco", "profile", "Idris"), ("teacher", "profile", "Idris"),
    ("teacher", "concern", "Grace"), ("ta", "concern", "Idris"),
    ("senco", "profile", "Idris"), ("teacher", "message", "Idris"),
    ("other_teacher", "concern", "Poppy"), ("ta", "message", "Idris"),
    ("senco", "profile", "Grace"), ("teacher", "profile", "Grace"),
    ("head", "concern", "Grace"), ("senco", "message", "Grace"),
    ("teacher", "profile", "Idris"), ("senco", "concern", "Poppy"),
    ("phase_senco", "message", "Idris"), ("teacher", "profile", "Grace"),
)  # fmt: skip
FORMS = {
    "profile": ("/pupils/{}/profile/write/", "helps"),
    "concern": ("/concerns/new/{}/", "noticed"),
    "message": ("/pupils/{}/messages/", "words"),
}
#: who reads what; a name stands for the child's reference
READERS = {
    "senco": ("/", "/register/", "/pupils/{Idris}/", "/pupils/{Grace}/", "/concerns/"),
    "teacher": ("/", "/pupils/{Idris}/", "/pupils/{Grace}/profile/", "/messages/"),
    "ta": ("/", "/now/", "/pupils/{Idris}/profile/"),
    "head": ("/", "/register/", "/pupils/{Grace}/"),
}


@dataclass
class Found:
    """What a trial did, and what it found."""

    book: Book
    seconds: float = 0
    faults: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """Say it."""
        asked = sum(self.book.answers.values())
        yield f"{asked} requests in {self.seconds:.0f} s: {asked / self.seconds:.0f} a second"
        yield "answers: " + ", ".join(f"{n} of {s}" for s, n in sorted(self.book.answers.items()))
        yield (
            f"{self.book.acknowledged} writes acknowledged of {len(self.book.acts)} sent, "
            f"{self.book.conflicts} conflicts shown and put together"
        )
        for kind, waits in sorted(self.book.waits.items()):
            if len(waits) > 1:
                half, late = statistics.median(waits), statistics.quantiles(waits, n=20)[-1]
                yield (
                    f"{kind}: p50 {half * 1000:.0f} ms, p95 {late * 1000:.0f} ms, "
                    f"longest {max(waits):.1f} s, {len(waits)} in all"
                )
        yield f"{len(self.faults)} faults"


@dataclass(frozen=True)
class Served:
    """A running `opensenco serve`: where it answers, and its process."""

    home: str
    process: subprocess.Popen[bytes]


@contextmanager
def served(copy: Copy, log: Path, within: Sequence[str] = ()) -> Iterator[Served]:
    """Let `opensenco serve` run over a copy.

    Args:
        within: words of a command that is given the server's own words to run.

    Raises:
        RuntimeError: it did not begin to answer.
    """
    port = free_port()
    with log.open("wb") as output:
        child = subprocess.Popen(
            [*within, *COMMAND, "serve", "--port", str(port)], cwd=ROOT, stdout=output,
            stderr=output, env=copy.environment, start_new_session=True,
        )  # fmt: skip
    try:
        end = time.monotonic() + START
        while "serves at" not in log.read_text(errors="replace"):
            if time.monotonic() > end or child.poll() is not None:
                raise RuntimeError(f"the server did not start:\n{log.read_text(errors='replace')}")
            time.sleep(0.1)
        yield Served(serving.address("127.0.0.1", port), child)
    finally:
        child.send_signal(signal.SIGTERM)
        try:
            child.wait(30)
        except subprocess.TimeoutExpired:
            serving.end_group(child)


def trial(
    copy: Copy,
    seconds: float,
    *,
    writers: int = 16,
    readers: int = 64,
    think: float = 0.5,
    enough: Callable[[Book], bool] = lambda _book: False,
) -> Found:
    """Let them all act for so long, and compare. Django is set up and connected to the copy.

    Args:
        think: how many seconds somebody waits from one step to the next, in the middle.
        enough: tells that what was done suffices, before the time is over.
    """
    from bench.load_record import faults_of_acts, versions
    from tests.people import acting_as

    book = Book()
    log = copy.data / "load.log"
    with acting_as("senco", write=False):
        before = versions()
    with served(copy, log) as server:
        people = [*_writers(server.home, book, writers, think)]
        people += _readers(server.home, book, readers, think)
        begun = time.monotonic()
        for one in people:
            one.start()
        while time.monotonic() < begun + seconds and not enough(book):
            time.sleep(0.1)
        for one in people:
            one.ended.set()
        for one in people:
            one.join(START)
        found = Found(book, time.monotonic() - begun)
    with acting_as("senco", write=False):
        found.faults = [*book.faults, *faults_of_acts(book.acts, before)]
    lines = log.read_text(errors="replace").splitlines()
    found.faults += [f"in the log: {line}" for line in lines if " ERROR " in line]
    found.faults += [f"{one.name} never came to an end" for one in people if one.is_alive()]
    return found


def _refs() -> dict[str, str]:
    from opensenco.kernel.refs import short
    from opensenco.people.models import Pupil
    from tests.people import acting_as

    with acting_as("senco", write=False):
        return {row.first_name: short(row.ref) for row in Pupil.objects.all()}


def _cookie(key: str) -> str:
    """Sign in, past the form: eighty at once from one address would be stopped there."""
    from tests.client import signed_in

    return signed_in(key).cookies["sessionid"].value


def _writers(home: str, book: Book, count: int, think: float) -> Iterator[Somebody]:
    refs = _refs()
    for number in range(count):
        key, kind, child = WRITERS[number % len(WRITERS)]
        made = CoWriter if kind == "profile" else Writer
        one = made(number, home, _cookie(key), book, think)
        path, one.field = FORMS[kind]
        one.kind, one.path = kind, path.format(refs[child])
        yield one


def _readers(home: str, book: Book, count: int, think: float) -> Iterator[Somebody]:
    refs = _refs()
    keys = list(READERS)
    for number in range(count):
        key = keys[number % len(keys)]
        one = Reader(1000 + number, home, _cookie(key), book, think)
        one.paths = [path.format(**refs) for path in READERS[key]]
        yield one


def inside(seconds: float, think: float) -> int:
    """Hold the trial in the environment of a copy, and print what came of it."""
    import tests.world  # noqa: F401 (sets Django up before any model is read)

    logging.getLogger("opensenco.security").setLevel(logging.WARNING)
    found = trial(Copy(os.environ["TRIAL_NAME"], dict(os.environ)), seconds, think=think)
    for line in found.lines():
        print(f"  {line}", flush=True)
    for fault in found.faults[:50]:
        print(f"  FAULT {fault}", flush=True)
    return int(bool(found.faults))


def main() -> int:
    """Hold the trial on one database."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=120)
    options.add_argument("--think", type=float, default=0.5)
    options.add_argument("--postgres", action="store_true")
    options.add_argument("--inside", action="store_true", help="in the environment of a copy")
    given = options.parse_args()
    if given.inside:
        return inside(given.seconds, given.think)
    name = "postgres" if given.postgres else "sqlite"
    folder = Path(tempfile.mkdtemp(prefix="sen-", dir="/tmp"))
    folder.chmod(0o755)
    databases = Databases(folder, name)
    try:
        if given.postgres:
            databases.server.start()
        copy = databases.copy("trial")
        print(f"{name}, {given.seconds:.0f} s", flush=True)
        command = [sys.executable, "-m", "bench.load", "--inside"]
        command += ["--seconds", str(given.seconds), "--think", str(given.think)]
        told = {"TRIAL_NAME": copy.name}
        return subprocess.run(
            command, cwd=ROOT, env=copy.environment | told, check=False
        ).returncode
    finally:
        databases.server.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
