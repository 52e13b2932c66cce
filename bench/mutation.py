"""Mutation testing of the law: changes the code a little, and sees whether a test notices.

    python -m bench.mutation [money|timetables|agreement|FILE …] [--minutes 30] [--each 40]
    python -m bench.mutation --report

Run it with the Python of the checkout's environment. The mutants come from cosmic-ray, which the
first run installs into `.mutation/env` from requirements/mutation.lock. Each file has a process,
which splits off one for each mutant with pytest loaded already. That takes the changed source by an
import hook: nothing in the tree is written to, so files can be tried side by side. Leave the tree
alone meanwhile, or work in another checkout.

What is known is kept in `.mutation/`, a file for each module, after every mutant. A run goes on
where the last one stopped. A changed module starts anew; after a change of tests only the mutants
that had survived are tried again. Needs a system with fork, as Linux and macOS are.
"""

import argparse
import fcntl
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

from bench.reaching import (
    BY_NAME,
    CONTRACTS,
    LAW,
    ROOT,
    TESTS,
    by_name,
    dotted,
    file_of,
    reached,
    tests_of,
)

KEPT = ROOT / ".mutation"
MAKER = ROOT / "bench" / "mutants.py"
PACKAGES = ("timetables", "money")
KILLED, TIMEOUT, SURVIVED = "killed", "timeout", "survived"
AIM = 5.0
EXAMPLES = 20
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
        """What is not tried yet, well mixed: those tried first speak for all of them."""
        found = [each for each in self.mutants if "outcome" not in each]
        return sorted(found, key=lambda each: hashlib.sha256(repr(each).encode()).digest())

    def count(self, *outcomes: str) -> int:
        return sum(each.get("outcome") in outcomes for each in self.mutants)

    def save(self) -> None:
        new = self.kept.with_suffix(".new")
        new.write_text(json.dumps(asdict(self)), "utf-8")
        new.replace(self.kept)


# --- what is mutated ----------------------------------------------------------------------------


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
        install: list[str | Path] = [
            uv,
            "pip",
            "install",
            "-q",
            "--python",
            python,
            "--require-hashes",
            "-r",
            lock,
        ]
        subprocess.run(install, check=True)
    return python


def piece_of(path: Path) -> Piece:
    """The piece of a file as it was left, with what has to be tried again."""
    piece = Piece(dotted(path))
    if piece.kept.is_file():
        piece = Piece(**json.loads(piece.kept.read_text("utf-8")))
    direct, rest = tests_of(piece.module)
    naming = [each for group in by_name(piece.module)[2:] for each in group]
    pages = sorted((ROOT / "docs" / "law").glob("*.md"))
    listed = sorted(TESTS.glob("*.txt"))
    source, tests = (
        digest([path, MAKER]),
        digest([*direct, *rest, *naming, *CONTRACTS, *BY_NAME, *listed, *pages]),
    )
    if piece.source != source:
        run = subprocess.run([environment(), MAKER, path], capture_output=True, check=True)
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
        exec(compile(self.source, str(file_of(self.module)), "exec"), module.__dict__)  # noqa: S102 (our own source)


def load(module: str) -> None:
    """Have ready what every try needs: the test tools, and all of the law that does not import
    the module."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    hypothesis = importlib.import_module("hypothesis")
    beside = {
        dotted(path)
        for path in LAW.rglob("*.py")
        if path.name != "__init__.py" and module not in reached(path)
    }
    for name in ("hypothesis.strategies", "pytest", *sorted(beside - {module})):
        importlib.import_module(name)
    hypothesis.settings.register_profile(
        "mutation",
        derandomize=True,
        database=None,
        deadline=None,
        max_examples=EXAMPLES,
        # A failure is enough; the smallest one is of no interest here.
        phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate),
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    hypothesis.settings.load_profile("mutation")
    if module in sys.modules:
        raise SystemExit(f"{module} is loaded already, so no mutant of it would be seen.")


def split_off(module: str, source: str | None, groups: Sequence[Sequence[str]]) -> int:
    """Start a process that runs groups of pytest's words until one fails; gives its number."""
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
            sys.meta_path.insert(0, Mutated(module, source))
        pytest = importlib.import_module("pytest")
        for files in groups:
            code = int(pytest.main([*PYTEST, *files])) if files else 0
            # Five timetables have no examples here: none collected is no failure.
            code = 0 if code == pytest.ExitCode.NO_TESTS_COLLECTED else code
            if code:
                break
    finally:
        os._exit(code)


def ended(number: int, limit: float) -> tuple[str, float]:
    """What became of a mutant, and how many seconds it took. Ends what takes too long."""
    start = time.monotonic()
    while (took := time.monotonic() - start) < limit:
        done, status = os.waitpid(number, os.WNOHANG)
        if done:
            return (KILLED if status else SURVIVED), took
        time.sleep(0.01)
    os.killpg(number, signal.SIGKILL)
    os.waitpid(number, 0)
    return TIMEOUT, took


def try_piece(path: Path, most: int, until: float) -> int:
    """Try `most` of what is pending of one file, until the clock says stop; 2 if the tests fail."""
    piece = piece_of(path)
    if not piece.pending:
        return 0
    load(piece.module)
    direct, rest = tests_of(piece.module)
    groups = [direct, *by_name(piece.module), rest]
    contract = [str(each) for each in CONTRACTS]
    outcome, usual = ended(split_off(piece.module, None, [*groups, contract]), 3600)
    if outcome != SURVIVED:
        print(f"{piece.module}: the tests fail as it is: {' '.join(direct + rest + contract)}")
        return 2
    parent, whole = os.getppid(), path.read_text("utf-8")
    for mutant in piece.pending[:most]:
        if time.monotonic() > until or os.getppid() != parent:  # who started this may be gone
            break
        # What the contracts look at is the decorator that registers a function.
        last = contract if mutant["operator"] == "RemoveDecorator" else []
        first, end, text = mutant["edit"]
        number = split_off(piece.module, whole[:first] + text + whole[end:], [*groups, last])
        mutant["outcome"], took = ended(number, max(20.0, 5 * usual))
        piece.seconds += took
        piece.save()
    return 0


def run(paths: Sequence[Path], jobs: int, most: int, until: float) -> bool:
    """Try all files, `jobs` at a time, each in a process of its own. Gives whether all could be."""
    ahead, going, well = list(paths), set[int](), True
    while ahead or going:
        while ahead and len(going) < jobs:
            path = ahead.pop(0)
            number = os.fork()
            if not number:
                code = 1
                try:
                    code = try_piece(path, most, until)
                finally:
                    sys.stdout.flush()
                    sys.stderr.flush()
                    os._exit(code)
            going.add(number)
        number, status = os.wait()
        going.discard(number)
        well = well and not status
    return well


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
    parser.add_argument("--each", type=int, default=10**6, help="at most so many of each file")
    parser.add_argument("--nice", type=int, default=10)
    parser.add_argument("--report", action="store_true", help="only say what is known")
    options = parser.parse_args(words)
    KEPT.mkdir(exist_ok=True)
    os.nice(options.nice)
    files = chosen(options.names)
    environment()
    # Children hold it too, so that nothing writes beside what an earlier run left behind.
    lock = (KEPT / "lock").open("w")
    if not options.report:
        fcntl.flock(lock, fcntl.LOCK_EX)
    until = time.monotonic() + 60 * options.minutes
    well = options.report or run(files, options.jobs, options.each, until)
    pieces = [
        Piece(**json.loads(kept.read_text("utf-8")))
        for kept in (Piece(dotted(path)).kept for path in files)
        if kept.is_file()
    ]
    return int(report(pieces) > AIM or not well)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
