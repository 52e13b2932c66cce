"""The guide's first change is true: applied to a copy of the tree, it does what it says.

The page's own words are read: "New file `…`:", "In `…`, after the line `…`, add:" and so on, each
followed by a fence with the exact text, and fences of commands that are run as they stand.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.databases import KIND_VARIABLE, ROOT, clean, kind

GUIDE = ROOT / "docs" / "guide" / "first-change.md"
#: what a checkout does not hold, but for what Python compiled: doing it again is half a minute
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "data", "node_modules", ".pytest_cache", ".proof", ".hypothesis"
)
#: the programs beside the Python that runs the tests
BIN = Path(sys.executable).parent
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
WHERE = re.compile(
    r"^(?:New file `(?P<made>[^`]+)`:"
    r"|In `(?P<path>[^`]+)`, (?P<how>after|before|instead of) the line `(?P<line>.+)`, \w+:)$",
    re.M,
)
COMMAND = ".venv/bin/python "

pytestmark = [
    pytest.mark.process,
    pytest.mark.long,
    pytest.mark.skipif(kind() != "sqlite", reason="its programs choose SQLite: once is enough"),
]


@dataclass(frozen=True)
class Step:
    """One thing that the guide says to do: a text to put somewhere, or commands to run."""

    language: str
    text: str
    path: str = ""
    how: str = ""
    line: str = ""


def steps_of(guide: str) -> Iterator[Step]:
    """Read the guide: each fence with the sentence right above it.

    Raises:
        AssertionError: a fence of text that no sentence says where to put.
    """
    end = 0
    for fence in FENCE.finditer(guide):
        between, end = guide[end : fence.start()], fence.end()
        language, text = fence.groups()
        if language == "sh":
            yield Step(language, text)
            continue
        said = WHERE.match(between.rstrip().rpartition("\n")[2])
        assert said, f"Nothing says where this goes:\n{text}"
        how = said["how"] or "new file"
        yield Step(language, text, said["made"] or said["path"], how, said["line"] or "")


def put(tree: Path, step: Step) -> None:
    """Do what one step says, as exactly as a newcomer would."""
    path = tree / step.path
    if step.how == "new file":
        assert not path.exists(), f"{step.path} is there already"
        path.write_text(step.text, encoding="utf-8")
        return
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    found = [number for number, line in enumerate(lines) if line.strip() == step.line]
    assert len(found) == 1, f"{step.path} has this line {len(found)} times: {step.line}"
    first = found[0] + (step.how == "after")
    last = found[0] + (step.how != "before")
    lines[first:last] = [step.text]
    path.write_text("".join(lines), encoding="utf-8")


def run(tree: Path, *words: str | Path) -> str:
    """Run a program in the copy; what it printed is the failure."""
    environment = {
        name: value
        for name, value in clean(os.environ).items()
        if not name.startswith(("PYTEST_", "COV_", "TESTS_"))
    } | {
        KIND_VARIABLE: "sqlite",
        "OPENSENCO_DATA": str(tree / "data"),
        "PYTHONPATH": str(tree),
    }
    done = subprocess.run(
        words, cwd=tree, env=environment, capture_output=True, text=True, check=False
    )
    told = done.stdout + done.stderr
    assert done.returncode == 0, f"{' '.join(map(str, words))}\n{told}"
    return told


def obey(tree: Path, step: Step) -> str:
    """Run the commands of one fence with the Python that runs this test."""
    commands = step.text.strip().splitlines()
    assert all(line.startswith(COMMAND) for line in commands), commands
    return "".join(
        run(tree, sys.executable, *_words(line.removeprefix(COMMAND))) for line in commands
    )


def _words(line: str) -> list[str]:
    quoted = re.findall(r'"([^"]*)"|(\S+)', line)
    return [one or other for one, other in quoted]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Give a copy of the tree, as somebody has it who has just cloned it."""
    copy = tmp_path / "tree"
    shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
    return copy


@pytest.fixture
def guide() -> list[Step]:
    """Give the steps of the guide."""
    return list(steps_of(GUIDE.read_text(encoding="utf-8")))


def command(guide: list[Step], word: str) -> Step:
    """Give the one fence of commands that has this word."""
    (one,) = [step for step in guide if step.language == "sh" and word in step.text]
    return one


def changed(tree: Path, guide: list[Step]) -> list[str]:
    """Apply every text and make the migration; gives the Python files that are new or changed."""
    for step in guide:
        if step.path:
            put(tree, step)
    told = obey(tree, command(guide, "makemigrations"))
    assert "Add field name_sound to pupil" in told
    assert "Add field name_sound to historicalpupil" in told
    return sorted({step.path for step in guide if step.path.endswith(".py")})


def test_the_first_change_does_what_the_guide_says(tree: Path, guide: list[Step]):
    paths = changed(tree, guide)
    run(tree, BIN / "ruff", "check", *paths, "opensenco/people/migrations")
    run(tree, BIN / "ruff", "format", "--check", *paths)
    tests = command(guide, "tests/contracts")
    with ThreadPoolExecutor() as beside:
        types = beside.submit(run, tree, BIN / "mypy", *paths)
        assert re.search(r"^\d+ passed", obey(tree, tests).splitlines()[-1])
        types.result()
    assert "No changes detected" in run(
        tree, sys.executable, "manage.py", "makemigrations", "--check"
    )


@pytest.mark.browser
@pytest.mark.smoke
def test_the_first_change_is_seen_in_a_browser(tree: Path, guide: list[Step]):
    changed(tree, guide)
    assert "1 passed" in obey(tree, command(guide, "tests/browser"))


def test_the_first_change_has_not_been_made_here(guide: list[Step]):
    """The page is an exercise: the tree that everybody clones must be without it."""
    for step in guide:
        assert step.how != "new file" or not (ROOT / step.path).exists(), step.path
    assert {step.how for step in guide} >= {"new file", "after", "before", "instead of"}
