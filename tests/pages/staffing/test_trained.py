"""What an assistant was taught stands on their page and week; what a provision asks for is said."""

import re

import pytest
from django.urls import reverse

from opensenco.people.models import Pupil
from opensenco.provision.operations import library
from opensenco.threads.operations.advising import record_general_advice
from tests.cast import TODAY
from tests.client import signed_in
from tests.domain.provision.steps import given
from tests.pages.provision.hands import asked, link_to, send
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db
QUIET = "Nothing written down says that"


def shows_jo() -> str:
    """Let Jo run paired reading for Idris; give the address of the provision."""
    with acting_as("senco") as actor:
        idris = Pupil.objects.select_related("org").get(first_name="Idris")
        reading = library.add_from_starter(actor=actor, org=idris.org, starter="paired-reading")
        (row,) = given(actor, idris, provision=reading, person=person("ta"))
        return reverse("provision:show", args=[row.provision.ref])


def teach(**changes: object) -> None:
    said = {"kind": "training", "on": TODAY, "who": "Reading Trust", "to_whom": "Jo Birkett",
            "words": "Paired reading, level 2: how to wait.", "came_of": ""}  # fmt: skip
    with acting_as("senco") as actor:
        org = Pupil.objects.select_related("org").get(first_name="Idris").org
        record_general_advice(actor=actor, org=org, given={**said, **changes})


@pytest.mark.requirement("S1-24")
def test_a_training_that_is_asked_for_is_said_quietly_until_it_is_written_down():
    here = shows_jo()
    senco = signed_in("senco")
    assert QUIET not in senco.get(here).text
    page = send(senco, senco.get(link_to(senco.get(here), "Change")), training="Paired reading 2")
    assert "It asks for Paired reading 2." in page.text
    assert "these have had it: Jo Birkett." in page.text
    before = asked(senco, here)
    roster = senco.get(reverse("staffing:roster")).text
    jo = re.search(r'href="(/staff/roster/[^"?]+/)[^"]*">Jo Birkett', roster)
    assert jo
    own = senco.get(jo[1]).text
    assert "Nothing with their name is written down." in own
    assert "Paired reading asks for Paired reading 2." in own
    # a professional's advice is no training, nor is what somebody else learned
    teach(kind="advice")
    teach(to_whom="Year 3", words="Paired reading 2 is what Jo Birkett runs.")
    assert "these have had it: Jo Birkett." in senco.get(here).text
    teach()
    assert QUIET not in senco.get(here).text
    assert asked(senco, here) == before
    own = senco.get(jo[1]).text
    assert "Training, Reading Trust" in own
    assert QUIET not in own
    # their own week says so to them too, though nothing of it has a time yet
    ta = signed_in("ta")
    week = ta.get(link_to(ta.get(reverse("provision:now")), "My week, and what I was taught")).text
    assert "Training, Reading Trust" in week
    assert "Paired reading, level 2" in week
