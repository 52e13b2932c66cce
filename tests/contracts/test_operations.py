"""Each verb of the trade is one function, says what it does, and asks who may."""

import inspect

from opensenco.access.actions import WORDS, Action
from opensenco.access.registry import RULES
from opensenco.access.roles import ROLES
from tests.contracts.walk import PACKAGE, each, operations, python_files, tree

PENS = operations().items()


@each(PENS, str)
def test_an_operation_is_typed_and_says_what_it_does(named):
    name, pen = named
    said = inspect.getdoc(pen.function) or ""
    assert said.strip().endswith((".", ".)")) or "Raises:" in said, f"{name}: a sentence, please"
    signature = inspect.signature(pen.function)
    assert signature.return_annotation is not inspect.Signature.empty
    for parameter in signature.parameters.values():
        assert parameter.annotation is not inspect.Parameter.empty, parameter.name


@each(PENS, str)
def test_an_operation_over_a_row_has_a_rule_for_it(named):
    name, pen = named
    assert pen.action in {action for action, _model in RULES} or not pen.on, (
        f"{name}: register a rule for {pen.action}"
    )


def test_every_verb_has_words_and_somebody_who_may():
    assert set(WORDS) == set(Action)
    given = {action for role in ROLES for action in role.grants}
    by_commands = {Action.REGISTER_TAKE, Action.PLACE_BRING, Action.SIGNED_IN}
    assert set(Action) - by_commands <= given, set(Action) - given


def test_nothing_is_saved_outside_operations():
    """Views, queries and policies never save: `save`, `create` and `delete` stand in operations."""
    writing = {"save", "create", "bulk_create", "update_or_create", "get_or_create", "bulk_update"}
    found = []
    for path in python_files("opensenco"):
        parts = path.relative_to(PACKAGE).parts
        reading = parts[0] == "pages" or parts[-1] in {"queries.py", "policy.py", "show.py"}
        if not reading:
            continue
        import ast

        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = node.func.value
                is_store = isinstance(owner, ast.Name) and owner.id == "drafts"
                if node.func.attr in writing and not is_store:
                    found.append(f"{path.name}:{node.lineno}")
    assert not found, f"Write through an operation: {found}"
