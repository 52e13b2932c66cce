"""The ledger leads from a figure to what it is made of, and goes out as a file."""

from datetime import timedelta

import pytest
from django.urls import reverse

from opensenco.kernel.refs import short
from opensenco.provision.operations.sessions import Held, log_session
from tests.cast import TODAY
from tests.client import signed_in
from tests.domain.provision import steps
from tests.pages.concerns.walking import text_of
from tests.pages.provision.hands import asked, link_to
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("S4-29")
@pytest.mark.requirement("S2-16")
@pytest.mark.rule("APD-12")
def test_each_figure_leads_to_what_it_is_made_of():
    with acting_as("senco") as actor:
        (row,) = steps.given(actor, starts=TODAY - timedelta(days=14), times_a_week=5)
        for back, held in ((9, Held()), (8, Held(not_held="room", note="The hall was let."))):
            log_session(actor=actor, allocations=[row], on=TODAY - timedelta(days=back), held=held)
    senco = signed_in("senco")
    ledger = senco.get(link_to(senco.get(reverse("provision:list")), "Promised and delivered"))
    assert "15 February 2027 to 31 March 2027" in ledger.text
    assert "1 no room" in ledger.text
    # ten school days of Grace's and ten sessions of Idris's, of which four are told of
    assert "16 sessions that were due before today" in ledger.text
    missed = senco.get(link_to(ledger, "1 no room"))
    assert "The hall was let." in missed.text
    assert "Atherton, Grace" in missed.text
    assert "Hassan-Cole" not in missed.text
    pupils = senco.get(link_to(ledger, "Paired reading"))
    assert "Show all" in pupils.text
    promises = senco.get(link_to(pupils, "Atherton, Grace"))
    promise = senco.get(link_to(promises, "Atherton, Grace: Paired reading"))
    assert "Session by session" in promise.text
    silent = senco.get(link_to(ledger, "16 sessions that were due"))
    assert silent.text.index("Atherton, Grace") < silent.text.index("Hassan-Cole, Idris")
    staff = senco.get(link_to(ledger, "Member of staff"))
    assert "Jo Birkett" in senco.get(link_to(staff, "Jo Birkett")).text
    csv = senco.get(reverse("provision:ledger") + link_to(staff, "CSV"))
    assert "Nobody yet,1," in csv.text
    csv = senco.get(reverse("provision:ledger_sessions") + link_to(missed, "CSV"))
    assert "Day,Pupil,Provision" in csv.text


def test_staff_see_their_own_and_figures_by_staff_are_not_offered_and_refused():
    with acting_as("senco") as actor:
        (row,) = steps.given(actor)
        grace = short(row.pupil.ref)
    address = reverse("provision:ledger")
    ta = signed_in("ta")
    page = ta.get(f"{address}?by=pupil&span=year")
    assert "Hassan-Cole, Idris" in page.text
    assert "Atherton" not in page.text
    assert "Member of staff" not in page.text
    assert "Atherton" not in ta.get(f"{address}?by=promise&pupil={grace}").text
    assert ta.get(f"{address}?by=staff").status_code == 403
    assert ta.get(f"{address}?staff=none").status_code == 403
    assert ta.get(f"{address}?pupil=nonsense").status_code == 404
    assert "Atherton" not in ta.get(reverse("provision:ledger_sessions")).text


@pytest.mark.requirement("S4-29")
def test_a_session_that_somebody_else_gave_stays_whose_it_was_promised_and_is_told_apart():
    with acting_as("senco") as actor:
        language = steps.idris_has()
        log_session(
            actor=actor, allocations=[language], on=TODAY, held=Held(gave=person("other_teacher"))
        )
    senco = signed_in("senco")
    staff = senco.get(reverse("provision:ledger") + "?by=staff&sort=-for_others")
    shown = text_of(staff)
    assert "1 session was given by somebody else than it was promised of" in shown
    assert "Owen Sharp nothing was promised of them 1" in shown
    given = senco.get(link_to(staff, "1 session was given"))
    # who gave it stands beside who logged it
    assert "Amara Okafor, for Owen Sharp" in text_of(given)
    owen = senco.get(link_to(staff, "Owen Sharp"))
    assert "Hassan-Cole, Idris" in owen.text
    assert "Gave for others, 1" in text_of(owen)
    assert "Owen Sharp Show all" in text_of(owen)
    jo = senco.get(link_to(senco.get(link_to(staff, "Jo Birkett")), "sessions took place"))
    by_others = senco.get(link_to(jo, "Given by others"))
    assert by_others.text.count("Hassan-Cole, Idris") == 1
    csv = senco.get(reverse("provision:ledger") + link_to(staff, "CSV")).text
    assert "Owen Sharp,0,0,0,0,0,0,0,,0,0,0,0,0,1,20" in csv
    # who does not oversee others' time is told of nobody's
    address = reverse("provision:ledger_sessions") + "?why=by_others"
    assert "Given by others" not in signed_in("ta").get(address).text


def test_more_promises_ask_no_more():
    address = reverse("provision:ledger") + "?by=pupil&sort=-unaccounted"
    senco = signed_in("senco")
    senco.get(address)
    before = asked(senco, address)
    with acting_as("senco") as actor:
        group = steps.idris_has()
        steps.given(actor, steps.pupil(), steps.pupil("Idris"), starts=TODAY - timedelta(days=30))
    assert asked(senco, address) == before
    listed = asked(senco, reverse("provision:ledger_sessions"))
    with acting_as("senco") as actor:
        log_session(actor=actor, allocations=[group], on=TODAY)
    assert asked(senco, reverse("provision:ledger_sessions")) == listed
