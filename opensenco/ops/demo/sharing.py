"""What two schools of one family share of their libraries, and one of it that was taken over."""

from typing import Any

from opensenco.ops.demo.scene import school_day_before
from opensenco.ops.demo.world import SCHOOL, World
from opensenco.provision.models import Provision, SharedProvision
from opensenco.provision.operations import library, offering, sharing

#: the academy to which its pupils go, and the family to which both belong
ACADEMY, FAMILY = "SET-TBA", "F-TBR"
#: who leads the family, and writes an entry for all of its schools
LEADS = "ruth.ollerenby"
LONG_BEFORE, SINCE = 60, 20
BUDDIES: dict[str, Any] = {
    "layer": 2, "minutes": 20, "times_a_week": 1, "weeks": 6, "group_usual": 6,
    "purpose": "Year 7 pupils answer what Year 6 pupils want to know.",
    "how_it_runs": "Four pupils visit on Thursdays. The questions are collected the day before.",
    "delivered_by": "Learning mentor", "evidence": "Our own surveys of three summers.",
    "strength": "weak", "evidence_from": "Academy survey of Year 7",
}  # fmt: skip


def make(world: World) -> None:
    """Let each share something; what the academy changes later waits to be looked at."""
    before, later = (school_day_before(world.today, many) for many in (LONG_BEFORE, SINCE))
    family, academy = world.places[FAMILY], world.places[ACADEMY]
    with world.acting(world.senco(ACADEMY, before), before, at=ACADEMY) as actor:
        buddies = library.add_provision(
            actor=actor, org=academy, name="Buddies from Year 7", **BUDDIES
        )
        sharing.share_entry(actor=actor, provision=buddies, to=family)
    with world.acting(world.senco(SCHOOL, before), before, at=SCHOOL) as actor:
        there = SharedProvision.objects.select_related("org", "to").get(entry=buddies.ref)
        sharing.take_over_entry(actor=actor, org=world.places[SCHOOL], shared=there)
        own = Provision.objects.filter(org=world.places[SCHOOL], ended_on__isnull=True)
        sharing.share_entry(actor=actor, provision=own.order_by("id")[0], to=family)
    with world.acting(LEADS, later, at=FAMILY) as actor:
        offering.offer_entry(
            actor=actor, org=family, name="Transition conversations", layer=2, minutes=30,
            times_a_week=1, weeks=6, group_usual=4, delivered_by="Learning mentor",
            purpose="Year 6 pupils who worry about the next school say what they want to know.",
        )  # fmt: skip
    with world.acting(world.senco(ACADEMY, later), later, at=ACADEMY) as actor:
        library.change_provision(actor=actor, provision=buddies, minutes=30, weeks=8)
        sharing.share_entry(actor=actor, provision=buddies, to=family)
        mentors = library.add_provision(
            actor=actor, org=academy, name="Reading mentors", layer=2, minutes=15, times_a_week=3,
            purpose="An older pupil hears a younger one read.",
        )  # fmt: skip
        sharing.share_entry(actor=actor, provision=mentors, to=family)
