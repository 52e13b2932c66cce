"""What people can do with provision and the tests' world does not, once each."""

from dataclasses import replace
from datetime import time, timedelta
from decimal import Decimal

from django.db.models import F

from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.people.models import Pupil
from opensenco.provision.models import (
    Allocation,
    Point,
    Provision,
    Session,
    SharedProvision,
    Work,
)
from opensenco.provision.operations import (
    exits,
    giving,
    going_on,
    library,
    measuring,
    offering,
    quiet,
    reasons,
    rooms,
    sessions,
    sharing,
    timetables,
    work,
)
from opensenco.provision.starter import library as starters
from opensenco.provision.timetable import Hour
from opensenco.support.operations import cycles, plans, reviews
from opensenco.support.operations.status import Telling
from tests.cast import NOW, TODAY

LATER = TODAY + timedelta(days=28)
TOLD = Telling(TODAY, "meeting", "At the gate.")


def do(actor: Actor, org: Organisation, idris: Pupil) -> None:
    """What is given is carried on, told, ended, taken out of the library; one was a mistake."""
    done = Session.objects.filter(org__in=actor.hat.orgs).order_by("id").first()
    assert done is not None
    sessions.correct_session(actor=actor, sessions=[done], held=sessions.Held(minutes=15))
    piece = Work.objects.filter(org__in=actor.hat.orgs).order_by("id").first()
    assert piece is not None
    work.take_work_down(actor=actor, work=piece, why="needless")
    thing = library.add_from_starter(
        actor=actor, org=org, starter=starters().found("", "", None)[0].id
    )
    library.change_provision(actor=actor, provision=thing, purpose="To speak more.")
    _share(actor, org, thing)
    terms = giving.Terms(times_a_week=2, minutes=20, starts=TODAY)
    rows = [idris, Pupil.objects.select_related("org").get(first_name="Grace")]
    first, second = giving.allocate(actor=actor, pupils=rows, provision=thing, terms=terms)
    giving.tell_parents(actor=actor, allocation=first, told=TOLD)
    giving.mark_in_error(actor=actor, allocation=second, reason="Not for her.")
    point = Point.objects.filter(org__in=actor.hat.orgs).order_by("id").first()
    assert point is not None
    measuring.correct_point(actor=actor, point=point, score=Decimal(1))
    exits.leave_unmeasured(actor=actor, allocation=point.allocation, reason="He is moving away.")
    again = cycles.open_cycle(actor=actor, pupil=rows[1], found="Reads slowly.")
    words = plans.OutcomeWords("Reads 60 words", "31", "60", LATER, "The list")
    outcome = plans.add_outcome(actor=actor, cycle=again, outcome=words)
    plans.agree_plan(actor=actor, cycle=again, review_on=TODAY, agreed_with="Her mother")
    given = giving.allocate(
        actor=actor, pupils=[rows[1]], provision=thing, terms=terms, outcome=outcome
    )
    result = reviews.Result(
        outcome=outcome.ref, score=2, latest="40", pupil_said="Good.", parent_said="Good.",
        teacher_said="Good.", after="carry",
    )  # fmt: skip
    reviews.review_cycle(actor=actor, cycle=again, held_on=TODAY, results=[result])
    going_on.start_next_cycle(actor=actor, cycle=again, keep=given)
    weeks_later = replace(actor, at=NOW + timedelta(days=28))
    quiet.follow_quiet(actor=weeks_later, allocations=[first])
    _timetable(actor, org, first)
    giving.end_allocation(actor=actor, allocation=first, ends=TODAY, reason="It helped.")
    spare = library.add_provision(actor=actor, org=org, name="Spare", layer=2)
    library.end_provision(actor=actor, provision=spare)


def _timetable(actor: Actor, org: Organisation, row: Allocation) -> None:
    """Hours are set and end again; a room is used no more."""
    nine = timetables.At(Hour(0, time(9), time(9, 20)), rooms.add_room(
        actor=actor, org=org, name="Loft"
    ))  # fmt: skip
    timetables.set_timetable(actor=actor, allocations=[row], hours=[nine], starts=TODAY)
    timetables.end_timetable(actor=actor, allocations=[row], ends=TODAY)
    timetables.give_at(
        actor=actor, pupils=[row.pupil], hours=[timetables.At(Hour(1, time(9), time(9, 20)))],
        provision=library.add_provision(actor=actor, org=org, name="Mentor", layer=2),
        terms=giving.Terms(times_a_week=1, minutes=20, starts=TODAY),
    )  # fmt: skip
    assert nine.room is not None
    rooms.end_room(actor=actor, room=nine.room)
    own = reasons.add_reason(actor=actor, org=org, words="Swimming gala", kind="trip")
    reasons.end_reason(actor=actor, own_reason=own)


def offer(actor: Actor) -> None:
    """A family of schools writes an entry, offers it in other words, and no more."""
    org = Organisation.objects.get(pk__in=actor.hat.orgs)
    row = offering.offer_entry(actor=actor, org=org, name="Family phonics", layer=2, minutes=15)
    row = offering.change_offer(actor=actor, shared=row, minutes=20)
    offering.stop_offering(actor=actor, shared=row)


def _share(actor: Actor, org: Organisation, thing: Provision) -> None:
    """Share an entry and take it back; take another school's over, and what it changed since."""
    theirs = SharedProvision.objects.select_related("org", "to").exclude(org=F("to")).earliest("id")
    sharing.share_entry(actor=actor, provision=thing, to=theirs.to)
    sharing.stop_sharing(actor=actor, provision=thing, to=theirs.to)
    ours = sharing.take_over_entry(actor=actor, org=org, shared=theirs)
    sharing.follow_source(actor=actor, provision=ours, take=True)
