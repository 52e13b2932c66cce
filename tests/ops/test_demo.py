"""`opensenco demo`: what it makes, what it leaves alone, and what it says."""

import signal
import socket
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection

from opensenco.gate import demo_marker
from opensenco.gate.clock import clock
from opensenco.gate.demo_marker import Marker, SignIn
from opensenco.ops.management.commands import demo
from tests.ops.test_serving import PATIENCE, read_until, running
from tests.support.databases import Copy
from tests.support.server import free_port

DAY = date(2026, 11, 20)
PEOPLE = (
    SignIn("SENCO of a school", "senco@school.example", "a password"),
    SignIn("Teacher", "teacher@school.example", "another password"),
)


@pytest.fixture
def note(own_database: Copy, monkeypatch: pytest.MonkeyPatch) -> Marker:
    """Call this test's database the demo's, made on a day that is past."""
    monkeypatch.setattr(settings, "DATA", own_database.data)
    marker = Marker(demo_marker.this_database(), DAY, built=True, sign_ins=PEOPLE)
    marker.write(own_database.data)
    return marker


def test_a_note_says_what_was_written(tmp_path: Path) -> None:
    marker = Marker("sqlite  here", DAY, built=True, sign_ins=PEOPLE)
    marker.write(tmp_path)
    assert Marker.read(tmp_path, "sqlite  here") == marker


def test_a_note_about_another_database_is_none(tmp_path: Path) -> None:
    Marker("sqlite  here", DAY).write(tmp_path)
    assert Marker.read(tmp_path, "sqlite  there") is None


def test_no_note_is_none(tmp_path: Path) -> None:
    assert Marker.read(tmp_path, "sqlite  here") is None


def test_a_note_holds_no_password_of_the_database() -> None:
    assert "sen_web" not in demo_marker.this_database()


def test_a_database_that_is_gone_has_no_note(
    note: Marker, own_database: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert demo_marker.read_here() == note
    monkeypatch.setitem(connection.settings_dict, "NAME", own_database.data / "elsewhere")
    assert demo_marker.read_here() is None


def test_the_demo_is_not_put_beside_people(own_database: Copy) -> None:
    done = own_database.command("demoworld", check=False)
    assert done.returncode == 1
    assert "This database holds people already" in done.stderr
    assert not (own_database.data / demo_marker.NAME).exists()


def test_fresh_does_not_throw_away_what_is_not_the_demos(own_database: Copy) -> None:
    port = str(free_port())
    done = own_database.command("demo", "--fresh", "--port", port, check=False)
    assert done.returncode == 1
    assert "This database holds people already" in done.stderr
    if connection.vendor == "sqlite":
        assert Path(connection.settings_dict["NAME"]).exists()


def test_forgetting_leaves_the_other_files(tmp_path: Path) -> None:
    database = tmp_path / "opensenco.sqlite3"
    for name in ("opensenco.sqlite3", "opensenco.sqlite3-wal", "secret-key"):
        (tmp_path / name).touch()
    Marker("sqlite  here", DAY).write(tmp_path)
    demo_marker.forget(tmp_path, database)
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]


@pytest.mark.parametrize("fresh", [True, False])
def test_what_was_begun_and_not_finished_is_begun_anew(
    fresh: bool, note: Marker, own_database: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    Marker(note.database, DAY, built=fresh).write(own_database.data)
    command = demo.Command()
    steps: list[str] = []

    def step(*words: str, process: str) -> None:
        steps.append(f"{words[0]} as {process}")
        if words[0] == "demoworld":
            Path(connection.settings_dict["NAME"]).touch()
            note.write(own_database.data)

    monkeypatch.setattr(command, "_step", step)
    if connection.vendor == "postgresql":
        with pytest.raises(CommandError, match="in a new, empty database"):
            command._ready(fresh=fresh)
        assert steps == []
    else:
        assert command._ready(fresh=fresh) == note
        assert steps == ["migrate as owner", "demoworld as worker"]


def test_what_is_there_is_served_as_it_is(note: Marker, monkeypatch: pytest.MonkeyPatch) -> None:
    command = demo.Command()
    monkeypatch.setattr(command, "_step", lambda *words, process: pytest.fail(words[0]))
    assert command._ready(fresh=False) == note


def test_what_newer_code_finds_is_migrated_first(
    note: Marker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrations = tmp_path / "an_app_of_tomorrow" / "migrations"
    migrations.mkdir(parents=True)
    for path in (migrations.parent / "__init__.py", migrations / "0001_initial.py"):
        path.touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    apps = [*settings.INSTALLED_APPS, "an_app_of_tomorrow"]
    monkeypatch.setattr(settings, "INSTALLED_APPS", apps)
    command = demo.Command()
    steps: list[str] = []
    monkeypatch.setattr(command, "_step", lambda *words, process: steps.append(words[0]))
    assert command._ready(fresh=False) == note
    assert steps == ["migrate"]


def test_it_says_where_and_as_whom_and_how_old(note: Marker, own_database: Copy) -> None:
    port = free_port()
    with running(own_database, "demo", "--no-worker", "--port", str(port)) as process:
        told = read_until(process, "Ctrl-C")
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert f"http://127.0.0.1:{port}" in told
    assert "  with the password a password\n  senco@school.example    SENCO of a school\n" in told
    assert "  with the password another password\n  teacher@school.example  Teacher\n" in told
    assert "The demo world was made for 20 November 2026" in told
    assert "--fresh" in told
    assert rest.endswith("Stopped.\n")


def test_on_the_day_itself_nothing_is_said_of_age() -> None:
    today = clock().today()
    assert demo.age(today, today) == []
    assert demo.age(today - timedelta(days=1), today) != []


def test_a_port_in_use_is_one_line(own_database: Copy) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = own_database.command("demo", "--port", str(port), check=False)
    assert done.returncode == 1
    assert done.stderr == (
        f"opensenco demo: Port {port} on 127.0.0.1: address already in use. "
        f"Try another: python3 run.py demo --port {port + 1}\n"
    )


def test_a_port_that_somebody_took_while_the_world_was_made_is_not_shared(
    note: Marker, monkeypatch: pytest.MonkeyPatch
) -> None:
    command, port = demo.Command(), free_port()
    with socket.socket() as other:

        def made(**_options: object) -> Marker:
            other.bind(("127.0.0.1", port))
            other.listen()
            return note

        monkeypatch.setattr(command, "_ready", made)
        with pytest.raises(CommandError, match=f"Port {port} on 127.0.0.1: address already in use"):
            command.handle(port=port, fresh=False, size="village", no_worker=True)
