"""All staff can read who sees what; about one pupil, those who may open the pupil."""

import pytest
from django.urls import reverse

from opensenco.audit.models import Opening
from opensenco.people.models import Pupil
from tests.client import signed_in
from tests.people import acting_as

pytestmark = pytest.mark.django_db


def about_idris() -> str:
    with acting_as("senco", write=False):
        return reverse("school:who_sees_pupil", args=[Pupil.objects.get(first_name="Idris").ref])


@pytest.mark.parametrize("who", ["senco", "teacher", "ta", "governor"])
def test_all_staff_read_who_is_in_which_role(who):
    answer = signed_in(who).get(reverse("school:who_sees"))
    assert "Who can see what at Larkrise Primary School" in answer.text
    assert "Amara Okafor" in answer.text
    assert "Leila Hassan" not in answer.text


def test_a_teacher_reads_who_can_see_what_about_a_child_and_it_is_logged():
    answer = signed_in("teacher").get(about_idris())
    assert "Who can see what about Idris" in answer.text
    assert "runs or assists Language group" in answer.text
    with acting_as("senco", write=False):
        assert Opening.objects.latest("at").pupil.first_name == "Idris"


def test_a_tier_reads_its_own_people():
    answer = signed_in("family").get(reverse("school:who_sees"))
    assert "Bernadette Quill" in answer.text
    assert "Amara" not in answer.text
