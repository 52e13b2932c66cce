"""A school of many pupils, made by operations on top of the tests' world.

Run as `python -m bench.school 1000 190` in the environment of a copy of that world, as the worker.
"""

import sys
from dataclasses import replace
from datetime import timedelta

import tests.world  # noqa: F401 (sets Django up before any model is read)
from opensenco.access.actor import Actor, Hat
from opensenco.access.grants import SENCO_GRANTS
from opensenco.access.installation import installation_actor
from opensenco.access.models import Organisation
from opensenco.access.scope import system_scope
from opensenco.people.operations import groups, rolls
from opensenco.support.operations import cycles, needs, plans, status
from opensenco.support.operations.plans import OutcomeWords, PlanWords
from tests.cast import LONG_AGO, NOW, TODAY

NEEDS = ("SLCN", "SPLD", "MLD", "SEMH", "ASD")
CLASSES = 30


def keeper() -> Actor:
    """Give the installation's actor with the verbs of a SENCO."""
    actor = installation_actor(NOW)
    hat: Hat = replace(actor.hat, grants={**actor.hat.grants, **SENCO_GRANTS})
    return replace(actor, hat=hat)


def fill(count: int, supported: int) -> None:
    """Give Larkrise so many more pupils, some on SEN support; of these every third has a plan."""
    actor = keeper()
    school = Organisation.objects.get(name="Larkrise Primary School")
    classes = [groups.add_group(actor=actor, org=school, name=f"B{n:02}") for n in range(CLASSES)]
    made = rolls.add_pupils(
        actor=actor,
        org=school,
        rows=[
            {
                "first_name": f"Given{number}",
                "last_name": f"Family{number % 211}",
                "birth_date": TODAY - timedelta(days=2200 + number % 2000),
                "year_group": 1 + number % 6,
                "joined_on": LONG_AGO,
            }
            for number in range(count)
        ],
    )
    rolls.put_pupils_in_classes(
        actor=actor, pupils=made, starts=TODAY,
        classes=[classes[number % CLASSES] for number in range(count)],
    )  # fmt: skip
    for number, pupil in enumerate(made[:supported]):
        status.set_status(
            actor=actor, pupil=pupil, code="K", starts=LONG_AGO, grounds=["gap"],
            reason="Progress is slower than that of others from the same start.",
            told=status.Telling(LONG_AGO, "meeting", "Told the family what we do and why."),
        )  # fmt: skip
        codes = [NEEDS[number % 5], NEEDS[(number + 1) % 5]]
        needs.rank_needs(actor=actor, pupil=pupil, codes=codes)
        if number % 3 == 0:
            cycle = cycles.open_cycle(actor=actor, pupil=pupil, found="Reads 20 words.")
            outcome = OutcomeWords(text="Reads 40 words.", baseline="20", aim="40")
            plans.agree_plan(
                actor=actor, cycle=cycle, review_on=TODAY + timedelta(days=7 + number % 80),
                agreed_with="Family and pupil", words=PlanWords(found="x", outcomes=(outcome,)),
            )  # fmt: skip


if __name__ == "__main__":
    with system_scope("filling a school to measure it"):
        fill(int(sys.argv[1]), int(sys.argv[2]))
