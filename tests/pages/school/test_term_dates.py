"""The page on which a school enters its terms, half-terms, training days and closed days."""

import re
from datetime import date
from typing import Any

import pytest

from opensenco.cases.calendar import calendar_of
from opensenco.cases.operations.everyday import enter_term_dates
from opensenco.cases.term_dates import Entry
from opensenco.concerns.operations.raising import raise_concern
from opensenco.kernel.refs import short
from opensenco.law.calendar.school import DayKind
from opensenco.law.calendar.years import AcademicYear
from opensenco.people.models import Pupil
from opensenco.people.queries import place
from tests.client import StrictClient, signed_in
from tests.people import acting_as

pytestmark = pytest.mark.django_db
PAGE = "/school/term-dates/"
WHOLE = {
    "term_1_first": "1/9/2026", "term_1_last": "18/12/2026",
    "term_2_first": "4 January 2027", "term_2_last": "25/3/2027",
    "term_3_first": "12/4/2027", "term_3_last": "21/7/2027",
    "half_term_1_first": "26/10/2026", "half_term_1_last": "30/10/2026",
    "half_term_2_first": "15/2/2027", "half_term_2_last": "19/2/2027",
    "half_term_3_first": "31/5/2027", "half_term_3_last": "4/6/2027",
    "inset_1_first": "1/9/2026", "inset_2_first": "4/1/2027",
    "closed_1_first": "6/5/2027",
}  # fmt: skip


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def send(client: StrictClient, version: int = 0, **changed: str) -> Any:
    return client.post(f"{PAGE}?year=2026", {**WHOLE, "version": version, **changed})


def counted_on(day: date) -> bool:
    """Say whether pupils come in on a day, by the calendar that the law is given."""
    with acting_as("senco", write=False) as actor:
        return calendar_of(place(actor).pk, day).calendar.is_school_day(day)


@pytest.mark.parametrize("who", ["senco", "head", "admin"])
def test_the_year_is_entered_and_counted_along(who):
    client = signed_in(who)
    assert "Not entered yet." in text_of(client.get(PAGE).text)
    answer = send(client)
    assert answer.status_code == 302, answer.text
    page = text_of(client.get(answer.url).text)
    assert "The term dates are saved." in page
    assert "School days 192" in page
    assert 'value="25/3/2027"' in client.get(answer.url).text
    assert counted_on(date(2026, 9, 2))
    closed = ("2026-09-01", "2026-10-28", "2026-12-21", "2027-03-26", "2027-05-06", "2027-08-02")
    assert not any(counted_on(date.fromisoformat(day)) for day in closed)


def test_what_is_wrong_stands_at_its_row_and_nothing_is_saved():
    client = signed_in("senco")
    answer = send(
        client, term_1_last="18/8/2026", term_2_first="31/2/2027", half_term_3_last="",
        inset_2_first="4/1/2028", closed_1_first="x",
    )  # fmt: skip
    page = text_of(answer.text)
    assert "needs a day that exists: February 2027 has 28 days" in page
    assert "must be a day, like 27/9/2027. You wrote “x”" in page
    answer = send(client, term_1_last="18/8/2026", inset_2_first="4/1/2028")
    page = text_of(answer.text)
    assert "18 August 2026 is before 1 September 2026." in page
    assert "4 January 2028 is not in the school year 2026/27." in page
    assert 'href="#id_inset_2_first"' in answer.text
    assert 'value="4/1/2028"' in answer.text
    assert "Enter the last day too." in send(client, half_term_3_last="").text
    assert "Not entered yet." in text_of(client.get(PAGE).text)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"term_2_first": "14/12/2026"}, "before the one before it ends, on 18 December 2026"),
        ({"term_2_first": "", "term_2_last": "", "half_term_2_first": "", "half_term_2_last": "",
          "inset_2_first": ""}, "From 18 December 2026 to 12 April 2027 is too long for a holiday"),
        ({"inset_1_first": "4/8/2026"}, "4 August 2026 is in no term"),
        ({"inset_1_first": "5/9/2026"}, "5 September 2026 is at a weekend"),
        ({"half_term_2_last": "12/4/2027"}, "is not within one term"),
        ({"inset_3_first": "27/10/2026"}, "27 October 2026 is entered twice"),
        (dict.fromkeys(WHOLE, ""), "Enter at least one term."),
    ],
)  # fmt: skip
def test_a_year_that_cannot_be_is_refused_in_plain_words(changed, sentence):
    assert sentence in text_of(send(signed_in("senco"), **changed).text)


def test_two_people_at_one_year_are_told():
    client, head = signed_in("senco"), signed_in("head")
    send(head, term_3_last="23/7/2027")
    answer = send(client, closed_1_first="")
    page = text_of(answer.text)
    assert "Two versions of the same record" in page
    assert "Yours, not saved 21 July 2027 Theirs, saved 23 July 2027" in re.sub(" +", " ", page)
    assert counted_on(date(2027, 7, 23))
    again = re.search(r'name="version" value="(\d+)"', answer.text)
    assert again
    assert send(client, version=int(again[1]), closed_1_first="").status_code == 302
    assert not counted_on(date(2027, 7, 23))


def test_a_day_that_commands_opened_stays_when_the_page_is_saved():
    saturday = date(2026, 9, 12)
    with acting_as("senco") as actor:
        enter_term_dates(
            actor=actor, org=place(actor), year=AcademicYear(2026), version=None,
            entries=[
                Entry(date(2026, 9, 1), date(2026, 12, 18), DayKind.TERM),
                Entry(date(2026, 9, 3), date(2026, 9, 4), DayKind.INSET),
                Entry(saturday, saturday, DayKind.OPEN),
            ],
        )  # fmt: skip
    client = signed_in("senco")
    assert 'value="4/9/2026"' in client.get(PAGE).text
    assert send(client, version=1).status_code == 302
    assert counted_on(saturday)


def test_each_school_and_each_year_has_its_own():
    client = signed_in("shared_senco")
    page = client.get(f"{PAGE}?year=2027")
    assert "Term dates 2027/28" in text_of(page.text)
    assert "Weir School" in page.text
    for odd in ("?year=1", "?year=x", "?school=x", "?year=99999"):
        assert "Term dates 2026/27" in text_of(client.get(PAGE + odd).text)


def test_whoever_may_is_led_here_from_a_date_that_was_counted_without_term_dates():
    link = f'href="{PAGE}'
    with acting_as("teacher") as actor:
        grace = Pupil.objects.get(first_name="Grace")
        concern = raise_concern(actor=actor, pupil=grace, noticed="Guesses words.")
    address = f"/concerns/{short(concern.ref)}/"
    for shown in (address, "/", f"/pupils/{short(grace.ref)}/", "/provision/"):
        assert link in signed_in("senco").get(shown).text, shown
    assert link not in signed_in("teacher").get(address).text
    send(signed_in("senco"), closed_1_first="")
    assert link not in signed_in("senco").get(address).text
