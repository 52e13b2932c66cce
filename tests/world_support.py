"""What the world holds of support: Idris has a status, needs, a profile and a reviewed plan.

Nothing waits and nothing is due in it, so that tests of what waits begin with an empty desk.
"""

from dataclasses import replace
from datetime import date, timedelta

from opensenco.access.actor import Actor
from opensenco.people.models import Pupil
from opensenco.support.models import Cycle
from opensenco.support.operations import cycles, needs, plans, profile, ratings, reviews, status
from opensenco.support.operations.plans import OutcomeWords, PlanWords
from tests.cast import LONG_AGO, NOW

AGREED = date(2027, 1, 6)
REVIEW = date(2027, 3, 5)


def make_support(keeper: Actor, idris: Pupil) -> Cycle:
    """Give Idris SEN support since long ago, and a plan of January that was reviewed in March."""
    earlier = replace(keeper, at=NOW - timedelta(days=63))
    status.set_status(
        actor=earlier,
        pupil=idris,
        code="K",
        starts=LONG_AGO,
        grounds=["gap", "family"],
        reason="Talks in single words and is not understood by friends.",
        told=status.Telling(LONG_AGO, "meeting", "Told his mother what we will do and why."),
    )
    needs.rank_needs(actor=earlier, pupil=idris, codes=["SLCN", "SPLD"])
    profile.write_profile(
        actor=earlier,
        pupil=idris,
        own_words="I know every bus. I like it when you show me first.",
        good_at="Drawing maps\nKnowing every bus",
        matters="My dad\nTime to think",
        helps="Ten seconds to think before I answer\nNew words with a picture",
        hinders="Long talk from the front",
        said_on=AGREED,
        said_with="Jo Birkett",
        strategies=["Give him ten seconds", "Show a picture with new words", "One step at a time"],
    )
    levels = {"understand": 2, "say": 3, "others": 1}
    ratings.rate_needs(actor=earlier, pupil=idris, answers=levels, on=AGREED)
    cycle = cycles.open_cycle(
        actor=earlier, pupil=idris, found="Retells two of six steps.", parents_said="Shy at home."
    )
    plans.agree_plan(
        actor=earlier,
        cycle=cycle,
        review_on=REVIEW,
        agreed_with="Leila Hassan and Idris, at a meeting",
        words=PlanWords(
            found=cycle.found,
            parents_said=cycle.parents_said,
            at_home="Reads a picture book together each evening.",
            outcomes=(
                OutcomeWords(
                    text="Idris tells a short event in order so that a friend can follow it.",
                    baseline="2 of 6 steps",
                    aim="5 of 6 steps",
                    by=REVIEW,
                    measure="Retelling a picture story once a fortnight",
                ),
                OutcomeWords(
                    text="Idris reads 60 of the first 100 words at sight.",
                    baseline="31 words",
                    aim="60 words",
                    by=REVIEW,
                    measure="The same list every second Friday",
                ),
            ),
        ),
    )
    return _review(replace(keeper, at=NOW - timedelta(days=5)), cycle)


def _review(actor: Actor, cycle: Cycle) -> Cycle:
    first, second = plans.standing_outcomes(cycle)
    return reviews.review_cycle(
        actor=actor,
        cycle=cycle,
        held_on=REVIEW,
        results=[
            reviews.Result(
                outcome=first.ref,
                score=2,
                latest="4 of 6 steps",
                pupil_said="I told Dad about the bus museum and he got it.",
                parent_said="Hears it at home too.",
                teacher_said="Tells events to his partner most days.",
                after="carry",
            ),
            reviews.Result(outcome=second.ref, score=3, latest="62 words", after="met"),
        ],
    )
