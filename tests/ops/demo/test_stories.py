"""The children's stories and what waits: nothing that cannot be, and something for everybody."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db.models import Model

from opensenco.access.actor import Actor, hat_for
from opensenco.access.models import Organisation, Person
from opensenco.access.scope import Scope, scope, system_scope
from opensenco.cases.models import DueDate, Fact, Task
from opensenco.cases.policy import my_turn
from opensenco.concerns.models import Concern, SafeguardingNote
from opensenco.ops import demo
from opensenco.ops.demo import happenings, sessions, stories, terms
from opensenco.ops.demo.files import table
from opensenco.people.models import OutOfDutyOpening, Pupil
from opensenco.provision.models import Allocation, Session
from opensenco.provision.states import Went
from opensenco.support.models import Cycle, Need, Profile, Review, SenStatus
from tests.cast import NOW, TODAY
from tests.support.databases import Copy

pytestmark = [pytest.mark.worker]

#: kinds that the stories use and no operation can hold yet; whoever adds one takes it out here
NOT_YET = {
    "access.refused", "assessment.recorded", "award.ended", "award.reviewed", "award.started",
    "award.transferred", "bid.consented", "bid.decided", "bid.drafted", "bid.moderated",
    "bid.returned", "bid.scored", "bid.signed", "bid.submitted", "complaint.answered",
    "complaint.made", "consultation.held", "contact.logged", "daf.claimed", "diagnosis.recorded",
    "disagreement.recorded", "disagreement.reviewed", "document.filed", "ehc.advice_asked",
    "ehc.advice_received", "ehc.decided", "ehc.requested", "enrolment.ended", "enrolment.started",
    "equipment.checked", "ey.two_year_check", "eypp.checked", "handover.received",
    "health.notice_to_la", "health.review", "ihp.written", "meeting.held", "movement.opened",
    "observation.made", "plan.final", "plan.version", "portage.started", "pupil.voice",
    "record.matched", "referral.made", "referral.updated", "review.advice_asked",
    "review.advice_received", "review.decided", "review.held", "review.invited",
    "review.meeting_booked", "review.papers_circulated", "review.report_sent",
    "transfer.pack_sent", "transfer.receipt", "transition.meeting", "transition.visit",
    "visit.moved", "watch.check",
}  # fmt: skip
SCHOOL = "990002"


def school() -> Organisation:
    return Organisation.objects.get(urn=SCHOOL)


def of_the_school(model: type[Model]):
    """Give all rows of the demo's school, under the system's scope that must be open."""
    return model._default_manager.filter(org=school())


def test_every_kind_of_event_is_made_or_known_to_be_missing() -> None:
    used = {event["kind"] for name in stories.names() for event in table(name)["event"]}
    assert used - set(happenings.KNOWN) == NOT_YET


def test_nine_stories_have_a_status_a_profile_and_cycles(made: Copy) -> None:
    with system_scope("reading the demo", write=False):
        for name in stories.names():
            row = table(name)["pupil"]
            upn = next(p["upn"] for p in table("pupils")["pupil"] if p["id"] == row)
            pupil = Pupil.objects.get(org=school(), upn=upn)
            assert SenStatus.objects.filter(pupil=pupil).exists(), name
            assert Profile.objects.filter(pupil=pupil).exists(), name
            assert Cycle.objects.filter(pupil=pupil).exists(), name


def test_nothing_happened_after_today(made: Copy) -> None:
    with system_scope("reading the demo", write=False):
        assert not of_the_school(Fact).filter(at__date__gt=TODAY).exists()
        assert not of_the_school(Session).filter(on__gt=TODAY).exists()
        assert not of_the_school(Review).filter(cycle__reviewed_on__gt=TODAY).exists()


def test_sessions_were_on_school_days_and_no_more_than_promised(made: Copy) -> None:
    with system_scope("reading the demo", write=False):
        assert all(
            terms.is_school_day(day)
            for day in of_the_school(Session).values_list("on", flat=True).distinct()
        )
        counts = Counter(of_the_school(Session).values_list("allocation", flat=True))
        for given in of_the_school(Allocation):
            weeks = ((given.ends or TODAY) - given.starts).days / 7 + 1
            assert counts[given.pk] <= given.times_a_week * weeks
        went = Counter(of_the_school(Session).values_list("went", flat=True))
    assert went[Went.DELIVERED] > 5 * went[Went.NOT_HELD] > 0
    assert went[Went.AWAY]


def test_parents_were_told_of_most_and_one_telling_is_late(made: Copy) -> None:
    with system_scope("reading the demo", write=False):
        support = of_the_school(SenStatus).filter(code="K")
        assert support.filter(told_on__isnull=True).count() == 1
        assert of_the_school(Need).exists()


def test_dates_stand_in_every_state(made: Copy) -> None:
    with system_scope("reading the demo", write=False):
        open_dates = of_the_school(DueDate).filter(done_on__isnull=True, on__isnull=False)
        days = set(open_dates.values_list("on", flat=True))
        assert any(day < TODAY for day in days)
        assert any(TODAY <= day <= TODAY + timedelta(days=14) for day in days)
        assert any(day > TODAY + timedelta(days=14) for day in days)
        assert of_the_school(DueDate).filter(done_on__isnull=False).exists()


def test_desks_hold_concerns_a_note_and_an_opening(made: Copy) -> None:
    with system_scope("reading the demo", write=False):
        states = Counter(of_the_school(Concern).values_list("state", flat=True))
        assert states["raised"] >= 2
        assert {"with_teacher", "monitor", "settled"} <= set(states)
        assert of_the_school(SafeguardingNote).count() == 1
        assert of_the_school(OutOfDutyOpening).count() == 1


WAITING = {
    "hannah.lythgarth-marr": "concern.triage",
    "sunita.bhogalwar": "concern.triage",
    "graham.tolpuddy": "concern.look_again",
    "bryony.oxendale": "concern.take_up",
    "anjali.devrajan": "cycle.review",
}


@pytest.mark.parametrize("who", WAITING)
def test_something_waits_on_this_persons_home_page(who: str, made: Copy) -> None:
    person = Person.objects.get(email=f"{who}@set-qsp.example")
    hat = hat_for(person, TODAY)
    assert hat is not None
    actor = Actor(person, hat, NOW)
    with scope(Scope(person=person.pk)), scope(actor.scope):
        waits = Task.objects.filter(my_turn(actor), settled_at__isnull=True, since__lte=TODAY)
        assert WAITING[who] in set(waits.values_list("kind", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize("today", [date(2027, 8, 14), date(2028, 2, 29), date(2026, 9, 1)])
def test_it_can_be_made_on_an_odd_day(today: date, monkeypatch: pytest.MonkeyPatch) -> None:
    # the many sessions are made once, above; here it is about the days of everything else
    monkeypatch.setattr(sessions, "log", lambda *_given: None)
    people = demo.build(today)
    assert len(people) >= 20
    with system_scope("reading the demo", write=False):
        assert of_the_school(Pupil).count() == 30
        assert of_the_school(Cycle).exists()
