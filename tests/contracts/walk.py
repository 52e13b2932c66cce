"""What the contract tests walk: routes, templates and files, all found and not listed."""

import ast
import os
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias
from zlib import crc32

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from opensenco.gate.operation import OPERATIONS
from tests.support.databases import kind

Named: TypeAlias = tuple[str, URLPattern]
ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "opensenco"


def routes() -> Iterator[tuple[str, URLPattern]]:
    """Give every address pattern with its full name."""

    def walk(resolver: URLResolver, space: str) -> Iterator[tuple[str, URLPattern]]:
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                inner = f"{space}{entry.namespace}:" if entry.namespace else space
                yield from walk(entry, inner)
            else:
                yield f"{space}{entry.name}", entry

    yield from walk(get_resolver(), "")


def shared(values: Iterable[Named]) -> list[Named]:
    """Give the addresses that this database walks: the other one walks the rest.

    What a long walk looks for is decided by the door and by the registry of rights, which are one
    for both; the tests of each page run on both. `WALKS=every` lets each database walk all.
    """
    everything = os.environ.get("WALKS") == "every"
    turn = ("sqlite", "postgres").index(kind())
    return [one for one in values if everything or crc32(one[0].encode()) % 2 == turn]


def parts(values: Iterable[Named], count: int = 4, *, both: bool = False) -> list[Any]:
    """Give parameters for a test that walks this database's addresses, in so many turns.

    Turns enough that the workers end together, and few enough that what each needs is made seldom.

    Args:
        both: each database walks all of them.
    """
    things = list(values) if both else shared(values)
    return [pytest.param(things[turn::count], id=str(turn)) for turn in range(count)]


def each(
    values: Iterable[Any], called: Callable[[Any], str]
) -> Callable[[Callable[[Any], None]], Callable[[], None]]:
    """Make one test of a cheap check of every value; its failure names all that fail.

    A test for each would spend more on starting and reporting than on checking.
    """
    things = list(values)

    def over_all(check: Callable[[Any], None]) -> Callable[[], None]:
        @wraps(check)
        def test() -> None:
            assert things, "nothing to check was found"
            faults = []
            for thing in things:
                try:
                    check(thing)
                except AssertionError as fault:
                    faults.append(f"{called(thing)}: {fault}")
            assert not faults, "\n".join(["", *faults])

        # pytest would take the check's own argument for a fixture
        del test.__wrapped__
        return test

    return over_all


def operations() -> dict[str, Any]:
    """Give every operation by its full name, those of apps that no page has loaded too."""
    for path in PACKAGE.glob("*/operations*"):
        for file in [path] if path.is_file() else sorted(path.glob("*.py")):
            import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
    return dict(sorted(OPERATIONS.items()))


def view_of(entry: URLPattern) -> Any:
    """Give the view behind an address."""
    return entry.callback


def python_files(*folders: str) -> list[Path]:
    """Give our Python files, without migrations."""
    found: list[Path] = []
    for folder in folders or ("opensenco", "tests"):
        for where, inner, files in os.walk(ROOT / folder):
            inner[:] = [one for one in inner if one not in ("migrations", "__pycache__")]
            found += [Path(where, file) for file in files if file.endswith(".py")]
    return sorted(found)


def templates() -> list[Path]:
    """Give every page template."""
    return sorted((PACKAGE / "templates").rglob("*.html"))


def tree(path: Path) -> ast.Module:
    """Parse a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def name(path: Path) -> str:
    """Name a file as the tests' messages do."""
    return str(path.relative_to(ROOT))
