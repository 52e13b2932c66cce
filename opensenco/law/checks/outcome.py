"""What a test of a rule gives: met or not, and why."""

from dataclasses import dataclass
from typing import Any

from opensenco.kernel.words import Sentence
from opensenco.law.due import unverified
from opensenco.law.parameters import Used
from opensenco.law.rule import Rule
from opensenco.law.strength import Provision, Strength


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer of one rule. `used` names the numbers it rests on."""

    rule: str
    met: bool
    provision: Provision
    strength: Strength
    verified: bool
    reasons: tuple[Sentence, ...]
    used: tuple[Used[Any], ...] = ()


def outcome(
    rule: Rule,
    *reasons: Sentence,
    met: bool,
    used: tuple[Used[Any], ...] = (),
    rests_on_unverified: bool = False,
) -> Outcome:
    """The answer under `rule`.

    `rests_on_unverified` is true where it rests on the very detail of the rule, or on a number,
    that nobody has checked; the answer is then unverified and says so.
    """
    return Outcome(
        rule=rule.id,
        met=met,
        provision=rule.provision,
        strength=rule.strength,
        verified=rule.verified and not rests_on_unverified,
        reasons=reasons + (unverified(rule) if rests_on_unverified or not rule.verified else ()),
        used=used,
    )
