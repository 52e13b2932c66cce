"""Who is asked for advice, and when advice need not be asked for again (EHC-07).

See docs/law/advice.md.
"""

from dataclasses import dataclass
from datetime import date

from opensenco.kernel.words import mark
from opensenco.law.registry import answers
from opensenco.law.rulebook.assessment import EHC_07

LIMBS = {
    "a": mark("The parent or young person"),
    "b": mark("The head, principal, early-years provider or whoever is responsible for education"),
    "c": mark("A health-care professional named by the commissioning body"),
    "d": mark("An educational psychologist"),
    "e": mark("Social care"),
    "f": mark("Anyone else the authority thinks right"),
    "g": mark("From Year 9 on: somebody on preparing for adulthood and independent living"),
    "h": mark("Anyone the family reasonably asks for"),
}
"""The limbs of regulation 6(1)."""

ALWAYS = ("a", "b", "c", "d", "e")
ADULTHOOD_YEAR = 9
NEVER_REUSED = "a"


@dataclass(frozen=True, slots=True)
class Asked:
    """A limb that is asked; `specialist` where the school's advice must come from, or be given
    with, somebody qualified for hearing or vision."""

    limb: str
    specialist: bool = False


@answers(EHC_07)
def must_ask(
    *,
    year_group: int | None,
    hearing_or_vision: bool = False,
    others: bool = False,
    family_asks: bool = False,
) -> tuple[Asked, ...]:
    """The limbs of LIMBS that the authority must ask, in their order.

    `year_group` is the year the child is really taught in, None where there is none.
    `hearing_or_vision`: whether the child has such an impairment. `others`: whether the authority
    thinks somebody else right; `family_asks`: whether the family reasonably asks for somebody. The
    person need not know the child already. Raises nothing.
    """
    asked = [Asked(limb, specialist=limb == "b" and hearing_or_vision) for limb in ALWAYS]
    if others:
        asked.append(Asked("f"))
    if year_group is not None and year_group >= ADULTHOOD_YEAR:
        asked.append(Asked("g"))
    if family_asks:
        asked.append(Asked("h"))
    return tuple(asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptances:
    """The days on which each accepted that earlier advice is enough; None for one who has not."""

    author: date | None = None
    authority: date | None = None
    family: date | None = None


@answers(EHC_07)
def may_reuse(*, limb: str, acceptances: Acceptances) -> bool:
    """Whether earlier advice of that limb stands in for new advice, which must then not be sought.

    All three have to accept it; the family's own views are always asked for. Raises nothing.
    """
    given = (acceptances.author, acceptances.authority, acceptances.family)
    return limb != NEVER_REUSED and None not in given
