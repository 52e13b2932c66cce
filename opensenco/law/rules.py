"""All rules, what computes each, and what can be told about one: the data of `law explain`."""

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from opensenco.kernel.errors import NotFound
from opensenco.kernel.words import mark
from opensenco.law.parameters import PARAMETERS, Parameter
from opensenco.law.registry import answered_by
from opensenco.law.rule import Kind, Rule
from opensenco.law.rulebook import counting, graduated, identification

# Importing a module registers what it computes.
COMPUTING = tuple(
    import_module(f"opensenco.law.{name}")
    for name in (
        "calendar.counting",
        "calendar.holidays",
        "calendar.school",
        "calendar.years",
        "checks.census",
        "checks.needs",
        "checks.records",
        "codes.sen",
        "timetables.census_days",
        "timetables.concern",
        "timetables.cycle_review",
        "timetables.parent_meetings",
        "timetables.tell_parents",
    )
)

RULES: dict[str, Rule] = {
    rule.id: rule for rule in (*counting.RULES, *identification.RULES, *graduated.RULES)
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """One rule with all that a reader may ask about it.

    `computed_by` holds dotted names of functions and tables; `parameters` the numbers it uses;
    `page` the page of docs/law.
    """

    rule: Rule
    computed_by: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    page: str


def get(rule_id: str) -> Rule:
    """The rule of that identifier. Raises NotFound."""
    rule = RULES.get(rule_id.strip().upper())
    if rule is None:
        raise NotFound(mark("There is no rule of this name. `opensenco law list` shows them all."))
    return rule


def explain(rule_id: str) -> Explanation:
    """What can be told about the rule. Raises NotFound."""
    rule = get(rule_id)
    return Explanation(
        rule=rule,
        computed_by=answered_by(rule.id),
        parameters=tuple(each for each in PARAMETERS.values() if each.rule == rule.id),
        page=f"docs/law/{rule.page}.md",
    )


def listed(kind: Kind | None = None) -> tuple[Rule, ...]:
    """All rules, or those of one kind, by their identifiers."""
    return tuple(rule for key, rule in sorted(RULES.items()) if kind is None or rule.kind is kind)


def as_data(rule_id: str) -> dict[str, Any]:
    """The explanation as JSON can hold it. Raises NotFound."""
    told = explain(rule_id)
    rule = told.rule
    return {
        "rule": rule.id,
        "title": rule.title,
        "kind": str(rule.kind),
        "strength": str(rule.strength),
        "strength_meaning": rule.strength.meaning,
        "verified": rule.verified,
        "evidence": rule.evidence.meaning,
        "unverified": rule.unverified,
        "provision": str(rule.provision),
        "address": rule.provision.address,
        "in_force_from": rule.first.isoformat(),
        "text": rule.text,
        "page": told.page,
        "computed_by": list(told.computed_by),
        "parameters": [_parameter(each) for each in told.parameters],
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "key": parameter.key,
        "title": parameter.title,
        "unit": parameter.unit,
        "settable": parameter.settable,
        "rows": [
            {
                "first": row.first.isoformat(),
                "last": row.last.isoformat() if row.last else None,
                "value": row.value,
                "provision": str(row.provision),
                "evidence": str(row.evidence),
            }
            for row in parameter.table
        ],
    }
