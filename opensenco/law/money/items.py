"""Equipment, training, and the yearly value of an hour a week (FUND-73). See docs/law/money.md."""

from fractions import Fraction

from opensenco.kernel.money import write
from opensenco.kernel.words import mark, sentence
from opensenco.law.money.basis import (
    Amount,
    Exact,
    amount,
    check_whole,
    fraction,
    plain,
    resting,
)
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.funding import FUND_73

YEAR_OF_WEEKS = 38


@answers(FUND_73)
def equipment(*, cost: int, years: int) -> Amount:
    """A year's part of what equipment cost, over its years of use. Raises BadFact."""
    check_whole(FUND_73, cost=cost)
    check_whole(FUND_73, 1, years=years)
    words = sentence(mark("{cost} over {years} years of use."), cost=write(cost), years=years)
    basis = resting(FUND_73, words, convention="EQUIPMENT", cost=cost, years=years)
    return amount(Fraction(cost, years), basis)


@answers(FUND_73)
def training(*, cost: int, pupils: int) -> Amount:
    """One pupil's part of what training cost, among the pupils who gain by it. Raises BadFact."""
    check_whole(FUND_73, cost=cost)
    check_whole(FUND_73, 1, pupils=pupils)
    words = sentence(
        mark("{cost} for the {pupils} pupils who gain by it."), cost=write(cost), pupils=pupils
    )
    basis = resting(FUND_73, words, convention="TRAINING", cost=cost, pupils=pupils)
    return amount(Fraction(cost, pupils), basis)


@answers(FUND_73)
def yearly_hour(
    *, yearly: int, group: int = 1, weeks: Exact | None = None, year: Exact = YEAR_OF_WEEKS
) -> Amount:
    """A pupil's part of one hour a week that is worth `yearly` pence over the weeks of a year.

    `weeks`: how many of the `year` weeks it runs, all of them unless given. Raises BadFact where it
    runs longer than the year.
    """
    check_whole(FUND_73, yearly=yearly)
    check_whole(FUND_73, 1, group=group)
    whole = fraction(FUND_73, "year", year)
    if not whole:
        raise BadFact(FUND_73.id, "year", mark("A year has weeks."))
    run = whole if weeks is None else fraction(FUND_73, "weeks", weeks)
    if run > whole:
        raise BadFact(FUND_73.id, "weeks", mark("It cannot run longer than the year."))
    words = sentence(
        mark("{yearly} a year for an hour a week, {weeks} of {year} weeks, shared by {group}."),
        yearly=write(yearly),
        weeks=plain(run),
        year=plain(whole),
        group=group,
    )
    basis = resting(
        FUND_73, words, convention="YEARLY_HOUR", yearly=yearly, weeks=run, year=whole, group=group
    )
    return amount(yearly * run / whole / group, basis)


@answers(FUND_73)
def hourly(*, yearly: int, year: Exact = YEAR_OF_WEEKS) -> Amount:
    """What an hour costs if one hour a week is worth `yearly` pence a year. Raises BadFact."""
    return yearly_hour(yearly=yearly, weeks=1, year=year)
