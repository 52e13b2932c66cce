"""Something is done for several pupils, looked over by count before it is done."""

import io
import re

import pytest
from python_calamine import CalamineWorkbook

from opensenco.kernel.refs import short
from opensenco.notices.models import Notice
from opensenco.participation.models import AskRound
from opensenco.support.operations import profile
from tests.cast import TODAY
from tests.client import signed_in
from tests.domain.support.steps import on_support, pupil
from tests.people import acting_as, person
from tests.support.asking import asks

pytestmark = pytest.mark.django_db
ADDRESS = "/register/several/"


def three() -> str:
    """Put Grace and Poppy on the register beside Idris, and give what an address says of them."""
    with acting_as("senco") as actor:
        on_support(actor)
        on_support(actor, pupil("Poppy"))
        return "&".join(f"pupil={short(pupil(n).ref)}" for n in ("Idris", "Grace", "Poppy"))


def test_the_filters_of_the_register_choose_and_everybody_is_ticked_or_nobody():
    three()
    senco = signed_in("senco")
    assert 'href="/register/several/?need=SLCN"' in senco.get("/register/?need=SLCN").text
    page = senco.get(f"{ADDRESS}?need=SLCN").text
    assert "Hassan-Cole, Idris" in page
    assert "Atherton, Grace" not in page
    assert len(re.findall(" checked>", page)) == 1
    assert " checked>" not in senco.get(f"{ADDRESS}?need=SLCN&tick=nobody").text


@pytest.mark.requirement("S1-13", "S2-17")
def test_people_are_asked_about_all_for_whom_it_can_be_done_and_the_rest_says_why():
    query = three()
    senco = signed_in("senco")
    page = senco.get(f"{ADDRESS}ask/?{query}").text
    assert "You have chosen 3 pupils." in page
    with acting_as("senco", write=False):
        open_ones = set(
            AskRound.objects.filter(state="open").values_list("pupil__first_name", flat=True)
        )
    able = {"Idris", "Grace", "Poppy"} - open_ones
    assert f"Ask about {len(able)} pupil" in page
    if open_ones:
        assert "People are asked already, since" in page
    given = {"questions": "teacher-round-robin", "due-day": "17", "due-month": "3"}
    refused = senco.post(f"{ADDRESS}ask/?{query}", {**given, "due-year": ""}).text
    assert "There is a problem" in refused or "Nothing is saved yet" in refused
    done = senco.post(f"{ADDRESS}ask/?{query}", {**given, "due-year": "2027"}, follow=True).text
    assert f"Asked about {len(able)} pupil" in done
    with acting_as("senco", write=False):
        begun = AskRound.objects.filter(asked_on=TODAY, due__isnull=False, state="open")
        assert able <= set(begun.values_list("pupil__first_name", flat=True))
    again = senco.get(f"{ADDRESS}ask/?{query}").text
    assert "Not for 3 pupils" in again
    assert "Choose other pupils" in again


def test_adults_are_reminded_for_those_of_whom_something_is_unread():
    query = three()
    with acting_as("teacher") as actor:
        profile.write_profile(actor=actor, pupil=pupil(), helps="A timer")
    senco = signed_in("senco")
    page = senco.get(f"{ADDRESS}remind/?{query}").text
    assert "Remind the adults of 1 pupil" in page
    assert "Nothing is written about what helps" in page
    assert "Everybody who works with this pupil has read it" in page
    senco.post(f"{ADDRESS}remind/?{query}")
    with acting_as("senco", write=False):
        told = Notice.objects.filter(person=person("teacher"), words__startswith="Please read")
        assert told.count() == 1
    assert (
        "Whoever has not read it was reminded before" in senco.get(f"{ADDRESS}remind/?{query}").text
    )
    assert "There is nobody to remind." in senco.post(f"{ADDRESS}remind/?{query}").text


def test_the_chosen_are_taken_as_a_file_and_nobody_else():
    query = three().rsplit("&", 1)[0]
    answer = signed_in("senco").get(f"{ADDRESS}file/?{query}&file=xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert [row[0] for row in rows[1:]] == ["Atherton, Grace", "Hassan-Cole, Idris"]
    assert rows[0][7:9] == ["Record", "Why"] or "Record" in rows[0]


def test_theirs_and_nonsense_are_nobody():
    with acting_as("outsider", write=False):
        theirs = short(pupil("Zebedee").ref)
    page = signed_in("senco").get(f"{ADDRESS}ask/?pupil={theirs}&pupil=nonsense").text
    assert "You have chosen 0 pupils." in page
    assert "Zebedee" not in page


def test_the_count_asks_as_often_for_one_as_for_three():
    query = three()
    senco = signed_in("senco")
    senco.get(f"{ADDRESS}remind/?{query}")
    with asks(18):
        senco.get(f"{ADDRESS}remind/?{query}")
    with asks(18):
        senco.get(f"{ADDRESS}remind/?{query.split('&', 1)[0]}")
