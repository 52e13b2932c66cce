"""The tests' databases: one template, migrated and filled once, and copies of it.

The whole run (the controller and every worker of xdist) shares one folder. Whoever first needs
a database builds the template in it; the others wait. A copy is a file on SQLite and
`CREATE DATABASE … TEMPLATE …` on PostgreSQL, so each process, each browser test and each test
that commits has a database of its own, with the same rows in it.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from opensenco.access import postgres as roles
from opensenco.kernel.clock import london_time
from tests.cast import TODAY
from tests.support.postgres import Server

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER_VARIABLE = "TESTS_FOLDER"
TEMPLATES_VARIABLE = "TESTS_TEMPLATES"
KIND_VARIABLE = "OPENSENCO_TEST_DB"
SHIFT_VARIABLE = "OPENSENCO_TEST_SHIFT"
PROCESSES = {
    "DATABASE_URL": roles.WEB,
    "DATABASE_WORKER_URL": roles.WORKER,
    "DATABASE_OWNER_URL": roles.OWNER,
}
BUILD_SECONDS = 300
#: seconds after which what no run has added to is forgotten
OLD = 2 * 24 * 3600
#: every run begins at noon of the tests' day, whatever the machine's clock says; its world is older
BEGINS, WORLD_IS_OLDER = 12 * 3600, 3600
#: bytes that a run's databases may come to, several times over
ROOM = 3 * 1024**3
KEPT = ROOT / ".pytest_cache" / "opensenco"
COMMAND = (sys.executable, "-P", "-m", "opensenco.ops.cli")


def kind() -> str:
    """Give the database of this run, sqlite or postgres, from OPENSENCO_TEST_DB."""
    wanted = os.environ.get(KIND_VARIABLE, "sqlite")
    if wanted not in {"sqlite", "postgres"}:
        raise RuntimeError(f"{KIND_VARIABLE} is {wanted!r}. Use sqlite or postgres.")
    return wanted


def clean(environment: Mapping[str, str]) -> dict[str, str]:
    """Give an environment without anything the developer set for a database of their own."""
    return {
        name: value
        for name, value in environment.items()
        if name in (KIND_VARIABLE, SHIFT_VARIABLE)
        or not name.startswith(("OPENSENCO_", "DATABASE_", "DJANGO_SETTINGS"))
    }


@dataclass(frozen=True)
class Copy:
    """One database for somebody, and how another process reaches it.

    Attributes:
        name: unique in this run.
        environment: every variable a process needs to use this database.
    """

    name: str
    environment: dict[str, str]

    @property
    def data(self) -> Path:
        """The folder of its files, and of the database itself on SQLite."""
        return Path(self.environment["OPENSENCO_DATA"])

    def command(
        self, *words: str, check: bool = True, typed: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run `opensenco` with these words on this database.

        Args:
            typed: what it reads from its standard input.

        Raises:
            AssertionError: it failed and `check` is true; holds what it printed.
        """
        done = subprocess.run(
            [*COMMAND, *words],
            cwd=ROOT,
            env=self.environment,
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )
        if check and done.returncode:
            raise AssertionError(f"opensenco {' '.join(words)} failed:\n{done.stdout}{done.stderr}")
        return done


class Databases:
    """The databases of one run of tests."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder = folder
        self.database = database
        self.server = Server(folder)
        self.shift = int(os.environ.setdefault(SHIFT_VARIABLE, str(_seconds_to_noon())))

    def place(self, name: str) -> Copy:
        """Say where a database of this name is or will be, without making it."""
        data = self.folder / name
        environment = clean(os.environ) | {
            KIND_VARIABLE: self.database,
            "OPENSENCO_DATA": str(data),
            "OPENSENCO_SECRET_KEY": "a secret of the tests alone, " + "x" * 40,
            "OPENSENCO_HTTPS": "0",
            "OPENSENCO_TODAY": TODAY.isoformat(),
            SHIFT_VARIABLE: str(self.shift),
            "DJANGO_SETTINGS_MODULE": "opensenco.config.settings",
            "PYTHONPATH": str(ROOT),
        }
        if self.database == "postgres":
            where = str(self.server.socket).replace("/", "%2F")
            for variable, role in PROCESSES.items():
                environment[variable] = f"postgres://{role}@{where}/{name}"
        return Copy(name, environment)

    def copy(self, name: str) -> Copy:
        """Make a database of this name from the template, building that first if need be."""
        template = self.template()
        place = self.place(name)
        # a page that asks no database may have been answered here, and counted, before
        shutil.copytree(template.data, place.data, dirs_exist_ok=True)
        if self.database == "postgres":
            self.server.create(name, template.name)
        return place

    def drop(self, place: Copy) -> None:
        """Remove a database and its files."""
        shutil.rmtree(place.data, ignore_errors=True)
        if self.database == "postgres":
            self.server.drop(place.name)

    def template(self) -> Copy:
        """Give the database that all others are copied from; whoever asks first builds it.

        Raises:
            RuntimeError: it could not be built.
        """
        place = self.place("template")
        ready, failed = self.folder / "template.ready", self.folder / "template.failed"
        try:
            (self.folder / "template.lock").mkdir()
        except FileExistsError:
            _wait(lambda: ready.exists() or failed.exists())
        else:
            try:
                self._build(place)
                ready.touch()
            except Exception as error:
                failed.write_text(str(error))
                raise
        if failed.exists():
            raise RuntimeError(f"The tests' database could not be built.\n{failed.read_text()}")
        return place

    def empty(self, name: str) -> Copy:
        """Make a database of this name that has every table and no row."""
        place = self.place(name)
        place.data.parent.mkdir(parents=True, exist_ok=True)
        self._migrated(place)
        return place

    def _build(self, place: Copy) -> None:
        if self.database == "postgres":
            self._migrated(place)
            self._run(place, "tests.world")
        elif not _taken(whole := KEPT / "template" / _key(), place):
            self._migrated(place)
            self._run(place, "tests.world")
            _keep(place.data, whole)

    def _migrated(self, place: Copy) -> None:
        if self.database == "postgres":
            place.data.mkdir()
            self.server.create(place.name)
            self._run(place, "opensenco.ops.cli", "migrate")
        elif not _taken(empty := KEPT / "migrated" / _key("*/migrations/*.py"), place):
            place.data.mkdir()
            self._run(place, "opensenco.ops.cli", "migrate")
            _keep(place.data, empty)

    def _run(self, place: Copy, *module: str) -> None:
        process = "owner" if "migrate" in module else "worker"
        older = {SHIFT_VARIABLE: str(self.shift - WORLD_IS_OLDER), "OPENSENCO_PROCESS": process}
        done = subprocess.run(
            [sys.executable, "-P", "-m", *module],
            cwd=ROOT,
            env=place.environment | older,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise AssertionError(f"{module[0]} failed:\n{done.stdout}{done.stderr}")


def _seconds_to_noon() -> int:
    """Give by how much a time of day is moved so that this moment is noon in London."""
    now = london_time(datetime.now(UTC))
    return BEGINS - (now.hour * 3600 + now.minute * 60 + now.second)


def _key(code: str = "") -> str:
    """Give a name for all that a template can depend on: code, locked packages, Python, the day.

    Args:
        code: the files of the package that matter; without it all of them and the tests' world.
    """
    digest = hashlib.sha256(f"{sys.version} {date.today()}".encode())  # noqa: DTZ011 (a new one)
    files = [*(ROOT / "opensenco").glob(code or "**/*.py"), *(ROOT / "requirements").glob("*.lock")]
    files += [*(ROOT / "opensenco" / "access").glob("*.py")]
    if not code:
        files += [*(ROOT / "opensenco").rglob("*.toml"), *(ROOT / "tests").glob("*.py")]
    for path in sorted(files):
        digest.update(f"{path} {path.stat().st_size} ".encode() + path.read_bytes())
    return digest.hexdigest()[:32]


def kept_templates() -> Path:
    """Give the folder in which all processes keep compiled templates, for other legs and runs too.

    Jinja compiles one anew that was changed. What else it hangs on is code, which says how the
    folder is called.
    """
    name = os.environ.get(TEMPLATES_VARIABLE)
    if name is None:
        os.environ[TEMPLATES_VARIABLE] = name = _key()
    folder = _made(KEPT / "templates" / name)
    forget_old(folder.parent)
    return folder


def forget_old(folder: Path) -> None:
    """Remove what stands in a folder and was written by no run of this day or the one before."""
    for kept in folder.iterdir():
        with suppress(FileNotFoundError):
            if time.time() - kept.stat().st_mtime > OLD:
                shutil.rmtree(kept, ignore_errors=True) if kept.is_dir() else kept.unlink()


def _taken(kept: Path, place: Copy) -> bool:
    """Begin with what an earlier run kept, if it did."""
    if kept.exists():
        shutil.copytree(kept, place.data)
    return kept.exists()


def _keep(built: Path, kept: Path) -> None:
    """Keep a finished template of SQLite for the next run, and none that is older."""
    shutil.rmtree(kept.parent, ignore_errors=True)
    beside = Path(tempfile.mkdtemp(dir=_made(kept.parent)))
    shutil.copytree(built, beside / "template")
    (beside / "template").rename(kept)
    beside.rmdir()


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _wait(done: Callable[[], bool]) -> None:
    end = time.monotonic() + BUILD_SECONDS
    while not done():
        if time.monotonic() > end:
            raise RuntimeError("Another process did not finish building the tests' database.")
        time.sleep(0.1)


def of_this_run() -> Databases:
    """Give the databases of this run: the controller makes the folder, its workers find it."""
    folder = os.environ.get(FOLDER_VARIABLE)
    if folder is None:
        folder = tempfile.mkdtemp(prefix="sen-", dir=_short_and_quick())
        Path(folder).chmod(0o755)
        os.environ[FOLDER_VARIABLE] = folder
    return Databases(Path(folder), kind())


def _short_and_quick() -> str | None:
    """Give where the databases lie: in memory where there is room, since no test outlives them.

    A Unix socket's path must be short, which a temporary folder on macOS is not.
    """
    memory = Path("/dev/shm")  # noqa: S108 (a folder is made within, by mkdtemp)
    if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM:
        return str(memory)
    return "/tmp" if Path("/tmp").is_dir() else None  # noqa: S108


@contextmanager
def connected(place: Copy) -> Iterator[Copy]:
    """Point Django's connection at another database for a while."""
    from django.db import connection

    before = connection.settings_dict["NAME"]
    connection.close()
    on_disk = place.data / "opensenco.sqlite3"
    connection.settings_dict["NAME"] = place.name if connection.vendor == "postgresql" else on_disk
    try:
        yield place
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
