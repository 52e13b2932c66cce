"""The demo's school: who is there, as the operations made them."""

from collections import Counter

import pytest

from opensenco.access.models import Organisation, Person
from opensenco.access.queries import people_with_hats
from opensenco.access.scope import system_scope
from opensenco.people.models import Contact, GroupPupil, Pupil
from opensenco.people.policy import on_day
from opensenco.people.states import GroupKind
from tests.cast import TODAY
from tests.support.databases import Copy

pytestmark = [pytest.mark.worker]
SCHOOL, NEIGHBOUR = "990002", "990001"


def school(urn: str = SCHOOL) -> Organisation:
    return Organisation.objects.get(urn=urn)


def everybody() -> list[tuple[Person, str]]:
    return [
        (person, hat.role.code)
        for person, hat in people_with_hats(TODAY)
        if person.email.endswith("@set-qsp.example") or "Quillmaker" in hat.place
    ]


def test_a_dozen_people_and_more_have_a_role_at_the_school(made: Copy) -> None:
    counts = Counter(code for _person, code in everybody())
    assert counts.total() >= 12
    assert counts["TEACHER"] == 7
    assert {"SENCO", "HEAD", "TA", "SEN_ADMIN", "GOVERNOR", "PARENT", "PROFESSIONAL"} <= set(counts)


def test_thirty_pupils_are_each_in_one_class_of_their_year(made: Copy) -> None:
    with system_scope("reading the demo", write=False):
        pupils = Pupil.objects.filter(org=school())
        classes = GroupPupil.objects.filter(
            on_day(TODAY), org=school(), group__kind=GroupKind.CLASS
        ).select_related("group", "pupil")
        assert pupils.count() == 30
        assert Counter(row.pupil_id for row in classes) == dict.fromkeys(
            pupils.values_list("pk", flat=True), 1
        )
        years = {(row.group.name, row.pupil.year_group) for row in classes}
    assert len(years) == 7


def test_every_pupil_came_after_birth_and_by_today(made: Copy) -> None:
    with system_scope("reading the demo", write=False):
        for pupil in Pupil.objects.filter(org=school()):
            assert pupil.joined_on is not None
            assert pupil.birth_date < pupil.joined_on <= TODAY


def test_the_one_barred_contact_sees_and_is_told_nothing(made: Copy) -> None:
    with system_scope("reading the demo", write=False):
        barred = Contact.objects.get(org=school(), barred=True)
        assert (barred.may_see, barred.may_reply, barred.to_be_told) == (False, False, False)
        assert barred.restriction


def test_the_school_next_door_has_two_pupils(made: Copy) -> None:
    with system_scope("reading the demo", write=False):
        assert Pupil.objects.filter(org=school(NEIGHBOUR)).count() == 2


def test_everybody_signs_in_with_the_password_that_is_printed(made: Copy) -> None:
    from opensenco.ops.demo.ways_in import PASSWORD

    people = [person for person, _code in everybody()]
    # one hash for all, so one slow check is enough
    assert len({person.password for person in people}) == 1
    assert people[0].check_password(PASSWORD)
