"""The top-up flag of the school census (FUND-94). See docs/law/funding-round.md."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from opensenco.kernel.dates import Span
from opensenco.kernel.words import mark, sentence
from opensenco.law.checks.finding import Finding, found
from opensenco.law.codes.sen import EHC_PLAN, SEN_SUPPORT
from opensenco.law.registry import answers
from opensenco.law.rulebook.funding import FUND_94

MISSING_FLAG = "missing-flag"
WRONG_FLAG = "wrong-flag"


@dataclass(frozen=True, slots=True)
class FundedPupil:
    """A pupil by a key of the school's own, with the SEN status and the time of each award.

    `flagged`: what the school's management system says, None where it has not been asked.
    """

    key: str
    status: str
    awards: tuple[Span, ...]
    flagged: bool | None = None


@answers(FUND_94)
def flagged(*, pupils: Iterable[FundedPupil], on: date) -> tuple[str, ...]:
    """The keys of the pupils who carry the flag in the census of the day `on`, in order of key.

    An award counts on its first and its last day; one that ended the day before does not.
    """
    return tuple(sorted(pupil.key for pupil in pupils if _counts(pupil, on)))


@answers(FUND_94)
def differences(*, pupils: Iterable[FundedPupil], on: date) -> dict[str, Finding]:
    """By key, where the management system and the awards disagree about the flag."""
    findings = {}
    for pupil in sorted(pupils, key=lambda each: each.key):
        counts = _counts(pupil, on)
        if pupil.flagged is None or pupil.flagged == counts:
            continue
        if counts:
            words = mark("An award runs on {on}, but the top-up flag is missing.")
            findings[pupil.key] = found(FUND_94, MISSING_FLAG, sentence(words, on=on))
        else:
            words = mark("The top-up flag is set, but no award counts on {on}.")
            findings[pupil.key] = found(FUND_94, WRONG_FLAG, sentence(words, on=on))
    return findings


def _counts(pupil: FundedPupil, on: date) -> bool:
    has_sen = pupil.status in (SEN_SUPPORT, EHC_PLAN)
    return has_sen and any(on in award for award in pupil.awards)
