"""Nothing grows until nobody reads it: no list of exceptions, the mend is said."""

import ast

from tests.contracts.walk import PACKAGE, ROOT, name, python_files, templates, tree

FILE, TEST_FILE, FUNCTION, TEMPLATE = 400, 600, 40, 120


def lines(path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_file_is_longer_than_a_reader_holds():
    ours = [*python_files("opensenco"), ROOT / "run.py"]
    ours += sorted((ROOT / "assets" / "css").rglob("*.css"))
    ours += sorted((ROOT / "assets" / "js").rglob("*.js"))
    long = [f"{name(p)}: {lines(p)}" for p in ours if lines(p) > FILE]
    long += [f"{name(p)}: {lines(p)}" for p in python_files("tests") if lines(p) > TEST_FILE]
    assert not long, "Cut these files along what they know: " + "; ".join(long)


def test_no_function_is_longer_than_a_screen():
    long = []
    for path in [*python_files("opensenco"), ROOT / "run.py"]:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                first = node.body[0]
                said = (
                    (first.end_lineno or 0) - first.lineno + 1
                    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
                    else 0
                )
                length = (node.end_lineno or 0) - node.lineno + 1 - said
                if length > FUNCTION:
                    long.append(f"{name(path)}:{node.lineno} {node.name}: {length}")
    assert not long, "Give the steps of these functions names of their own: " + "; ".join(long)


def test_no_template_is_longer_than_two_screens():
    long = [f"{name(p)}: {lines(p)}" for p in templates() if lines(p) > TEMPLATE]
    long += [f"{name(p)}: {lines(p)}" for p in PACKAGE.rglob("*.typ") if lines(p) > FILE]
    assert not long, "Move parts of these templates into macros: " + "; ".join(long)
