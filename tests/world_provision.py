"""What the world holds of provision: Idris is in a language group that Jo runs, and got two of it.

He is on SEN support and his parents were told, so nothing waits and nothing is due because of it.
"""

import uuid
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

from opensenco.access.actor import Actor
from opensenco.access.models import Organisation, Person
from opensenco.documents.keeping import Incoming
from opensenco.people.models import Group, Pupil
from opensenco.provision.models import Allocation, Session, SharedProvision
from opensenco.provision.operations import (
    deciding,
    giving,
    library,
    measuring,
    reasons,
    rooms,
    sessions,
    timetables,
    usual,
    work,
)
from opensenco.provision.states import Seen
from opensenco.provision.timetable import Hour
from opensenco.support.models import Cycle
from opensenco.support.operations.plans import standing_outcomes
from tests.cast import NOW

GIVEN, UNTIL = date(2027, 1, 6), date(2027, 4, 2)
#: Easter Monday: one has a timetable, and no test counts a session because of it
HOLIDAY = date(2027, 3, 29)
LOGGED = (date(2027, 3, 1), date(2027, 3, 8))


def make_provision(
    keeper: Actor, people: dict[str, Person], idris: Pupil, language: Group, cycle: Cycle
) -> Allocation:
    """Give Idris three times twenty minutes a week in the language group, and log two sessions."""
    earlier = replace(keeper, person=people["senco"], at=NOW - timedelta(days=62))
    talk = library.add_provision(
        actor=earlier,
        org=idris.org,
        name="Language group",
        layer=2,
        purpose="Say longer sentences and new words in a small group.",
        group_usual=4,
        minutes=20,
        times_a_week=3,
        weeks=12,
        delivered_by="Teaching assistant",
        entry_measure="Steps retold of six",
        exit_measure="The same picture story, told again",
    )
    (given,) = giving.allocate(
        actor=earlier,
        pupils=[idris],
        provision=talk,
        terms=giving.Terms(times_a_week=3, minutes=20, starts=GIVEN, ends=UNTIL, group=language),
        outcome=next(iter(standing_outcomes(cycle))),
    )
    measure(earlier, given)
    own_reason(earlier, given.pupil.org, "Steps retold of six day")
    hours(earlier, given)
    for day in LOGGED:
        then = replace(keeper, person=people["ta"], at=NOW - (NOW.date() - day))
        sessions.log_session(actor=then, allocations=[given], on=day)
    return given


def make_work(keeper: Actor, assistant: Person) -> None:
    """Keep a piece of Idris's work from the last of his sessions."""
    last = Session.objects.filter(pupil__first_name="Idris").order_by("-on").select_related(
        "pupil__org", "allocation__outcome", "allocation__provision"
    )[0]  # fmt: skip
    then = replace(keeper, person=assistant, at=NOW - (NOW.date() - last.on))
    work.keep_work(
        actor=then, session=last, file=Incoming("story.txt", [b"The dog ran. Then it sat."]),
        title="A story in two steps", seen=Seen.NOBODY, outcome=last.allocation.outcome,
    )  # fmt: skip


def own_reason(actor: Actor, org: Organisation, words: str) -> None:
    """Give a place a reason of its own why a session was not held: every adult there reads it."""
    reasons.add_reason(actor=actor, org=org, words=words, kind="timetable")


def measure(actor: Actor, given: Allocation, name: str = "Steps retold of six") -> None:
    """Say what is measured of what is given, where the pupil began, and the aim."""
    measuring.set_scale(
        actor=actor, provision=given.provision, name=name, lowest=Decimal(0), highest=Decimal(6)
    )
    usual.set_usual(
        actor=actor, provision=given.provision, kind="term", gain=Decimal(1),
        source=f"{name}: our own last three years",
    )  # fmt: skip
    measuring.record_point(
        actor=actor, allocation=given, score=Decimal(2), on=actor.today, source=name
    )
    measuring.set_aim(actor=actor, allocation=given, score=Decimal(5), by=UNTIL)
    deciding.decide(
        actor=actor, provision=given.provision, verdict="keep", reason=f"{name}: it helped before.",
        known=[name],
    )  # fmt: skip


def hours(actor: Actor, given: Allocation, name: str = "Rainbow room", on: date = HOLIDAY) -> None:
    """Say when and where it is given: on a day on which no school is open."""
    room = rooms.add_room(actor=actor, org=given.pupil.org, name=name)
    rooms.say_turns(
        actor=actor, org=given.pupil.org, monday=HOLIDAY - timedelta(days=84), takes_turns=False
    )
    timetables.set_timetable(
        actor=actor, allocations=[given], starts=on, ends=on,
        hours=[timetables.At(Hour(0, time(7), time(7, 20)), room)],
    )  # fmt: skip


def make_shared(org: Organisation, to: Organisation) -> None:
    """Let a school have shared an entry of its library with a family of schools, and changed it."""
    for minutes in (10, 15):
        SharedProvision(
            org=org, to=to, entry=uuid.UUID(int=17), name="Marlow mornings", layer=2,
            minutes=minutes, times_a_week=5, purpose="A calm start to the day.", at=NOW,
        ).save()  # fmt: skip


def make_offer(authority: Organisation) -> None:
    """Let an authority have written an entry for the libraries of its settings."""
    SharedProvision(
        org=authority, to=authority, entry=uuid.UUID(int=18), name="Marlow talk", layer=2,
        minutes=20, times_a_week=3, purpose="Words before the lesson.", at=NOW,
    ).save()  # fmt: skip
