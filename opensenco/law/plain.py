"""Checks a day of somebody's history, which may lie before the rule that asks for it."""

from datetime import date, datetime

from opensenco.kernel.words import mark
from opensenco.law.rule import BadFact, Rule


def check_plain(rule: Rule, **facts: date | None) -> None:
    """Raises BadFact for a fact that is a moment or no date. Facts that are None are passed over.

    A date of birth, or the first day in a post, may be older than the rule: it is never too early.
    """
    for fact, day in facts.items():
        if day is not None and (isinstance(day, datetime) or not isinstance(day, date)):
            raise BadFact(rule.id, fact.replace("_", "-"), mark("A plain date is needed."))
