"""What a result of money rests on, and the checks that all facts about money share.

Sums are worked out in fractions of a penny and rounded once (FUND-71). Floating point is refused
at the door, because 0.1 of it is not a tenth.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from opensenco.kernel.money import half_up
from opensenco.kernel.words import Sentence, mark, sentence
from opensenco.law.due import unverified
from opensenco.law.parameters import Used
from opensenco.law.rule import BadFact, Rule
from opensenco.law.strength import Provision, Strength

Exact = int | Fraction | Decimal
"""A number that means exactly what it says."""

Figure = int | Fraction | date | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """Which rule and convention gave a result, and with which numbers.

    `convention` is the stable name of the way chosen where a rule knows several, else empty.
    `numbers` are names and values: money in pence, shares and hours as exact fractions. `used`
    names the numbers that a school or authority may set.
    """

    rule: str
    convention: str
    provision: Provision
    strength: Strength
    verified: bool
    numbers: tuple[tuple[str, Figure], ...]
    reasons: tuple[Sentence, ...]
    used: tuple[Used[Any], ...] = ()

    def number(self, name: str) -> Figure:
        """The number of that name. A KeyError where there is none."""
        return dict(self.numbers)[name]


@dataclass(frozen=True, slots=True)
class Amount:
    """Money: `pence` as it is paid and shown, `exact` before rounding, and what it rests on."""

    pence: int
    exact: Fraction
    basis: Basis


def resting(
    rule: Rule,
    *reasons: Sentence,
    convention: str = "",
    used: tuple[Used[Any], ...] = (),
    **numbers: Figure,
) -> Basis:
    """The basis of a result under `rule`; what nobody has verified is added to the reasons."""
    return Basis(
        rule=rule.id,
        convention=convention,
        provision=rule.provision,
        strength=rule.strength,
        verified=rule.verified,
        numbers=tuple(numbers.items()),
        reasons=reasons + unverified(rule),
        used=used,
    )


def amount(exact: Fraction, basis: Basis) -> Amount:
    """`exact` pence, rounded half a penny up."""
    return Amount(half_up(exact), exact, basis)


def fraction(rule: Rule, fact: str, value: Exact) -> Fraction:
    """`value` as a fraction. Raises BadFact for floating point, yes or no, or less than nought."""
    if isinstance(value, bool) or not isinstance(value, int | Fraction | Decimal):
        raise BadFact(rule.id, fact, mark("An exact number is needed: a whole one or a decimal."))
    if isinstance(value, Decimal) and not value.is_finite():
        raise BadFact(rule.id, fact, mark("A real number is needed."))
    if value < 0:
        raise BadFact(rule.id, fact, mark("It cannot be less than nought."))
    return Fraction(value)


def check_exact(rule: Rule, /, **facts: Exact | None) -> None:
    """Raises BadFact, naming the fact, for one that is not exact or less than nought."""
    for fact, value in facts.items():
        if value is not None:
            fraction(rule, fact, value)


def check_whole(rule: Rule, minimum: int = 0, /, **facts: int | None) -> None:
    """Raises BadFact, naming the fact, for one that is no whole number or less than `minimum`."""
    for fact, value in facts.items():
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int):
            raise BadFact(rule.id, fact, mark("A whole number is needed."))
        if value < minimum:
            raise BadFact(
                rule.id, fact, sentence(mark("It must be {least} or more."), least=minimum)
            )


def check_names(rule: Rule, fact: str, names: tuple[str, ...]) -> None:
    """Raises BadFact where a name is empty or stands twice."""
    if not all(name.strip() for name in names):
        raise BadFact(rule.id, fact, mark("Each needs a name."))
    if len(set(names)) != len(names):
        raise BadFact(rule.id, fact, mark("A name stands twice."))


def plain(value: Fraction) -> str:
    """A fraction as people read it: "38", "12.5", "2/3" where no decimal ends."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    written = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{written.normalize():f}"
