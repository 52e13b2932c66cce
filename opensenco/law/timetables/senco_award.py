"""Three years for the SENCO award (ROL-04 to ROL-07). See docs/law/senco-award.md."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from opensenco.kernel.dates import ONE_DAY, Span, add_months
from opensenco.kernel.words import Sentence, mark, sentence
from opensenco.law.checks.award import (
    AWARDS,
    NO_AWARD,
    Counted,
    Counts,
    Course,
    Exempt,
    Exemption,
    Service,
    award_counts,
    day_after,
    exemption,
)
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Answer, Due, Excuse, due_by
from opensenco.law.numbers import role as numbers
from opensenco.law.parameters import SHIPPED, Parameters
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.role import FIRST_AWARD, ROL_04, ROL_05, ROL_06, ROL_07
from opensenco.law.strength import Strength

EXEMPT = "exempt"
AWARD_COUNTS = "award-counts"
ENROL = "enrol"
NASENCO_COMPLETE = "nasenco-complete"
AWARD = "award"
WARNING_MONTHS = (24, 12, 6, 3)


@dataclass(frozen=True, kw_only=True)
class AwardFacts:
    """`first_appointed`: the day somebody first became a SENCO, or became SENCO of this school
    where all that came before stands in `prior_service` (a closed span for each post before; what
    is not recorded there does not count).

    `appointed_here`: the day they became SENCO of this school; unless given, it is the day after
    the last of the prior service, or `first_appointed` if that is later. `confirmed`: the day the
    governing body decided that they are exempt. An order that cannot be is a BadFact.
    """

    first_appointed: date
    appointed_here: date | None = None
    prior_service: tuple[Span, ...] = ()
    award: str = NO_AWARD
    award_started: date | None = None
    award_completed: date | None = None
    confirmed: date | None = None

    def __post_init__(self) -> None:
        ROL_04.check_plain(
            first_appointed=self.first_appointed,
            appointed_here=self.appointed_here,
            confirmed=self.confirmed,
        )
        ROL_04.check_order(first_appointed=self.first_appointed, appointed_here=self.appointed_here)
        for span in self.prior_service:
            if span.last is None:
                raise BadFact(ROL_04.id, "prior-service", mark("Give the last day too."))
            if self.appointed_here is not None and span.first >= self.appointed_here:
                words = mark("This service does not come before the post at this school.")
                raise BadFact(ROL_04.id, "prior-service", words)
        ROL_04.check_order(appointed_here=self.service.appointed, confirmed=self.confirmed)
        _ = self.course  # checks itself

    @cached_property
    def service(self) -> Service:
        """The post at this school and the service before it."""
        here = self.appointed_here
        if here is None:
            here = max(self.first_appointed, day_after(self.prior_service) or self.first_appointed)
        return Service(appointed=here, prior=self.prior_service)

    @cached_property
    def began(self) -> date:
        """The day on which they first became a SENCO anywhere."""
        return min(self.first_appointed, self.service.began)

    @cached_property
    def course(self) -> Course:
        return Course(award=self.award, started=self.award_started, completed=self.award_completed)


@answers(ROL_04, ROL_05, ROL_06)
def timetable(*, facts: AwardFacts, parameters: Parameters = SHIPPED) -> tuple[Due, ...]:
    """The steps `exempt` (a question of status), `award-counts` (where there is a course), `enrol`
    (practice), `nasenco-complete` (for a National Award under way) and `award`: the last day on
    which somebody may be SENCO without the award.

    Who is exempt keeps the date, which is then excused; on the wording alone it is excused only
    once the governing body has confirmed it. Raises nothing.
    """
    counted = award_counts(course=facts.course, parameters=parameters)
    free = exemption(
        service=facts.service,
        holds_award=counted.answer is Counts.COUNTS,
        parameters=parameters,
    )
    steps = [_exempt(facts, free)]
    if facts.award != NO_AWARD:
        steps.append(_counts(counted))
    if counted.answer is not Counts.COUNTS and not _excused(facts, free):
        steps += _on_the_way(facts, counted, parameters)
    return (*steps, _award(facts, free, counted, parameters))


def limit(*, facts: AwardFacts, parameters: Parameters = SHIPPED) -> date:
    """The third anniversary of first becoming a SENCO: the last day without the award (ROL-05)."""
    months = parameters.use(numbers.AWARD_MONTHS, max(facts.service.appointed, FIRST_AWARD))
    return add_months(facts.began, months.value)


def warnings(*, due: date) -> tuple[date, ...]:
    """The days 24, 12, 6 and 3 months before the limit, on which somebody is warned (ROL-05)."""
    return tuple(add_months(due, -months) for months in WARNING_MONTHS)


class Standing(StrEnum):
    """What the governing body is told about the award of its SENCO."""

    COMPLIANT = "compliant"
    EXEMPT = "exempt"
    TO_CONFIRM = "exempt-on-wording"
    IN_TIME = "in-time"
    AT_RISK = "at-risk"
    IN_BREACH = "in-breach"


@answers(ROL_07)
def standing(*, facts: AwardFacts, today: date, parameters: Parameters = SHIPPED) -> Standing:
    """How a SENCO stands with the award on `today`: the first line of the ladder that holds.

    At risk is who has begun no course that can count although there is no longer the time that one
    takes (22 months unless changed), or whose National Award comes too late.
    """
    counted = award_counts(course=facts.course, parameters=parameters)
    free = exemption(service=facts.service, parameters=parameters).answer
    done = facts.award_completed if counted.answer is Counts.COUNTS else None
    confirmed = facts.confirmed is not None and facts.confirmed <= today
    late = _enrol_by(facts, parameters) < today and not _enrolled(facts, counted, today)
    ladder = (
        (done is not None and done <= today, Standing.COMPLIANT),
        (free is Exempt.EXEMPT or (free is Exempt.ON_WORDING and confirmed), Standing.EXEMPT),
        (free is Exempt.ON_WORDING, Standing.TO_CONFIRM),
        (limit(facts=facts, parameters=parameters) < today, Standing.IN_BREACH),
        (late, Standing.AT_RISK),
    )
    return next((answer for holds, answer in ladder if holds), Standing.IN_TIME)


def _enrol_by(facts: AwardFacts, parameters: Parameters) -> date:
    months = parameters.use(numbers.ENROL_MONTHS, max(facts.service.appointed, FIRST_AWARD))
    return add_months(limit(facts=facts, parameters=parameters), -months.value)


def _enrolled(facts: AwardFacts, counted: Counted, today: date) -> bool:
    """Whether a course that can still count has begun by `today`."""
    started = facts.award_started
    return (
        counted.answer is not Counts.DOES_NOT_COUNT and started is not None and started <= today
    ) and not (facts.award == numbers.NASENCO and today >= _nasenco_before())


def _nasenco_before() -> date:
    return SHIPPED.use(numbers.NASENCO_BEFORE, numbers.NPQ_FROM).value


def _excused(facts: AwardFacts, free: Exemption) -> bool:
    return free.answer is Exempt.EXEMPT or (
        free.answer is Exempt.ON_WORDING and facts.confirmed is not None
    )


def _exempt(facts: AwardFacts, free: Exemption) -> Due:
    words = {
        Exempt.NOT_EXEMPT: mark("Not exempt"),
        Exempt.EXEMPT: mark("Exempt"),
        Exempt.ON_WORDING: mark("Exempt on wording, authority to confirm"),
    }[free.answer]
    reasons = free.reasons
    if facts.confirmed is not None and free.answer is Exempt.ON_WORDING:
        confirmed = mark("The governing body confirmed the exemption on {day}.")
        reasons += (sentence(confirmed, day=facts.confirmed),)
    return due_by(
        ROL_04,
        step=EXEMPT,
        title=mark("Exempt from the award?"),
        on=None,
        reasons=reasons,
        moved_by=(sentence(mark("Further service as SENCO that is not recorded here.")),),
        answer=Answer(str(free.answer), sentence(words)),
        rests_on_unverified=free.answer is Exempt.ON_WORDING,
    )


def _counts(counted: Counted) -> Due:
    words = {
        Counts.COUNTS: mark("The award counts"),
        Counts.DOES_NOT_COUNT: mark("The award does not count"),
        Counts.NOT_YET: mark("The award is not completed yet"),
        Counts.NO_AWARD: mark("No award"),
    }[counted.answer]
    return due_by(
        ROL_06,
        step=AWARD_COUNTS,
        title=mark("Does the award count?"),
        on=None,
        reasons=counted.reasons,
        answer=Answer(str(counted.answer), sentence(words)),
    )


def _on_the_way(facts: AwardFacts, counted: Counted, parameters: Parameters) -> list[Due]:
    used = parameters.use(numbers.ENROL_MONTHS, max(facts.service.appointed, FIRST_AWARD))
    can_count = counted.answer is not Counts.DOES_NOT_COUNT
    steps = [
        due_by(
            ROL_05,
            step=ENROL,
            title=mark("Begin the course for the award"),
            on=_enrol_by(facts, parameters),
            strength=Strength.PRACTICE,
            reasons=(
                _began(facts),
                sentence(mark("The course takes 18 to 22 months, so it is begun in time.")),
            ),
            done_on=facts.award_started if can_count else None,
            used=(used,),
        )
    ]
    if facts.award == numbers.NASENCO and can_count:
        before = parameters.use(numbers.NASENCO_BEFORE, numbers.NPQ_FROM)
        steps.append(
            due_by(
                ROL_06,
                step=NASENCO_COMPLETE,
                title=mark("Complete the National Award"),
                on=before.value - ONE_DAY,
                reasons=(
                    sentence(
                        mark("The National Award counts if completed before {day}."),
                        day=before.value,
                    ),
                ),
                used=(before,),
            )
        )
    return steps


def _award(facts: AwardFacts, free: Exemption, counted: Counted, parameters: Parameters) -> Due:
    not_subject = facts.service.appointed <= FIRST_AWARD
    months = parameters.use(numbers.AWARD_MONTHS, max(facts.service.appointed, FIRST_AWARD))
    reasons: tuple[Sentence, ...] = free.reasons if free.answer is not Exempt.NOT_EXEMPT else ()
    if not not_subject:
        reasons = (
            _began(facts),
            sentence(mark("Three years on, the award has to be held.")),
            *reasons,
        )
    return due_by(
        ROL_05,
        step=AWARD,
        title=mark("Hold the SENCO award"),
        on=None if not_subject else limit(facts=facts, parameters=parameters),
        reasons=reasons + (counted.reasons if facts.award != NO_AWARD else ()),
        moved_by=(sentence(mark("Earlier service as SENCO that is not recorded here.")),),
        excused_by=((Excuse(ROL_04.provision, free.reasons[0]),) if _excused(facts, free) else ()),
        done_on=facts.award_completed if counted.answer is Counts.COUNTS else None,
        used=(months,),
        rests_on_unverified=free.answer is Exempt.ON_WORDING,
    )


def _began(facts: AwardFacts) -> Sentence:
    return sentence(mark("They first became a SENCO on {day}."), day=facts.began)


def _day(name: str, help: str, required: bool = False) -> Fact:
    rule = ROL_06 if name.startswith("award") else ROL_04
    return Fact(name, FactKind.DAY, help, required=required, rule=rule)


TIMETABLES = (
    Timetable(
        name="senco-award",
        title=mark("Three years for the SENCO award"),
        facts=(
            _day("first-appointed", mark("The day they first became a SENCO."), required=True),
            _day("appointed-here", mark("The day they became SENCO of this school.")),
            Fact(
                "prior-service",
                FactKind.SPAN,
                mark("Time as SENCO before this post, a span for each post."),
                repeated=True,
                rule=ROL_04,
                past=True,
            ),
            Fact(
                "award",
                FactKind.CHOICE,
                mark("The award they hold or work for."),
                choices=AWARDS,
                rule=ROL_06,
            ),
            _day("award-started", mark("The day the course was started.")),
            _day("award-completed", mark("The day the award was completed.")),
            _day("confirmed", mark("The day the governing body confirmed the exemption.")),
        ),
        rules=(ROL_05, ROL_04, ROL_06),
        steps=(EXEMPT, AWARD_COUNTS, ENROL, NASENCO_COMPLETE, AWARD),
        takes=AwardFacts,
        gives=(timetable,),
    ),
)
