"""A heap of papers, as people bring it in."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opensenco.documents.models import Document
from opensenco.exchange.models import FileImport, ImportRow
from opensenco.kernel.refs import short
from tests.client import signed_in
from tests.documents import samples
from tests.people import acting_as
from tests.support.asking import asks

pytestmark = pytest.mark.django_db
HEAP = "/imports/papers/"


def upload(*files: tuple[str, bytes]) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(name, content) for name, content in files]


def version_on(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return found[1]


def bring(client: Any, *files: tuple[str, bytes]) -> str:
    answer = client.post(HEAP, {"papers": upload(*files)})
    assert answer.status_code == 302, answer.text
    return str(answer.url)


def documents() -> dict[str, str]:
    with acting_as("senco", write=False):
        rows = Document.objects.filter(in_error_at__isnull=True).select_related("pupil")
        return {row.title: row.pupil.first_name for row in rows}


@pytest.mark.requirement("S4-40")
def test_a_zip_file_of_plans_is_shown_decided_about_filed_and_taken_back():
    client, before = signed_in("senco"), documents()
    assert HEAP in client.get("/imports/").text
    address = bring(
        client,
        (
            "old plans.zip",
            samples.zipped(
                {
                    "Atherton, Grace/IEP Autumn 2025.docx": samples.docx("one"),
                    "Hassan-Cole, Idris - EP report.pdf": samples.pdf("Date: 4 November 2025"),
                    "scan.docx": samples.docx("three"),
                    "Idris.docx": samples.docx("four"),
                    "holiday.docx": samples.docx("five"),
                    "tool.docx": samples.PROGRAM,
                }
            ),
        ),
    )
    page = client.get(f"{address}?show=new").text
    assert "Autumn 2025" in page
    assert "4 November 2025" in page
    assert "Atherton, Grace" in page
    assert "Which columns" not in page
    assert "is a program" in client.get(f"{address}?show=refused").text
    page = client.get(f"{address}?show=doubtful").text
    assert "Only a part of a name was found" in page
    with acting_as("senco", write=False):
        lines = {row.values["name"]: row.line for row in ImportRow.objects.exclude(values={})
                 if row.values.get("name")}  # fmt: skip
        asked = ImportRow.objects.get(line=lines["holiday.docx"], match="doubtful")
    sent = {"version": version_on(page)}
    idris = re.search(rf'name="line-{lines["Idris.docx"]}" [^>]*value="([^"]+)"', page)
    assert idris
    sent |= {
        f"line-{lines['Idris.docx']}": idris[1],
        f"other-line-{lines['scan.docx']}": "Nobody Such",
    }
    page = client.post(f"{address}decide/?show=doubtful", sent).text
    assert "No pupil here is called so" in page
    sent |= {f"other-line-{lines['scan.docx']}": "Wren, Poppy"}
    page = client.post(f"{address}decide/?show=doubtful", sent, follow=True).text
    assert "Your answers are kept" in page
    # one is put right on its own page: title, type, date, and whose it is
    own = f"{HEAP}{short(asked.ref)}/"
    page = client.get(own).text
    sent = {"version": version_on(page), "whose": "", "other": "Wren, Poppy", "title": "Her letter",
            "kind": "letter", "dated_0": "3", "dated_1": "2", "dated_2": "2026",
            "level": "confidential"}  # fmt: skip
    assert client.post(own, sent).status_code == 302
    page = client.get(address).text
    assert "File 5 papers" in page
    page = client.post(f"{address}apply/", {"version": version_on(page)}, follow=True).text
    assert "5 papers filed" in page
    filed = documents()
    assert filed["Her letter"] == "Poppy"
    assert filed["IEP Autumn 2025"] == "Grace"
    assert filed["Hassan-Cole, Idris - EP report"] == "Idris"
    assert filed["Idris"] == "Idris"
    page = client.get(f"{address}undo/").text
    client.post(f"{address}undo/", {"version": version_on(page)})
    assert documents() == before


def test_a_broken_heap_is_refused_at_its_field_and_who_may_not_file_does_not_see_it():
    client = signed_in("senco")
    for content, words in (
        (samples.locked_zip().replace(b"[Content_Types].xml", b"[Content_Typez].xml"), "password"),
        (samples.zipped({}), "no paper"),
        (samples.zipped({f"{n}.txt": b"" for n in range(1_001)}), "more than 1000 papers"),
    ):
        page = client.post(HEAP, {"papers": upload(("a.zip", content))}).text
        assert words in page
        assert "Error:" in page
    with acting_as("senco", write=False):
        assert not FileImport.objects.filter(kind="plans").exists()
    admin = signed_in("admin")
    assert HEAP not in admin.get("/imports/").text
    assert admin.get(HEAP).status_code == 403


def test_more_papers_ask_no_more_of_the_database():
    client = signed_in("senco")
    few = bring(client, *((f"Hassan-Cole, Idris {n}.txt", f"{n}".encode()) for n in range(2)))
    many = bring(client, *((f"Hassan-Cole, Idris x{n}.txt", f"x{n}".encode()) for n in range(30)))
    counts = []
    for address in (few, many):
        with asks(12):
            counts.append(client.get(f"{address}?show=new").text.count("Found by the name"))
    assert counts == [2, 30]
