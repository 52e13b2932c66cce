"""What provision costs above the school's own contribution (FUND-29). See docs/law/money.md."""

from fractions import Fraction
from typing import Any

from opensenco.kernel.money import write
from opensenco.kernel.words import mark, sentence
from opensenco.law.checks.finding import Finding, Severity, found
from opensenco.law.money.basis import Amount, amount, check_whole, resting
from opensenco.law.parameters import Used
from opensenco.law.registry import answers
from opensenco.law.rulebook.funding import FUND_29

ABOVE_COST = "above-cost"


@answers(FUND_29)
def top_up(*, cost: int, threshold: int, used: tuple[Used[Any], ...] = ()) -> Amount:
    """What `cost` pence a year exceed the `threshold` by, and never less than nought.

    The threshold is the school's own contribution, in a mainstream school £6,000 a year; where it
    comes from a dated number, `used` is the record of it. Raises BadFact.
    """
    check_whole(FUND_29, cost=cost, threshold=threshold)
    words = sentence(
        mark("{cost} in the year, less the school's own {threshold}."),
        cost=write(cost),
        threshold=write(threshold),
    )
    basis = resting(FUND_29, words, used=used, cost=cost, threshold=threshold)
    return amount(Fraction(max(0, cost - threshold)), basis)


@answers(FUND_29)
def request_beside_cost(*, requested: int, case: Amount) -> tuple[Finding, ...]:
    """A warning where more is asked for than the case that the provision map makes."""
    check_whole(FUND_29, requested=requested)
    if requested <= case.pence:
        return ()
    words = mark("{requested} is asked for; the provision map shows {shown} of need.")
    reason = sentence(words, requested=write(requested), shown=write(case.pence))
    return (found(FUND_29, ABOVE_COST, reason, severity=Severity.WARNING),)
