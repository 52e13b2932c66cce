"""run.py: when it makes the environment, what it installs, and how it says no."""

import ast
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import run
from tests.support.databases import ROOT

Command = list[str]


class Programs:
    """Stands in for the programs that run.py starts, and remembers them."""

    def __init__(self) -> None:
        self.run: list[Command] = []
        self.codes: dict[str, int] = {}

    def __call__(self, command: Sequence[object], **_: object) -> subprocess.CompletedProcess[str]:
        words = [str(word) for word in command]
        self.run.append(words)
        line = " ".join(words)
        code = next((code for part, code in self.codes.items() if part in line), 0)
        return subprocess.CompletedProcess(words, code, stdout="", stderr="")

    def lines(self) -> list[str]:
        """Give what was run, each as one line."""
        return [" ".join(words) for words in self.run]


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch) -> Programs:
    """Run nothing, and remember what would have been run."""
    stand_in = Programs()
    monkeypatch.setattr("run.subprocess.run", stand_in)
    return stand_in


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point run.py at an empty checkout with two locks."""
    (tmp_path / "requirements").mkdir()
    for name in ("base", "dev"):
        (tmp_path / "requirements" / f"{name}.lock").write_text(name)
    venv = tmp_path / ".venv"
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "LOCKS", tmp_path / "requirements")
    monkeypatch.setattr(run, "VENV", venv)
    monkeypatch.setattr(run, "BIN", venv / "bin")
    monkeypatch.setattr(run, "PYTHON", venv / "bin" / "python")
    monkeypatch.setattr(run, "STAMP", venv / "opensenco-stamp")
    return tmp_path


@pytest.fixture
def installed(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Make environments of nothing, and remember from which lock."""
    locks: list[str] = []

    def make() -> None:
        run.BIN.mkdir(parents=True, exist_ok=True)
        run.PYTHON.touch()

    monkeypatch.setattr(run, "make_environment", make)
    monkeypatch.setattr(run, "install", lambda lock: locks.append(lock.name))
    monkeypatch.setattr(run, "write_launcher", lambda: None)
    return locks


def test_the_environment_is_made_once(installed: list[str]) -> None:
    run.prepare("base")
    run.prepare("base")
    assert installed == ["base.lock"]


def test_a_changed_lock_is_installed(installed: list[str], checkout: Path) -> None:
    run.prepare("base")
    (checkout / "requirements" / "base.lock").write_text("another")
    run.prepare("base")
    assert installed == ["base.lock", "base.lock"]


def test_what_tests_need_is_enough_to_run(installed: list[str]) -> None:
    run.prepare("dev")
    run.prepare("base")
    assert installed == ["dev.lock"]


def test_what_tests_need_is_not_taken_away_again(installed: list[str], checkout: Path) -> None:
    run.prepare("dev")
    (checkout / "requirements" / "dev.lock").write_text("another")
    run.prepare("base")
    assert installed == ["dev.lock", "dev.lock"]


def test_what_is_installed_is_compiled_where_its_user_may_not_write(
    installed: list[str], programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert run.main(["install"]) == 0
    assert installed == ["base.lock"]
    assert programs.lines() == [f"{run.PYTHON} -m compileall -q opensenco"]
    assert "PYTHONDONTWRITEBYTECODE" not in os.environ


def test_an_installation_that_broke_off_is_done_again(
    installed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(lock: Path) -> None:
        raise run.StopError("no internet")

    run.prepare("base")
    with monkeypatch.context() as patch:
        patch.setattr(run, "install", broken)
        with pytest.raises(run.StopError):
            run.prepare("dev")
    run.prepare("base")
    assert installed == ["base.lock", "base.lock"]


def test_a_checkout_that_was_moved_is_installed_anew(
    installed: list[str], checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.prepare("base")
    monkeypatch.setattr(run, "ROOT", checkout / "elsewhere")
    run.prepare("base")
    assert installed == ["base.lock", "base.lock"]


@pytest.mark.usefixtures("checkout")
def test_uv_installs_and_pip_stands_in(programs: Programs) -> None:
    run.install(run.LOCKS / "dev.lock")
    assert ["uv --system-certs pip sync" in line for line in programs.lines()] == [False, True]
    programs.run.clear()
    programs.codes["pip sync"] = 2
    run.install(run.LOCKS / "dev.lock")
    assert programs.lines()[-1].endswith(
        "install --no-deps --require-hashes -r " + str(run.LOCKS / "dev.lock")
    )
    assert all("--require-hashes" in line for line in programs.lines())


@pytest.mark.usefixtures("checkout")
def test_packages_that_cannot_be_had_are_one_line(programs: Programs) -> None:
    programs.codes["pip"] = 1
    with pytest.raises(run.StopError, match="could not be installed"):
        run.install(run.LOCKS / "base.lock")


def test_the_launcher_finds_the_package_from_anywhere(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONPATH")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", run.VENV], check=True)
    package = checkout / "opensenco" / "ops"
    package.mkdir(parents=True)
    (package / "cli.py").write_text("import sys; print('found', *sys.argv[1:])")
    run.write_launcher()
    told = subprocess.run(
        [run.BIN / "opensenco", "law", "two words"], cwd="/", capture_output=True, text=True
    )
    assert told.stdout == "found law two words\n", told.stderr


def test_an_old_python_is_told_so_in_one_line() -> None:
    code = "import sys, runpy; sys.version_info = (3, 10, 0); runpy.run_path('run.py')"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("OpenSENCO needs Python 3.11 or newer; this is ")
    assert done.stderr.count("\n") == 1


def test_an_old_python_can_read_as_far_as_that_line() -> None:
    ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_a_python_without_venv_is_one_line(
    programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("run.importlib.util.find_spec", lambda name: None)
    with pytest.raises(run.StopError, match=r"apt-get install python3\.\d+-venv"):
        run.make_environment()
    assert programs.run == []


def test_a_program_that_is_here_is_not_installed(programs: Programs) -> None:
    run.ensure("PostgreSQL", lambda: "/usr/bin/postgres", ["postgresql"], "brew")
    assert programs.run == []


@pytest.mark.parametrize(("user", "apt"), [(1000, "/usr/bin/apt-get"), (0, None)])
def test_who_cannot_install_is_told_how(
    user: int, apt: str | None, programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setattr("run.shutil.which", lambda name: apt)
    with pytest.raises(run.StopError) as refused:
        run.ensure("PostgreSQL", lambda: None, ["postgresql"], "brew install postgresql")
    assert str(refused.value) == (
        "The tests need PostgreSQL. On Debian or Ubuntu: `sudo apt-get install postgresql`; "
        "elsewhere: brew install postgresql."
    )
    assert programs.run == []


def test_root_on_debian_installs_after_an_update(
    programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr("run.shutil.which", lambda name: f"/usr/bin/{name}")
    run.ensure("Chromium", lambda: len(programs.run) == 2, ["chromium", "fonts-liberation"], "")
    assert [words[-1] for words in programs.run] == ["update", "fonts-liberation"]


def test_what_apt_does_not_bring_is_one_line(
    programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs.codes["apt-get"] = 100
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr("run.shutil.which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(run.StopError, match="did not bring it"):
        run.ensure("Chromium", lambda: None, ["chromium"], "set CHROMIUM")


@pytest.fixture
def legs(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Let every leg of the tests pass, unless a test says otherwise; remember them in order."""
    codes: dict[str, int] = {}
    monkeypatch.setattr(run, "prepare", lambda level: None)
    monkeypatch.setattr(run, "ensure", lambda *what: None)

    def leg(named: tuple[str, str, str], extra: list[str]) -> int:
        _name, database, part = named
        return codes.setdefault(f"{database} {part}", 0)

    monkeypatch.setattr(run, "run_leg", leg)
    return codes


def test_all_legs_are_run(legs: dict[str, int]) -> None:
    assert run.main(["test"]) == 0
    assert set(legs) == {"sqlite code", "postgres code", "sqlite browser", "postgres browser"}


def test_fast_is_sqlite_without_the_browser(legs: dict[str, int]) -> None:
    assert run.main(["test", "--fast"]) == 0
    assert list(legs) == ["sqlite fast"]


@pytest.mark.parametrize(
    ("words", "browser", "code"),
    [
        (["test"], 0, 0),
        (["test"], 1, 1),
        (["test"], run.NO_TESTS, 1),
        (["test", "-k", "plan"], run.NO_TESTS, 0),
        (["test", "-k", "plan"], 2, 1),
    ],
)
def test_one_bad_leg_is_enough(
    words: list[str], browser: int, code: int, legs: dict[str, int]
) -> None:
    legs["postgres browser"] = browser
    assert run.main(words) == code


def test_choosing_no_test_at_all_is_a_failure(legs: dict[str, int]) -> None:
    legs["sqlite fast"] = run.NO_TESTS
    assert run.main(["test", "--fast", "-k", "nothing"]) == 1


def test_other_words_go_to_pytest(programs: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "prepare", lambda level: None)
    assert run.main(["test", "--fast", "tests/law", "-k", "a plan", "-x"]) == 0
    assert programs.run[0][-4:] == ["tests/law", "-k", "a plan", "-x"]
    assert "--durations 20" in programs.lines()[0]


def test_words_that_no_command_knows_are_refused() -> None:
    with pytest.raises(SystemExit) as stopped:
        run.main(["check", "--harder"])
    assert stopped.value.code == 2


def test_check_runs_every_tool_and_fails_for_one(
    programs: Programs, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "prepare", lambda level: None)
    programs.codes["makemigrations"] = 1
    assert run.main(["check"]) == 1
    assert len(programs.run) == 6
    assert capsys.readouterr().out.endswith("To mend: Migrations\n")


@pytest.mark.usefixtures("checkout")
def test_a_lock_with_an_address_is_refused(programs: Programs) -> None:
    run.BIN.mkdir(parents=True)
    run.PYTHON.touch()
    (run.LOCKS / "installer.lock").write_text("uv==1 --index-url https://index.example/simple")
    with pytest.raises(run.StopError, match="names an address"):
        run.lock(run.parser().parse_args(["lock"]))
    assert "--no-emit-index-url" in programs.lines()[1]


def test_the_locks_of_the_tree_hold_hashes_and_no_address() -> None:
    for lock in (ROOT / "requirements").glob("*.lock"):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text, lock.name
        pinned = [line for line in text.splitlines() if "==" in line]
        assert pinned
        assert all(line.endswith("\\") for line in pinned), lock.name
