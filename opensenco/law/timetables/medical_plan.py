"""Healthcare plans and the allergy safety policy (MED-02, MED-03, MED-05).

See docs/law/medical-plan.md.
"""

from dataclasses import dataclass
from datetime import date

from opensenco.kernel.words import mark, sentence
from opensenco.law.calendar.counting import within_months, within_weeks
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due, due_by
from opensenco.law.numbers.duties import ALLERGY_IN_FORCE
from opensenco.law.parameters import SHIPPED, Parameters
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.health_and_care import MED_02, MED_03, MED_05
from opensenco.law.strength import Strength

IN_PLACE = "in-place"
REVIEW = "review"
A_YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthFacts:
    """`told`: the day the school learnt of a diagnosis or of a pupil who moves in during the year.

    `arranged`: the day arrangements were in place. `last_review`: the day the healthcare plan was
    made or last reviewed. One of `told` and `last_review` is needed.
    """

    told: date | None = None
    arranged: date | None = None
    last_review: date | None = None

    def __post_init__(self) -> None:
        if self.told is None and self.last_review is None:
            raise BadFact(MED_02.id, "told", mark("Give this day, or that of the last review."))
        MED_03.check_days(told=self.told, arranged=self.arranged)
        MED_03.check_order(told=self.told, arranged=self.arranged)
        MED_02.check_days(last_review=self.last_review)


@answers(MED_03, MED_02)
def timetable(*, facts: HealthFacts) -> tuple[Due, ...]:
    """The steps `in-place` (two weeks after the school was told) and `review` (a year after the
    plan was made or last reviewed), each where its fact is given. Raises nothing.
    """
    return (*_in_place(facts), *_review(facts))


def _in_place(facts: HealthFacts) -> tuple[Due, ...]:
    if facts.told is None:
        return ()
    return (
        due_by(
            MED_03,
            step=IN_PLACE,
            title=mark("Have arrangements for the medical condition in place"),
            on=within_weeks(event=facts.told, weeks=2),
            reasons=(
                sentence(mark("The school was told on {told}."), told=facts.told),
                sentence(mark("It does all it can to have arrangements within two weeks.")),
            ),
            done_on=facts.arranged,
        ),
    )


def _review(facts: HealthFacts) -> tuple[Due, ...]:
    if facts.last_review is None:
        return ()
    return (
        due_by(
            MED_02,
            step=REVIEW,
            title=mark("Review the healthcare plan"),
            on=within_months(event=facts.last_review, months=A_YEAR),
            reasons=(
                sentence(mark("The plan was last looked at on {last}."), last=facts.last_review),
                sentence(mark("It is reviewed at least once a year.")),
            ),
            moved_by=(sentence(mark("A change in the pupil's needs: then at once.")),),
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyFacts:
    """`last_review`: the day the allergy safety policy was made or last reviewed."""

    last_review: date

    def __post_init__(self) -> None:
        MED_05.check_days(last_review=self.last_review)


@answers(MED_05)
def policy(*, facts: PolicyFacts, parameters: Parameters = SHIPPED) -> tuple[Due, ...]:
    """The step `review` of the allergy safety policy: a year after the last.

    The section is enacted but not known to be in force. Until a school or its authority enters the
    day from which it is (`med.allergy_policy_in_force`), the step counts as proposed, and so is
    shown by request only and never late. Raises NotInForce.
    """
    on = within_months(event=facts.last_review, months=A_YEAR)
    used = parameters.use(ALLERGY_IN_FORCE, on)
    in_force = used.value == 1
    told = (
        sentence(mark("The section is in force: {source}."), source=used.source.rstrip("."))
        if in_force
        else sentence(mark("The section is enacted, but it is not known to be in force."))
    )
    return (
        due_by(
            MED_05,
            step=REVIEW,
            title=mark("Review the allergy safety policy"),
            on=on,
            strength=None if in_force else Strength.PROPOSED,
            reasons=(
                sentence(mark("The policy was last looked at on {last}."), last=facts.last_review),
                sentence(mark("It is reviewed at least once a year.")),
                told,
            ),
            used=(used,),
            rests_on_unverified=not in_force,
        ),
    )


_LAST_REVIEW = mark("The day it was made or last reviewed.")

TIMETABLES = (
    Timetable(
        name="medical-plan",
        title=mark("Arrangements for a medical condition"),
        facts=(
            Fact("told", FactKind.DAY, mark("The day the school learnt of it."), rule=MED_03),
            Fact(
                "arranged",
                FactKind.DAY,
                mark("The day arrangements were in place."),
                past=True,
                rule=MED_03,
            ),
            Fact("last-review", FactKind.DAY, _LAST_REVIEW),
        ),
        rules=(MED_02, MED_03),
        steps=(IN_PLACE, REVIEW),
        takes=HealthFacts,
        gives=(timetable,),
    ),
    Timetable(
        name="allergy-policy",
        title=mark("Reviewing the allergy safety policy"),
        facts=(Fact("last-review", FactKind.DAY, _LAST_REVIEW, required=True),),
        rules=(MED_05,),
        steps=(REVIEW,),
        takes=PolicyFacts,
        gives=(policy,),
    ),
)
