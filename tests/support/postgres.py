"""A PostgreSQL server of the tests' own: made, used and thrown away.

It listens on a Unix socket in a short path only, trusts whoever reaches that socket, and
keeps nothing safe on disk: it is for tests alone.
"""

import os
import pwd
import shutil
import signal
import subprocess
import time
from pathlib import Path

import psycopg

from opensenco.access import postgres as roles
from tests.support import binaries

UNSAFE_AND_QUICK = (
    *("fsync=off", "full_page_writes=off", "synchronous_commit=off"),
    *("wal_level=minimal", "max_wal_senders=0", "max_wal_size=512MB", "checkpoint_timeout=1h"),
    *("shared_buffers=256MB", "autovacuum=off"),
)
START_SECONDS = 30


def _other_user() -> dict[str, object]:
    """Give the user to run as where we are root, which PostgreSQL refuses to be."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise RuntimeError("PostgreSQL does not run as root, and there is no user postgres or nobody.")


class Server:
    """One server in one folder.

    Args:
        folder: an existing folder with a short path; `pg` is made in it.
    """

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "pg"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Make the cluster, start it, wait for it and make the roles."""
        bin_folder = binaries.postgres_folder()
        if bin_folder is None:
            raise RuntimeError(
                "PostgreSQL's server is not installed. `python3 run.py test` installs it, "
                "or says how."
            )
        who = _other_user()
        self.socket.mkdir()
        if who:
            os.chown(self.socket, int(str(who["user"])), int(str(who["group"])))
        data = self.socket / "data"
        initdb = [bin_folder / "initdb", "-D", data, "--no-sync", "-A", "trust", "-U", "postgres"]
        self._run([*initdb, "-E", "UTF8", "--no-locale"], who)
        settings = ["listen_addresses=", f"unix_socket_directories={self.socket}"]
        command = [bin_folder / "postgres", "-D", data]
        for setting in (*settings, *UNSAFE_AND_QUICK, "max_connections=60"):
            command += ["-c", setting]
        if shutil.which("setpriv"):
            # So that a killed test run leaves no server behind.
            command = ["setpriv", "--pdeathsig", "INT", "--", *command]
        with (self.socket / "log").open("wb") as log:
            self._process = subprocess.Popen(  # type: ignore[call-overload]
                command, cwd=self.socket, stdout=log, stderr=log, start_new_session=True, **who
            )
        self._wait()
        with self.connect("postgres") as connection:
            for statement in roles.role_statements(connection.info.server_version):
                connection.execute(statement)

    def _run(self, command: list[object], who: dict[str, object]) -> None:
        done = subprocess.run(  # type: ignore[call-overload]
            command, cwd=self.socket, capture_output=True, text=True, check=False, **who
        )
        if done.returncode:
            raise RuntimeError(f"initdb failed:\n{done.stdout}{done.stderr}")

    def _wait(self) -> None:
        end = time.monotonic() + START_SECONDS
        while True:
            try:
                self.connect("postgres").close()
                return
            except psycopg.OperationalError as error:
                dead = self._process is None or self._process.poll() is not None
                if dead or time.monotonic() > end:
                    log = (self.socket / "log").read_text(errors="replace")
                    raise RuntimeError(f"PostgreSQL did not start:\n{log}") from error
                time.sleep(0.05)

    def connect(self, database: str) -> psycopg.Connection:
        """Open a connection as the server's administrator, every statement on its own."""
        return psycopg.connect(
            host=str(self.socket), user="postgres", dbname=database, autocommit=True
        )

    def create(self, database: str, template: str | None = None) -> None:
        """Make a database, empty or a copy, with the rights of the house."""
        with self.connect("postgres") as connection:
            # copied as files: by way of the log, as is the default, takes three times as long
            quick = " STRATEGY FILE_COPY" * (connection.info.server_version >= 150_000)
            source = f" TEMPLATE {template}{quick}" if template else ""
            connection.execute(f"CREATE DATABASE {database}{source}")
        # A copy takes what stands inside a database, but not the rights on the database itself.
        with self.connect(database) as connection:
            for statement in roles.database_statements(database):
                connection.execute(statement)

    def drop(self, database: str) -> None:
        """Remove a database, ending whatever is still connected to it."""
        with self.connect("postgres") as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def stop(self) -> None:
        """Stop the server that this object started."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
