"""Families side by side: money by pupil, rates, and the middle (FUND-112).

See docs/law/sharing-money.md.
"""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from opensenco.kernel.money import half_up
from opensenco.kernel.words import mark, sentence
from opensenco.law.money.basis import Amount, amount, check_whole, resting
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.moderation import FUND_112

THOUSAND = 1000


@answers(FUND_112)
def per_pupil(*, pence: int, pupils: int) -> Amount:
    """Money by pupil on roll, rounded to the penny. Raises BadFact for nobody on roll."""
    check_whole(FUND_112, pence=pence)
    check_whole(FUND_112, 1, pupils=pupils)
    words = sentence(mark("Divided by {pupils} pupils on roll."), pupils=pupils)
    return amount(Fraction(pence, pupils), resting(FUND_112, words, pence=pence, pupils=pupils))


@answers(FUND_112)
def per_thousand(*, count: int, pupils: int) -> Fraction:
    """How many in a thousand pupils on roll, exactly. Raises BadFact for nobody on roll."""
    check_whole(FUND_112, count=count)
    check_whole(FUND_112, 1, pupils=pupils)
    return Fraction(count * THOUSAND, pupils)


@answers(FUND_112)
def middle(*, values: Iterable[int | Fraction]) -> Fraction:
    """The middle value, or half-way between the two in the middle. Raises BadFact for none."""
    ordered = sorted(Fraction(value) for value in values)
    if not ordered:
        raise BadFact(FUND_112.id, "values", mark("There is nothing to compare."))
    half, odd = divmod(len(ordered), 2)
    return ordered[half] if odd else (ordered[half - 1] + ordered[half]) / 2


@answers(FUND_112)
def percent(*, part: int, whole: int, places: int = 1) -> Decimal:
    """`part` of `whole` in a hundred, rounded half up to so many decimals. Raises BadFact."""
    check_whole(FUND_112, part=part, places=places)
    check_whole(FUND_112, 1, whole=whole)
    return Decimal(half_up(Fraction(part * 100 * 10**places, whole))).scaleb(-places)
