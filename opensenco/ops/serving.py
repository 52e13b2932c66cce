"""Running the web server and the worker as processes, and stopping them together."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType
from typing import Self

from django.conf import settings
from django.core.management.base import CommandError

import opensenco
from opensenco.kernel import halt

PACKAGES = Path(opensenco.__file__).resolve().parent.parent
WORKERS = 2
START_SECONDS = 120
STOP_SECONDS = 15
# A web process holds the web server's database role and no other.
NOT_FOR_THE_WEB = ("DATABASE_WORKER_URL", "DATABASE_OWNER_URL")


def server_command(
    host: str, port: int, workers: int = WORKERS, log_level: str = "warning"
) -> list[str]:
    """Give the words that start the web server, quiet but for warnings."""
    return [
        sys.executable,
        "-P",
        "-m",
        "opensenco.ops.web",
        *("--interface", "wsgi"),
        *("--host", host),
        *("--port", str(port)),
        *("--workers", str(workers)),
        *("--blocking-threads", "1"),
        # One that is told to stop while it starts would otherwise never stop.
        *("--workers-kill-timeout", "5"),
        *("--log-level", log_level),
        "--no-ws",
        "opensenco.config.wsgi:application",
    ]


def own_command(*words: str) -> list[str]:
    """Give the words that run another command of `opensenco` as a process of its own."""
    return [sys.executable, "-P", "-m", "opensenco.ops.cli", *words]


def worker_command() -> list[str]:
    """Give the words that start the worker beside a web server, which does Django's checks."""
    return own_command("worker", "--skip-checks")


def environment(process: str, given: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Give a child's environment: its kind of process, and for the web no other role's address."""
    left_out = NOT_FOR_THE_WEB if process == "web" else ()
    kept = {name: value for name, value in given.items() if name not in left_out}
    # The child finds the package where this process did, in whatever folder it was started.
    path = os.pathsep.join(filter(None, [str(PACKAGES), kept.get("PYTHONPATH", "")]))
    return kept | {"OPENSENCO_PROCESS": process, "PYTHONPATH": path}


def refuse_port_in_use(host: str, port: int, hint: str) -> None:
    """Stop with one clear line where somebody already listens.

    Args:
        hint: how to choose another port.

    Raises:
        CommandError: the port is taken, or this machine has no such address.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        if os.name == "posix":
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise CommandError(f"Port {port} on {host}: {reason}. {hint}") from None


def address(host: str, port: int) -> str:
    """Give where a browser on this machine finds the server."""
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 (read, never bound here)
    return f"http://{everywhere.get(host, f'[{host}]' if ':' in host else host)}:{port}"


def answers(url: str) -> bool:
    """Say whether a server answers there, whatever it says."""
    # A proxy of the person's environment is not for the loopback.
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(url, timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def end_group(child: subprocess.Popen[bytes]) -> None:
    """End at once a process that leads a group of its own, with those it started."""
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
    else:
        child.kill()
    child.wait()


class Together:
    """Processes that live and end together, inside a `with`.

    A signal to this process, or the end of one of them, ends them all; each gets time to finish
    what it is doing.
    """

    def __init__(self) -> None:
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._begun: dict[str, tuple[list[str], str]] = {}
        self._asked = False
        self._watch = halt.Watch(settings.DATA)

    def __enter__(self) -> Self:
        """Take the signals that mean "stop"."""
        self._before = {
            number: signal.signal(number, self._ask) for number in (signal.SIGINT, signal.SIGTERM)
        }
        return self

    def __exit__(self, *_error: object) -> None:
        """End what runs, and give the signals back."""
        self._stop()
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def start(self, name: str, command: list[str], process: str) -> None:
        """Start one more process.

        Args:
            name: how a message calls it, "the web server".
            process: web, worker or owner.
        """
        self._begun[name] = (command, process)
        # Apart from the terminal: Ctrl-C then reaches this process alone, which ends the others.
        self._children[name] = subprocess.Popen(
            command, env=environment(process), start_new_session=os.name == "posix"
        )

    def run(self, url: str, ready: Callable[[], None]) -> None:
        """Wait until the server answers, say so, and stay until all is to end.

        Raises:
            CommandError: a process ended by itself, or the server never answered.
        """
        self._until_up(url)
        if not self._asked:
            ready()
        while not self._asked:
            self._upgraded(url)
            self._refuse_dead()
            time.sleep(0.2)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self._asked = True

    def _upgraded(self, url: str) -> None:
        """Begin anew after an upgrade; while it is under way, a worker that ended waits again."""
        if self._watch.outdated:
            self._stop()
            self._watch = halt.Watch(settings.DATA)
            for name, (command, process) in list(self._begun.items()):
                self.start(name, command, process)
            self._until_up(url)
        elif self._watch.shut:
            for name, child in list(self._children.items()):
                if child.poll() is not None:
                    self.start(name, *self._begun[name])

    def _until_up(self, url: str) -> None:
        end = time.monotonic() + START_SECONDS
        while not self._asked and not answers(url):
            self._refuse_dead()
            if time.monotonic() > end:
                raise CommandError(f"No answer from {url} in {START_SECONDS} seconds.")
            time.sleep(0.05)

    def _refuse_dead(self) -> None:
        for name, child in self._children.items():
            code = child.poll()
            if code is not None and not self._asked:
                raise CommandError(f"{name} ended by itself (exit {code}). Everything is stopped.")

    def _stop(self) -> None:
        for child in self._children.values():
            with contextlib.suppress(ProcessLookupError):
                child.terminate()
        end = time.monotonic() + STOP_SECONDS
        for child in self._children.values():
            try:
                child.wait(timeout=max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                end_group(child)
