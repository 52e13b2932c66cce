"""Which functions and tables compute which rule. Filled while the modules are imported."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from opensenco.law.rule import Rule

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")

_answers: dict[str, list[str]] = defaultdict(list)


def answers(*rules: Rule) -> Callable[[F], F]:
    """Marks a function as computing `rules`."""

    def register(function: F) -> F:
        for rule in rules:
            _answers[rule.id].append(f"{function.__module__}.{function.__qualname__}")
        return function

    return register


def tabulates(rule: Rule, name: str, table: T) -> T:
    """Marks `table`, known as `name` ("module.NAME"), as the table of `rule`; gives it back."""
    _answers[rule.id].append(name)
    return table


def answered_by(rule_id: str) -> tuple[str, ...]:
    """The dotted names of what computes the rule; empty for a note."""
    return tuple(_answers.get(rule_id, ()))
