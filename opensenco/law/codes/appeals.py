"""The decisions that can be appealed (TRB-01). See docs/law/appeal.md."""

from dataclasses import dataclass

from opensenco.kernel.words import mark
from opensenco.law.codes.lists import Code, CodeList
from opensenco.law.registry import answers, tabulates
from opensenco.law.rule import REFORM
from opensenco.law.rulebook.tribunal import TRB_01

SECTIONS = ("B", "F", "I")
"""The sections of a plan that can be appealed by themselves."""

PLACEMENT = "I"

APPEALABLE = tabulates(
    TRB_01,
    f"{__name__}.APPEALABLE",
    CodeList(
        TRB_01.id,
        "decision",
        (
            Code("refuse-assess", mark("Refusal to assess"), first=REFORM),
            Code("refuse-plan", mark("Refusal to make a plan"), first=REFORM),
            Code("first-plan", mark("Sections B, F or I of a first plan"), first=REFORM),
            Code("amended-plan", mark("Sections B, F or I of an amended plan"), first=REFORM),
            Code("refuse-re-assess", mark("Refusal to re-assess"), first=REFORM),
            Code(
                "refuse-amend",
                mark("Decision not to amend after a review or re-assessment"),
                first=REFORM,
            ),
            Code("cease", mark("Decision to end the plan"), first=REFORM),
        ),
    ),
)
WITH_SECTIONS = ("first-plan", "amended-plan")


@dataclass(frozen=True, slots=True)
class Appealable:
    """Whether a decision can be appealed, and whether a mediation certificate comes first."""

    can: bool
    certificate: bool


@answers(TRB_01)
def appealable(*, decision: str, sections: frozenset[str] = frozenset()) -> Appealable:
    """Whether `decision`, a code of APPEALABLE or any other word, can be appealed.

    For a plan, `sections` are those that the family disagrees with; at least one of B, F and I must
    be among them, and for I alone no certificate is needed. Raises nothing.
    """
    if APPEALABLE.find(decision) is None:
        return Appealable(False, False)
    if decision not in WITH_SECTIONS:
        return Appealable(True, True)
    disputed = sections & set(SECTIONS)
    return Appealable(bool(disputed), bool(disputed - {PLACEMENT}))
