"""How the village's school works with SEN: one edition, signed by all but who has just come."""

from opensenco.access.installation import installation_actor
from opensenco.cases.guides import For
from opensenco.ops.demo.world import SCHOOL, World
from opensenco.people.operations import staff
from opensenco.staffing.operations.approach import (
    follow_approach,
    set_refresher,
    sign_approach,
    write_approach,
)
from opensenco.staffing.queries.approach import works_here
from opensenco.staffing.starter import approach

#: the assistant who begins today
NEW = "lowri.penhallick"
#: put into words, and signed on the days after
WRITTEN, SIGNED = -40, (-39, -38, -36, -32)


def make(world: World) -> None:
    """Write it in the head's name, let everybody sign, and ask who is new."""
    own = [row["words"].strip() for row in world.rows("staffing", "approach")]
    on = world.when.snapped(WRITTEN, "school")
    with world.acting(world.desk(SCHOOL).head, on, "HEAD", at=SCHOOL) as actor:
        words = "\n\n".join([approach(For.SCHOOL), *own])
        edition = write_approach(actor=actor, org=world.school, words=words, version=0)
        set_refresher(actor=actor, org=world.school, months=12)
        here = set(works_here(world.school.pk, on))
    signing = [who for who, person in world.people.items() if person.pk in here]
    for number, who in enumerate(signing):
        day = world.when.snapped(SIGNED[number % len(SIGNED)], "school")
        if not world.works(who, SCHOOL, day):
            continue
        with world.acting(who, day, at=SCHOOL) as actor:
            sign_approach(actor=actor, edition=edition, read=True)
    # an assistant begins today, once it is arranged who stands in
    staff.give_role(
        actor=installation_actor(world.moment(world.today)), org=world.school,
        person=world.people[NEW], role="TA", starts=world.today,
    )  # fmt: skip
    # what a worker would have asked by then
    with world.acting(world.desk(SCHOOL).head, world.today, "HEAD", at=SCHOOL) as actor:
        follow_approach(actor=actor, org=world.school)
