"""Mutation testing of the law: changes the code a little, and sees whether a test notices.

    python bench/mutation.py [money|timetables|agreement|FILE …] [--jobs 2] [--minutes 30]
    python bench/mutation.py --report

Run it with the Python of the checkout's environment. The mutants come from cosmic-ray, which the
first run installs into `.mutation/env` from requirements/mutation.lock. Each mutant is tried in a
process of its own that is split off one that has pytest loaded already, and takes the changed
source by an import hook: nothing in the tree is written to, so pieces can run side by side.

What is known is kept in `.mutation/`, a file for each module, after every mutant. A run goes on
where the last one stopped. A changed module starts anew; after a change of tests only the mutants
that had survived are tried again. Needs a system with fork, as Linux and macOS are.
"""

import argparse
import ast
import hashlib
import importlib.abc
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".mutation"
LAW = ROOT / "opensenco" / "law"
TESTS = ROOT / "tests" / "law"
PACKAGES = ("timetables", "money")
KILLED, TIMEOUT, SURVIVED = "killed", "timeout", "survived"
AIM = 5.0
EXAMPLES = 40
CONTRACT = TESTS / "test_contract.py"
PYTEST = ["-x", "-q", "--noconftest", "-p", "no:cacheprovider", "-p", "_hypothesis_pytestplugin"]


@dataclass
class Piece:
    """One module with its mutants and what became of each, as it is kept between runs."""

    module: str
    source: str = ""
    tests: str = ""
    skipped: dict[str, int] = field(default_factory=dict)
    mutants: list[dict[str, Any]] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def kept(self) -> Path:
        return KEPT / f"{self.module}.json"

    @property
    def pending(self) -> list[dict[str, Any]]:
        return [each for each in self.mutants if "outcome" not in each]

    def count(self, *outcomes: str) -> int:
        return sum(each.get("outcome") in outcomes for each in self.mutants)

    def save(self) -> None:
        new = self.kept.with_suffix(".new")
        new.write_text(json.dumps(asdict(self)), "utf-8")
        new.replace(self.kept)


# --- what is mutated, and by which tests it is tried -------------------------------------------


def file_of(module: str) -> Path:
    """The file of a dotted name."""
    return ROOT.joinpath(*module.split(".")).with_suffix(".py")


def dotted(path: Path) -> str:
    """The dotted name of a file."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def imported(path: Path) -> set[str]:
    """The modules of ours that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {name for name in found if name.startswith("opensenco.") and file_of(name).is_file()}


def reached(path: Path) -> set[str]:
    """All modules of ours that a file imports, and what these import, and so on."""
    found, ahead = set[str](), imported(path)
    while ahead:
        found |= ahead
        ahead = {each for name in ahead for each in imported(file_of(name))} - found
    return found


def tests_of(module: str) -> tuple[list[str], list[str]]:
    """The test files that import a module themselves, and those that reach it by others."""
    direct, rest = [], []
    for path in sorted(TESTS.rglob("test_*.py")):
        if module in imported(path):
            direct.append(str(path))
        elif path == CONTRACT or module in reached(path):
            rest.append(str(path))
    return direct, rest


def digest(paths: Iterable[str | Path]) -> str:
    """A short sum over files."""
    return hashlib.sha256(b"\0".join(Path(each).read_bytes() for each in paths)).hexdigest()[:16]


def chosen(names: Sequence[str]) -> list[Path]:
    """The files that the words of the command line name, the longest first."""
    found: set[Path] = set()
    for name in names or PACKAGES:
        folder = LAW / name
        found |= set(folder.glob("*.py")) if folder.is_dir() else {Path(name).resolve()}
    return sorted(
        (path for path in found if path.name != "__init__.py"),
        key=lambda each: -each.stat().st_size,
    )


# --- making mutants ----------------------------------------------------------------------------


def environment() -> Path:
    """The Python that has cosmic-ray, made where it is not there yet."""
    folder = KEPT / "env"
    python = folder / "bin" / "python"
    if not python.is_file():
        print("Installing cosmic-ray into .mutation/env …", flush=True)
        beside = Path(sys.executable).with_name("uv")
        uv = str(beside) if beside.is_file() else shutil.which("uv") or "uv"
        subprocess.run([uv, "venv", "-q", "-p", sys.executable, folder], check=True)
        lock = ROOT / "requirements" / "mutation.lock"
        install = [uv, "pip", "install", "-q", "--python", python, "--require-hashes", "-r", lock]
        subprocess.run(install, check=True)
    return python


def piece_of(path: Path) -> Piece:
    """The piece of a file as it was left, with what has to be tried again."""
    piece = Piece(dotted(path))
    if piece.kept.is_file():
        piece = Piece(**json.loads(piece.kept.read_text("utf-8")))
    direct, rest = tests_of(piece.module)
    pages = sorted((ROOT / "docs" / "law").glob("*.md"))
    source, tests = digest([path]), digest([*direct, *rest, *pages])
    if piece.source != source:
        run = subprocess.run(
            [environment(), ROOT / "bench" / "mutants.py", path], capture_output=True, check=True
        )
        skipped = json.loads(run.stderr.decode().strip().splitlines()[-1])
        piece = Piece(piece.module, source, tests, skipped, json.loads(run.stdout))
    elif piece.tests != tests:
        piece.tests = tests
        for mutant in piece.mutants:
            if mutant.get("outcome") == SURVIVED:
                del mutant["outcome"]
    piece.save()
    return piece


# --- trying one --------------------------------------------------------------------------------


class Mutated(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module another source than its file has."""

    def __init__(self, module: str, source: str) -> None:
        self.module, self.source = module, source

    def find_spec(self, name: str, path: object = None, target: object = None) -> Any:
        """The module's own place, with this as its loader."""
        if name != self.module:
            return None
        return importlib.util.spec_from_file_location(name, file_of(name), loader=self)

    def exec_module(self, module: ModuleType) -> None:
        """Runs the changed source as the module."""
        exec(compile(self.source, str(file_of(self.module)), "exec"), module.__dict__)  # noqa: S102


def split_off(piece: Piece, source: str | None) -> int:
    """Start a process that tries the tests on this source, or on the file; gives its number."""
    number = os.fork()
    if number:
        return number
    code = 1
    try:
        os.setsid()
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        if source is not None:
            sys.dont_write_bytecode = True
            sys.meta_path.insert(0, Mutated(piece.module, source))
        import pytest

        for files in tests_of(piece.module):
            code = int(pytest.main([*PYTEST, *files])) if files else 0
            if code:
                break
    finally:
        os._exit(code)


def load() -> None:
    """Have ready what every try needs, and nothing of ours: that must come anew each time."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    import hypothesis
    import hypothesis.strategies
    import pytest

    pytest.main(["--version"])
    hypothesis.settings.register_profile(
        "mutation",
        derandomize=True,
        database=None,
        deadline=None,
        max_examples=EXAMPLES,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    hypothesis.settings.load_profile("mutation")
    if any(name.startswith("opensenco") for name in sys.modules):
        raise SystemExit("Something of ours is loaded already, so no mutant would be seen.")


def baseline(piece: Piece) -> float:
    """How long the tests take where nothing is changed. Ends the run if they fail."""
    start = time.monotonic()
    _, status = os.waitpid(split_off(piece, None), 0)
    if status:
        direct, rest = tests_of(piece.module)
        print(f"{piece.module}: the tests fail as it is: {' '.join([*direct, *rest])}")
        raise SystemExit(2)
    return time.monotonic() - start


@dataclass
class Try:
    """A mutant that is being tried."""

    piece: Piece
    mutant: dict[str, Any]
    start: float
    limit: float


def run(pieces: Sequence[Piece], jobs: int, until: float) -> None:
    """Try all that is pending, `jobs` at a time, until the clock says stop."""
    going: dict[int, Try] = {}
    ahead = ((piece, mutant) for piece in pieces for mutant in list(piece.pending))
    limits: dict[str, float] = {}
    more = True
    while going or more:
        while more and len(going) < jobs:
            piece, mutant = next(ahead, (None, None))
            if piece is None or mutant is None or time.monotonic() > until:
                more = False
                break
            if piece.module not in limits:
                limits[piece.module] = max(60.0, 10 * baseline(piece))
            number = split_off(piece, mutant["source"])
            going[number] = Try(piece, mutant, time.monotonic(), limits[piece.module])
        settle(going)


def settle(going: dict[int, Try]) -> None:
    """Write down what has ended, and end what takes too long."""
    time.sleep(0.02)
    for number, each in list(going.items()):
        took = time.monotonic() - each.start
        ended, status = os.waitpid(number, os.WNOHANG)
        if not ended and took < each.limit:
            continue
        if not ended:
            os.killpg(number, signal.SIGKILL)
            os.waitpid(number, 0)
        outcome = TIMEOUT if not ended else KILLED if status else SURVIVED
        each.mutant["outcome"] = outcome
        each.piece.seconds += took
        each.piece.save()
        del going[number]


# --- telling -----------------------------------------------------------------------------------


def report(pieces: Sequence[Piece]) -> float:
    """Print what is known, and give the surviving share of what was tried, in a hundred."""
    print("| module | mutants | killed | survived | share | minutes |")
    print("|---|---|---|---|---|---|")
    whole = [0, 0, 0, 0.0]
    for piece in sorted(pieces, key=lambda each: each.module):
        numbers = [
            len(piece.mutants),
            piece.count(KILLED, TIMEOUT),
            piece.count(SURVIVED),
            piece.seconds / 60,
        ]
        whole = [one + other for one, other in zip(whole, numbers, strict=True)]
        row(piece.module.removeprefix("opensenco.law."), numbers)
    row("all", whole)
    skipped = {
        reason: sum(piece.skipped.get(reason, 0) for piece in pieces)
        for reason in sorted({each for piece in pieces for each in piece.skipped})
    }
    print(f"\nLeft out: {skipped}. Not tried yet: {sum(len(each.pending) for each in pieces)}.")
    for piece in pieces:
        for mutant in piece.mutants:
            if mutant.get("outcome") == SURVIVED:
                print(f"\n{file_of(piece.module).relative_to(ROOT)}:{mutant['line']}", end=" ")
                print(mutant["operator"], *mutant["change"], sep="\n    ")
    tried = whole[1] + whole[2]
    return 100 * whole[2] / tried if tried else 0.0


def row(name: str, numbers: Sequence[float]) -> None:
    """Print one line of the table."""
    mutants, killed, survived, minutes = numbers
    tried = killed + survived
    share = f"{100 * survived / tried:.1f} %" if tried else ""
    print(f"| {name} | {mutants} | {killed} | {survived} | {share} | {minutes:.1f} |")


def main(words: Sequence[str]) -> int:
    """Try what is pending and report; 1 where more survive than we aim at."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", help="packages of the law, or files; all two if none")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=600.0, help="stop after so long")
    parser.add_argument("--nice", type=int, default=10)
    parser.add_argument("--report", action="store_true", help="only say what is known")
    options = parser.parse_args(words)
    KEPT.mkdir(exist_ok=True)
    os.nice(options.nice)
    files = chosen(options.names)
    if options.report:
        known = [Piece(dotted(path)) for path in files]
        pieces = [
            Piece(**json.loads(each.kept.read_text("utf-8")))
            for each in known
            if each.kept.is_file()
        ]
    else:
        pieces = [piece_of(path) for path in files]
        load()
        run(pieces, options.jobs, time.monotonic() + 60 * options.minutes)
    return int(report(pieces) > AIM)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
