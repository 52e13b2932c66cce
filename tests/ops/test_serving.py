"""Server and worker start together, end together, and leave the port free."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management.base import CommandError

from opensenco.ops import serving
from tests.ops.jobs import write
from tests.support.databases import COMMAND, ROOT, Copy
from tests.support.server import Server, free_port

PATIENCE = 60


@contextlib.contextmanager
def running(place: Copy, *words: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """Run a command that stays, and end it if the test does not."""
    process = subprocess.Popen(
        [*COMMAND, *words],
        cwd=ROOT,
        env=place.environment | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    # So that a test that waits for a line which never comes fails instead of waiting for ever.
    too_long = threading.Timer(PATIENCE, process.kill)
    too_long.start()
    try:
        yield process
    finally:
        too_long.cancel()
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=PATIENCE)


def until(happened) -> None:
    """Wait for something that another process does."""
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def read_until(process: subprocess.Popen[str], words: str) -> str:
    """Give what a process prints up to a line that holds these words."""
    assert process.stdout is not None
    told = ""
    while words not in told:
        line = process.stdout.readline()
        assert line, f"it ended before {words!r}:\n{told}"
        told += line
    return told


def taken(port: int) -> bool:
    """Say whether somebody listens on a port of the loopback."""
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_serve_stops_cleanly(own_database: Copy, stop: signal.Signals) -> None:
    port = free_port()
    with running(own_database, "serve", "--port", str(port)) as process:
        told = read_until(process, f"OpenSENCO serves at http://127.0.0.1:{port}\n")
        process.send_signal(stop)
        rest, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, told + rest
    assert rest.endswith("Stopped.\n")
    assert "Traceback" not in told + rest
    assert not taken(port)


def test_the_worker_beside_the_server_does_jobs(own_database: Copy, tmp_path: Path) -> None:
    target = tmp_path / "written"
    with running(own_database, "serve", "--port", str(free_port()), "--workers", "1"):
        write.enqueue(str(target), "beside the server")
        until(target.exists)


def test_a_port_in_use_is_one_line(own_database: Copy) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = own_database.command("serve", "--port", str(port), check=False)
    assert done.returncode == 1
    assert done.stderr == (
        f"opensenco serve: Port {port} on 127.0.0.1: address already in use. "
        "Choose another with --port.\n"
    )


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(CommandError, match=r"Port 8000 on 192\.0\.2\.1: "):
        serving.refuse_port_in_use("192.0.2.1", 8000, "")


def test_all_end_when_one_ends_by_itself() -> None:
    with serving.Together() as processes:
        processes.start("The server", [sys.executable, "-c", "import time; time.sleep(60)"], "web")
        processes.start("The worker", [sys.executable, "-c", "raise SystemExit(7)"], "worker")
        with pytest.raises(CommandError, match="The worker ended by itself"):
            processes.run(f"http://127.0.0.1:{free_port()}", lambda: None)
    assert [child.poll() is not None for child in processes._children.values()] == [True, True]


def test_a_signal_before_the_server_answers_is_not_lost() -> None:
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGTERM)).start()
    ready: list[bool] = []
    with serving.Together() as processes:
        processes.start("The server", [sys.executable, "-c", "import time; time.sleep(60)"], "web")
        processes.run(f"http://127.0.0.1:{free_port()}", lambda: ready.append(True))
    assert ready == []


def test_a_web_process_is_not_told_of_other_roles() -> None:
    given = {
        "DATABASE_URL": "postgres://web",
        "DATABASE_WORKER_URL": "postgres://worker",
        "DATABASE_OWNER_URL": "postgres://owner",
        "OPENSENCO_PROCESS": "owner",
    }
    web = serving.environment("web", given)
    assert {name for name in web if name.startswith("DATABASE")} == {"DATABASE_URL"}
    assert web["OPENSENCO_PROCESS"] == "web"
    worker = serving.environment("worker", given)
    assert worker["DATABASE_WORKER_URL"] == "postgres://worker"


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),  # noqa: S104 (only read)
        ("::1", "http://[::1]:8000"),
        ("::", "http://[::1]:8000"),
        ("senco.example", "http://senco.example:8000"),
    ],
)
def test_the_address_to_open(host: str, url: str) -> None:
    assert serving.address(host, 8000) == url


def test_the_server_of_the_tests_is_the_one_people_run(server: Server) -> None:
    assert serving.answers(server.url)
    server.stop()
    assert not serving.answers(server.url)
