"""A rate, a convention and a top-up of each school, long ago: none of them counts today."""

from dataclasses import replace
from datetime import date, timedelta

from opensenco.access.actor import Actor
from opensenco.audit.acting import as_actor
from opensenco.costing.models import Bearing, Budget, Convention, Item, Rate, TopUp
from opensenco.people.models import Pupil
from opensenco.provision.models import Provision
from tests.cast import NOW

EARLY = NOW - timedelta(days=400)
FIRST, LAST = date(2020, 9, 1), date(2021, 8, 31)


def make_costs(actor: Actor, pupil: Pupil, word: str) -> None:
    """Keep one of each, as long ago as nobody asks."""
    early = replace(actor, at=EARLY)
    person = actor.person
    with as_actor(early):
        # of one person, so that it is the rate of nobody whom a test looks at
        Rate(
            org=pupil.org, post="mentor", who=person, kind="BASIC", pence=1234, first=FIRST,
            person=person, at=EARLY,
        ).save()  # fmt: skip
        Convention(
            org=pupil.org, first=FIRST, kind="LA_STANDARD", charge="SHARED", weeks=38,
            year="FINANCIAL", usual_post="ta", because=f"{word} guidance", person=person, at=EARLY,
        ).save()  # fmt: skip
        Budget(
            org=pupil.org, first=FIRST, pence=9_640_000, source=f"{word} statement", person=person,
            at=EARLY,
        ).save()  # fmt: skip
        TopUp(
            org=pupil.org, pupil=pupil, pence=480_000, first=FIRST, last=LAST,
            source=f"{word} authority", person=person, at=EARLY,
        ).save()  # fmt: skip


def make_costs_of_provision(actor: Actor, pupil: Pupil, word: str) -> None:
    """Keep who bore the cost of a provision, and what it cost once, as long ago."""
    early, person = replace(actor, at=EARLY), actor.person
    what = Provision.objects.filter(org=pupil.org).earliest("id")
    with as_actor(early):
        Bearing(
            org=pupil.org, provision=what, first=FIRST, bears="USUAL", because=f"{word} forum",
            person=person, at=EARLY,
        ).save()  # fmt: skip
        Item(
            org=pupil.org, provision=what, kind="equipment", what=f"{word} licence", pence=18_000,
            first=FIRST, person=person, at=EARLY,
        ).save()  # fmt: skip
