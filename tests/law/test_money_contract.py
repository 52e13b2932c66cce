"""What holds for all of the law's money and figures of agreement."""

import dataclasses
import inspect
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from opensenco.law import agreement, money
from opensenco.law.discover import modules
from opensenco.law.registry import answered_by
from opensenco.law.rules import listed

MODULES = [module for package in (money, agreement) for module in modules(package.__name__)]


def rules_of() -> dict[str, set[str]]:
    """For each registered function the rules that it answers."""
    found: dict[str, set[str]] = {}
    for rule in listed():
        for name in answered_by(rule.id):
            found.setdefault(name, set()).add(rule.id)
    return found


def functions(module: ModuleType) -> Iterator[tuple[str, inspect.Signature]]:
    for name, function in inspect.getmembers(module, inspect.isfunction):
        if function.__module__ == module.__name__ and not name.startswith("_"):
            yield f"{module.__name__}.{name}", inspect.signature(function)


def test_what_takes_its_facts_by_name_answers_a_rule() -> None:
    rules = rules_of()
    for module in MODULES:
        for name, signature in functions(module):
            kinds = {each.kind for each in signature.parameters.values()}
            if kinds == {inspect.Parameter.KEYWORD_ONLY}:
                assert rules.get(name), f"{name} carries no rule."


def test_every_value_is_frozen() -> None:
    found = 0
    for module in MODULES:
        for _, kind in inspect.getmembers(module, dataclasses.is_dataclass):
            made: Any = kind
            assert made.__dataclass_params__.frozen, f"{kind} can be changed."
            found += 1
    assert found > 20
