"""Somebody of the family who must not be contacted any more, of a meeting they were invited to."""

from datetime import timedelta

import pytest

from opensenco.kernel.errors import Invalid
from opensenco.meetings import queries
from opensenco.meetings.models import Meeting
from opensenco.meetings.operations import changing, holding
from opensenco.meetings.operations.planning import Invited, Wanted, Where, plan_meeting
from opensenco.people.operations import pupils as people
from tests.cast import TODAY
from tests.domain.meetings.making import (
    LATER,
    fresh,
    held,
    member,
    mother,
    on,
    planned,
    pupil,
)
from tests.people import acting_as

pytestmark = pytest.mark.django_db


def test_nobody_is_given_a_record_who_was_barred_after_they_were_invited():
    meeting = planned(on(TODAY))
    held(meeting, "Leila Hassan")
    with acting_as("senco") as actor:
        people.change_contact(
            actor=actor, contact=mother(), version=None, barred=True, restriction="A court order."
        )
    with acting_as("senco") as actor:
        holding.close_record(actor=actor, meeting=fresh(meeting), version=None)
    row = fresh(meeting)
    with acting_as("senco") as actor:
        assert queries.waiting_for_it(row) == []
        with pytest.raises(Invalid, match="not to be given"):
            holding.give_record(
                actor=actor, meeting=row, members=[member(meeting, "Leila Hassan").ref],
                way="post", on=TODAY,
            )  # fmt: skip


def test_the_record_does_not_tell_a_family_of_a_meeting_without_them():
    planned(on(TODAY))
    with acting_as("senco") as actor:
        wanted = Wanted("sen-support-review", Where(40), (on(LATER),),
                        invited=[Invited(person=actor.person)])  # fmt: skip
        plan_meeting(actor=actor, pupil=pupil(), wanted=wanted)
        assert found(actor) == on(TODAY)
    planned(on(LATER + timedelta(days=1)))
    with acting_as("senco") as actor:
        changing.cancel_meeting(
            actor=actor, meeting=Meeting.objects.filter(starts=on(TODAY)).get(), version=None,
            reason="Ill.",
        )  # fmt: skip
        assert found(actor) == on(LATER + timedelta(days=1))


def found(actor):
    row = queries.next_of_pupil(actor, pupil())
    return row.starts if row else None
