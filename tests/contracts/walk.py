"""What the contract tests walk: routes, templates and files, all found and not listed."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

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


def found(values: Iterable[tuple[str, Any]]) -> list[Any]:
    """Give parameters for a test, each called by its name."""
    return [pytest.param(*value, id=value[0]) for value in values]


def view_of(entry: URLPattern) -> Any:
    """Give the view behind an address."""
    return entry.callback


def python_files(*folders: str) -> list[Path]:
    """Give our Python files, without migrations."""
    found = []
    for folder in folders or ("opensenco", "tests"):
        found += [p for p in (ROOT / folder).rglob("*.py") if "migrations" not in p.parts]
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
