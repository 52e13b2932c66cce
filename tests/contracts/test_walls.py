"""The wall between organisations holds, on both databases, for every hat."""

import pytest

from opensenco.access.actions import Action
from opensenco.access.registry import visible
from opensenco.access.scope import NoScope
from opensenco.gate.operation import Refused
from opensenco.people.models import Pupil
from opensenco.people.operations import pupils
from tests.people import acting_as

pytestmark = pytest.mark.django_db


def test_outside_a_scope_there_are_no_pupils():
    with pytest.raises(NoScope):
        list(Pupil.objects.all())


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("senco", {"Idris", "Grace", "Poppy"}),
        ("head", {"Idris", "Grace", "Poppy"}),
        ("phase_senco", {"Idris", "Grace"}),
        ("teacher", {"Idris", "Grace"}),
        ("other_teacher", {"Poppy"}),
        ("ta", {"Idris"}),
        ("governor", set()),
        ("parent", {"Idris"}),
        ("professional", {"Idris"}),
        ("outsider", {"Zebedee"}),
        ("shared_senco", {"Milly", "Walter"}),
        ("family", set()),
        ("authority", set()),
    ],
)
def test_each_sees_the_pupils_their_hat_reaches(who: str, sees: set[str]):
    with acting_as(who, write=False) as actor:
        found = visible(actor, Action.PUPIL_VIEW, Pupil).values_list("first_name", flat=True)
        assert set(found) == sees


def test_a_list_is_not_read_after_its_scope_has_closed():
    with acting_as("senco", write=False) as actor:
        rows = visible(actor, Action.PUPIL_VIEW, Pupil)
    with pytest.raises(NoScope):
        list(rows)


def test_reading_cannot_write():
    from django.db import DatabaseError

    with pytest.raises(DatabaseError), acting_as("senco", write=False):
        Pupil.objects.filter(first_name="Idris").update(version=7)


def test_an_operation_on_another_schools_pupil_is_refused():
    with acting_as("outsider") as actor:
        theirs = Pupil.objects.get()
    with acting_as("senco") as actor, pytest.raises(Refused):
        pupils.add_contact(actor=actor, pupil=theirs, name="Somebody", relation="Aunt")
