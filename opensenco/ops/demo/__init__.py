"""The demo world: a made-up school in depth with what lies round it, made by operations."""

from datetime import date

from opensenco.access.scope import system_scope
from opensenco.gate.demo_marker import SignIn
from opensenco.ops.demo import (
    access,
    aims,
    approach,
    asking,
    beside,
    costing,
    county_records,
    county_states,
    county_support,
    delivered,
    ehc,
    families,
    following,
    guides,
    handover,
    keeping,
    measuring,
    meetings,
    next_school,
    on_site,
    other_systems,
    own_fields,
    packs,
    places,
    profiles,
    reports,
    roll,
    school,
    sharing,
    staffing,
    standing_in,
    stories,
    threads,
    timetabled,
    waiting,
    walked,
    watching,
    ways_in,
)
from opensenco.ops.demo.when import When
from opensenco.ops.demo.world import World
from opensenco.ops.demo_size import Size

STEPS = (
    places.make,
    school.make,
    following.days,
    stories.make,
    delivered.make,
    other_systems.make,
    roll.make,
    measuring.make,
    county_support.make,
    county_records.make,
    meetings.make,
    waiting.make,
    asking.make,
    families.make,
    threads.make,
    following.make,
    watching.make,
    ehc.make,
    costing.make,
    sharing.make,
    profiles.make,
    handover.make,
    beside.make,
    own_fields.make,
    access.make,
    following.answered,
    guides.make,
    walked.make,
    walked.point,
    standing_in.make,
    aims.begin,
    reports.make,
    aims.go_on,
    packs.make,
    next_school.make,
    county_states.make,
    timetabled.make,
    staffing.make,
    approach.make,
    on_site.make,
    keeping.make,
)


def build(today: date, size: Size = Size.VILLAGE) -> list[SignIn]:
    """Make the demo world for a day, whole or not at all, and say as whom one can sign in.

    The same day gives the same world. The database must be empty.
    """
    with system_scope("making the demo world"):
        world = World(When(today), size)
        for step in STEPS:
            step(world)
        return ways_in.make(world)
