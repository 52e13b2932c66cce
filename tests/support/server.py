"""OpenSENCO's own server, started as its administrator would, on a database of its own."""

import socket
import subprocess
import time
from pathlib import Path

from opensenco.ops import serving
from tests.support import databases

START_SECONDS = 60
WORKERS = 2


class Server:
    """One running server.

    Attributes:
        url: where it answers, without a slash at the end.
        copy: its database; `copy.command("import", …)` runs `opensenco` on it.
    """

    def __init__(
        self, copy: databases.Copy, log: Path, *, port: int = 0, **environment: str
    ) -> None:
        """Start it.

        Args:
            port: where it listens; without one, where nothing else does.
        """
        self.copy = copy
        self._log = log
        port = port or free_port()
        self.url = serving.address("127.0.0.1", port)
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                serving.server_command("127.0.0.1", port, WORKERS, "info"),
                cwd=databases.ROOT,
                env=serving.environment("web", copy.environment | environment),
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._wait()

    def _wait(self) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self._process.poll() is None:
            # Every process of it: one that is stopped while it starts takes seconds to go.
            if self.log().count("Started worker-") == WORKERS and serving.answers(self.url):
                return
            time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"The server did not start:\n{self.log()}")

    @property
    def group(self) -> int:
        """The group of all processes of it."""
        return self._process.pid

    def log(self) -> str:
        """Give what the server has printed."""
        return self._log.read_text(errors="replace")

    def jobs(self) -> None:
        """Do every job that waits, as the worker beside the server would."""
        self.copy.command("worker", "--until-done")

    def stop(self) -> None:
        """Stop the server as its administrator would."""
        self._process.terminate()
        try:
            self._process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            serving.end_group(self._process)


def free_port() -> int:
    """Give a port of the loopback that nothing listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port
