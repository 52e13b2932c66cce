"""What was said in supervision is read by the two, and by whoever leads the team."""

import pytest
from django.urls import reverse

from opensenco.kernel.errors import Invalid
from opensenco.kernel.refs import short
from opensenco.provision.operations.sessions import log_session
from opensenco.staffing.models import Supervision
from opensenco.staffing.operations.supervision import write_supervision
from tests.cast import TODAY
from tests.client import signed_in
from tests.domain.provision import steps
from tests.pages.asking.test_round import as_it_stands
from tests.pages.concerns.walking import text_of
from tests.pages.provision.hands import link_to
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db
WORDS = "The group is too close to dinner."


@pytest.mark.requirement("S1-23")
def test_supervision_is_written_read_by_the_two_and_corrected_by_its_writer_alone():
    phase = signed_in("phase_senco")
    add = reverse("staffing:add_supervision")
    given = {"who": short(person("ta").ref), "words": WORDS, "next_on": "1/4/2027"}
    answer = phase.post(add, as_it_stands(phase.get(add), **given), follow=True)
    assert WORDS in text_of(answer)
    with acting_as("senco", write=False):
        row = Supervision.objects.get(words=WORDS)
    page = reverse("staffing:supervision", args=[row.ref])
    ta = signed_in("ta")
    assert page in ta.get(reverse("staffing:supervisions")).text
    assert WORDS in ta.get(page).text
    assert reverse("staffing:supervisions") in ta.get(reverse("time:week")).text
    assert WORDS in signed_in("senco").get(page).text, "who leads the team"
    for other in ("teacher", "admin"):
        client = signed_in(other)
        assert client.get(page).status_code == 403
        assert page not in client.get(reverse("staffing:supervisions")).text
    change = reverse("staffing:correct_supervision", args=[row.ref])
    assert signed_in("senco").get(change).status_code == 403
    righted = {"words": f"{WORDS} We try half past one."}
    answer = phase.post(change, as_it_stands(phase.get(change), **righted), follow=True)
    assert "We try half past one." in text_of(answer)
    wrong = reverse("staffing:supervision_in_error", args=[row.ref])
    phase.post(wrong, as_it_stands(phase.get(wrong), reason="Of another person."))
    assert page not in ta.get(reverse("staffing:supervisions")).text


def test_nobody_writes_their_own():
    phase = signed_in("phase_senco")
    add = reverse("staffing:add_supervision")
    offered = phase.get(add).text
    assert short(person("phase_senco").ref) not in offered
    assert short(person("ta").ref) in offered


def test_notes_lead_to_the_session_that_was_watched_for_who_sees_it():
    with acting_as("ta") as actor:
        [held] = log_session(actor=actor, allocations=[steps.idris_has()], on=TODAY)
    senco = signed_in("senco")
    add = reverse("staffing:add_supervision")
    assert "one of their sessions" not in senco.get(add).text
    form = senco.get(f"{add}?who={short(person('ta').ref)}")
    assert "Language group" in text_of(form)
    given = {"words": WORDS, "watched": short(held.batch)}
    shown = senco.post(form.request["PATH_INFO"] + f"?who={short(person('ta').ref)}",
                       as_it_stands(form, **given), follow=True)  # fmt: skip
    assert "Watched before: Language group, 10 March 2027" in text_of(shown)
    session = link_to(shown, "That session")
    assert signed_in("ta").get(session).status_code == 200
    with acting_as("senco") as actor:
        row = Supervision.objects.get(words=WORDS)
        with pytest.raises(Invalid, match="sessions that they gave"):
            write_supervision(
                actor=actor,
                org=row.org,
                who=person("teacher"),
                on=TODAY,
                words=WORDS,
                watched=held.batch,
            )
    change = reverse("staffing:correct_supervision", args=[row.ref])
    answer = senco.post(change, as_it_stands(senco.get(change)), follow=True)
    assert "Watched before" in text_of(answer)
    answer = senco.post(change, as_it_stands(senco.get(change), watched=""), follow=True)
    assert "Watched before" not in text_of(answer)
