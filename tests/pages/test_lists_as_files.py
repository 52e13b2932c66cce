"""Every list that people see goes out as a file, whole, through the page's own door."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from opensenco.audit.models import Opening
from opensenco.people.models import Group, Pupil
from opensenco.people.operations import pupils
from opensenco.provision.models import Allocation
from tests.client import StrictClient, signed_in
from tests.domain.support.steps import on_support, pupil
from tests.people import acting_as

pytestmark = pytest.mark.django_db
#: no name of a child stands in the name of a file
NAMES = re.compile("Idris|Hassan|Grace|Atherton", re.IGNORECASE)


def idris() -> str:
    return str(reverse("pupils:show", args=[Pupil.objects.get(first_name="Idris").ref]))


def row_of(name: str, model: type) -> Callable[[], str]:
    return lambda: str(reverse(name, args=[_about_idris(model).ref]))


def _about_idris(model: type):
    if model is Group:
        return Group.objects.get(name="4R")
    rows = Allocation.objects.filter(pupil__first_name="Idris")
    return rows[0] if model is Allocation else rows[0].provision


#: who opens it, the page, where its files are if not there, a cell of the first column, the kind
LISTS = {
    "register": ("senco", lambda: "/register/", None, "Hassan-Cole, Idris", "list"),
    "concerns": ("senco", lambda: "/concerns/", None, "Hassan-Cole, Idris", "list"),
    "staff": ("senco", lambda: "/school/staff/?show=now", None, "Amara Okafor", "list"),
    "classes": ("admin", lambda: "/school/classes/", None, "4R", "list"),
    "class": ("admin", row_of("school:class", Group), None, "Hassan-Cole, Idris", "list"),
    "packs": ("senco", lambda: "/packs/", None, "sent by us", "list"),
    "provision": ("senco", lambda: "/provision/", None, "", "list"),
    "given": ("senco", row_of("provision:show", object), None, "Hassan-Cole, Idris", "list"),
    "sessions": ("senco", row_of("provision:allocation", Allocation), None, "", "document"),
    "openings": ("senco", lambda: idris() + "account/?what=changed", None, "", "document"),
    "contacts": ("teacher", lambda: "/contact-log/", None, "", "list"),
    "contacts of one": ("teacher", lambda: idris() + "contact-log/", None, "", "document"),
    "letters": ("senco", lambda: "/letters/sent/", None, "", "list"),
    "records": ("senco", lambda: idris() + "records/?span=all", None, "", "document"),
    "who sees": ("senco", lambda: idris() + "who-sees/", None, "Amara Okafor", "document"),
    "waiting": ("senco", lambda: "/", "/lists/waiting/", "Yours", "list"),
    "dates": ("senco", lambda: "/", "/lists/dates/", "", "list"),
    "teaching": ("teacher", lambda: "/", "/lists/teaching/", "Hassan-Cole, Idris", "list"),
    "own classes": ("teacher", lambda: "/", "/lists/classes/", "4R", "list"),
}


def as_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def as_sheet(content: bytes) -> list[list]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def plain(cell: object) -> str:
    """Give a cell of a workbook as CSV writes it."""
    if isinstance(cell, float):
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def both(client: StrictClient, page: str, files: str | None):
    """Follow the two links of a page, which must stand on it; give the two answers."""
    text = client.get(page).text
    linked = dict.fromkeys(re.findall(r'href="([^"]*file=(?:xlsx|csv)|/register/csv/\?)"', text))
    path = page.partition("?")[0]
    mine = [one.replace("&amp;", "&") for one in linked if one.startswith(files or ("?", path))]
    assert len(mine) == 2, f"{page} links {list(linked)}"
    return [client.get(path + one if one.startswith("?") else one) for one in mine]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_the_same_as_a_page_an_excel_file_and_csv(name: str):
    who, address, files, first, kind = LISTS[name]
    with acting_as("senco", write=False):
        page = address()
    excel, text = both(signed_in(who), page, files)
    sheet, rows = as_sheet(excel.content), as_csv(text.content)
    assert len(rows) > 1, "the world has no row for this list"
    assert [[plain(cell) for cell in row] for row in sheet] == rows
    assert any(row[0] == first for row in rows[1:]) or not first
    for answer, ending in ((excel, "xlsx"), (text, "csv")):
        named = answer.headers["Content-Disposition"]
        assert named.rstrip('"').endswith(f".{ending}")
        assert not NAMES.search(named)
        assert answer.headers["Cache-Control"] == "no-store"
    with acting_as("senco", write=False):
        seen = Opening.objects.filter(person__email__startswith=f"{who}@").order_by("-id")[:2]
        assert {one.kind for one in seen} == {kind}
        if kind == "list":
            assert {one.count for one in seen} == {len(rows) - 1}
            assert {one.wanted.partition(" file")[0] for one in seen} == {"xlsx", "csv"}
        else:
            assert {one.pupil.first_name for one in seen} == {"Idris"}


def test_an_excel_file_says_what_was_chosen_of_which_day_it_is_and_who_took_it():
    content = signed_in("senco").get("/register/?status=K&file=xlsx").content
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    said: dict[object, object] = {
        row[0]: row[1] for row in book.get_sheet_by_name("About this list").to_python()
    }
    assert said["Chosen"] == "K"
    assert said["As it was on"] == date(2027, 3, 10)
    assert said["Taken by"] == "Amara Okafor, SENCO"
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    for kept in ('ySplit="1"', 'xSplit="1"', "<autoFilter", 'orientation="landscape"'):
        assert kept in sheet, kept


def test_pupils_who_were_found_go_out_and_their_names_stay_out_of_addresses():
    senco = signed_in("senco")
    senco.post(reverse("pupils:find"), {"q": "idris"})
    excel, text = both(senco, reverse("pupils:find"), None)
    assert as_csv(text.content)[1:] == as_sheet(excel.content)[1:] == [["Hassan-Cole, Idris", "4R"]]


def test_a_file_holds_the_whole_list_and_the_page_a_part_of_it():
    with acting_as("senco") as actor:
        for number in range(52):
            row = pupils.add_pupil(
                actor=actor, org=pupil().org, first_name=f"Child{number:02}",
                last_name="@Newcomer", birth_date=date(2018, 1, 1),
            )  # fmt: skip
            on_support(actor, row)
    senco = signed_in("senco")
    rows = as_csv(senco.get("/register/?file=csv&page=2").content)
    assert len(rows) == 54
    assert sum(row[0].startswith("'@Newcomer") for row in rows) == 52
    waiting = as_csv(senco.get("/lists/waiting/?file=csv").content)
    assert sum("Child" in row[1] for row in waiting) >= 52


def test_whoever_may_not_see_a_list_gets_no_file_of_it():
    for who, address in (("teacher", "/register/?file=csv"), ("teacher", "/school/staff/?file=csv"),
                         ("governor", "/lists/waiting/"), ("parent", "/lists/teaching/"),
                         ("ta", "/school/classes/?file=xlsx")):  # fmt: skip
        assert signed_in(who).get(address).status_code == 403, (who, address)


def test_a_kind_of_file_that_there_is_not_gives_the_page():
    assert "SEN register" in signed_in("senco").get("/register/?file=exe").text
