"""The people round a child, on the child's page: each once, in words, and only who is there."""

import re

import pytest
from django.urls import reverse

from opensenco.people.models import Group, Pupil
from opensenco.people.operations import groups
from opensenco.people.states import StaffPart
from tests.cast import LONG_AGO, YESTERDAY
from tests.client import signed_in
from tests.pages.concerns.walking import text_of
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db


def idris() -> Pupil:
    return Pupil.objects.get(first_name="Idris")


def people_of_idris(who: str = "senco") -> str:
    with acting_as("senco", write=False):
        address = reverse("pupils:show", args=[idris().ref])
    page = text_of(signed_in(who).get(address))
    return re.split(r"Timeline|Change or look back", page[page.index("People Mother") :])[0]


def test_each_adult_stands_once_with_all_that_they_do():
    with acting_as("senco") as actor:
        language, teacher = Group.objects.get(name="Language group"), person("teacher")
        for subject in ("", "Language group"):
            groups.put_staff_in_group(
                actor=actor, group=language, person=teacher, does=StaffPart.COVERS,
                subject=subject, starts=YESTERDAY,
            )  # fmt: skip
        groups.assign_staff(actor=actor, pupil=idris(), person=teacher, starts=LONG_AGO)
    shown = people_of_idris()
    assert "Teaches 4R, covers Language group, assigned to this pupil Priya Raman" in shown
    assert "Runs or assists Language group Jo Birkett" in shown
    assert "Assigned to this pupil Hannah Clegg" in shown
    assert shown.count("Priya Raman") == 1
    assert shown.index("Priya Raman") < shown.index("Jo Birkett") < shown.index("Hannah Clegg")


def test_whose_role_has_ended_is_not_listed_though_nobody_ended_the_assignment():
    assert "Ruth Adeyemi" not in people_of_idris()


def test_a_group_that_has_ended_and_a_part_that_has_ended_are_not_listed():
    with acting_as("senco") as actor:
        old = groups.add_group(actor=actor, org=idris().org, name="Old group", kind="support")
        past = groups.add_group(actor=actor, org=idris().org, name="Past group", kind="support")
        for group, ends in ((old, None), (past, YESTERDAY)):
            groups.put_pupil_in_group(actor=actor, group=group, pupil=idris(), starts=LONG_AGO)
            groups.put_staff_in_group(
                actor=actor, group=group, person=person("head"), does=StaffPart.RUNS,
                starts=LONG_AGO, ends=ends,
            )  # fmt: skip
        groups.end_group(actor=actor, group=old, version=1, on=YESTERDAY)
    assert "David Whitcombe" not in people_of_idris()
