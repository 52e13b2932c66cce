"""The filing cabinet of a child, as people use it."""

import io
import re
import uuid
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from opensenco.audit.models import Opening
from opensenco.documents.files.scanner import Scanned, Verdict
from opensenco.documents.models import Document, DocumentVersion, StoredFile
from opensenco.documents.operations.scanning import record_scan
from opensenco.kernel.refs import short
from opensenco.people.models import Pupil
from tests.client import StrictClient, signed_in
from tests.documents import samples
from tests.people import acting_as
from tests.support.asking import asks

pytestmark = pytest.mark.django_db


def about(key: str = "senco") -> dict[str, str]:
    """Give the addresses round Idris' documents."""
    with acting_as(key, write=False):
        pupil = Pupil.objects.get(first_name="Idris")
        plan = Document.objects.get(title="IEP Spring 2026")
        version = DocumentVersion.objects.get(document=plan)
    return {
        "list": reverse("documents:list", args=[pupil.ref]),
        "file": reverse("documents:file", args=[pupil.ref]),
        "filed": reverse("documents:filed", args=[pupil.ref]),
        "hand_in": reverse("documents:hand_in", args=[pupil.ref]),
        "plan": reverse("documents:show", args=[plan.ref]),
        "bytes": reverse("documents:download", args=[version.ref]),
    }


def upload(*files: tuple[str, bytes]) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(name, content) for name, content in files]


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))


def test_a_plan_is_found_from_the_pupils_page_and_saved():
    client, there = signed_in("teacher"), about()
    with acting_as("senco", write=False):
        pupil = Pupil.objects.get(first_name="Idris")
    assert there["list"] in client.get(reverse("pupils:show", args=[pupil.ref])).text
    page = client.get(there["list"]).text
    assert "IEP Spring 2026" in page
    assert "12 January 2026" in page
    page = client.get(there["plan"]).text
    assert "No virus scanner is set up here" in page
    assert there["bytes"] in page
    answer = client.get(there["bytes"])
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="plan-2026-01-12-v1.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store"
    assert b"".join(answer.streaming_content).startswith(b"%PDF-1.4")  # type: ignore[attr-defined]
    with acting_as("senco", write=False):
        looks = Opening.objects.filter(
            wanted=str(Document.objects.get(title="IEP Spring 2026").ref)
        )
        assert [one.kind for one in looks.order_by("id")] == ["page", "document"]
    told = text_of(signed_in("senco").get(there["plan"]).text)
    assert "saved the file" in told


def test_several_papers_are_filed_in_one_go_and_put_right():
    client, there = signed_in("senco"), about()
    answer = client.post(
        there["file"],
        {
            "papers": upload(
                ("Idris IEP 03.10.2025.docx", samples.docx()),
                ("EP report - Autumn 2025.pdf", samples.pdf("EP")),
                ("photo.jpg", samples.JPEG),
            ),
            "came_from": "Mill Lane School",
        },
        follow=True,
    )
    page = answer.text
    assert "3 papers are filed" in page
    assert "Autumn 2025" in page
    with acting_as("senco", write=False):
        rows = {row.title: row for row in Document.objects.filter(came_from="Mill Lane School")}
    plan, report = rows["Idris IEP 03.10.2025"], rows["EP report - Autumn 2025"]
    assert (plan.kind, plan.dated, plan.level) == ("plan", date(2025, 10, 3), "ordinary")
    assert (report.kind, report.dated_as, report.level) == ("report", "Autumn 2025", "confidential")
    assert rows["photo"].dated is None
    sent = hidden(page)
    for place, title in enumerate(("Support plan", "Psychologist", "His model")):
        said = {"title": title, "kind": "evidence", "dated": "4/11/2025", "level": "ordinary"}
        sent |= {f"{name}-{place}": value for name, value in said.items()}
    page = client.post(there["filed"], sent, follow=True).text
    assert "Psychologist" in page
    assert page.count("4 November 2025") == 3
    assert "version 2" not in page


def test_a_photo_is_filed_beside_files_and_nothing_at_all_is_asked_for_again():
    client, there = signed_in("senco"), about()
    page = client.get(there["file"]).text
    assert re.search(r'name="photo" type="file"[^>]*capture="environment"', page)
    sent = {"papers": upload(("a.txt", b"fine")), "photo": upload(("image.jpg", samples.JPEG))}
    assert "2 papers are filed" in client.post(there["file"], sent, follow=True).text
    photo = {"photo": upload(("page 2.jpg", samples.JPEG + b"2"))}
    passed = signed_in("ta").post(there["hand_in"], photo, follow=True)
    assert "Passed to the safeguarding lead" in passed.text
    assert "Choose a file for" in signed_in("ta").post(there["hand_in"], {}).text


def test_a_refused_file_is_named_to_who_sent_it_and_nothing_is_filed():
    client, there = signed_in("senco"), about()
    page = client.post(
        there["file"],
        {"papers": upload(("a.txt", b"fine"), ("Amara's plan.docx", samples.PROGRAM))},
    ).text
    assert "Amara’s plan.docx" in page.replace("&#39;", "’")
    assert "This is a program and not a paper" in page
    assert "Nothing has been filed" in page
    with acting_as("senco", write=False):
        assert not Document.objects.filter(title="a").exists()
    page = client.post(there["file"], {}).text
    assert "Error:" in page


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("x.html", samples.HTML, None),
        ("x.svg", samples.SVG, None),
        (
            "x.pdf",
            samples.pdf(inside=b"/OpenAction << /S /JavaScript /JS (x) >>"),
            "application/pdf",
        ),
        ("x.html", b"Only words.", "text/plain"),
    ],
)
def test_nothing_that_could_act_reaches_a_browser_as_a_page(name, content, kind):
    client, there = signed_in("senco"), about()
    answer = client.post(there["file"], {"papers": upload((name, content))}, follow=True)
    if kind is None:
        assert "can run scripts" in answer.text
        return
    if kind == "application/pdf":
        assert "This PDF holds a script" in answer.text
    address = re.search(r'href="(/documents/versions/[^"]+)"', answer.text)
    assert address
    saved = client.get(address[1])
    assert saved["Content-Type"] == kind
    assert saved["Content-Disposition"].startswith("attachment")
    assert saved["X-Content-Type-Options"] == "nosniff"


def test_two_gigabytes_are_refused_without_a_byte_being_read():
    class Unread(io.BytesIO):
        def read(self, *_size: Any) -> bytes:
            raise AssertionError("the body was read")

    client, there = signed_in("senco"), about()
    sent: Any = {"CONTENT_LENGTH": str(2 * 1024**3), "wsgi.input": Unread()}
    answer = client.post(there["file"], {"papers": upload(("a.txt", b"x"))}, **sent)
    assert answer.status_code == 413
    assert "too much to send at once" in answer.text


def test_a_newer_version_is_filed_and_a_mistake_is_closed():
    client, there = signed_in("teacher"), about()
    page = client.post(
        f"{there['plan']}version/",
        {"file": upload(("new.pdf", samples.pdf("new")))[0], "note": "After the review"},
        follow=True,
    ).text
    assert "Version 2" in page
    assert "After the review" in page
    sent = hidden(client.get(f"{there['plan']}details/").text)
    sent |= {"title": "Support plan", "kind": "review", "level": "ordinary"}
    assert "Support plan" in client.post(f"{there['plan']}details/", sent, follow=True).text
    late = client.post(
        f"{there['plan']}error/", {"version": "1", "reason": "Of another child"}
    ).text
    assert "Someone else changed this" in late
    sent = {"version": "2", "reason": "Of another child"}
    page = client.post(f"{there['plan']}error/", sent, follow=True).text
    assert "Support plan" not in page
    assert "Support plan" in client.get(there["list"], {"state": "error"}).text
    assert signed_in("dsl").get(there["plan"]).status_code == 403


def test_a_paper_for_the_safeguarding_lead_is_seen_and_settled_by_them_alone():
    there = about()
    page = (
        signed_in("ta")
        .post(there["hand_in"], {"papers": upload(("Drawing.jpg", samples.JPEG))}, follow=True)
        .text
    )
    assert "Passed to the safeguarding lead" in page
    for key in ("senco", "teacher"):
        assert "Drawing" not in signed_in(key).get(there["list"]).text
        assert "Drawing" not in signed_in(key).get("/").text
    lead = signed_in("dsl")
    assert "Open the paper that" in lead.get("/").text
    page = lead.get(there["list"]).text
    assert "safeguarding" in page
    found = re.search(r'href="(/documents/[\w-]{22}/)">Drawing', page)
    assert found
    bytes_at = re.search(r'href="(/documents/versions/[^"]+)"', lead.get(found[1]).text)
    assert bytes_at
    assert lead.get(bytes_at[1]).status_code == 200
    assert "Open the paper that" not in lead.get("/").text
    account = signed_in("senco").get(
        f"{there['list'].removesuffix('documents/')}account/?what=opened"
    )
    assert "safeguarding" not in account.text
    assert signed_in("senco").get(found[1]).status_code == 403


def test_a_file_waits_for_the_scanner_and_opens_when_it_has_looked(settings):
    settings.SCANNER = "tcp://127.0.0.1:1"
    client, there = signed_in("senco"), about()
    page = client.post(there["file"], {"papers": upload(("a.txt", b"words"))}, follow=True).text
    assert "waits for the virus scanner" in page
    address = re.search(r'href="(/documents/versions/[^"]+)"', page)
    assert address
    assert "cannot be opened now" in client.get(address[1]).text
    with acting_as("senco") as actor:
        row = StoredFile.objects.get(scan="waits")
        record_scan(actor=actor, stored_file=row, said=Scanned(Verdict.CLEAN))
    assert client.get(address[1])["Content-Type"] == "text/plain"
    with acting_as("senco") as actor:
        row = StoredFile.objects.get(pk=row.pk)
        record_scan(actor=actor, stored_file=row, said=Scanned(Verdict.FOUND, "Eicar"))
    assert "scanner found something" in client.get(address[1]).text
    assert "found something in a file that you filed" in client.get("/").text


def test_the_list_is_sorted_filtered_and_goes_out_and_more_papers_ask_no_more():
    client, there = signed_in("senco"), about()
    client.post(there["file"], {"papers": upload(("Letter B.txt", b"b"), ("Letter C.txt", b"c"))})
    page = client.get(there["list"], {"kind": "letter", "sort": "-title"}).text
    assert page.index("Letter C") < page.index("Letter B")
    assert "IEP Spring" not in page
    table = client.get(there["list"], {"file": "csv", "sort": "title"}).content.decode("utf-8-sig")
    assert [line.split(",")[0] for line in table.splitlines()[1:]] == [
        "A story in two steps", "IEP Spring 2026", "Letter B", "Letter C",
    ]  # fmt: skip
    many = [(f"Evidence {n}.txt", str(n).encode()) for n in range(20)]
    client.post(there["file"], {"papers": upload(*many)}, follow=True)
    with asks(12):
        assert "Evidence 19" in client.get(there["list"]).text


def test_who_may_not_know_of_a_document_gets_the_same_as_a_stranger():
    there = about()
    stranger = signed_in("outside_teacher")
    nothing = reverse("documents:show", args=[short(uuid.uuid4())])
    for address in (there["plan"], there["bytes"], nothing):
        assert stranger.get(address).status_code == 404
    assert isinstance(stranger, StrictClient)
    assert 'value="safeguarding"' not in signed_in("senco").get(there["file"]).text
