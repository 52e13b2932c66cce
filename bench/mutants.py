"""Writes down every mutant of one file; runs in the environment that has cosmic-ray.

    python bench/mutants.py FILE

prints a JSON list: operator, line, the lines changed, and the edit that makes each mutant. Mutants
that are none are left out, and their number is printed to the error stream by reason:

- in annotations, which nothing reads when the code runs;
- in the decorator of a dataclass, which says how a value is declared and not what the law says;
- identity for equality and back, which are the same for None and for the members of an enum;
- the star in a signature, which is taken for a multiplication, and whatever else is no Python: no
  test is needed to notice that.
"""

import ast
import difflib
import json
import re
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from cosmic_ray.commands.init import _all_work_items  # type: ignore[import-not-found,unused-ignore]
from cosmic_ray.mutating import mutate_code  # type: ignore[import-not-found,unused-ignore]
from cosmic_ray.plugins import get_operator  # type: ignore[import-not-found,unused-ignore]

SAME = re.compile(
    r"core/ReplaceComparisonOperator_(Is_Eq|Eq_Is|IsNot_NotEq|NotEq_IsNot)$"
)  # fmt: skip
Place = tuple[int, int]


def outside(tree: ast.AST) -> Iterator[tuple[str, Place, Place]]:
    """Stretches of the file that are not mutated, with the reason."""
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign | ast.arg) and node.annotation is not None:
            yield stretch("annotation", node.annotation)
        if isinstance(node, ast.FunctionDef) and node.returns is not None:
            yield stretch("annotation", node.returns)
        if isinstance(node, ast.ClassDef):
            for each in node.decorator_list:
                if "dataclass" in ast.unparse(each):
                    yield stretch("dataclass", each)


def stretch(reason: str, node: ast.expr) -> tuple[str, Place, Place]:
    """Where a node begins and ends."""
    return (
        reason,
        (node.lineno, node.col_offset),
        (node.end_lineno or node.lineno, node.end_col_offset or node.col_offset),
    )


def alike(one: str, other: str) -> int:
    """How many signs two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def edit(source: str, mutated: str) -> tuple[int, int, str]:
    """The one stretch in which two texts differ: from, to, and what stands there instead."""
    first = alike(source, mutated)
    back = alike(source[first:][::-1], mutated[first:][::-1])
    return first, len(source) - back, mutated[first : len(mutated) - back]


def compiles(source: str) -> bool:
    """Whether a text is Python at all."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(source, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def main(path: Path) -> None:
    """Print the mutants of the file."""
    source = path.read_text("utf-8")
    left_out = list(outside(ast.parse(source)))
    found, skipped = [], Counter[str]()
    for item in _all_work_items([path], {}):
        (mutation,) = item.mutations
        at = tuple(mutation.start_pos)
        # A decorator is found with its sign, one column before the expression.
        reasons = [
            reason for reason, first, last in left_out if first <= (at[0], at[1] + 1) and at <= last
        ]
        if SAME.match(mutation.operator_name):
            reasons.append("identity")
        if reasons:
            skipped[reasons[0]] += 1
            continue
        operator = get_operator(mutation.operator_name)(**mutation.operator_args)
        mutated = mutate_code(source, operator, mutation.occurrence)
        if mutated is None or mutated == source:
            skipped["no change"] += 1
            continue
        first, end, text = edit(source, mutated)
        if source[first : first + 2] == "*," or not compiles(mutated):
            skipped["no Python"] += 1
            continue
        changed = difflib.unified_diff(source.split("\n"), mutated.split("\n"), lineterm="", n=0)
        found.append(
            {
                "operator": mutation.operator_name.removeprefix("core/"),
                "line": at[0],
                "change": [line for line in changed if line[:3] not in ("---", "+++")][1:],
                "edit": (first, end, text),
            }
        )
    json.dump(found, sys.stdout)
    print(json.dumps(skipped), file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
