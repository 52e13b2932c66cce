"""The guide's table of attacks names tests that exist, and leaves no attack file out."""

import ast
import re

from tests.contracts.walk import ROOT, tree

GUIDE = (ROOT / "docs" / "guide" / "tenancy.md").read_text(encoding="utf-8")
ROWS = [line.split("|")[2] for line in GUIDE.splitlines() if "`: `test_" in line]
#: files all of whose tests are attacks
WHOLE = ("contracts/test_attacks.py", "pages/gate/test_together.py", "pages/gate/test_deaths.py")


def named() -> dict[str, set[str]]:
    """Give the tests that the table names, by their files."""
    found: dict[str, set[str]] = {}
    for cell in ROWS:
        for part in cell.split(";"):
            file, *tests = re.findall(r"`([^`]+)`", part)
            found.setdefault(file, set()).update(tests)
    return found


def written_in(file: str) -> set[str]:
    functions = ast.walk(tree(ROOT / "tests" / file))
    names = {node.name for node in functions if isinstance(node, ast.FunctionDef)}
    return {name for name in names if name.startswith("test_")}


def test_every_attack_in_the_guide_has_its_test() -> None:
    assert len(ROWS) > 20
    for file, tests in named().items():
        assert tests <= written_in(file), f"{file} has no {tests - written_in(file)}"


def test_no_attack_is_left_out_of_the_guide() -> None:
    # What public rows are is a rule of their own kind, told in the table of declarations.
    own = {"test_public_rows_are_changed_by_their_own_school_alone"}
    for file in WHOLE:
        missing = written_in(file) - named()[file] - own
        assert not missing, f"docs/guide/tenancy.md does not name {missing} of {file}"
