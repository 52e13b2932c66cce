"""How often parents were met this school year, when next and why, is worked out when asked."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opensenco.support.operations import status
from opensenco.support.queries import parents_met
from tests.cast import TODAY
from tests.domain.meetings.making import LATER, enter_terms, held, on, planned, pupil
from tests.people import acting_as

pytestmark = pytest.mark.django_db


def of_idris() -> parents_met.ParentsMet:
    with acting_as("senco", write=False) as actor:
        found = parents_met.of_pupil(actor, pupil())
    assert found is not None
    return found


@pytest.mark.requirement("S1-12", "S2-21")
@pytest.mark.rule("APD-08")
def test_the_meetings_of_a_year_are_counted_and_the_next_is_due_with_its_reason():
    unknown = of_idris()
    assert (unknown.required, unknown.due, unknown.held) == (None, None, ())
    enter_terms()
    first = of_idris()
    assert (first.required, first.held, first.planned) == (3, (), None)
    assert first.due is not None
    assert (first.due.rule, first.due.on, first.late) == ("APD-08", date(2026, 12, 18), True)
    held(planned(on(TODAY)), "Leila Hassan")
    # on the same day, and without anybody of the family
    held(planned(on(TODAY)), "Leila Hassan")
    held(planned(on(TODAY)), "Una Prior")
    planned(on(LATER))
    again = of_idris()
    assert (again.held, again.planned) == ((TODAY,), LATER)
    assert again.due is not None
    assert again.due.on == date(2027, 3, 25), "the second of three belongs to spring"
    assert again.due.reasons


@pytest.mark.rule("APD-08")
def test_a_list_of_all_asks_as_many_questions_for_two_pupils_as_for_one():
    enter_terms()
    asked = []
    for _round in range(2):
        with acting_as("senco", write=False) as actor, CaptureQueriesContext(connection) as heard:
            rows = parents_met.on_support(actor)
        asked.append((len(rows), len(heard)))
        with acting_as("senco") as actor:
            grace = pupil("Grace")
            status.set_status(
                actor=actor, pupil=grace, code="K", starts=TODAY, reason="Gap.", grounds=["gap"]
            ) if len(asked) == 1 else None
    (one, few), (two, many) = asked
    assert (two, many) == (one + 1, few)
    with acting_as("ta", write=False) as actor:
        assert parents_met.on_support(actor) == []
