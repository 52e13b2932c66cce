"""The cost of provision, line by line (FUND-72 to FUND-76). See docs/law/money.md."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from opensenco.kernel.money import half_up, write
from opensenco.kernel.words import Sentence, counted, mark, sentence
from opensenco.law.checks.finding import Finding, Severity, found
from opensenco.law.money.basis import (
    Amount,
    Basis,
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
from opensenco.law.rulebook.funding import FUND_72, FUND_73, FUND_74, FUND_75, FUND_76

MINUTES_AN_HOUR = 60
WEEKS_OF_SCHOOL = 39
WEEKS_OF_A_YEAR = 53
TOO_MANY_WEEKS = "too-many-weeks"


class Charge(StrEnum):
    """Who bears the cost of a group: all its pupils alike, or the one for whom it is run."""

    SHARED = "SHARED"
    SOLE = "SOLE"


class Occasion(StrEnum):
    """When the support happens. Only a session has a time of its own."""

    SESSION = "session"
    BREAK = "break"
    LUNCH = "lunch"
    UNTIMED = "untimed"


class Layer(StrEnum):
    """The layer of a provision map. What is universal is open to all pupils and never costed."""

    UNIVERSAL = "universal"
    TARGETED = "targeted"
    TARGETED_PLUS = "targeted-plus"
    SPECIALIST = "specialist"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a provision map.

    `rate`: pence an hour. `minutes`: of one session. `sessions`: a week. `group`: how many pupils
    share it. `role`: whose time it is, as limits name it. `why_sole`: why the group would not run
    without this pupil, needed for SOLE. `planned`: a specific planned activity, needed at breaks
    and lunch. Raises BadFact.
    """

    key: str
    rate: Exact
    minutes: Exact
    sessions: Exact
    weeks: Exact
    group: int = 1
    charge: Charge = Charge.SHARED
    why_sole: str = ""
    role: str = ""
    layer: Layer = Layer.TARGETED
    occasion: Occasion = Occasion.SESSION
    planned: bool = False

    def __post_init__(self) -> None:
        check_exact(FUND_73, rate=self.rate, minutes=self.minutes, sessions=self.sessions)
        check_whole(FUND_73, 1, group=self.group)
        if not 1 <= fraction(FUND_73, "weeks", self.weeks) <= WEEKS_OF_A_YEAR:
            raise BadFact(
                FUND_73.id,
                "weeks",
                sentence(mark("Enter weeks from 1 to {most}."), most=WEEKS_OF_A_YEAR),
            )
        if self.charge is Charge.SOLE and not self.why_sole.strip():
            words = mark("Say why the group would not run without this pupil.")
            raise BadFact(FUND_74.id, "why_sole", words)
        if self.layer is Layer.UNIVERSAL:
            words = mark("What is open to all pupils is not costed.")
            raise BadFact(FUND_75.id, "layer", words)
        if self.occasion is not Occasion.SESSION and not self.planned:
            words = mark("This is costed only as a planned activity with a time of its own.")
            raise BadFact(FUND_75.id, "occasion", words)

    @property
    def weekly_minutes(self) -> Fraction:
        """Minutes of the adult's time in a week."""
        return Fraction(self.minutes) * Fraction(self.sessions)

    @property
    def weekly_hours(self) -> Fraction:
        """Hours of the adult's time in a week."""
        return self.weekly_minutes / MINUTES_AN_HOUR

    @property
    def shared_by(self) -> int:
        """By how many the cost is divided."""
        return 1 if self.charge is Charge.SOLE else self.group


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCost:
    """What one line costs for one pupil.

    `minutes`: minutes a week for each pupil of the group. `trimmed_hours`: hours a week cut off by
    a limit on the role, and `untrimmed` what the line would cost without it.
    """

    key: str
    cost: Amount
    minutes: Fraction
    trimmed_hours: Fraction
    untrimmed: Amount
    findings: tuple[Finding, ...]

    @property
    def pence(self) -> int:
        return self.cost.pence


@dataclass(frozen=True, slots=True)
class MapCost:
    """All lines and items, and their total: the sum of the rounded lines, as a reader adds them.

    `unrounded` is the sum before rounding, shown nowhere, kept so that the difference is no
    surprise.
    """

    lines: tuple[LineCost, ...]
    items: tuple[tuple[str, Amount], ...]
    total: int
    unrounded: Fraction
    basis: Basis

    @property
    def minutes(self) -> Fraction:
        """Minutes a week for this pupil, over all lines."""
        return sum((line.minutes for line in self.lines), Fraction(0))


@answers(FUND_73, FUND_74, FUND_75)
def line_cost(*, line: Line, kept: Fraction = Fraction(1)) -> LineCost:
    """The cost of a line for one pupil; `kept` is the part of its hours that a limit leaves.

    Rounded to the penny, half up. More than 39 weeks is a warning.
    """
    whole = _cost(line, line.weekly_hours)
    hours = line.weekly_hours * kept
    return LineCost(
        key=line.key,
        cost=_cost(line, hours) if kept != 1 else whole,
        minutes=line.weekly_minutes / line.shared_by,
        trimmed_hours=line.weekly_hours - hours,
        untrimmed=whole,
        findings=_findings(line),
    )


def _cost(line: Line, hours: Fraction) -> Amount:
    weeks, rate = Fraction(line.weeks), Fraction(line.rate)
    basis = resting(
        FUND_73,
        *_reasons(line, hours),
        convention=str(line.charge),
        rate=rate,
        weekly_hours=hours,
        weeks=weeks,
        group=line.group,
    )
    return amount(hours * weeks * rate / line.shared_by, basis)


def _reasons(line: Line, hours: Fraction) -> tuple[Sentence, ...]:
    time = sentence(
        mark("{hours} hours a week for {weeks} weeks at {rate} an hour."),
        hours=plain(hours),
        weeks=plain(Fraction(line.weeks)),
        rate=write(half_up(Fraction(line.rate))),
    )
    if line.charge is Charge.SOLE:
        return (time, sentence(mark("The group is run for this pupil, who bears all of it.")))
    if line.group == 1:
        return (time,)
    return (
        time,
        sentence(mark("Shared by the {group} pupils of the group."), group=line.group),
    )


def _findings(line: Line) -> tuple[Finding, ...]:
    if line.weeks <= WEEKS_OF_SCHOOL:
        return ()
    words = mark("A year of school has 38 or 39 weeks; this line has {weeks}.")
    reason = sentence(words, weeks=plain(Fraction(line.weeks)))
    return (found(FUND_73, TOO_MANY_WEEKS, reason, severity=Severity.WARNING),)


@answers(FUND_76)
def kept_part(*, lines: tuple[Line, ...], limits: Mapping[str, Exact]) -> dict[str, Fraction]:
    """For each limited role, the part of its weekly hours that stays: 1 where they fit.

    `limits` gives hours a week. All lines of a role lose the same part, whatever their order.
    """
    kept = {}
    for role, limit in limits.items():
        hours = sum((line.weekly_hours for line in lines if line.role == role), Fraction(0))
        allowed = fraction(FUND_76, "limits", limit)
        kept[role] = Fraction(1) if hours <= allowed else allowed / hours
    return kept


@answers(FUND_72, FUND_76)
def map_cost(
    *,
    lines: tuple[Line, ...],
    items: Mapping[str, Amount] | None = None,
    limits: Mapping[str, Exact] | None = None,
) -> MapCost:
    """The cost of a provision map for one pupil.

    `items` are equipment, training and the like, by name. `limits` are hours a week for a role. The
    total is the sum of the rounded lines. Raises BadFact for names that stand twice.
    """
    named = dict(items or {})
    check_names(FUND_72, "key", (*(line.key for line in lines), *named))
    kept = kept_part(lines=lines, limits=limits or {})
    costs = tuple(line_cost(line=line, kept=kept.get(line.role, Fraction(1))) for line in lines)
    amounts = [line.cost for line in costs] + list(named.values())
    total = sum(each.pence for each in amounts)
    words = counted(
        mark("{total}, the sum of {count} line as shown."),
        mark("{total}, the sum of {count} lines as shown."),
        count=len(amounts),
        total=write(total),
    )
    return MapCost(
        lines=costs,
        items=tuple(named.items()),
        total=total,
        unrounded=sum((each.exact for each in amounts), Fraction(0)),
        basis=resting(FUND_72, words, lines=len(amounts)),
    )
