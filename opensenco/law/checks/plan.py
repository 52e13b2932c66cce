"""Does an EHC plan hold what it has to? (EHC-10, EHC-11, EHC-12). See docs/law/plan-content.md."""

from collections.abc import Iterator
from dataclasses import dataclass

from opensenco.kernel.words import mark, sentence
from opensenco.law.checks.finding import Finding, Severity, found
from opensenco.law.registry import answers
from opensenco.law.rulebook.plans import EHC_10, EHC_11, EHC_12

SECTIONS = {
    "A": mark("Views, interests and aspirations"),
    "B": mark("Special educational needs"),
    "C": mark("Health needs"),
    "D": mark("Social care needs"),
    "E": mark("Outcomes"),
    "F": mark("Special educational provision"),
    "G": mark("Health provision"),
    "H1": mark("Social care provision under the Act of 1970"),
    "H2": mark("Other social care provision"),
    "I": mark("The setting and its type"),
    "J": mark("Direct payment"),
    "K": mark("The advice, attached"),
}
ONLY_IF_PAID = "J"
PLACEMENT = "I"
ADULTHOOD_YEAR = 9

MISSING = "section-missing"
NAMED_IN_DRAFT = "setting-in-draft"
HEALTH_NOT_AGREED = "health-not-agreed"
NEED_WITHOUT_PROVISION = "need-without-provision"
NOT_SPECIFIC = "provision-not-specific"
OUTCOME_WITHOUT_PROVISION = "outcome-without-provision"
ADVICE_NOT_ATTACHED = "advice-not-attached"
NO_ADULTHOOD = "no-adulthood"

PARTS = ("what", "who", "how-often", "how-long")
"""What makes provision specific: what is done, by whom, how often and for how long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """One item of section F. `says`: which of PARTS it states. `needs`, `outcomes`: which of them
    it serves, by the names they have in the plan."""

    says: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    outcomes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """One plan as it is written.

    `sections`: those that stand by themselves. `draft`: whether it is a draft, in which I stays
    blank. `direct_payment`: whether there is one. `health_agreed`: whether the health body agreed
    to G. `year_group`: the year the child is really taught in, None where there is none;
    `adulthood`: whether the plan has provision that prepares for adulthood. `needs` (B), `outcomes`
    (E) and `provision` (F) as they are named there. `advice`: how many pieces of advice were
    gathered, and `attached` how many are in K.
    """

    sections: frozenset[str]
    draft: bool = False
    direct_payment: bool = False
    health_agreed: bool = True
    year_group: int | None = None
    adulthood: bool = False
    needs: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    provision: tuple[Provision, ...] = ()
    advice: int = 0
    attached: int = 0


@answers(EHC_10, EHC_11, EHC_12)
def faults(*, plan: PlanFacts) -> tuple[Finding, ...]:
    """What the plan lacks, in the order of its sections and then by what makes it work.

    What the regulations ask is an error, what good practice asks a warning. Raises nothing.
    """
    return (*_sections(plan), *_quality(plan), *_adulthood(plan))


def _sections(plan: PlanFacts) -> Iterator[Finding]:
    for section, title in SECTIONS.items():
        wanted = section != ONLY_IF_PAID or plan.direct_payment
        if section == PLACEMENT and plan.draft:
            if section in plan.sections:
                words = mark("Section I names a setting; in a draft it is left blank.")
                yield found(EHC_10, NAMED_IN_DRAFT, sentence(words))
        elif wanted and section not in plan.sections:
            words = mark("Section {section} is missing: {title}.")
            yield found(EHC_10, MISSING, sentence(words, section=section, title=title))
    if "G" in plan.sections and not plan.health_agreed:
        words = mark("The health body has not agreed to what stands in section G.")
        yield found(EHC_10, HEALTH_NOT_AGREED, sentence(words))


def _warn(kind: str, words: str, **values: str | int) -> Finding:
    return found(EHC_11, kind, sentence(words, **values), severity=Severity.WARNING)


def _quality(plan: PlanFacts) -> Iterator[Finding]:
    served = {need for item in plan.provision for need in item.needs}
    for need in plan.needs:
        if need not in served:
            words = mark("No provision in F meets the need {need}.")
            yield _warn(NEED_WITHOUT_PROVISION, words, need=need)
    for number, item in enumerate(plan.provision, start=1):
        lacking = [part for part in PARTS if part not in item.says]
        if lacking:
            words = mark("Provision {number} in F does not say: {lacking}.")
            yield _warn(NOT_SPECIFIC, words, number=number, lacking=", ".join(lacking))
    reached = {outcome for item in plan.provision for outcome in item.outcomes}
    for outcome in plan.outcomes:
        if outcome not in reached:
            words = mark("No provision serves the outcome {outcome}.")
            yield _warn(OUTCOME_WITHOUT_PROVISION, words, outcome=outcome)
    if plan.attached < plan.advice:
        words = mark("{attached} of {advice} pieces of advice are attached in K.")
        yield _warn(ADVICE_NOT_ATTACHED, words, attached=plan.attached, advice=plan.advice)


def _adulthood(plan: PlanFacts) -> Iterator[Finding]:
    reached = plan.year_group is not None and plan.year_group >= ADULTHOOD_YEAR
    if reached and not plan.adulthood:
        words = mark("From Year 9 on the plan has provision that prepares for adulthood.")
        yield found(EHC_12, NO_ADULTHOOD, sentence(words))
