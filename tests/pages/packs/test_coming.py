"""A pupil who goes to another school: that school is asked, and says that it is ready, before."""

from datetime import timedelta

import pytest

from opensenco.network.states import Purpose
from opensenco.people.operations.enrolment import record_leaving
from tests.cast import TODAY
from tests.client import signed_in
from tests.packs import idris, sent_by_senco
from tests.pages.handover.test_offered import ASKED
from tests.pages.packs.test_packs import text_of, to
from tests.people import acting_as

pytestmark = pytest.mark.django_db
ASKS = "Comes to you from Larkrise Primary School, which waits to hear that you are ready."
STILL = "Of 1 pupil who leaves, the next school has not said that it is ready."


@pytest.mark.requirement("S4-14")
def test_the_next_school_is_asked_and_says_that_it_is_ready_before_the_last_day():
    with acting_as("senco") as actor:
        record_leaving(
            actor=actor, pupil=idris(), version=None, on=TODAY + timedelta(days=16), to="Mill Lane"
        )
    senco, there = signed_in("senco"), signed_in("shared_senco")
    assert "nothing has been sent to another school" in text_of(senco.get("/"))
    pack = sent_by_senco("mill", Purpose.MOVING)
    assert STILL in text_of(senco.get("/"))
    assert "Hassan-Cole, Idris : what was sent Mill Lane School, sent on 10 March 2027" in text_of(
        senco.get(ASKED)
    )
    assert ASKS not in text_of(there.get("/")), "first somebody opens it"
    assert "Last day there 26 March 2027" in text_of(there.get(to("received", pack)))
    home = text_of(there.get("/"))
    assert f"{ASKS} Last day there: 26 March 2027." in home
    more = {"kind": "more-needed", "words": "Who runs his group?"}
    there.post(to("answer", pack), more)
    assert ASKS in text_of(there.get("/")), "a question is not yet an answer"
    said = {"kind": "expected", "words": "Owen Sharp meets him on his first morning."}
    there.post(to("answer", pack), said)
    assert ASKS not in text_of(there.get("/"))
    home = text_of(senco.get("/"))
    assert STILL not in home
    assert "Mill Lane School has answered." in home
    assert "what was sent" not in text_of(senco.get(ASKED))
