"""The end of a plan (EHC-26, EHC-27, EHC-28). See docs/law/ceasing.md."""

from dataclasses import dataclass
from datetime import date, datetime

from opensenco.kernel.dates import add_years, age_on
from opensenco.kernel.words import mark, sentence
from opensenco.law.calendar.holidays import BankHolidays
from opensenco.law.calendar.years import AcademicYear
from opensenco.law.checks.ceasing import Reason, beyond_age, may_cease
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due, due_by
from opensenco.law.parameters import SHIPPED, Parameters, Used
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.keeping import EHC_26, EHC_27, EHC_28
from opensenco.law.timetables.appeal import AppealFacts, appeal_time

MAY_CEASE = "may-cease"
CONTINUES = "plan-continues"
TURNS_25 = "turns-25"
LATEST = "latest-end"
AUGUST = 8
_NO_NUMBERS: tuple[Used[int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CeasingFacts:
    """`born`: the date of birth. `further_education`: whether the year there ends on 31 July.

    `considered`: the day on which the authority considers ending the plan, and `reason` why, one of
    `checks.ceasing.Reason`. `notice`: the day the decision to end it was sent; `certificate`: the
    day of the mediation certificate; `appealed`: whether there is an appeal that is not decided.
    """

    born: date
    further_education: bool = True
    considered: date | None = None
    reason: str | None = None
    notice: date | None = None
    certificate: date | None = None
    appealed: bool = False

    def __post_init__(self) -> None:
        if isinstance(self.born, datetime):
            raise BadFact(EHC_26.id, "born", mark("A plain date is needed."))
        EHC_26.check_days(
            considered=self.considered, notice=self.notice, certificate=self.certificate
        )
        EHC_26.check_order(born=self.born, considered=self.considered, notice=self.notice)
        EHC_26.check_order(notice=self.notice, certificate=self.certificate)
        EHC_27.check_in_force("born", add_years(self.born, 25))
        for fact, day in (("considered", self.considered), ("notice", self.notice)):
            if day is not None and beyond_age(born=self.born, day=day):
                words = mark("On {day} the plan had ended in any case, by age.")
                raise BadFact(EHC_27.id, fact, sentence(words, day=day))
        if (self.considered is None) is not (self.reason is None):
            missing = "considered" if self.considered is None else "reason"
            raise BadFact(EHC_26.id, missing, mark("Give both the reason and the day."))
        if self.notice is None and (self.certificate or self.appealed):
            raise BadFact(EHC_26.id, "notice", mark("Give the day the decision was sent."))


@answers(EHC_26, EHC_28)
def end(
    *, facts: CeasingFacts, holidays: BankHolidays, parameters: Parameters = SHIPPED
) -> tuple[Due, ...]:
    """The steps `may-cease`, an answer, where a reason is given, and `plan-continues`, the day to
    which the plan goes on at least, where the decision was sent.

    While an appeal is open that day is not known. Raises CalendarNotCovered.
    """
    steps: list[Due] = []
    if facts.considered and facts.reason:
        age = age_on(facts.born, facts.considered)
        rule, answer = may_cease(age=age, reason=Reason(facts.reason))
        words = mark("On {considered} the person is {age} years old.")
        steps.append(
            due_by(
                rule,
                step=MAY_CEASE,
                title=mark("May the plan end?"),
                on=None,
                reasons=(
                    sentence(words, considered=facts.considered, age=age),
                    sentence(mark("The family and the setting are consulted before a decision.")),
                ),
                answer=answer,
            )
        )
    if facts.notice:
        steps.append(_continues(facts, facts.notice, holidays, parameters))
    return tuple(steps)


def _continues(
    facts: CeasingFacts, notice: date, holidays: BankHolidays, parameters: Parameters
) -> Due:
    since = sentence(mark("The decision was sent on {notice}."), notice=notice)
    if facts.appealed:
        on, used = None, _NO_NUMBERS
        why = sentence(mark("The plan goes on until the appeal is decided."))
    else:
        time = appeal_time(
            facts=AppealFacts(letter=notice, certificate=facts.certificate),
            holidays=holidays,
            parameters=parameters,
        )
        on, used = time.last, time.used
        why = sentence(mark("The plan goes on until the time to appeal is over."))
    return due_by(
        EHC_26,
        step=CONTINUES,
        title=mark("The plan goes on at least until this day"),
        on=on,
        reasons=(since, why),
        moved_by=(sentence(mark("A mediation certificate, or an appeal.")),),
        comes=True,
        used=used,
    )


@answers(EHC_27)
def age_limit(*, facts: CeasingFacts) -> tuple[Due, ...]:
    """The steps `turns-25` and `latest-end`, the end of the academic year of that birthday. Both
    come by themselves. Raises nothing.

    That end is never beyond the day before the 26th birthday, since an academic year is a year.
    """
    turns = add_years(facts.born, 25)
    if facts.further_education:
        ends = date(turns.year + (turns.month >= AUGUST), 7, 31)
    else:
        ends = AcademicYear.of(turns).last
    birthday = sentence(mark("The 25th birthday is on {turns}."), turns=turns)
    return (
        due_by(
            EHC_27,
            step=TURNS_25,
            title=mark("25th birthday: the plan ends unless it is kept"),
            on=turns,
            reasons=(birthday,),
            comes=True,
        ),
        due_by(
            EHC_27,
            step=LATEST,
            title=mark("The last day to which the plan may be kept"),
            on=ends,
            reasons=(
                birthday,
                sentence(mark("The academic year of that day ends on {ends}."), ends=ends),
            ),
            moved_by=(sentence(mark("Whether the place is in further education.")),),
            comes=True,
        ),
    )


TIMETABLES = (
    Timetable(
        name="ceasing",
        title=mark("The end of a plan"),
        facts=(
            Fact(
                "born",
                FactKind.DAY,
                mark("The date of birth."),
                required=True,
                rule=EHC_27,
                past=True,
            ),
            Fact(
                "further-education",
                FactKind.YES_NO,
                mark("Whether the place is in further education; yes unless you say no."),
                rule=EHC_27,
            ),
            Fact("considered", FactKind.DAY, mark("The day on which an end is considered.")),
            Fact("reason", FactKind.CHOICE, mark("Why it is considered."), choices=tuple(Reason)),
            Fact("notice", FactKind.DAY, mark("The day the decision was sent.")),
            Fact("certificate", FactKind.DAY, mark("The day of the mediation certificate.")),
            Fact("appealed", FactKind.YES_NO, mark("Whether there is an appeal, not decided.")),
        ),
        rules=(EHC_26, EHC_27, EHC_28),
        steps=(MAY_CEASE, CONTINUES, TURNS_25, LATEST),
        takes=CeasingFacts,
        gives=(end, age_limit),
    ),
)
