"""What a check finds."""

from dataclasses import dataclass
from enum import StrEnum

from opensenco.kernel.words import Sentence
from opensenco.law.due import unverified
from opensenco.law.rule import Rule
from opensenco.law.strength import Provision, Strength


class Severity(StrEnum):
    """An error has to be mended; a warning has to be looked at."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. `kind` is its stable name; `reasons` says what is wrong and what to do."""

    kind: str
    rule: str
    severity: Severity
    provision: Provision
    strength: Strength
    verified: bool
    reasons: tuple[Sentence, ...]


def found(
    rule: Rule,
    kind: str,
    *reasons: Sentence,
    severity: Severity = Severity.ERROR,
    rests_on_unverified: bool = False,
) -> Finding:
    """A finding under `rule`.

    `rests_on_unverified` is true where this check rests on the very detail of the rule that nobody
    has checked; the finding is then unverified and says so.
    """
    return Finding(
        kind=kind,
        rule=rule.id,
        severity=severity,
        provision=rule.provision,
        strength=rule.strength,
        verified=rule.verified and not rests_on_unverified,
        reasons=reasons + (unverified(rule) if rests_on_unverified or not rule.verified else ()),
    )
