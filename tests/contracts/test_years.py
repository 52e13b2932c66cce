"""A pupil's year group is read as of a day: the stored one is that before the turn."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2] / "opensenco"
#: who stores them, and says what they are on a day
OWN = ROOT / "people"
#: what holds a year group of its own, worked out or typed in: facts of the law, lines of a file
OTHERS = ("law", "exchange/readers", "ops/demo")
STORED = {"year_group"}
PUPILS = {"pupil", "one", "known", "child"}


def test_nobody_reads_the_stored_year_group_of_a_pupil():
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted(ROOT.rglob("*.py"))
        if OWN not in path.parents
        and not str(path.relative_to(ROOT)).startswith(OTHERS)
        and "migrations" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Load)
        and node.attr in STORED
        and _is_a_pupil(node.value)
    ]
    assert not found, f"Read the year group by `pupil.year_on(day)`: {', '.join(found)}"


def _is_a_pupil(node: ast.expr) -> bool:
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return name in PUPILS
