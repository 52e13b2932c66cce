"""Who needs the SENCO award, and which award counts (ROL-04, ROL-06).

See docs/law/senco-award.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from opensenco.kernel.dates import ONE_DAY, Span, add_months
from opensenco.kernel.words import Sentence, mark, sentence
from opensenco.law.numbers import role as numbers
from opensenco.law.parameters import SHIPPED, Parameters
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.role import FIRST_AWARD, ROL_04, ROL_06

NO_AWARD = "none"
AWARDS = (NO_AWARD, numbers.NPQ, numbers.NASENCO)


class Counts(StrEnum):
    """Whether an award fulfils the regulation."""

    COUNTS = "counts"
    DOES_NOT_COUNT = "does-not-count"
    NOT_YET = "not-yet"
    NO_AWARD = "no-award"


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A course for an award: `award` is none, npq or nasenco. Days that cannot be are a BadFact."""

    award: str = NO_AWARD
    started: date | None = None
    completed: date | None = None

    def __post_init__(self) -> None:
        if self.award not in AWARDS:
            raise BadFact(ROL_06.id, "award", mark("The award is none, npq or nasenco."))
        ROL_06.check_days(award_started=self.started, award_completed=self.completed)
        ROL_06.check_order(award_started=self.started, award_completed=self.completed)
        for fact, day in (("award-started", self.started), ("award-completed", self.completed)):
            if self.award == NO_AWARD and day is not None:
                raise BadFact(ROL_06.id, fact, mark("Say which award it is."))
        late = self.completed is not None and self.completed >= numbers.NPQ_FROM
        if self.award == numbers.NASENCO and late and self.started is None:
            words = mark("Whether it counts depends on the day on which it was started.")
            raise BadFact(ROL_06.id, "award-started", words)


@dataclass(frozen=True, slots=True)
class Counted:
    """Whether an award counts, and why."""

    answer: Counts
    reasons: tuple[Sentence, ...]


@answers(ROL_06)
def award_counts(*, course: Course, parameters: Parameters = SHIPPED) -> Counted:
    """Whether the award fulfils the regulation: the National Award if it was started before
    1 September 2024 and completed before 1 September 2027, the NPQ if started from that day on.

    Where an award was completed and its start is not known, it is taken to have started in its own
    time, and the reason says so.
    """
    if course.award == NO_AWARD:
        return Counted(Counts.NO_AWARD, (sentence(mark("No award is on record.")),))
    right = parameters.use(numbers.AWARD, course.started or _assumed(course)).value
    if right != course.award:
        return Counted(Counts.DOES_NOT_COUNT, (_wrong(course),))
    before = parameters.use(numbers.NASENCO_BEFORE, numbers.NPQ_FROM).value
    if course.completed is None:
        return Counted(Counts.NOT_YET, (sentence(mark("The award has not been completed.")),))
    if course.award == numbers.NASENCO and course.completed >= before:
        words = mark("The National Award had to be completed before {before}.")
        return Counted(Counts.DOES_NOT_COUNT, (sentence(words, before=before),))
    reasons: tuple[Sentence, ...] = (
        sentence(mark("The award was completed on {day}."), day=course.completed),
    )
    if course.started is None:
        reasons += (sentence(mark("When it was started is not recorded.")),)
    return Counted(Counts.COUNTS, reasons)


def _assumed(course: Course) -> date:
    """A day on which a course without a known start may have begun."""
    if course.award == numbers.NASENCO:
        return FIRST_AWARD
    done = course.completed
    return done if done is not None and done < numbers.NPQ_FROM else numbers.NPQ_FROM


def _wrong(course: Course) -> Sentence:
    if course.award == numbers.NASENCO:
        words = mark("A National Award started on or after {day} does not count: it is the NPQ.")
    else:
        words = mark("The NPQ counts for courses that started on or after {day}.")
    return sentence(words, day=numbers.NPQ_FROM)


def service_months(spells: Iterable[Span], before: date) -> Fraction:
    """The months of all spells up to the day before `before`, each day counted once.

    A spell is so many whole months from its first day and the part of the month that it is in at
    its end; 1 September to 28 February is six months. Spells that touch or overlap are one.
    """
    joined: list[tuple[date, date]] = []
    for first, end in sorted((each.first, min(each.end or before, before)) for each in spells):
        if end <= first:
            continue
        if joined and first <= joined[-1][1]:
            begin, reach = joined.pop()
            first, end = begin, max(reach, end)
        joined.append((first, end))
    return sum((_months(first, end) for first, end in joined), Fraction(0))


def _months(first: date, end: date) -> Fraction:
    whole = (end.year - first.year) * 12 + end.month - first.month
    if add_months(first, whole) > end:
        whole -= 1
    begun, following = add_months(first, whole), add_months(first, whole + 1)
    return whole + Fraction((end - begun).days, (following - begun).days)


class Exempt(StrEnum):
    """Whether somebody is free of the award."""

    NOT_EXEMPT = "not-exempt"
    EXEMPT = "exempt"
    ON_WORDING = "exempt-on-wording"
    """Free on the bare words of the regulation; the governing body has to confirm it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """`appointed`: the day somebody became SENCO of this school. `prior`: their time as SENCO of
    this or any other relevant school before, a span for each post.
    """

    appointed: date
    prior: tuple[Span, ...] = ()

    @property
    def began(self) -> date:
        """The day on which they first became a SENCO anywhere."""
        return min((self.appointed, *(span.first for span in self.prior)))


@dataclass(frozen=True, slots=True)
class Exemption:
    """Whether somebody is free of the award, and why."""

    answer: Exempt
    reasons: tuple[Sentence, ...]


@answers(ROL_04)
def exemption(
    *, service: Service, holds_award: bool = False, parameters: Parameters = SHIPPED
) -> Exemption:
    """Whether the regulation leaves somebody free of the award.

    Free is who was appointed here on or before 1 September 2009, and who had served more than
    twelve months in all before. Where more than twelve of these were in one post that itself fell
    under the rule, and no award is held, it is only free on the wording. Raises nothing.
    """
    if service.appointed <= FIRST_AWARD:
        words = mark("The rule is for who became SENCO after {day}.")
        return Exemption(Exempt.EXEMPT, (sentence(words, day=FIRST_AWARD),))
    limit = parameters.use(numbers.PRIOR_MONTHS, service.appointed).value
    if service_months(service.prior, service.appointed) <= limit:
        words = mark("Not exempt: no more than twelve months as SENCO before {day}.")
        return Exemption(Exempt.NOT_EXEMPT, (sentence(words, day=service.appointed),))
    served = sentence(mark("More than twelve months as SENCO before {day}."), day=service.appointed)
    in_one = any(
        span.first > FIRST_AWARD and service_months((span,), service.appointed) > limit
        for span in service.prior
    )
    if in_one and not holds_award:
        doubt = (
            sentence(mark("Status: exempt on wording, authority to confirm.")),
            sentence(mark("More than twelve of the months were in one post, without the award.")),
        )
        return Exemption(Exempt.ON_WORDING, (served, *doubt))
    return Exemption(Exempt.EXEMPT, (served,))


def day_after(spells: Iterable[Span]) -> date | None:
    """The day after the last of the spells; None where there is none."""
    return max((span.last + ONE_DAY for span in spells if span.last is not None), default=None)
