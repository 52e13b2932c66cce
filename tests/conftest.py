"""What every test stands on; docs/guide/testing.md says how to use it."""

import contextlib
import gc
import os
import shutil
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import django
import hypothesis
import pytest
from django.conf import settings
from django.template import engines
from django.test import override_settings
from jinja2 import FileSystemBytecodeCache

from opensenco.access import postgres as roles
from tests.support import databases, disorder, legs, long_stories, network, tripwire
from tests.support.server import Server

pytest_plugins = ["tests.support.proof"]

# Nearly all that is made until the tests are collected stays; none of it is walked through.
gc.disable()

if settings.configured:
    raise pytest.UsageError("Unset DJANGO_SETTINGS_MODULE: the tests choose their own database.")

DATABASES = databases.of_this_run()
#: fixtures that make a database or start a server for one test
PROCESSES = {"own_database", "serve", "server", "made"}
HERE = DATABASES.place(os.environ.get("PYTEST_XDIST_WORKER", "main"))
# Before anything reads the settings, which read this once.
for variable in set(os.environ) - set(databases.clean(os.environ)):
    del os.environ[variable]
os.environ.update(HERE.environment)
# The tests start hundreds of processes, each of which would compile the whole package.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# Playwright keeps an event loop in this thread; Django would take that for an asynchronous view.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None)
hypothesis.settings.register_profile("quick", deadline=None, max_examples=20)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "house")


def _is_controller(config: pytest.Config) -> bool:
    return not hasattr(config, "workerinput")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL once for the run, and see to it that nothing is left behind."""
    network.block()
    if config.option.leg == "fast":
        hypothesis.settings.load_profile("quick")
    django.setup()
    disorder.shuffle_unordered()
    compiled = databases.kept_templates()
    ours: Any = engines["jinja2"]
    ours.env.bytecode_cache = FileSystemBytecodeCache(str(compiled))
    if not _is_controller(config):
        return
    if config.option.note_long:
        config.pluginmanager.register(long_stories.Noting())
    config.add_cleanup(lambda: shutil.rmtree(DATABASES.folder, ignore_errors=True))
    config.add_cleanup(DATABASES.server.stop)
    idle = config.option.help or config.option.version or config.option.collectonly
    if idle:
        return
    if DATABASES.database == "postgres":
        DATABASES.server.start()
    # Built while the tests are collected and while those run that need none.
    threading.Thread(target=_build_template, daemon=True).start()


def _build_template() -> None:
    # Whoever asks for it is told what went wrong.
    with contextlib.suppress(Exception):
        DATABASES.template()


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart() -> None:
    """Let the workers that start now read the settings as late as this process did."""
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)


def pytest_report_header() -> str:
    """Say which database this run is on."""
    return f"database: {DATABASES.database}"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let run.py take the tests in legs."""
    legs = "all but the browser's; of these the quick ones; the browser's alone"
    parser.addoption("--leg", choices=["code", "fast", "browser"], help=legs)
    noting = "with --leg fast: leave no long story out, and write anew which they are"
    parser.addoption("--note-long", action="store_true", help=noting)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Load no file that has no test of this leg."""
    return legs.elsewhere(collection_path, config.option.leg, DATABASES.database) or None


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> Generator[None]:
    """Mark tests by where they stand and what they use; choose those of this leg and database.

    Before other plugins look at each of them. When these have shuffled them, each takes its turn.
    """
    for item in items:
        if "browser" in item.path.relative_to(config.rootpath).parts[:-1]:
            item.add_marker("browser")
        if not PROCESSES.isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker("process")
    long = long_stories.known() if config.option.leg == "fast" else frozenset()
    if config.option.note_long:
        long = frozenset()
    chosen = [
        item
        for item in items
        if _belongs(item, config.option.leg) and long_stories.named(item.nodeid) not in long
    ]
    kept = set(map(id, chosen))
    config.hook.pytest_deselected(items=[item for item in items if id(item) not in kept])
    items[:] = chosen
    yield
    items.sort(key=_turn)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    """Let the collector of garbage pass by what was loaded; it is the half of a test's work."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    gc.enable()


def _turn(item: pytest.Item) -> int:
    """What asks no database runs while that is built; what takes long does not come last."""
    long = item.get_closest_marker("long") is not None
    if not _asks_a_database(item):
        return 0 if long else 1
    return 2 if long else 3


def _belongs(item: pytest.Item, leg: str | None) -> bool:
    def marked(*names: str) -> bool:
        return any(item.get_closest_marker(name) for name in names)

    sqlite = DATABASES.database == "sqlite"
    if sqlite and marked("postgres"):
        return False
    if leg == "browser":
        return marked("browser") and (marked("smoke") or not sqlite)
    if leg == "fast":
        return not marked("browser", "process", "thorough")
    if leg == "code":
        return not marked("browser") and (sqlite or marked("requirement") or _asks_a_database(item))
    return True


def _asks_a_database(item: pytest.Item) -> bool:
    """What asks none is the same on both, and runs once."""
    uses = PROCESSES.union(("db", "django_db_setup"))
    return bool(item.get_closest_marker("django_db")) or not uses.isdisjoint(
        getattr(item, "fixturenames", ())
    )


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Connect as the web server, or as the worker where a test is marked so."""
    from opensenco.gate.pace import looks

    looks.clear()
    marker = item.get_closest_marker("django_db")
    if marker and (marker.args or marker.kwargs.get("transaction")):
        raise pytest.UsageError("A test that commits takes the fixture own_database instead.")
    if DATABASES.database == "postgres":
        from django.db import connection

        role = roles.WORKER if item.get_closest_marker("worker") else roles.WEB
        if connection.settings_dict["USER"] != role:
            connection.close()
            connection.settings_dict["USER"] = role


@pytest.fixture(scope="session")
def django_db_setup() -> Iterator[None]:
    """Make this process's database from the template (in place of pytest-django's own way)."""
    from django.db import connection

    DATABASES.copy(HERE.name)
    if connection.vendor == "sqlite":
        tripwire.lay()
    yield
    connection.close()
    DATABASES.drop(HERE)


@pytest.fixture
def own_database(django_db_blocker, request: pytest.FixtureRequest) -> Iterator[databases.Copy]:
    """Give a database for this test alone, in which it may commit and other processes may work.

    Instead of the marker `django_db`: nothing is rolled back, the database is dropped after.
    """
    place = DATABASES.copy(f"{HERE.name}_own")
    folders = {"FILES": place.data / "files", "COPIES": place.data / "copies"}
    try:
        with (
            django_db_blocker.unblock(),
            databases.connected(place),
            override_settings(**folders),
        ):
            yield place
    finally:
        DATABASES.drop(place)


@pytest.fixture
def own_files(django_db_setup: None, tmp_path: Path) -> Iterator[Path]:
    """Give kept files for this test alone: what it removes is there for the next."""
    own = tmp_path / "files"
    shutil.copytree(settings.FILES, own)
    with override_settings(FILES=own):
        yield own


@pytest.fixture
def serve(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Start servers: `serve()` or, with other settings, `serve(OPENSENCO_DEMO="1")`."""
    started: list[Server] = []

    def start(*, port: int = 0, **environment: str) -> Server:
        name = f"{HERE.name}_web{len(started)}"
        log = tmp_path / f"{name}.log"
        server = Server(DATABASES.copy(name), log, port=port, **environment)
        started.append(server)
        return server

    yield start
    for server in started:
        server.stop()
        request.node.add_report_section("teardown", server.url, server.log())
        DATABASES.drop(server.copy)


@pytest.fixture
def server(serve: Callable[..., Server]) -> Server:
    """Give one server with the demo off."""
    return serve()
