"""Tables in the guide that name tests: which, and whether they are written."""

import ast
import re
from pathlib import Path

from tests.contracts.walk import ROOT, tree


def named_in(guide: Path) -> dict[str, set[str]]:
    """Give the tests that a guide's tables name, whichever column they stand in, by their files."""
    lines = guide.read_text(encoding="utf-8").splitlines()
    cells = [cell for line in lines for cell in line.split("|") if "`: `test_" in cell]
    found: dict[str, set[str]] = {}
    for cell in cells:
        for part in cell.split(";"):
            file, *tests = re.findall(r"`([^`]+)`", part)
            found.setdefault(file, set()).update(tests)
    return found


def written_in(file: str) -> set[str]:
    """Give the tests that stand in a file under `tests/`."""
    functions = ast.walk(tree(ROOT / "tests" / file))
    names = {node.name for node in functions if isinstance(node, ast.FunctionDef)}
    return {name for name in names if name.startswith("test_")}


def rows_under(guide: Path, heading: str) -> list[list[str]]:
    """Give the cells of the rows of the table under a heading of a document, without its head."""
    text = guide.read_text(encoding="utf-8")
    part = text.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]
