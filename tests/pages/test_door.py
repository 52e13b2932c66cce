"""The one door: who comes in, who is told nothing, and what is written of it."""

import pytest

from opensenco.audit.models import Opening
from opensenco.kernel.refs import short
from opensenco.people.models import Pupil
from tests.client import signed_in
from tests.people import acting_as

pytestmark = pytest.mark.django_db


def idris() -> str:
    with acting_as("senco", write=False):
        return short(Pupil.objects.get(first_name="Idris").ref)


def test_senco_opens_a_pupil_and_it_is_logged():
    answer = signed_in("senco").get(f"/pupils/{idris()}/")
    assert answer.status_code == 200
    assert "Idris Hassan-Cole" in answer.text
    with acting_as("senco", write=False):
        opening = Opening.objects.order_by("id").last()
        assert opening
        assert (opening.kind, opening.person.first_name) == ("page", "Amara")


@pytest.mark.parametrize(
    ("who", "status"), [("outsider", 404), ("other_teacher", 403), ("governor", 403)]
)
def test_strangers_find_nothing_and_colleagues_are_told(who, status):
    assert signed_in(who).get(f"/pupils/{idris()}/").status_code == status
