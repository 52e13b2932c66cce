"""Mediation before an appeal (TRB-03, TRB-04). See docs/law/mediation.md."""

from dataclasses import dataclass
from datetime import date

from opensenco.kernel.words import Sentence, counted, mark, sentence
from opensenco.law.calendar.holidays import BankHolidays
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due, due_by
from opensenco.law.numbers.tribunal import ARRANGE, CERTIFICATE, CONTACT_ADVISER
from opensenco.law.parameters import SHIPPED, Parameters
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.tribunal import TRB_03, TRB_04
from opensenco.law.steps import Step, days_after, months_after

CONTACT = "contact-adviser"
TELL_HEALTH = "tell-health"
ARRANGED = "arranged"
ISSUED = "certificate"
ENDINGS = {
    "declined": mark("The family told the adviser on {day} that it wants no mediation."),
    "failed": mark("The adviser was told on {day} that mediation cannot be arranged in time."),
    "mediated": mark("The mediation took place on {day}."),
}
"""What starts the three working days, in the order in which it counts; the last that is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MediationFacts:
    """Each day is optional, but one is needed.

    `notice`: the day the written notice was sent. `contacted`: the day the family contacted the
    adviser. `declined`: the day it told the adviser that it wants no mediation. `wanted`: the day
    the authority was told that it does; `health`: whether only health provision is in dispute, so
    that the health body arranges it. `failed`: the day the adviser was told that it cannot be
    arranged; `mediated`: the day it took place. `issued`: the day of the certificate.
    """

    notice: date | None = None
    contacted: date | None = None
    declined: date | None = None
    wanted: date | None = None
    health: bool = False
    failed: date | None = None
    mediated: date | None = None
    issued: date | None = None

    def __post_init__(self) -> None:
        TRB_03.check_days(notice=self.notice, contacted=self.contacted)
        TRB_03.check_order(notice=self.notice, contacted=self.contacted)
        TRB_04.check_days(
            declined=self.declined,
            wanted=self.wanted,
            failed=self.failed,
            mediated=self.mediated,
            issued=self.issued,
        )
        ends = {"failed": self.failed, "mediated": self.mediated, "issued": self.issued}
        TRB_04.check_none_before(
            notice=self.notice, declined=self.declined, wanted=self.wanted, **ends
        )
        TRB_04.check_none_before(contacted=self.contacted, declined=self.declined, **ends)
        TRB_04.check_none_before(wanted=self.wanted, **ends)
        TRB_04.check_none_before(declined=self.declined, issued=self.issued)
        TRB_04.check_order(**ends)
        for name in ("wanted", "failed", "mediated"):
            TRB_04.check_not_both(**{"declined": self.declined, name: getattr(self, name)})
        if not any((self.notice, self.declined, self.wanted, self.failed, self.mediated)):
            raise BadFact(
                TRB_03.id, "notice", mark("Give a day: notice, declined, wanted or mediated.")
            )

    @property
    def ending(self) -> tuple[str, date] | None:
        """What makes a certificate due, and its day."""
        for name in ("mediated", "failed", "declined"):
            day = getattr(self, name)
            if isinstance(day, date):
                return name, day
        return None


@answers(TRB_03, TRB_04)
def timetable(
    *, facts: MediationFacts, holidays: BankHolidays, parameters: Parameters = SHIPPED
) -> tuple[Due, ...]:
    """The steps `contact-adviser`, `tell-health`, `arranged` and `certificate`, each where the day
    it runs from is given.

    Raises CalendarNotCovered where the table of bank holidays does not reach.
    """
    steps: list[Due] = []
    if facts.notice:
        steps.append(_contact(facts, facts.notice, parameters))
    if facts.wanted:
        if facts.health:
            told = sentence(mark("The authority was told on {day}."), day=facts.wanted)
            steps.append(
                _working_days(
                    TELL_HEALTH,
                    mark("Tell the health body"),
                    (facts.wanted, told, None),
                    holidays,
                    parameters,
                )
            )
        steps.append(_arranged(facts, facts.wanted, parameters))
    if facts.ending:
        name, day = facts.ending
        since = sentence(ENDINGS[name], day=day)
        title = mark("Issue the mediation certificate")
        steps.append(_working_days(ISSUED, title, (day, since, facts.issued), holidays, parameters))
    return tuple(steps)


def _contact(facts: MediationFacts, notice: date, parameters: Parameters) -> Due:
    since = sentence(mark("The written notice was sent on {notice}."), notice=notice)
    return months_after(
        TRB_03,
        notice,
        parameters.use(CONTACT_ADVISER, notice),
        Step(step=CONTACT, title=mark("Contact the mediation adviser"), since=since),
        # whoever tells the adviser that no mediation is wanted has been in touch
        {
            "done_on": facts.contacted or facts.declined,
            "moved_by": _MOVED_BY,
            "right": _CONTACT_PASSED,
        },
    )


def _arranged(facts: MediationFacts, wanted: date, parameters: Parameters) -> Due:
    words = (
        mark("Mediation was asked for on {wanted}; the health body arranges it.")
        if facts.health
        else mark("The authority was told on {wanted} that mediation is wanted.")
    )
    since = sentence(words, wanted=wanted)
    return days_after(
        TRB_04,
        wanted,
        parameters.use(ARRANGE, wanted),
        Step(step=ARRANGED, title=mark("Arrange the mediation"), since=since),
        {"done_on": facts.mediated, "moved_by": _MOVED_BY},
    )


def _working_days(
    step: str,
    title: str,
    event: tuple[date, Sentence, date | None],
    holidays: BankHolidays,
    parameters: Parameters,
) -> Due:
    day, since, done = event
    used = parameters.use(CERTIFICATE, day)
    return due_by(
        TRB_04,
        step=step,
        title=title,
        on=holidays.within_working_days(event=day, days=used.value),
        reasons=(
            since,
            counted(
                mark("It is due within {count} working day of that day."),
                mark("It is due within {count} working days of that day."),
                count=used.value,
            ),
            sentence(mark("Weekends and bank holidays do not count.")),
        ),
        moved_by=_MOVED_BY,
        done_on=done,
        used=(used,),
    )


_CONTACT_PASSED = sentence(
    mark(
        "The time to contact the adviser has passed; without a certificate an appeal needs the "
        "tribunal's leave"
    )
)
_MOVED_BY = (sentence(mark("Another day for what it runs from.")),)

TIMETABLES = (
    Timetable(
        name="mediation",
        title=mark("Mediation"),
        facts=(
            Fact("notice", FactKind.DAY, mark("The day the written notice was sent.")),
            Fact(
                "contacted",
                FactKind.DAY,
                mark("The day the family contacted the adviser."),
                past=True,
            ),
            Fact(
                "declined",
                FactKind.DAY,
                mark("The day it said that it wants no mediation."),
                rule=TRB_04,
            ),
            Fact(
                "wanted",
                FactKind.DAY,
                mark("The day the authority was told that it does."),
                rule=TRB_04,
            ),
            Fact(
                "health",
                FactKind.YES_NO,
                mark("Whether only health provision is in dispute."),
                rule=TRB_04,
            ),
            Fact(
                "failed",
                FactKind.DAY,
                mark("The day it was said that none can be arranged."),
                rule=TRB_04,
            ),
            Fact("mediated", FactKind.DAY, mark("The day of the mediation."), rule=TRB_04),
            Fact(
                "issued",
                FactKind.DAY,
                mark("The day the certificate was issued."),
                past=True,
                rule=TRB_04,
            ),
        ),
        rules=(TRB_03, TRB_04),
        steps=(CONTACT, TELL_HEALTH, ARRANGED, ISSUED),
        takes=MediationFacts,
        gives=(timetable,),
    ),
)
