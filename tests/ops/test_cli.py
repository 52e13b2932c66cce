"""`opensenco`: what it lists, whose role it takes, and how it refuses."""

import os
import subprocess
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError
from django.db import OperationalError

from opensenco.kernel.errors import DomainError
from opensenco.ops import cli
from tests.conftest import DATABASES
from tests.ops.jobs import write
from tests.support.databases import COMMAND, ROOT, Copy


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a command set variables without leaving them to the next test."""
    monkeypatch.setattr(os, "environ", dict(os.environ))
    os.environ.pop("OPENSENCO_PROCESS", None)


def opensenco(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a person would, on a folder without a database."""
    place = DATABASES.place("nowhere").environment
    return subprocess.run(
        [*COMMAND, *words],
        cwd=ROOT,
        env=place | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_lists_every_command_with_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["help"]) == 0
    told = capsys.readouterr().out
    for name, line in cli.commands().items():
        assert line.endswith("."), f"the docstring of {name}.py begins with one sentence"
        assert f"{name} " in told
        assert line in told
    assert {"demo", "migrate", "serve", "worker"} <= set(cli.commands())


def test_without_words_it_helps(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 0
    assert capsys.readouterr().out.startswith("opensenco COMMAND")


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("serv", "Did you mean serve?"),
        ("migrat", "Did you mean migrate?"),
        ("zzz", "`opensenco help` lists them."),
        ("flush", "`opensenco help` lists them."),  # Django's own stay with manage.py
    ],
)
def test_an_unknown_command_is_one_line(
    typed: str, hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([typed]) == 2
    told = capsys.readouterr()
    assert told.err == f"opensenco: there is no command {typed!r}. {hint}\n"
    assert told.out == ""


@pytest.mark.parametrize(
    ("name", "process"),
    [("serve", "web"), ("demo", "web"), ("migrate", "owner"), ("worker", "worker")],
)
def test_a_command_takes_its_database_role(
    name: str, process: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "_run", lambda name, options: 0)
    cli.main([name])
    assert os.environ["OPENSENCO_PROCESS"] == process


def test_a_role_that_is_set_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "_run", lambda name, options: 0)
    os.environ["OPENSENCO_PROCESS"] = "worker"
    cli.main(["serve"])
    assert os.environ["OPENSENCO_PROCESS"] == "worker"


def test_only_the_demo_is_told_that_it_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "_run", lambda name, options: 0)
    cli.main(["serve"])
    assert "OPENSENCO_DEMO" not in os.environ
    cli.main(["demo"])
    assert os.environ["OPENSENCO_DEMO"] == "1"
    assert os.environ["OPENSENCO_HTTPS"] == "0"


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (CommandError("No such file."), 1, "opensenco worker: No such file.\n"),
        (CommandError("Half of it.", returncode=3), 3, "opensenco worker: Half of it.\n"),
        (ImproperlyConfigured("Set this."), 1, "opensenco worker: Set this.\n"),
        (DomainError("Not on a Sunday."), 1, "opensenco worker: Not on a Sunday.\n"),
        (
            OperationalError("no such table: t\nDETAIL: more"),
            1,
            (
                "opensenco worker: the database refused: no such table: t. "
                "Does it run, and has `opensenco migrate` been run?\n"
            ),
        ),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_a_refusal_is_one_line(
    error: BaseException,
    code: int,
    line: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def refuse(name: str, options: list[str]) -> None:
        raise error

    monkeypatch.setattr(cli, "_execute", refuse)
    assert cli.main(["worker"]) == code
    assert capsys.readouterr().err == line


def test_a_fault_in_the_code_is_told_by_its_kind_and_lines_and_none_of_its_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fault(name: str, options: list[str]) -> None:
        raise ZeroDivisionError("somebody's name")

    monkeypatch.setattr(cli, "_execute", fault)
    assert cli.main(["worker"]) == 1
    told = capsys.readouterr().err
    assert "builtins.ZeroDivisionError" in told
    assert "in fault" in told
    assert "somebody's name" not in told


def test_a_misspelt_variable_is_one_line() -> None:
    done = opensenco("worker", OPENSENCO_DATUM="x")
    assert done.returncode == 1
    assert done.stderr == (
        "opensenco worker: OPENSENCO_DATUM is not a setting of OpenSENCO. "
        "Did you mean OPENSENCO_DATA?\n"
    )


def test_a_misspelt_option_is_told_with_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["serve", "--prot", "1"])
    assert stopped.value.code == 2
    told = capsys.readouterr().err
    assert "usage: opensenco serve" in told
    assert "unrecognized arguments: --prot" in told


def test_help_of_a_command_keeps_to_its_own_options(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["serve", "--help"])
    assert stopped.value.code == 0
    told = capsys.readouterr().out
    assert "--port" in told
    assert "--settings" not in told


def test_migrate_can_be_run_again(own_database: Copy) -> None:
    done = own_database.command("migrate")
    assert "No migrations to apply." in done.stdout


def test_the_worker_does_what_waits_and_ends(own_database: Copy, tmp_path: Path) -> None:
    target = tmp_path / "written"
    write.enqueue(str(target), "by the worker")
    done = own_database.command("worker", "--until-done")
    assert target.read_text(encoding="utf-8") == "by the worker"
    assert done.stdout + done.stderr == ""


def test_the_worker_tells_of_a_job_that_failed(own_database: Copy, tmp_path: Path) -> None:
    write.enqueue(str(tmp_path / "no folder" / "file"), "never")
    done = own_database.command("worker", "--until-done")
    assert "FAILED" in done.stderr
    assert "tests.ops.jobs.write" in done.stderr
