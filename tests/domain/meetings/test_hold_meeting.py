"""A meeting is held, its record is closed, given out and corrected; promises are kept."""

from datetime import date, timedelta

import pytest

from opensenco.audit.models import Entry
from opensenco.cases import queries as cases
from opensenco.cases import time_log
from opensenco.gate.operation import Refused
from opensenco.kernel.errors import Invalid, NotPossible, Stale
from opensenco.meetings import queries
from opensenco.meetings.models import Meeting, MeetingAction
from opensenco.meetings.operations import changing, holding
from opensenco.meetings.states import MeetingState
from tests.cast import TODAY
from tests.domain.meetings.making import LATER, fresh, held, member, on, planned, pupil
from tests.domain.meetings.test_plan_meeting import told, turns
from tests.people import acting_as

pytestmark = pytest.mark.django_db
S = MeetingState


def closed() -> Meeting:
    meeting = planned(on(TODAY))
    promise = holding.Promise("Put up the timetable", member(meeting, "Priya Raman").ref, LATER)
    held(meeting, "Amara Okafor", "Priya Raman", "Leila Hassan", promises=[promise])
    with acting_as("senco") as actor:
        return holding.close_record(actor=actor, meeting=fresh(meeting), version=None)


@pytest.mark.requirement("S1-12", "S4-36")
@pytest.mark.rule("APD-09")
def test_the_record_is_written_closed_and_given_to_the_family():
    meeting = planned(on(TODAY))
    with acting_as("senco") as actor, pytest.raises(NotPossible):
        holding.close_record(actor=actor, meeting=meeting, version=None)
    with pytest.raises(Refused):
        held(meeting, by="admin")
    meeting = held(meeting)
    with acting_as("senco") as actor, pytest.raises(NotPossible, match="who came"):
        holding.close_record(actor=actor, meeting=fresh(meeting), version=None)
    held(meeting, "Leila Hassan", "Priya Raman")
    with acting_as("senco") as actor:
        meeting = holding.close_record(actor=actor, meeting=fresh(meeting), version=None)
        with pytest.raises(NotPossible):
            holding.write_record(
                actor=actor, meeting=meeting, version=None, words=holding.Words(), came=[]
            )
    assert any("The record is here" in words for words in told("teacher"))
    assert any("Give the family the record" in words for words in turns("senco"))
    family = member(meeting, "Leila Hassan")
    with acting_as("senco") as actor:
        for way, day in (("hand", TODAY + timedelta(days=1)), ("owl", TODAY)):
            with pytest.raises(Invalid):
                holding.give_record(
                    actor=actor, meeting=fresh(meeting), members=[family.ref], way=way, on=day
                )
        holding.give_record(
            actor=actor, meeting=fresh(meeting), members=[family.ref], way="hand", on=TODAY
        )
        around = queries.around(actor, fresh(meeting))
        words = [fact.words for fact in cases.timeline(pupil(), actor)]
        assert {one.member.name for one in around.given} >= {"Leila Hassan", "Priya Raman"}
        verbs = set(Entry.objects.values_list("verb", flat=True))
    assert not any("Give the family" in words for words in turns("senco"))
    assert any("was given to Leila Hassan" in one for one in words)
    assert {"plan_meeting", "write_record", "close_record", "give_record"} <= verbs


def test_whoever_came_has_its_minutes_in_their_working_time():
    meeting = closed()
    for who, name in (("teacher", "Priya Raman"), ("senco", "Amara Okafor")):
        with acting_as(who, write=False) as actor:
            [spent] = time_log.lines(actor, TODAY, TODAY)
            assert (spent.person.name, spent.minutes) == (name, meeting.minutes)
            assert spent.work_words == "Meetings"
    with acting_as("ta", write=False) as actor:
        assert time_log.lines(actor, TODAY - timedelta(days=1), TODAY) == []
    with acting_as("head", write=False) as actor:
        seen = time_log.lines(actor, TODAY, TODAY, own=False)
        assert {spent.person.name for spent in seen} == {"Priya Raman", "Amara Okafor"}


def test_a_promise_is_its_owners_task_until_they_settle_it():
    meeting = closed()
    assert any("Put up the timetable" in words for words in turns("teacher"))
    with acting_as("teacher") as actor:
        action = queries.action_of(actor, MeetingAction.objects.get(meeting=meeting).ref)
        with pytest.raises(Invalid, match="given up"):
            holding.settle_action(actor=actor, action=action, version=None, done=False)
    with acting_as("other_teacher") as actor, pytest.raises(Refused):
        holding.settle_action(actor=actor, action=action, version=None, done=True)
    with acting_as("teacher") as actor:
        holding.settle_action(actor=actor, action=action, version=1, done=True, result="It is up.")
        with pytest.raises(Stale):
            holding.settle_action(actor=actor, action=action, version=1, done=True)
    assert not any("Put up the timetable" in words for words in turns("teacher"))
    assert any("has done" in words for words in told("senco"))


def test_a_correction_is_a_new_edition_and_the_old_one_stays():
    meeting = closed()
    family = member(meeting, "Leila Hassan")
    words = holding.Words("I like the quiet room.", "He tells us about maths.", "We talked.",
                          "A timer and a card.")  # fmt: skip
    with acting_as("senco") as actor:
        holding.give_record(
            actor=actor, meeting=fresh(meeting), members=[family.ref], way="post", on=TODAY
        )
        with pytest.raises(Invalid, match="what was wrong"):
            holding.correct_record(
                actor=actor, meeting=fresh(meeting), version=None, words=words, reason="Oops"
            )
        holding.correct_record(
            actor=actor, meeting=fresh(meeting), version=None, words=words,
            reason="The card was left out.",
        )  # fmt: skip
        again = fresh(meeting)
        waiting = [one.name for one in queries.around(actor, again).waiting_for_it]
        before = {row.agreed for row in again.history.all()}
    assert (again.edition, waiting) == (2, ["Leila Hassan"])
    assert {"A timer on his desk.", "A timer and a card."} <= before
    assert any("Give the family the record" in words for words in turns("senco"))


def test_nothing_is_written_before_its_day_and_a_mistake_is_marked():
    meeting = planned()
    with pytest.raises(NotPossible, match="from the day"):
        held(meeting, "Leila Hassan")
    with acting_as("teacher") as actor, pytest.raises(Refused):
        changing.mark_meeting_in_error(
            actor=actor, meeting=meeting, version=None, reason="Another child."
        )
    with acting_as("senco") as actor:
        changing.mark_meeting_in_error(
            actor=actor, meeting=fresh(meeting), version=None, reason="Another child."
        )
        assert queries.of_pupil(actor, pupil()) == []
        words = [fact.words for fact in cases.timeline(pupil(), actor)]
    assert "A meeting was recorded here in error." in words
    assert not any("is planned" in one for one in words)


@pytest.mark.rule("APD-08")
def test_the_days_on_which_parents_were_met_are_read_in_one_question(django_assert_num_queries):
    meeting = closed()
    assert meeting.pupil_id is not None
    absent = planned(on(TODAY))
    held(absent, "Priya Raman")
    coming = planned(on(LATER))
    with acting_as("senco", write=False), django_assert_num_queries(2):
        first, last = date(2026, 9, 1), date(2027, 8, 31)
        met = queries.days_parents_were_met([meeting.pupil_id], first, last)
        ahead = queries.days_planned([meeting.pupil_id], TODAY)
    assert met == {meeting.pupil_id: [TODAY]}
    assert ahead == {coming.pupil_id: LATER}
