"""An award shared between the schools of a pupil who moves (FUND-83, FUND-101 to FUND-104).

See docs/law/proration.md.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from opensenco.kernel.money import half_up, write
from opensenco.kernel.words import mark, sentence
from opensenco.law.money.apportion import to_the_penny
from opensenco.law.money.basis import Basis, check_names, check_whole, resting
from opensenco.law.money.proration import (
    NOTHING,
    AwardTime,
    Convention,
    Parts,
    Year,
    prorated,
    units_of,
)
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.funding import FUND_83
from opensenco.law.rulebook.moderation import FUND_101, FUND_102, FUND_103, FUND_104


class Gap(StrEnum):
    """Where the money for days between two schools goes."""

    RETURN = "GAP_RETURN"
    LAST_SCHOOL = "GAP_LAST_SCHOOL"
    NEW_SCHOOL = "GAP_NEW_SCHOOL"


@dataclass(frozen=True, slots=True)
class Stay:
    """The time on roll of one school within an award, both days counted."""

    school: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Shares:
    """Pence for each school in the order of its stays, and what goes back to the budget.

    All of it adds up to `total`, the award's value for its time.
    """

    schools: tuple[tuple[str, int], ...]
    returned: int
    total: int
    basis: Basis

    def pence(self, school: str) -> int:
        """What the school gets. A KeyError where it had no stay."""
        return dict(self.schools)[school]


@answers(FUND_83, FUND_103)
def shared_by_stay(
    *,
    award: AwardTime,
    stays: tuple[Stay, ...],
    convention: Convention,
    gap: Gap,
    parts: Parts = NOTHING,
) -> Shares:
    """The award, shared between schools by the units each is paid for.

    The unit in which a pupil moves belongs to the school left. Units between two stays follow
    `gap`; units before the first stay and after the last go back. Raises BadFact for stays that
    overlap or lie outside the award.
    """
    _check_stays(award, stays)
    year = units_of(convention=convention, year=award.year, parts=parts)
    start, whole = year.reached(award.first), year.units(award.first, award.ends)
    if not whole:
        raise BadFact(FUND_103.id, "award", mark("The award is paid for no time at all."))
    counts = _units(year, stays, start, gap)
    total = half_up(award.pence * Fraction(whole, year.size))
    units = dict(enumerate([*counts, whole - sum(counts)]))
    exact = {place: total * Fraction(count, whole) for place, count in units.items()}
    pence = to_the_penny(exact=exact, total=total)
    words = sentence(
        mark("{total} for {units} of {size}, shared by the time at each school."),
        total=write(total),
        units=whole,
        size=year.size,
    )
    return Shares(
        tuple((stay.school, pence[place]) for place, stay in enumerate(stays)),
        pence[len(stays)],
        total,
        resting(
            FUND_103,
            words,
            convention=f"{convention} {gap}",
            yearly=award.pence,
            year=year.size,
            units=whole,
            returned=units[len(stays)],
        ),
    )


def _units(year: Year, stays: tuple[Stay, ...], start: int, gap: Gap) -> list[int]:
    """How many units each school is paid for, with what falls to it of the time between."""
    counts: list[int] = []
    reached = start
    for place, stay in enumerate(stays):
        begins = max(reached, year.reached(stay.first))
        ends = max(begins, year.spent(stay.last))
        between = begins - reached if place else 0
        if gap is Gap.LAST_SCHOOL and place:
            counts[-1] += between
        counts.append(ends - begins + (between if gap is Gap.NEW_SCHOOL else 0))
        reached = ends
    return counts


def _check_stays(award: AwardTime, stays: tuple[Stay, ...]) -> None:
    check_names(FUND_103, "stays", tuple(stay.school for stay in stays))
    if not stays:
        raise BadFact(FUND_103.id, "stays", mark("An award is paid to at least one school."))
    for stay in stays:
        FUND_103.check_order(first=stay.first, last=stay.last)
        if stay.first < award.first or stay.last > award.ends:
            raise BadFact(FUND_103.id, "stays", mark("A stay lies outside the award."))
    for stay, following in pairwise(stays):
        if following.first <= stay.last:
            raise BadFact(FUND_103.id, "stays", mark("Two stays overlap or are out of order."))


class Movement(StrEnum):
    """What a scheme does with an award when the pupil moves."""

    FOLLOW_PUPIL = "FOLLOW_PUPIL"
    RELEASE_TO_SOURCE = "RELEASE_TO_SOURCE"
    RECEIVING_FAMILY_HONOURS = "RECEIVING_FAMILY_HONOURS"
    END_AND_REAPPLY = "END_AND_REAPPLY"
    LA_CONTINGENCY = "LA_CONTINGENCY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What a move does to budgets, in pence.

    `released`: comes free in the first family's budget. `moved`: leaves that budget for the
    second family's. `received`: what the new school may be paid from now on, out of `pays`.
    """

    released: int
    moved: int
    received: int
    pays: str
    basis: Basis


FIRST, SECOND, AUTHORITY, NOBODY = "first-family", "second-family", "authority", "nobody"

PAYS: dict[tuple[Movement, bool], str] = {
    (Movement.FOLLOW_PUPIL, True): FIRST,
    (Movement.FOLLOW_PUPIL, False): SECOND,
    (Movement.RELEASE_TO_SOURCE, True): NOBODY,
    (Movement.RELEASE_TO_SOURCE, False): NOBODY,
    (Movement.RECEIVING_FAMILY_HONOURS, True): FIRST,
    (Movement.RECEIVING_FAMILY_HONOURS, False): SECOND,
    (Movement.END_AND_REAPPLY, True): NOBODY,
    (Movement.END_AND_REAPPLY, False): NOBODY,
    (Movement.LA_CONTINGENCY, True): AUTHORITY,
    (Movement.LA_CONTINGENCY, False): AUTHORITY,
}
"""Who pays the new school, by movement and whether it is in the same family."""


@answers(FUND_101, FUND_102)
def moved(*, movement: Movement, same_family: bool, unspent: int, rest: int) -> Moved:
    """What a move does to the budgets of the families.

    `unspent`: what of the award the first school is not paid. `rest`: what of it the new school
    would be paid for its own time, no more than `unspent`. Raises BadFact.
    """
    rule = FUND_101 if same_family else FUND_102
    check_whole(rule, unspent=unspent, rest=rest)
    if rest > unspent:
        raise BadFact(rule.id, "rest", mark("It cannot be more than what is unspent."))
    pays = PAYS[movement, same_family]
    moves = unspent if movement is Movement.FOLLOW_PUPIL and pays == SECOND else 0
    kept = rest if pays == FIRST else 0
    return Moved(
        released=unspent - moves - kept,
        moved=moves,
        received=0 if pays == NOBODY else rest,
        pays=pays,
        basis=resting(rule, convention=str(movement), unspent=unspent, rest=rest),
    )


@answers(FUND_104)
def overpaid(*, award: AwardTime, left: date, paid: int, convention: Convention) -> int:
    """What was paid beyond the last day on roll, in pence; nought where nothing was.

    `paid` pence were paid so far. Raises BadFact for a day outside the award.
    """
    check_whole(FUND_104, paid=paid)
    owed = prorated(award=replace(award, last=left), convention=convention)
    return max(0, paid - owed.pence)
