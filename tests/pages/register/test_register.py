"""The SENCO's register: who is on it, what is missing, sorted and chosen in the address."""

import pytest

from opensenco.audit.models import Opening
from tests.client import signed_in
from tests.people import acting_as

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("S1-02", "S1-13")
def test_the_senco_sees_everybody_with_needs_review_and_what_is_missing():
    page = signed_in("senco").get("/register/").text
    assert "Hassan-Cole, Idris" in page
    assert "SLCN" in page
    assert "Whose turn" in page


def test_looking_at_the_register_is_one_entry_with_its_filter_and_count():
    signed_in("senco").get("/register/?status=K")
    with acting_as("senco", write=False):
        opening = Opening.objects.get()
        assert (opening.kind, opening.wanted, opening.count) == ("list", "status=K", 1)


def test_an_address_that_means_nothing_asks_for_nothing():
    page = signed_in("senco").get(
        "/register/?status=zzz&need=%3Cscript%3E&page=-4&sort=drop&view=x"
    )
    assert page.status_code == 200
    assert "Hassan-Cole, Idris" in page.text


@pytest.mark.requirement("S1-13")
def test_the_file_holds_what_the_page_holds_and_no_formula():
    answer = signed_in("senco").get("/register/csv/?status=K")
    assert answer["Content-Type"].startswith("text/csv")
    assert "Hassan-Cole, Idris" in answer.content.decode("utf-8-sig")


def test_the_number_of_questions_does_not_grow_with_the_rows(django_assert_max_num_queries):
    client = signed_in("senco")
    client.get("/register/")
    with django_assert_max_num_queries(40):
        client.get("/register/")
