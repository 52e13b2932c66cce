"""A meeting is planned, answered, moved and called off; who is invited knows of it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from opensenco.cases import queries as cases
from opensenco.cases.models import DueDate
from opensenco.gate.operation import Refused
from opensenco.gate.rows import NotYours
from opensenco.kernel.errors import Invalid, NotPossible, Stale
from opensenco.meetings import queries
from opensenco.meetings.models import Meeting
from opensenco.meetings.operations import changing, inviting
from opensenco.meetings.operations.planning import Invited, Where
from opensenco.meetings.states import MeetingState, Reply
from opensenco.notices.queries import unread
from opensenco.people.models import Contact
from tests.cast import TODAY
from tests.domain.meetings.making import LATER, enter_terms, fresh, member, on, planned
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db
S = MeetingState


def told(key: str) -> list[str]:
    with acting_as(key, write=False) as actor:
        return [notice.words for notice in unread(actor)]


def turns(key: str) -> list[str]:
    with acting_as(key, write=False) as actor:
        return [turn.words for turn in cases.tasks_for(actor).yours]


@pytest.mark.requirement("S1-12", "S2-21", "S4-36")
def test_who_is_invited_is_asked_and_answers():
    meeting = planned()
    assert (meeting.state, meeting.agenda[0]["minutes"], meeting.kind_version) == (S.PLANNED, 3, 1)
    assert any("Say whether you come" in words for words in turns("teacher"))
    assert not any("Say whether you come" in words for words in turns("senco"))
    assert any("invites you" in words and "Idris" not in words for words in told("teacher"))
    mine = member(meeting, "Priya Raman")
    with acting_as("ta") as actor, pytest.raises(Refused):
        inviting.answer_invitation(actor=actor, member=mine, reply="yes")
    with acting_as("teacher") as actor:
        with pytest.raises(Invalid, match="whether you come"):
            inviting.answer_invitation(actor=actor, member=mine)
        inviting.answer_invitation(actor=actor, member=mine, reply="advice", words="On a trip.")
    assert not any("Say whether" in words for words in turns("teacher"))
    assert any("sends words" in words for words in told("senco"))
    with acting_as("admin") as actor:
        mother = member(meeting, "Leila Hassan")
        inviting.record_answer(actor=actor, member=mother, reply="yes", words="By phone.")
    assert member(meeting, "Leila Hassan").replied_on == TODAY


def test_nobody_is_met_whom_a_court_keeps_away_and_nothing_is_planned_in_vain():
    meeting = planned()
    with acting_as("senco") as actor:
        barred = Contact.objects.get(name="Tony Vicker")
        with pytest.raises(Invalid, match="may not be invited"):
            inviting.invite(actor=actor, meeting=meeting, invited=[Invited(contact=barred)])
        # a parent with a sign-in is met as one of the family, and a governor sees no child's name
        for key in ("parent", "governor"):
            with pytest.raises(Invalid, match="works here"):
                inviting.invite(actor=actor, meeting=meeting, invited=[Invited(person=person(key))])
    for days, why in (([on(TODAY - timedelta(days=1))], "today or later"),
                      ([on(date(3027, 3, 1))], "two years"),
                      ([on(LATER + timedelta(days=n)) for n in range(7)], "six days")):  # fmt: skip
        with pytest.raises(Invalid, match=why):
            planned(*days)
    with pytest.raises(Invalid, match="kind"):
        planned(kind="district-forum")
    with acting_as("senco") as actor:
        for where in (Where(2), Where(40, link="javascript:alert(1)"), Where(40, link="http://x")):
            with pytest.raises(Invalid):
                changing.move_meeting(
                    actor=actor, meeting=meeting, version=None, starts=on(LATER), where=where
                )


def test_who_may_plan_and_who_may_see():
    with pytest.raises(Refused):
        planned(by="ta")
    with pytest.raises(Refused):
        planned(by="other_teacher")
    meeting = planned(by="teacher", staff=["ta"])
    with acting_as("ta", write=False) as actor:
        assert queries.around(actor, queries.meeting(actor, meeting.ref)).may_read
    with acting_as("admin", write=False) as actor:
        around = queries.around(actor, queries.meeting(actor, meeting.ref))
        assert (around.may_plan, around.may_read, around.may_record) == (True, False, False)
    with acting_as("other_teacher", write=False) as actor, pytest.raises(NotYours):
        queries.meeting(actor, meeting.ref)
    with acting_as("senco") as actor:
        inviting.take_off(actor=actor, member=member(meeting, "Jo Birkett"))
    with acting_as("ta", write=False) as actor, pytest.raises(NotYours):
        queries.meeting(actor, meeting.ref)


def test_offered_days_are_chosen_from_and_one_is_settled():
    days = [on(LATER), on(LATER + timedelta(days=1))]
    meeting = planned(*days)
    assert (meeting.state, meeting.starts) == (S.OFFERED, None)
    with acting_as("teacher", write=False) as actor:
        _first, second = queries.slots_of(meeting)
        assert [mine.unanswered for mine in queries.to_choose(actor)] == [True]
    with acting_as("teacher") as actor:
        inviting.answer_invitation(
            actor=actor, member=member(meeting, "Priya Raman"), slots=[second.row.ref]
        )
    with acting_as("senco") as actor:
        inviting.record_answer(actor=actor, member=member(meeting, "Una Prior"), slots=[])
        _first, second = queries.slots_of(meeting)
        assert (second.can, second.cannot) == (["Priya Raman"], ["Una Prior"])
        changing.move_meeting(
            actor=actor, meeting=fresh(meeting), version=None, starts=days[1], where=Where(40)
        )
    meeting = fresh(meeting)
    assert (meeting.state, meeting.starts, meeting.sequence) == (S.PLANNED, days[1], 1)
    # who said that they can come has replied; all others are asked
    assert member(meeting, "Priya Raman").reply == Reply.YES
    assert member(meeting, "Una Prior").reply == Reply.WAITING


def test_a_meeting_is_moved_with_a_reason_and_called_off():
    meeting = planned()
    with acting_as("teacher") as actor:
        inviting.answer_invitation(actor=actor, member=member(meeting, "Priya Raman"), reply="yes")
    other: dict[str, Any] = {"starts": on(LATER + timedelta(days=7)), "where": Where(50, "Hall")}
    with acting_as("senco") as actor:
        with pytest.raises(Invalid, match="why it is moved"):
            changing.move_meeting(actor=actor, meeting=meeting, version=None, **other)
        with pytest.raises(Stale):
            changing.move_meeting(actor=actor, meeting=meeting, version=7, **other)
        changing.move_meeting(
            actor=actor, meeting=meeting, version=1, **other, reason="The hall is free."
        )
    assert member(meeting, "Priya Raman").reply == Reply.WAITING, "it is another day: asked anew"
    assert any("The hall is free." in words for words in told("teacher"))
    with acting_as("senco") as actor:
        changing.cancel_meeting(
            actor=actor, meeting=fresh(meeting), version=None, reason="The school is closed."
        )
        with pytest.raises(NotPossible):
            changing.cancel_meeting(
                actor=actor, meeting=fresh(meeting), version=None, reason="Again."
            )
        assert DueDate.objects.filter(source_ref=meeting.ref).count() == 0
    assert not any("come" in words for words in turns("teacher"))
    assert fresh(meeting).sequence == 2


@pytest.mark.rule("REV-05", "REV-08")
def test_the_annual_review_has_its_notice_by_law_with_why():
    meeting = planned(kind="annual-review-primary")
    with acting_as("senco") as actor:
        dues = {due.step: due for due in queries.around(actor, meeting).dues}
        assert dues["papers"].on == LATER - timedelta(days=14)
        assert dues["report"].on == LATER + timedelta(days=14)
        assert dues["papers"].reasons
        kept = DueDate.objects.get(source_ref=meeting.ref, step="papers")
        assert (kept.on, kept.done_on) == (LATER - timedelta(days=14), None)
        changing.record_notice(actor=actor, meeting=meeting, version=None, on=TODAY)
        assert DueDate.objects.get(source_ref=meeting.ref, step="papers").done_on == TODAY
        with pytest.raises(Invalid):
            changing.record_notice(actor=actor, meeting=meeting, version=None, on=LATER)


def test_one_a_term_is_a_meeting_of_its_own_in_each_later_term_across_the_clock_change():
    with pytest.raises(NotPossible, match="term dates"):
        planned(each_term=True)
    enter_terms()
    first = planned(on(date(2027, 3, 16)), each_term=True)
    with acting_as("senco", write=False) as actor:
        (second,) = queries.around(actor, first).others_of_series
        assert Meeting.objects.filter(series=first.series).count() == 2
    # half past three on the clock in both, and so an hour apart for the world
    assert first.starts == datetime(2027, 3, 16, 15, 30, tzinfo=UTC)
    assert second.starts == datetime(2027, 6, 22, 14, 30, tzinfo=UTC)
    with pytest.raises(Invalid, match="no later term"):
        planned(on(date(2027, 6, 22)), each_term=True)
