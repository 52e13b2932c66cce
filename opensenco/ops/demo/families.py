"""What was said to families lately, the letters that were sent, and where the SENCO's time went."""

from datetime import date, timedelta

from opensenco.cases.contact_log import Said
from opensenco.cases.operations.contact_log import log_contact
from opensenco.cases.operations.time_log import record_time
from opensenco.letters import queries
from opensenco.letters.operations import mailings
from opensenco.letters.operations.sending import send_mailing
from opensenco.letters.starter import starters
from opensenco.ops.demo import terms
from opensenco.ops.demo.files import Row, rows
from opensenco.ops.demo.scene import school_day_after
from opensenco.ops.demo.world import SCHOOL, World
from opensenco.people.models import Contact, Pupil

FILE = "families-told"


def make(world: World) -> None:
    """Tell it all, in the SENCO's name."""
    families = list(
        Contact.objects.filter(org=world.school, barred=False, to_be_told=True)
        .select_related("pupil", "pupil__org")
        .order_by("id")
    )
    for row in rows(FILE, "call"):
        _call(world, families[row["family"]], row)
    for row in rows(FILE, "time"):
        day = _ago(world, row)
        with world.acting(world.senco(SCHOOL, day), day) as actor:
            record_time(
                actor=actor, org=world.school, work=row["work"], minutes=row["minutes"], on=day,
                words=row["words"],
            )  # fmt: skip
    for row in rows(FILE, "letter"):
        _write(world, [families[place].pupil for place in row["families"]], row)


def _call(world: World, contact: Contact, row: Row) -> None:
    day = _ago(world, row)
    follow = school_day_after(day, row["follow"]) if "follow" in row else None
    with world.acting(world.senco(SCHOOL, day), day) as actor:
        log_contact(
            actor=actor,
            pupil=contact.pupil,
            said=Said(
                contact=contact, how=row["how"], direction=row["direction"], on=day,
                words=row["words"], minutes=row.get("minutes"), follow_up_by=follow,
                confidential=row.get("confidential", False),
            ),
        )  # fmt: skip


def _write(world: World, pupils: list[Pupil], row: Row) -> None:
    day = _ago(world, row)
    whom = list({one.pk: one for one in pupils}.values())
    with world.acting(world.senco(SCHOOL, day), day) as actor:
        letters = mailings.begin_mailing(
            actor=actor, pupils=whom, wording=queries.of_starter(starters()[row["starter"]])
        )
        letters = mailings.fill_in(
            actor=actor, mailing=letters, form="standard", given=row["given"], version=None
        )
        send_mailing(actor=actor, mailing=letters, how=row["how"], on=day, version=None)


def _ago(world: World, row: Row) -> date:
    """Give the school day so many school days before the demo's own day."""
    day, left = world.today, int(row["ago"])
    while left:
        day -= timedelta(days=1)
        left -= terms.is_school_day(day)
    return max(day, world.begins())
