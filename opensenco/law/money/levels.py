"""The amount that a scheme gives, in all ways schemes know (FUND-12 to FUND-14).

See docs/law/funding-levels.md.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from opensenco.kernel.money import write
from opensenco.kernel.words import Sentence, mark, sentence
from opensenco.law.money.basis import (
    Amount,
    Exact,
    amount,
    check_exact,
    check_names,
    check_whole,
    fraction,
    plain,
    resting,
)
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.funding import FUND_12, FUND_13, FUND_14


class Mode(StrEnum):
    """How a scheme sets an amount."""

    FIXED_LEVEL = "FIXED_LEVEL"
    RANGE = "RANGE"
    POINTS_X_UNIT = "POINTS_X_UNIT"
    HOURS_X_RATE = "HOURS_X_RATE"
    EXCESS_OVER_THRESHOLD = "EXCESS_OVER_THRESHOLD"
    LUMP = "LUMP"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a scheme and a bid say of an amount; money in pence. Each mode needs its own facts.

    `sum`: the level's amount, the amount asked for in a range, or the lump. `least` and `most`:
    the range. `points` and `unit`; `hours` and `rate`; `cost` and `threshold`. Raises BadFact for
    a fact that cannot be.
    """

    sum: int | None = None
    least: int | None = None
    most: int | None = None
    points: Exact | None = None
    unit: Exact | None = None
    hours: Exact | None = None
    rate: Exact | None = None
    cost: int | None = None
    threshold: int | None = None

    def __post_init__(self) -> None:
        check_whole(
            FUND_12,
            sum=self.sum,
            least=self.least,
            most=self.most,
            cost=self.cost,
            threshold=self.threshold,
        )
        check_exact(FUND_12, points=self.points, unit=self.unit, hours=self.hours, rate=self.rate)


@answers(FUND_12, FUND_13)
def level_amount(*, mode: Mode, terms: Terms) -> Amount:
    """The amount that `terms` give in this mode, rounded to the penny.

    Raises BadFact for a fact that the mode needs and lacks, and for an amount outside its range.
    """
    needs, give = MODES[mode]
    facts: dict[str, Fraction] = {}
    for name in needs:
        value = getattr(terms, name)
        if value is None:
            words = mark("A scheme of the kind {mode} needs this.")
            raise BadFact(FUND_12.id, name, sentence(words, mode=str(mode)))
        facts[name] = Fraction(value)
    exact, *reasons = give(facts)
    basis = resting(FUND_12, *reasons, convention=str(mode))
    return amount(exact, replace(basis, numbers=tuple(facts.items())))


Facts = Mapping[str, Fraction]
Given = tuple[Fraction, Sentence]


def _pounds(pence: Fraction) -> str:
    return f"£{plain(pence / 100)}" if pence.denominator != 1 else write(pence.numerator)


def _fixed(facts: Facts) -> Given:
    words = sentence(mark("The level is {sum}."), sum=_pounds(facts["sum"]))
    return facts["sum"], words


def _range(facts: Facts) -> Given:
    least, asked, most = facts["least"], facts["sum"], facts["most"]
    told = {"least": _pounds(least), "most": _pounds(most)}
    if least > most:
        raise BadFact(FUND_13.id, "most", mark("The range ends before it begins."))
    if not least <= asked <= most:
        words = mark("The level has a range from {least} to {most}.")
        raise BadFact(FUND_13.id, "sum", sentence(words, **told))
    words = mark("{sum}, within the level's range from {least} to {most}.")
    return asked, sentence(words, sum=_pounds(asked), **told)


def _points(facts: Facts) -> Given:
    words = mark("{points} points of {unit} each.")
    told = sentence(words, points=plain(facts["points"]), unit=_pounds(facts["unit"]))
    return facts["points"] * facts["unit"], told


def _hours(facts: Facts) -> Given:
    words = mark("{hours} hours at {rate}.")
    told = sentence(words, hours=plain(facts["hours"]), rate=_pounds(facts["rate"]))
    return facts["hours"] * facts["rate"], told


def _excess(facts: Facts) -> Given:
    words = mark("{cost}, less the threshold of {threshold}.")
    told = sentence(words, cost=_pounds(facts["cost"]), threshold=_pounds(facts["threshold"]))
    return max(Fraction(0), facts["cost"] - facts["threshold"]), told


def _lump(facts: Facts) -> Given:
    return facts["sum"], sentence(mark("One sum of {sum}."), sum=_pounds(facts["sum"]))


MODES: dict[Mode, tuple[tuple[str, ...], Callable[[Facts], Given]]] = {
    Mode.FIXED_LEVEL: (("sum",), _fixed),
    Mode.RANGE: (("sum", "least", "most"), _range),
    Mode.POINTS_X_UNIT: (("points", "unit"), _points),
    Mode.HOURS_X_RATE: (("hours", "rate"), _hours),
    Mode.EXCESS_OVER_THRESHOLD: (("cost", "threshold"), _excess),
    Mode.LUMP: (("sum",), _lump),
}


@dataclass(frozen=True, slots=True)
class Band:
    """A band of weekly hours: its code and its upper end, which belongs to it."""

    code: str
    up_to: Exact


@answers(FUND_14)
def hour_band(*, hours: Exact, bands: tuple[Band, ...]) -> str:
    """The code of the first band that `hours` do not exceed.

    Raises BadFact for bands out of order or twice, and for more hours than the last band holds.
    """
    check_names(FUND_14, "bands", tuple(band.code for band in bands))
    ends = [fraction(FUND_14, "bands", band.up_to) for band in bands]
    if any(end >= following for end, following in pairwise(ends)):
        raise BadFact(FUND_14.id, "bands", mark("Each band must end after the one before."))
    wanted = fraction(FUND_14, "hours", hours)
    for band, end in zip(bands, ends, strict=True):
        if wanted <= end:
            return band.code
    words = mark("No band of the scheme holds {hours} hours.")
    raise BadFact(FUND_14.id, "hours", sentence(words, hours=plain(wanted)))


@dataclass(frozen=True, slots=True)
class SchoolTotal:
    """What a school gets for its pupils by level, with a supplement for pupils funded last year."""

    levels: Amount
    supplement: Amount

    @property
    def pence(self) -> int:
        return self.levels.pence + self.supplement.pence


@answers(FUND_12)
def school_total(
    *, levels: Mapping[str, int], pupils: Mapping[str, int], supplement: int = 0, funded: int = 0
) -> SchoolTotal:
    """The sum over a school: each pupil's level, and `supplement` pence for each of the `funded`.

    `pupils` says how many the school has at each level. Raises BadFact for an unknown level.
    """
    check_whole(FUND_12, supplement=supplement, funded=funded)
    check_whole(FUND_12, **levels)
    check_whole(FUND_12, **pupils)
    unknown = sorted(set(pupils) - set(levels))
    if unknown:
        words = mark("The scheme has no level {code}.")
        raise BadFact(FUND_12.id, "pupils", sentence(words, code=unknown[0]))
    by_level = sum(levels[code] * count for code, count in pupils.items())
    extra = supplement * funded
    told = sentence(
        mark("{count} pupils at {supplement}."), count=funded, supplement=write(supplement)
    )
    return SchoolTotal(
        amount(
            Fraction(by_level),
            resting(FUND_12, convention=str(Mode.FIXED_LEVEL), pupils=sum(pupils.values())),
        ),
        amount(
            Fraction(extra),
            resting(FUND_12, told, convention="SUPPLEMENT", supplement=supplement, pupils=funded),
        ),
    )
