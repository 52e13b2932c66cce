"""What provision costs above the school's own contribution (FUN-03, FUND-29).

See docs/law/money.md.
"""

from datetime import date
from fractions import Fraction

from opensenco.kernel.money import write
from opensenco.kernel.words import mark, sentence
from opensenco.law.checks.finding import Finding, Severity, found
from opensenco.law.money.basis import Amount, amount, check_whole, resting
from opensenco.law.numbers.funding import ELEMENT_TWO
from opensenco.law.parameters import SHIPPED, Parameters
from opensenco.law.registry import answers
from opensenco.law.rulebook.funding import FUND_29
from opensenco.law.rulebook.money import FUN_03

PENCE = 100
ABOVE_COST = "above-cost"


@answers(FUN_03)
def top_up(*, cost: int, on: date, parameters: Parameters = SHIPPED) -> Amount:
    """What `cost` pence a year exceed the school's own contribution by, and never less than nought.

    The contribution is that of the day `on`. Raises BadFact, NotInForce.
    """
    check_whole(FUN_03, cost=cost)
    FUN_03.check_days(on=on)
    used = parameters.use(ELEMENT_TWO, on)
    threshold = used.value * PENCE
    above = max(0, cost - threshold)
    words = sentence(
        mark("{cost} in the year, less the school's own {threshold}."),
        cost=write(cost),
        threshold=write(threshold),
    )
    basis = resting(FUN_03, words, used=(used,), cost=cost, threshold=threshold)
    return amount(Fraction(above), basis)


@answers(FUND_29)
def request_beside_cost(*, requested: int, top_up: Amount) -> tuple[Finding, ...]:
    """A warning where more is asked for than the provision map costs above the contribution."""
    check_whole(FUND_29, requested=requested)
    if requested <= top_up.pence:
        return ()
    words = mark("{requested} is asked for; the provision map shows {shown} of need.")
    reason = sentence(words, requested=write(requested), shown=write(top_up.pence))
    return (found(FUND_29, ABOVE_COST, reason, severity=Severity.WARNING),)
