"""What was said in supervision is read by the two, and by whoever leads the team."""

import pytest
from django.urls import reverse

from opensenco.kernel.refs import short
from opensenco.staffing.models import Supervision
from tests.client import signed_in
from tests.pages.asking.test_round import as_it_stands
from tests.pages.concerns.walking import text_of
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
