"""The record of a review says on paper what section F promised, and what came of it."""

from datetime import time
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from opensenco.ehc.operations import giving
from opensenco.meetings import when
from opensenco.meetings.operations import planning
from opensenco.meetings.operations.planning import Invited, Wanted, Where
from opensenco.provision.models import Allocation, Provision, Session
from opensenco.provision.operations.sessions import Held, correct_session, log_session
from tests.cast import TODAY
from tests.client import signed_in
from tests.pages.concerns.walking import text_of
from tests.pages.ehc.test_section_f import idris, owed
from tests.people import acting_as

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("S1-05")
def test_promised_delivered_made_up_and_why_not_stand_in_the_record_of_a_review():
    row = owed()
    with acting_as("senco") as actor:
        talk = Provision.objects.get(name="Language group")
        giving.say_what_gives(
            actor=actor,
            line=row,
            said=giving.Said("provision", [talk], times=3, per="week", minutes=20),
        )
        given = Allocation.objects.select_related("pupil__org").get(pupil=idris())
        # the first of two was not held after all, and today's makes it up
        missed = Session.objects.filter(allocation=given).earliest("on")
        held = Held(not_held="room")
        (missed,) = correct_session(actor=actor, sessions=[missed], held=held)
        log_session(actor=actor, allocations=[given], on=TODAY, makes_up={given.ref: missed})
        made = {}
        for kind in ("annual-review-primary", "multi-agency"):
            wanted = Wanted(
                kind, Where(30, "Library"), [when.at(TODAY, time(15, 30))], purpose="Spring",
                invited=[Invited(person=actor.person)],
            )  # fmt: skip
            made[kind] = planning.plan_meeting(actor=actor, pupil=idris(), wanted=wanted)
    senco = signed_in("senco")
    review = made["annual-review-primary"]
    page = text_of(senco.get(reverse("meetings:paper", args=[review.ref])))
    assert "Section F: promised and delivered" in page
    assert "20 of them made up for missed sessions" in page
    assert "1 no room" in page
    pdf = PdfReader(BytesIO(senco.get(reverse("meetings:pdf", args=[review.ref])).content))
    told = " ".join(" ".join(one.extract_text() for one in pdf.pages).split())
    assert "3 times a week, 20 minutes. Language group" in page
    for part in ("Language group 40 of", "20 of them made up", "1 no room", "By 10 March 2027."):
        assert part in told, told
    other = senco.get(reverse("meetings:paper", args=[made["multi-agency"].ref]))
    assert "Section F" not in other.text
