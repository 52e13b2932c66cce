"""What the world holds of support: Idris has a status, needs, a profile and a plan under way."""

from dataclasses import replace
from datetime import date, timedelta

from opensenco.access.actor import Actor
from opensenco.people.models import Pupil
from opensenco.support.models import Cycle
from opensenco.support.operations import cycles, needs, plans, profile, status
from opensenco.support.operations.plans import OutcomeWords, PlanWords
from tests.cast import LONG_AGO, NOW

AGREED = date(2027, 1, 6)
REVIEW = date(2027, 3, 26)


def make_support(keeper: Actor, idris: Pupil) -> Cycle:
    """Give Idris SEN support since long ago, and a plan agreed in January for late March."""
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
    cycle = cycles.open_cycle(
        actor=earlier, pupil=idris, found="Retells two of six steps.", parents_said="Shy at home."
    )
    return plans.agree_plan(
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
