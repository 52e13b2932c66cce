"""All rules, what computes each, and what can be told about one: the data of `law explain`.

Rules, timetables and numbers are found by themselves: each module of `rulebook` ends with its tuple
RULES, each of `timetables` with TIMETABLES, each of `numbers` with PARAMETERS. They are imported
when they are first asked for, so that a command which needs one timetable starts at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar

from opensenco.kernel.errors import NotFound
from opensenco.kernel.words import mark, sentence
from opensenco.law.computing import Timetable
from opensenco.law.discover import declared, modules, packages
from opensenco.law.parameters import Parameter, known
from opensenco.law.registry import answered_by
from opensenco.law.rule import Kind, Rule

T = TypeVar("T")

LAW = "opensenco.law"


def _once(named: Iterable[tuple[str, T]]) -> dict[str, T]:
    found: dict[str, T] = {}
    for name, each in named:
        if name in found:
            raise ValueError(f"{name} is declared twice.")
        found[name] = each
    return found


if TYPE_CHECKING:
    COMPUTING: tuple[ModuleType, ...]
    RULES: dict[str, Rule]
    TIMETABLES: dict[str, Timetable]


@cache
def _computing() -> tuple[ModuleType, ...]:
    """Every module of the law that is no book of rules: importing registers what it computes."""
    return tuple(
        module
        for package in packages(LAW)
        if package != f"{LAW}.rulebook"
        for module in modules(package)
    )


@cache
def _rules() -> dict[str, Rule]:
    return _once((rule.id, rule) for rule in declared(f"{LAW}.rulebook", "RULES"))


@cache
def _timetables() -> dict[str, Timetable]:
    return _once(
        (each.name, each) for module in _computing() for each in getattr(module, "TIMETABLES", ())
    )


_LAZY = {"COMPUTING": _computing, "RULES": _rules, "TIMETABLES": _timetables}


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(name)
    return _LAZY[name]()


@dataclass(frozen=True, slots=True)
class Explanation:
    """One rule with all that a reader may ask about it.

    `computed_by` holds dotted names of functions and tables, `timetables` the names by which
    `law compute` knows them; `parameters` the numbers it uses; `page` the page of docs/law.
    """

    rule: Rule
    computed_by: tuple[str, ...]
    timetables: tuple[str, ...]
    parameters: tuple[Parameter[Any], ...]
    page: str


def get(rule_id: str) -> Rule:
    """The rule of that identifier. Raises NotFound."""
    rule = _rules().get(rule_id.strip().upper())
    if rule is None:
        raise NotFound(mark("There is no rule of this name. `opensenco law list` shows them all."))
    return rule


def timetable(name: str) -> Timetable:
    """The timetable of that name. Raises NotFound, with the nearest name or all of them."""
    found = _in_its_own_module(name) or _timetables().get(name)
    if found is None:
        near = get_close_matches(name, _timetables(), n=1) or sorted(_timetables())
        words = mark("There is no timetable “{name}”. There is: {names}.")
        raise NotFound(sentence(words, name=name, names=", ".join(near)))
    return found


def _in_its_own_module(name: str) -> Timetable | None:
    """The timetable, where the module has its name: then no other has to be imported."""
    module = f"{LAW}.timetables.{name.replace('-', '_')}"
    if not name.replace("-", "").isalnum() or find_spec(module) is None:
        return None
    declared_here = getattr(import_module(module), "TIMETABLES", ())
    return next((each for each in declared_here if each.name == name), None)


def explain(rule_id: str) -> Explanation:
    """What can be told about the rule. Raises NotFound."""
    rule = get(rule_id)
    _computing()
    return Explanation(
        rule=rule,
        computed_by=answered_by(rule.id),
        timetables=tuple(
            name for name, each in sorted(_timetables().items()) if rule.id in each.rule_ids
        ),
        parameters=tuple(each for each in known().values() if each.rule == rule.id),
        page=f"docs/law/{rule.page}.md",
    )


def listed(kind: Kind | None = None) -> tuple[Rule, ...]:
    """All rules, or those of one kind, by their identifiers."""
    return tuple(
        rule for key, rule in sorted(_rules().items()) if kind is None or rule.kind is kind
    )


def line(rule: Rule) -> dict[str, Any]:
    """The rule in a few words, as JSON can hold them: one line of `law list`."""
    return {
        "rule": rule.id,
        "title": rule.title,
        "kind": str(rule.kind),
        "strength": str(rule.strength),
        "verified": rule.verified,
        "provision": str(rule.provision),
        "page": f"docs/law/{rule.page}.md",
    }


def as_data(rule_id: str) -> dict[str, Any]:
    """The explanation as JSON can hold it. Raises NotFound."""
    told = explain(rule_id)
    rule = told.rule
    return line(rule) | {
        "strength_meaning": rule.strength.meaning,
        "evidence": rule.evidence.meaning,
        "unverified": rule.unverified,
        "address": rule.provision.address,
        "in_force_from": rule.first.isoformat(),
        "text": rule.text,
        "computed_by": list(told.computed_by),
        "timetables": list(told.timetables),
        "parameters": [_parameter(each) for each in told.parameters],
    }


def timetable_as_data(name: str) -> dict[str, Any]:
    """What a timetable takes and gives, as JSON can hold it. Raises NotFound."""
    found = timetable(name)
    return {
        "timetable": found.name,
        "title": found.title,
        "rules": list(found.rule_ids),
        "steps": list(found.steps),
        "needs_calendar": found.needs_calendar,
        "facts": [
            {
                "name": fact.name,
                "kind": str(fact.kind),
                "required": fact.required,
                "repeated": fact.repeated,
                "choices": list(fact.choices),
                "past": fact.past,
                "help": fact.help,
            }
            for fact in found.facts
        ],
        "page": f"docs/law/{found.rules[0].page}.md",
    }


def _parameter(parameter: Parameter[Any]) -> dict[str, Any]:
    return {
        "key": parameter.key,
        "title": parameter.title,
        "unit": parameter.unit,
        "settable": parameter.settable,
        "rows": [
            {
                "first": row.first.isoformat(),
                "last": row.last.isoformat() if row.last else None,
                "value": row.value.isoformat() if isinstance(row.value, date) else row.value,
                "provision": str(row.provision),
                "evidence": str(row.evidence),
            }
            for row in parameter.table
        ],
    }
