"""Money shared so that it adds up to the penny (FUND-78). See docs/law/sharing-money.md."""

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeVar

from opensenco.kernel.words import mark
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.funding import FUND_78

Key = TypeVar("Key", str, int)


@answers(FUND_78)
def to_the_penny(*, exact: Mapping[Key, Fraction], total: int) -> dict[Key, int]:
    """Whole pence for each exact share, adding up to `total` (largest remainder).

    The exact shares add up to `total` themselves; anything else is a ValueError, since then the
    caller has lost money already. Pence left over go to those who lost most by cutting down; of
    those who lost the same, to the first by key. The order of the shares does not matter.
    """
    if sum(exact.values()) != total:
        raise ValueError("The exact shares do not add up to the total.")
    cut = {key: share.numerator // share.denominator for key, share in exact.items()}
    left = total - sum(cut.values())
    for key in sorted(exact, key=lambda key: (cut[key] - exact[key], key))[:left]:
        cut[key] += 1
    return cut


@answers(FUND_78)
def in_proportion(*, total: int, weights: Mapping[Key, Fraction]) -> dict[Key, Fraction]:
    """The exact share of each in `total`, in proportion to its weight.

    Raises BadFact where a weight is below nought or nothing weighs anything.
    """
    whole = sum(weights.values(), Fraction(0))
    if any(weight < 0 for weight in weights.values()):
        raise BadFact(FUND_78.id, "weights", mark("It cannot be less than nought."))
    if not whole:
        raise BadFact(FUND_78.id, "weights", mark("Nobody has a share to go by."))
    return {key: total * weight / whole for key, weight in weights.items()}
