"""Which tests reach a module of the law: by importing it, or by the name of a timetable."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LAW = ROOT / "opensenco" / "law"
TESTS = ROOT / "tests" / "law"
CONTRACTS = sorted(TESTS.glob("test_*contract.py"))
BY_NAME = [
    TESTS / f"test_{each}.py"
    for each in ("worked_examples", "computing", "properties", "contradictions")
]


def file_of(module: str) -> Path:
    """The file of a dotted name."""
    return ROOT.joinpath(*module.split(".")).with_suffix(".py")


def dotted(path: Path) -> str:
    """The dotted name of a file."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


@cache
def imported(path: Path) -> set[str]:
    """The modules of ours that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {name for name in found if name.startswith("opensenco.") and file_of(name).is_file()}


@cache
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
        elif path not in CONTRACTS and module in reached(path):
            rest.append(str(path))
    return direct, rest


def names_in(path: Path) -> list[str]:
    """The names of the timetables that a file declares."""
    return re.findall(r'Timetable\(\s*name="([^"]+)"', path.read_text("utf-8"))


def by_name(module: str) -> list[list[str]]:
    """What makes pytest run the tests that find a module's timetables by their names.

    They look into the folder, so no import leads from them to it: the worked examples, then what
    holds for every timetable, then the files in which one of the names stands. The timetables of a
    module that declares none are those of all that reach it.
    """
    reaching = (each for each in sorted(LAW.glob("timetables/*.py")) if module in reached(each))
    names = names_in(file_of(module)) or [name for each in reaching for name in names_in(each)]
    if not names:
        return []
    chosen_by = ["-k", " or ".join(names)]
    quoted = re.compile("|".join(f'"{re.escape(name)}"' for name in names))
    others = sorted(set(TESTS.glob("test_*.py")) - {*BY_NAME, *CONTRACTS})
    naming = [str(path) for path in others if quoted.search(path.read_text("utf-8"))]
    direct, _ = tests_of(module)
    return [
        [str(BY_NAME[0]), *chosen_by],
        [*map(str, BY_NAME[1:]), *chosen_by],
        [path for path in naming if path not in direct],
    ]
