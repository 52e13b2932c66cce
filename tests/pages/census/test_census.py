"""The school census as a page and as files: errors first, where each is mended, nothing made up."""

import csv
import io
import re
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from opensenco.audit.models import Opening
from opensenco.people.models import Pupil
from opensenco.people.operations import pupils
from opensenco.support.operations import needs
from tests.cast import TODAY
from tests.client import signed_in
from tests.domain.support.steps import on_support, pupil
from tests.pages.concerns.walking import text_of
from tests.people import acting_as

pytestmark = pytest.mark.django_db
ADDRESS = "/census/"
SPRING = "?census=2028-01-20"


def sheet(content: bytes) -> list[list]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def rows_of(page: str) -> list[str]:
    return re.findall(r'<th role="rowheader" scope="row"><a href="[^"]+">([^<]+)</a>', page)


@pytest.mark.requirement("S1-13")
@pytest.mark.rule("IDN-09")
def test_the_next_census_is_shown_and_nothing_wrong_is_said_plainly():
    client = signed_in("senco")
    page = text_of(client.get(ADDRESS))
    assert "Summer school census, 20 May 2027" in page
    assert "Nothing is wrong" in page
    assert "Types of need are collected in spring only" in page
    assert "does not depend on how many pupils" in page
    assert "First Thursday" in page or "first Thursday in October" in page
    assert rows_of(client.get(ADDRESS).text) == ["Hassan-Cole, Idris"]
    assert len(rows_of(client.get(f"{ADDRESS}?view=all").text)) == 3
    assert 'href="/census/"' in client.get("/register/").text


@pytest.mark.rule("IDN-09")
def test_what_is_wrong_stands_first_with_the_page_that_mends_it():
    with acting_as("senco") as actor:
        on_support(actor, pupil("Poppy"))
    client = signed_in("senco")
    raw = client.get(ADDRESS + SPRING).text
    assert rows_of(raw) == ["Wren, Poppy", "Hassan-Cole, Idris"]
    mend = re.search(r'href="([^"]+/needs/)">Rank the needs', raw)
    assert mend is not None
    assert client.get(mend.group(1)).status_code == 200
    page = text_of(client.get(ADDRESS + SPRING))
    assert "Error No main type of need (rank 1) is recorded." in page
    assert "Nothing is wrong" not in page
    assert "SEN unit or in resourced provision" in page
    assert rows_of(client.get(f"{ADDRESS}{SPRING}&view=errors").text) == ["Wren, Poppy"]
    assert "No errors." in client.get(f"{ADDRESS}?view=errors").text
    changed = client.get(f"{ADDRESS}?view=changed").text
    assert rows_of(changed) == ["Wren, Poppy"]
    assert "was N" in changed


def test_the_check_list_goes_out_as_shown():
    with acting_as("senco") as actor:
        on_support(actor, pupil("Poppy"))
    answer = signed_in("senco").get(f"{ADDRESS}?file=xlsx")
    assert 'filename="census-sen-check-2027-05-20.xlsx"' in answer.headers["Content-Disposition"]
    heads, first, second = sheet(answer.content)
    assert heads[:4] == ["Pupil", "Class", "UPN", "SEN provision"]
    assert first[0] == "Wren, Poppy"
    assert first[6].startswith("Look at: No main type of need")
    assert first[7] == "was N"
    assert second[3:5] == ["K", "1 SLCN, 2 SPLD"]
    assert second[5] == date(2026, 2, 3)


@pytest.mark.rule("IDN-09", "IDN-08")
def test_the_extract_has_the_census_s_own_names_and_whom_one_chooses():
    with acting_as("senco") as actor:
        row = pupils.add_pupil(
            actor=actor, org=pupil().org, first_name="Ada", last_name="=1+1",
            birth_date=date(2019, 4, 5), upn="E891999024001", sex="F", year_group=0,
            joined_on=date(2026, 9, 1),
        )  # fmt: skip
        on_support(actor, row)
        needs.rank_needs(actor=actor, pupil=row, codes=["ASD"])
        pupils.change_pupil(actor=actor, pupil=pupil("Grace"), version=None, upn="Q89199902400A")
        on_support(actor, pupil("Poppy"))
    client = signed_in("senco")
    page = client.get(ADDRESS + SPRING).text
    assert "2 pupils have no UPN in this record" in page
    assert "1 pupil has a temporary UPN" in page
    links = [
        one.replace("&amp;", "&") for one in re.findall(r'href="(\?[^"]*extract=[^"]+)"', page)
    ]
    assert len(links) == 4
    by_kind = {link.partition("extract=")[2]: client.get(ADDRESS + link) for link in links}
    clean = sheet(by_kind["clean&file=xlsx"].content)
    assert clean[0] == [
        "UPN", "Surname", "Forename", "DOB", "Sex", "NCyearActual", "EntryDate", "SENprovision",
        "SENtype1", "SENtype2", "SENunitIndicator", "ResourcedProvisionIndicator",
    ]  # fmt: skip
    assert clean[1] == [
        "E891999024001", "=1+1", "Ada", date(2019, 4, 5), "F", "R", date(2026, 9, 1), "K",
        "ASD", "", "", "",
    ]  # fmt: skip
    assert "Poppy" not in [row[2] for row in clean]
    text = by_kind["all&file=csv"].content.decode("utf-8-sig")
    every = list(csv.reader(io.StringIO(text, newline="")))
    assert every[0][-1] == "What is wrong"
    by_name = {row[2]: row for row in every[1:]}
    assert by_name["Ada"][1] == "'=1+1"
    assert by_name["Poppy"][-1].startswith("Error: No main type of need")
    assert by_name["Grace"][7] == "N"
    assert by_name["Ada"][3] == "2019-04-05"
    with acting_as("senco", write=False):
        seen = Opening.objects.latest("id")
        assert (seen.kind, seen.count) == ("list", len(every) - 1)
        assert seen.wanted == "csv file census-sen-extract-2028-01-20"


def test_types_of_need_are_left_out_where_they_are_not_collected():
    answer = signed_in("senco").get(f"{ADDRESS}?extract=all&file=csv")
    heads = answer.content.decode("utf-8-sig").splitlines()[0]
    assert "SENprovision" in heads
    assert "SENtype" not in heads
    assert "SENunitIndicator" not in heads


def test_the_office_checks_and_only_who_decides_is_led_to_mend():
    with acting_as("senco") as actor:
        on_support(actor, pupil("Poppy"))
    page = signed_in("admin").get(ADDRESS + SPRING).text
    assert "No main type of need" in page
    assert "/needs/" not in page


def test_a_part_of_a_school_is_no_census():
    for who in ("phase_senco", "teacher", "ta", "governor", "parent"):
        assert signed_in(who).get(ADDRESS).status_code == 403, who
    assert 'href="/census/"' not in signed_in("phase_senco").get("/register/").text


@pytest.mark.parametrize("query", ["?census=x&view=y&school=z&extract=no", "?census=1999-01-01",
                                   "?page=99&file=exe"])  # fmt: skip
def test_an_address_that_means_nothing_asks_for_the_next_census(query: str):
    assert "Summer school census" in signed_in("senco").get(ADDRESS + query).text


def test_a_day_on_which_nobody_is_on_roll_offers_an_import():
    with acting_as("senco") as actor:
        for row in Pupil.objects.all():
            pupils.change_pupil(actor=actor, pupil=row, version=None, left_on=TODAY)
    page = signed_in("senco").get(ADDRESS).text
    assert "No pupil is on roll on that day." in page
    assert "Import a pupil list" in page
