"""Attendance, results and the behaviour log through the browser, told apart by their headings."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from opensenco.exchange.models import FileImport
from opensenco.kernel.refs import short
from opensenco.support.models import AssessmentResult, Incident
from tests.client import signed_in
from tests.exchange.lists import csv_of
from tests.pages.concerns.walking import text_of
from tests.people import acting_as

pytestmark = pytest.mark.django_db
IDRIS = ("Hassan-Cole", "Idris", "04/05/2018")
WHO = ("Surname", "Forename", "DOB")
WIDE = csv_of([(*IDRIS, "4", "4R", "7:11", "84", "12")],
              (*WHO, "Year", "Class", "Reading Age", "Spelling SS", "Boxall D"))  # fmt: skip
LOG = csv_of([(*IDRIS, "02/02/2027", "Shouting", "2", "In PE.", "")],
             (*WHO, "Date", "Category", "Points", "Description", "Action Taken"))  # fmt: skip
PRESENT = csv_of([(*IDRIS, "4", "4R", "93.1")],
                 (*WHO, "Year", "Reg", "% Attendance"))  # fmt: skip


def chosen(client, *files: tuple[str, bytes]):
    sent = [SimpleUploadedFile(name, content, "text/csv") for name, content in files]
    return client.post("/imports/", {"file": sent, "kind": "", "name_order": "surname-comma"})


def kinds() -> dict[str, str]:
    with acting_as("senco", write=False):
        return dict(FileImport.objects.order_by("-id").values_list("file_name", "kind")[:3])


@pytest.mark.requirement("S4-40")
def test_a_wide_table_asks_for_its_day_and_what_a_strange_column_holds():
    senco = signed_in("senco")
    answer = chosen(senco, ("a.csv", WIDE), ("b.csv", LOG), ("c.csv", PRESENT))
    assert kinds() == {"a.csv": "assessments", "b.csv": "behaviour", "c.csv": "attendance"}
    assert answer.status_code == 302
    with acting_as("senco", write=False):
        row = FileImport.objects.get(file_name="a.csv")
    page = f"/imports/{_short(row)}/columns/"
    shown = senco.get(page).content.decode()
    assert "on which day the results were reached" in shown
    form = {"version": "1", "once_on-day": "1", "once_on-month": "2", "once_on-year": "2027",
            "name_order": "surname-comma"}  # fmt: skip
    codes = ("pupil_last_name", "pupil_first_name", "pupil_born", "", "", "result_age",
             "result_standardised", "result_raw")  # fmt: skip
    form |= {f"column_{n}": code for n, code in enumerate(codes)}
    answer = senco.post(page, form)
    assert answer.status_code == 302, text_of(answer)
    address = answer.headers["Location"]
    seen = text_of(senco.get(address))
    assert "Reading Age, 1 February 2027: 7 years 11 months" in seen
    assert "Boxall D, 1 February 2027: 12" in seen
    version = re.search(r'name="version" value="(\d+)"', senco.get(address).text)
    assert version
    senco.post(f"{address}apply/", {"version": version[1]})
    with acting_as("senco", write=False):
        assert AssessmentResult.objects.filter(test="Boxall D", measure="raw").exists()
        log = FileImport.objects.get(file_name="b.csv")
    answer = senco.post(f"/imports/{_short(log)}/apply/", {"version": "1"})
    assert answer.status_code == 302, text_of(answer)
    with acting_as("senco", write=False):
        assert Incident.objects.get(category="Shouting").words == "In PE."
    assert signed_in("admin").get(f"/imports/{_short(log)}/").status_code == 403


def _short(row: FileImport) -> str:

    return short(row.ref)


@pytest.mark.worker
def test_a_command_says_the_days_of_a_list(tmp_path, capsys):
    file = tmp_path / "attendance.csv"
    file.write_bytes(PRESENT)
    told = ("--urn", "990101", "--json", "--dry-run")
    call_command(
        "import", "attendance", str(file), *told, "--starts", "2026-09-01", "--ends", "2027-02-12"
    )
    assert '"new": 1' in capsys.readouterr().out
    with pytest.raises(Exception, match="first and last day"):
        call_command("import", "attendance", str(file), *told)


def test_the_days_above_a_report_are_shown_to_be_confirmed():
    senco = signed_in("senco")
    title = b"Larkrise Primary,,,,,\r\nAttendance from 01/09/2026 to Fri 12th Feb 2027,,,,,\r\n"
    chosen(senco, ("report.csv", title + b"Printed on 13/02/2027,,,,,\r\n\r\n" + PRESENT))
    with acting_as("senco", write=False):
        row = FileImport.objects.get(file_name="report.csv")
    page = senco.get(f"/imports/{_short(row)}/columns/")
    assert "above the list say: from 1 September 2026 to 12 February 2027" in text_of(page)
    sent = dict(re.findall(r'name="(once_[^"]+)"[^>]*value="(\d+)"', page.text))
    assert [sent[f"once_starts-{part}"] for part in ("day", "month", "year")] == ["1", "9", "2026"]
    codes = ("pupil_last_name", "pupil_first_name", "pupil_born", "", "", "percent")
    form = {"version": "1", "name_order": "surname-comma", **sent}
    form |= {f"column_{n}": code for n, code in enumerate(codes)}
    answer = senco.post(f"/imports/{_short(row)}/columns/", form)
    assert answer.status_code == 302, text_of(answer)
    seen = text_of(senco.get(answer.headers["Location"]))
    assert "From 1 September 2026 , Until 12 February 2027" in seen
    again = text_of(senco.get(f"{answer.headers['Location']}columns/"))
    assert "First day that the figures count" in again
