"""How much help is needed is rated in two minutes, and compared on one page."""

import pytest

from opensenco.kernel.refs import short
from opensenco.support.models import NeedRating
from tests.client import signed_in
from tests.domain.support.steps import pupil
from tests.people import acting_as
from tests.support.asking import asks

pytestmark = pytest.mark.django_db
DAY = {"on-day": "10", "on-month": "3", "on-year": "2027"}


def address(step: str = "", name: str = "Idris") -> str:
    with acting_as("senco", write=False):
        return f"/pupils/{short(pupil(name).ref)}/ratings/{step}"


@pytest.mark.requirement("S4-22")
def test_a_teacher_rates_and_the_page_says_what_became_easier():
    teacher = signed_in("teacher")
    status = teacher.get(address().replace("ratings/", "status/")).text
    assert "How much help is needed, and what changed" in status
    assert "In most lessons" in teacher.get(address()).text
    given = {"say": "1", "understand": "3", "words": "Points first.", **DAY}
    page = teacher.post(address("rate/"), given, follow=True).text
    for words in ("Less help", "More help", "Points first.", "6 January 2027", "Priya Raman"):
        assert words in page
    assert "Nobody has rated it yet." in teacher.get(address(name="Grace")).text


def test_nothing_answered_is_refused_and_the_words_are_kept():
    page = signed_in("teacher").post(address("rate/"), {"words": "Points first.", **DAY}).text
    assert "Answer at least one question." in page
    assert "Points first." in page


def test_a_rating_in_error_is_marked_with_its_reason():
    senco = signed_in("senco")
    with acting_as("senco", write=False):
        where = f"/ratings/{short(NeedRating.objects.get(pupil=pupil('Idris')).ref)}/error/"
    assert where in senco.get(address()).text
    done = senco.post(where, {"reason": "Of another child.", "version": "1"}, follow=True).text
    assert "Nobody has rated it yet." in done


def test_more_ratings_ask_no_more():
    teacher, where = signed_in("teacher"), address()
    teacher.get(where)
    with asks(9):
        teacher.get(where)
    teacher.post(f"{where}rate/", {"say": "1", **DAY}, follow=True)
    with asks(9):
        teacher.get(where)
