"""The register as a page: counted, filtered by the address, sorted, paged, and as a file."""

import csv
import io
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from opensenco.audit.models import Opening
from opensenco.kernel.refs import short
from opensenco.people.models import Group
from opensenco.people.operations import pupils
from opensenco.support.operations import cycles, plans
from tests.cast import TODAY
from tests.client import signed_in
from tests.domain.support.steps import on_support, pupil
from tests.people import acting_as

pytestmark = pytest.mark.django_db
ADDRESS = "/register/"


def names(page: str) -> list[str]:
    return re.findall(r'<th role="rowheader" scope="row"><a href="[^"]+">([^<]+)</a>', page)


def newcomers(count: int) -> None:
    with acting_as("senco") as actor:
        for number in range(count):
            row = pupils.add_pupil(
                actor=actor,
                org=pupil().org,
                first_name=f"Child{number:02}",
                last_name="Newcomer",
                birth_date=date(2018, 1, 1),
            )
            on_support(actor, row)


@pytest.mark.requirement("S1-02", "S1-13")
def test_the_register_counts_says_what_is_missing_and_whose_turn_it_is():
    with acting_as("senco") as actor:
        on_support(actor)
    page = signed_in("senco").get(ADDRESS).text
    assert "2 pupils: 2 on SEN support." in page
    assert names(page) == ["Atherton, Grace", "Hassan-Cole, Idris"]
    assert "type of need, plan" in page
    assert "Your turn" in page
    assert "SLCN" in page


@pytest.mark.requirement("S1-13", "S2-17")
def test_a_saved_view_shows_the_records_that_are_not_up_to_date():
    with acting_as("senco") as actor:
        on_support(actor, pupil("Poppy"))
        december = replace(actor, at=actor.at - timedelta(days=90))
        cycle = cycles.open_cycle(actor=december, pupil=pupil("Grace"))
        plans.agree_plan(actor=december, cycle=cycle, review_on=date(2027, 2, 28))
    senco = signed_in("senco")
    page = senco.get(ADDRESS).text
    # a plan without a status lacks nothing that the checks ask for; Idris' is reviewed
    assert "Something is missing, 2" in page
    found = senco.get(f"{ADDRESS}?view=gaps").text
    assert names(found) == ["Hassan-Cole, Idris", "Wren, Poppy"]
    assert names(senco.get(f"{ADDRESS}?mark=gap").text) == ["Hassan-Cole, Idris", "Wren, Poppy"]
    assert "No pupil matches." in senco.get(f"{ADDRESS}?mark=complete").text
    late = senco.get(f"{ADDRESS}?view=soon").text
    assert names(late) == ["Atherton, Grace"]
    assert "Sun 28 Feb, 10 over" in late


def test_the_address_keeps_filters_and_sort():
    with acting_as("senco") as actor:
        on_support(actor)
        ref = short(Group.objects.get(name="4R").ref)
    senco = signed_in("senco")
    page = senco.get(f"{ADDRESS}?status=K&need=SLCN&group={ref}&sort=-name").text
    assert names(page) == ["Hassan-Cole, Idris"]
    assert '<option value="SLCN" selected>' in page
    assert 'aria-sort="descending"' in page
    assert re.search(r'href="\?[^"]*need=SLCN[^"]*sort=class', page)


def test_a_filter_without_result_is_repeated_in_words():
    page = signed_in("senco").get(f"{ADDRESS}?status=E&need=HI").text
    assert "No pupil matches." in page
    assert "You chose:" in page
    assert "Drop “HI”" in page
    assert 'href="?status=E"' in page


@pytest.mark.parametrize("query", ["?sort=x&page=99&view=y&need=ZZ&status=Q", "?group=nonsense",
                                   "?page=-1", "?need=%00"])  # fmt: skip
def test_an_address_that_means_nothing_asks_for_nothing(query):
    assert names(signed_in("senco").get(ADDRESS + query).text) == ["Hassan-Cole, Idris"]


def test_a_page_has_fifty_and_the_rest_is_one_link_away():
    newcomers(52)
    senco = signed_in("senco")
    first = senco.get(ADDRESS).text
    assert len(names(first)) == 50
    assert "Showing 1 to 50 of 53" in first
    assert names(senco.get(f"{ADDRESS}?page=2").text)[-1] == "Newcomer, Child51"
    assert len(names(senco.get(f"{ADDRESS}?show=all").text)) == 53


def test_the_file_holds_what_the_page_chooses_and_no_sums():
    with acting_as("senco") as actor:
        row = pupils.add_pupil(
            actor=actor,
            org=pupil().org,
            first_name="Ada",
            last_name="=HYPERLINK(1)",
            birth_date=date(2018, 1, 1),
        )
        on_support(actor, row)
    answer = signed_in("senco").get("/register/csv/?sort=-name")
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["Pupil", "Class", "Status"]
    assert sorted(row[0] for row in rows[1:]) == ["'=HYPERLINK(1), Ada", "Hassan-Cole, Idris"]
    assert all(not cell.startswith("=") for row in rows for cell in row)
    assert 'filename="sen-register.csv"' in answer.headers["Content-Disposition"]


def test_the_register_is_an_excel_file_with_days_as_days_and_is_logged_as_one():
    senco = signed_in("senco")
    page = senco.get(f"{ADDRESS}?status=K&page=1").text
    assert 'href="/register/?status=K&amp;file=xlsx"' in page
    assert 'href="/register/csv/?status=K"' in page
    answer = senco.get(f"{ADDRESS}?status=K&file=xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    heads, row = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert heads[:3] == ["Pupil", "Class", "Status"]
    assert row[:3] == ["Hassan-Cole, Idris", "4R", "K"]
    assert isinstance(row[4], date)
    with acting_as("senco", write=False):
        opening = Opening.objects.order_by("-id").first()
        assert opening is not None
        assert (opening.kind, opening.count) == ("list", 1)
        assert opening.wanted == "xlsx file status=K"


def test_a_look_at_the_list_is_logged_once_with_what_was_asked():
    signed_in("senco").get(f"{ADDRESS}?status=K")
    with acting_as("senco", write=False):
        opening = Opening.objects.get(action="register.view")
        assert (opening.kind, opening.wanted, opening.count) == ("list", "status=K", 1)


@pytest.mark.parametrize(("who", "sees"), [("admin", 1), ("phase_senco", 1), ("head", 1)])
def test_whoever_keeps_the_register_reads_it(who, sees):
    assert len(names(signed_in(who).get(ADDRESS).text)) == sees


@pytest.mark.parametrize("who", ["teacher", "ta", "governor", "parent"])
def test_nobody_else_reads_it(who):
    assert signed_in(who).get(ADDRESS).status_code == 403


def test_a_first_day_offers_a_way_in():
    with acting_as("senco") as actor:
        pupils.change_pupil(
            actor=actor,
            pupil=pupil("Idris"),
            version=None,
            left_on=TODAY - timedelta(days=1),
        )
    page = signed_in("senco").get(ADDRESS).text
    assert "Nobody is on the register yet." in page


def test_a_page_asks_as_much_for_one_row_as_for_fifty():
    senco = signed_in("senco")
    senco.get(ADDRESS)
    with CaptureQueriesContext(connection) as one:
        senco.get(ADDRESS)
    newcomers(50)
    with CaptureQueriesContext(connection) as fifty:
        senco.get(ADDRESS)
    assert len(one) == len(fifty)
