"""kill -9 at random moments: `python -m bench.kills [--times 200] [--postgres] [--seed N]`.

The server and the worker run over a database of the tests' world and send to a real mail server
that takes its time. Three people ask, answer, plan meetings and send letters through pages. Again
and again the server or the worker is killed at some moment and started anew. In the end every act
that was acknowledged is in the record, once and whole; what was not acknowledged is whole or not
there; and every mail that was posted has arrived, at most once more for each death, with the same
Message-ID. Ends with 1 where anything else is found.
"""

import argparse
import asyncio
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from opensenco.ops import serving
from tests.support.databases import COMMAND, ROOT, Copy, Databases
from tests.support.mailserver import Post, free_port, listening

#: seconds until a killed server answers again, and until all mail has left, on a slow machine
START, SETTLE = 90, 240
ASKED = ("teacher", "ta")
EVERYBODY = ("senco", *ASKED)


class SlowPost(Post):
    """A mail server that has a mail for a moment before it says so."""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Take a mail, and say so later: who is killed meanwhile never hears of it."""
        said = await super().handle_DATA(server, session, envelope)
        await asyncio.sleep(random.uniform(0, 0.4))  # noqa: S311 (nothing is secret)
        return said


@dataclass
class House:
    """The server and the worker, as their administrator would start them."""

    copy: Copy
    mail_port: int
    log: Path
    port: int = field(default_factory=free_port)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def home(self) -> str:
        """Where pages are."""
        return f"http://127.0.0.1:{self.port}"

    def start(self, name: str) -> None:
        """Start the server or the worker."""
        told = {
            "OPENSENCO_MAIL": f"smtp://127.0.0.1:{self.mail_port}",
            "OPENSENCO_MAIL_FROM": "OpenSENCO <opensenco@school.example>",
            "OPENSENCO_ADDRESS": self.home,
        }
        commands = {
            "web": serving.server_command("127.0.0.1", self.port, 1),
            "worker": [*COMMAND, "worker"],
        }
        with self.log.open("ab") as log:
            self.processes[name] = subprocess.Popen(
                commands[name], cwd=ROOT, stdout=log, stderr=log, start_new_session=True,
                env=serving.environment(name, self.copy.environment | told),
            )  # fmt: skip

    def kill(self, name: str) -> None:
        """End it with everything it started, at once and without a word."""
        child = self.processes.pop(name)
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()

    def answering(self) -> None:
        """Wait until pages are served.

        Raises:
            RuntimeError: they are not, for long.
        """
        end = time.monotonic() + START
        while not serving.answers(self.home + "/sign-in/"):
            if time.monotonic() > end or self.processes["web"].poll() is not None:
                raise RuntimeError(f"the server did not start again:\n{self.log.read_text()}")
            time.sleep(0.05)


@dataclass
class Found:
    """What a trial did, and what it found."""

    done: int = 0
    unsure: int = 0
    kills: dict[str, int] = field(default_factory=lambda: {"web": 0, "worker": 0})
    mails: int = 0
    repeats: int = 0
    slowest: float = 0
    faults: list[str] = field(default_factory=list)


def trial(copy: Copy, times: int, seed: int = 1, pause: float = 4.0) -> Found:
    """Kill so many times and say what came of it. Django is set up and connected to the copy.

    Args:
        pause: the longest time in seconds from one death to the next, after the restart.
    """
    from bench.kills_people import Book, Colleague, Senco, Somebody

    dice, found, book, post = random.Random(seed), Found(), Book(), SlowPost()  # noqa: S311
    house = House(copy, free_port(), copy.data / "trial.log")
    with ExitStack() as stack:
        stack.enter_context(listening(post, house.mail_port))
        pupil, colleagues, before = prepared()
        people: list[Somebody] = [Senco(house.home, book, seed, pupil, colleagues)]
        people += [Colleague(key, house.home, book, seed + n) for n, key in enumerate(ASKED)]
        for name in ("web", "worker"):
            house.start(name)
            stack.callback(_quietly, house, name)
        house.answering()
        for one in people:
            one.sign_in()
            one.start()
        for one in people:
            one.warm.wait(START)
        for _each in range(times):
            time.sleep(dice.uniform(0.05, pause))
            name = dice.choice(["web", "worker"])
            house.kill(name)
            found.kills[name] += 1
            house.start(name)
            if name == "web":
                house.answering()
        _settle(house, people, post, found)
        _compare(book, post, before, found)
    return found


def _quietly(house: House, name: str) -> None:
    if name in house.processes:
        house.kill(name)


def prepared() -> tuple[str, list[str], Any]:
    """Let mail reach the people at any hour; give the pupil, whom to invite, and the moment."""
    from opensenco.access.scope import system_scope
    from opensenco.gate.clock import clock
    from opensenco.kernel.refs import short
    from opensenco.notices.models import DueMail, Mail, MailChoice
    from opensenco.notices.states import How
    from opensenco.people.models import Pupil
    from tests.people import person

    people = [person(key) for key in EVERYBODY]
    with system_scope("letting mail reach the people of a trial at any hour"):
        pupil = Pupil.objects.get(first_name="Idris")
        for one in people:
            MailChoice.objects.update_or_create(
                org_id=pupil.org_id, person=one,
                defaults={"mine": How.ONCE, "role": How.APP, "urgent": How.APP, "quiet_from": 0,
                          "quiet_until": 0, "school_days_only": False},
            )  # fmt: skip
        DueMail.objects.all().delete()
        Mail.objects.all().delete()
    return short(pupil.ref), [str(one.ref) for one in people], clock().now()


def _settle(house: House, people: list[Any], post: Post, found: Found) -> None:
    """Let people finish what they are at, and the worker what waits."""
    from bench.kills_record import waits
    from opensenco.access.scope import system_scope

    for one in people:
        one.ended.set()
    for one in people:
        one.join(START)
    # what was just told is looked for each minute, and by a worker that starts
    house.kill("worker")
    found.kills["worker"] += 1
    house.start("worker")
    begun = time.monotonic()
    while time.monotonic() < begun + SETTLE:
        with system_scope("seeing whether mail waits", write=False):
            if not waits():
                break
        time.sleep(0.2)
    found.slowest = time.monotonic() - begun


def _compare(book: Any, post: Post, before: Any, found: Found) -> None:
    from bench.kills_record import faults_of_acts, faults_of_mail
    from opensenco.access.scope import system_scope
    from tests.people import person

    with system_scope("comparing the record with what was acknowledged", write=False):
        found.faults = [
            *book.faults,
            *faults_of_acts(book.acts),
            *faults_of_mail(
                post.got, [person(key) for key in EVERYBODY], before, found.kills["worker"]
            ),
        ]
    found.done = sum(act.acknowledged for act in book.acts)
    found.unsure = len(book.acts) - found.done
    found.mails = len({str(mail["Message-ID"]) for mail in post.got})
    found.repeats = len(post.got) - found.mails


def inside(times: int, seed: int) -> int:
    """Hold the trial in the environment of a copy, and print what came of it."""
    import tests.world  # noqa: F401 (sets Django up before any model is read)

    copy = Copy(os.environ["TRIAL_NAME"], dict(os.environ))
    begun = time.monotonic()
    found = trial(copy, times, seed)
    print(
        f"  {found.kills['web']} deaths of the server and {found.kills['worker']} of the worker in "
        f"{time.monotonic() - begun:.0f} s\n"
        f"  {found.done} acts acknowledged, {found.unsure} not; "
        f"{found.mails} mails, {found.repeats} of them twice; "
        f"the last left {found.slowest:.1f} s after the last death",
        flush=True,
    )
    for fault in found.faults:
        print(f"  FAULT {fault}", flush=True)
    return int(bool(found.faults))


def main() -> int:
    """Hold the trial on one database."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--times", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--postgres", action="store_true")
    options.add_argument("--inside", action="store_true", help="in the environment of a copy")
    given = options.parse_args()
    if given.inside:
        return inside(given.times, given.seed)
    name = "postgres" if given.postgres else "sqlite"
    folder = Path(tempfile.mkdtemp(prefix="sen-", dir="/tmp"))
    folder.chmod(0o755)
    databases = Databases(folder, name)
    try:
        if given.postgres:
            databases.server.start()
        copy = databases.copy("trial")
        print(f"{name}, seed {given.seed}", flush=True)
        told = {"OPENSENCO_PROCESS": "worker", "TRIAL_NAME": copy.name}
        command = [sys.executable, "-m", "bench.kills", "--inside", "--seed", str(given.seed)]
        command += ["--times", str(given.times)]
        return subprocess.run(
            command, cwd=ROOT, env=copy.environment | told, check=False
        ).returncode
    finally:
        databases.server.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
