"""What people do when a school year turns and when pupils come and go: once each."""

from datetime import date, timedelta

from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.law.calendar.years import AcademicYear
from opensenco.people.models import Group, Pupil
from opensenco.people.operations import enrolment, turn_doing, turn_undoing, turning
from opensenco.people.turning.plan import plan_of
from opensenco.provision.models import Allocation
from opensenco.provision.operations import leaving
from tests.cast import TODAY

LATER = TODAY + timedelta(days=28)
DAYS = {"first_day": date(2027, 9, 2), "leave_on": date(2027, 8, 31), "highest": 6}


def do(actor: Actor, org: Organisation) -> None:
    """A year is prepared, given up, prepared again, turned and taken back; pupils come and go."""
    # a list has brought a second child of his name
    idris = Pupil.objects.select_related("org").filter(first_name="Idris").earliest("id")
    year = AcademicYear(2027)
    first = turning.prepare_turn(actor=actor, org=org, year=year, **DAYS)  # type: ignore[arg-type]
    turning.drop_turn(actor=actor, turn=first, version=None)
    _without_promises(actor, org, year)
    turn = turning.prepare_turn(actor=actor, org=org, year=year, **DAYS)  # type: ignore[arg-type]
    turning.change_turn(actor=actor, turn=turn, version=None, **DAYS)  # type: ignore[arg-type]
    group = Group.objects.get(name="4R")
    turning.set_ways(actor=actor, turn=turn, version=None, ways={(group, 4): "5 Oak"})
    turning.set_teachers(
        actor=actor, turn=turn, version=None, name="5 Oak", staff=[(actor.person, "teaches", "")]
    )
    turning.set_groups(actor=actor, turn=turn, version=None, runs_on={group: False})
    leaves = turning.Decision("leaves", left_to="Hill School")
    turning.decide_pupil(actor=actor, turn=turn, version=None, pupil=idris, decision=leaves)
    seen = plan_of(turn, actor.today).seen
    leaving.turn_year(actor=actor, turn=turn, version=None, seen=seen)
    leaving.undo_turn(actor=actor, turn=turn, version=None)
    _come_and_go(actor, idris)


def _without_promises(actor: Actor, org: Organisation, year: AcademicYear) -> None:
    """The steps of the people's part, which pages take together with what was promised."""
    turn = turning.prepare_turn(actor=actor, org=org, year=year, **DAYS)  # type: ignore[arg-type]
    seen = plan_of(turn, actor.today).seen
    turn_doing.turn_year(actor=actor, turn=turn, version=None, seen=seen)
    turn_undoing.undo_turn(actor=actor, turn=turn, version=None)
    poppy = Pupil.objects.select_related("org").get(first_name="Poppy")
    for last in (LATER, None):
        enrolment.record_leaving(actor=actor, pupil=poppy, version=None, on=last)


def _come_and_go(actor: Actor, idris: Pupil) -> None:
    poppy = Pupil.objects.select_related("org").get(first_name="Poppy")
    idris.refresh_from_db()
    leaving.leave(actor=actor, pupil=idris, version=None, on=LATER, to="Hill School")
    leaving.leave(actor=actor, pupil=poppy, version=None, on=LATER, to="Hill School")
    # a list says the same of somebody, and is taken back
    ended = leaving.end_with_last_day(actor=actor, pupils=[idris], before=[LATER])
    promised = [(one.row, one.before) for one in ended if isinstance(one.row, Allocation)]
    leaving.go_on_again(actor=actor, pupils=[idris], rows=promised)
    back = LATER + timedelta(days=20)
    enrolment.come_back(actor=actor, pupil=poppy, version=None, on=back, year_group=3)
    enrolment.withdraw_joiner(actor=actor, pupil=poppy, version=None, reason="Moved away.")
    dual = enrolment.register_dually(
        actor=actor, pupil=idris, registration="M", other_name="Hill Unit", starts=TODAY
    )
    enrolment.end_dual_registration(actor=actor, dual=dual, version=None, on=LATER)
