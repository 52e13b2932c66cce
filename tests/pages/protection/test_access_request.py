"""A subject access request told by its pages: taken down, gathered, looked through, given."""

import csv
import hashlib
import io
import json
import re
import zipfile
from typing import Any

import pyrage
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from opensenco.access.personal import declared
from opensenco.gate.models import Draft
from opensenco.people.models import Pupil
from opensenco.protection import held, jobs
from opensenco.protection.models import DataRequest, GatheredItem, RequestPackage
from tests.cast import NOW
from tests.client import signed_in
from tests.documents.samples import PHOTO, docx, pdf, turned
from tests.pages.asking.test_round import as_it_stands
from tests.pages.concerns.walking import text_of
from tests.people import acting_as

pytestmark = [pytest.mark.django_db, pytest.mark.worker]
WORD = "Sapphirine"


def to(name: str, row: Any) -> str:
    return reverse(f"protection:{name}", args=[row.ref])


def idris() -> Pupil:
    with acting_as("senco", write=False):
        return Pupil.objects.select_related("org").get(first_name="Idris")


def work() -> None:
    """Do what the worker does with each job that waits."""
    for task in (jobs.gather, jobs.make_package):
        rows = DBTaskResult.objects.filter(task_path=task.module_path, status="READY")
        for job in rows:
            task.func(*job.args_kwargs["args"])
        rows.update(status="SUCCESSFUL")


def taken_down(client: Any, **given: str) -> DataRequest:
    form = client.get(to("add", idris()))
    answers = {
        "asks": "access", "asked_by": "Leila Hassan", "asker": "parent", "came": "spoken",
        "identity": "known", "received_on": "28/2/2027", **given,
    }  # fmt: skip
    page = text_of(client.post(to("add", idris()), as_it_stands(form, **answers), follow=True))
    assert "Taken down. The clock runs." in page
    with acting_as("senco", write=False):
        return DataRequest.objects.select_related("pupil").order_by("-id")[0]


def happened(client: Any, row: DataRequest, what: str, on: str, words: str = "") -> str:
    at = to("happened", row)
    sent = as_it_stands(client.get(at), what=what, on=on, words=words)
    return text_of(client.post(at, sent, follow=True))


def given_away(client: Any, row: DataRequest) -> zipfile.ZipFile:
    client.post(to("package", row))
    work()
    with acting_as("dsl", write=False):
        made = RequestPackage.objects.filter(data_request=row).order_by("-id")[0]
    return zipfile.ZipFile(io.BytesIO(b"".join(client.get(to("file", made)))))


@pytest.mark.rule("GOV-04")
def test_the_clock_of_a_request_stands_still_goes_on_and_is_extended_in_time():
    senco = signed_in("senco")
    late = as_it_stands(senco.get(to("add", idris())), asks="access", asker="parent", came="email",
                        asked_by="L", identity="known", received_on="11/3/2027")  # fmt: skip
    refused = text_of(senco.post(to("add", idris()), late))
    assert "The day on which it came must be today or in the past." in refused
    row = taken_down(senco, identity="waits")
    page = text_of(senco.get(to("show", row)))
    assert "30 March 2027" in page, "28 March is Easter Sunday, 29 March a bank holiday"
    assert "the month runs from the day it comes" in page
    assert "Proof of identity came" in senco.get(to("happened", row)).text
    happened(senco, row, "proof", "2/3/2027", "Her passport was seen.")
    assert "2 April 2027" in text_of(senco.get(to("show", row)))
    assert "before the request came" in happened(senco, row, "ask", "1/2/2027", "All of it?")
    assert "The clock stands still" in happened(senco, row, "ask", "3/3/2027", "All of it?")
    assert "the clock stands still" in text_of(senco.get(reverse("protection:requests")))
    assert "9 April 2027" in happened(senco, row, "meaning", "9/3/2027")
    told = happened(senco, row, "extend", "10/3/2027", "There are very many papers.")
    assert "9 June 2027" in told
    assert "Answer a request about personal data" in text_of(senco.get("/"))
    assert "Say in a few words" in happened(senco, row, "refused", "10/3/2027", "No")
    ended = happened(senco, row, "withdrawn", "10/3/2027", "She has what she needs.")
    assert "She has what she needs." in ended
    assert "Answer a request about personal data" not in text_of(senco.get("/"))
    for key, status in (("teacher", 403), ("admin", 403), ("outsider", 404), ("dsl", 200)):
        assert signed_in(key).get(to("show", row)).status_code == status, key


@pytest.mark.rule("GOV-06")
def test_all_that_is_held_is_gathered_judged_piece_by_piece_and_given_as_a_package():
    with acting_as("teacher") as actor:
        pupil = Pupil.objects.get(first_name="Idris")
        words = {"words": [f"{WORD} and Poppy Wren, half typed"]}
        Draft(
            org=pupil.org, person=actor.person, form="concern", about=pupil.ref, text=words,
            saved_at=NOW,
        ).save()  # fmt: skip
    senco, dsl = signed_in("senco"), signed_in("dsl")
    row = taken_down(senco)
    there = all_refs(idris())
    assert len({label for label, _ref in there}) >= 35
    assert "Being gathered" in text_of(senco.post(to("gather", row), follow=True))
    work()
    assert "What is held has been gathered" in text_of(senco.get("/"))
    page = text_of(senco.get(to("review", row)))
    assert "Needs, plans and reviews" in page
    assert "safeguarding" not in page.lower(), "neither a row nor a count of the lead's"
    with acting_as("senco", write=False):
        items = GatheredItem.objects.filter(data_request=row)
        assert there <= set(items.values_list("label", "of_ref"))
        draft, note = items.get(label="gate.Draft"), items.filter(lead=True).first()
        paper = items.filter(label="documents.DocumentVersion", lead=False).exclude(digest="")[0]
        parts = sorted(set(items.filter(lead=False).values_list("part", flat=True)))
    assert WORD in str(draft.content)
    assert draft.marks["pupils"], "another pupil is named in it"
    assert note is not None
    assert senco.get(to("piece", note)).status_code == 403
    assert dsl.get(to("piece", note)).status_code == 200
    assert dsl.get(to("piece", draft)).status_code == 403
    assert b"".join(senco.get(to("piece_file", paper)))
    undecided = text_of(senco.post(to("package", row), follow=True))
    assert "Decide of every piece first." in undecided
    at = to("piece", draft)
    wrong = as_it_stands(
        senco.get(at), decision="without", ground="others", why="Another child.", hidden="Zorro"
    )
    none = text_of(senco.post(at, wrong))
    assert "“Zorro” does not stand in this piece." in none
    black = as_it_stands(senco.get(at), decision="without", ground="others",
                         why="She is another child.", hidden="Poppy Wren")  # fmt: skip
    assert "Decided." in text_of(senco.post(at, black, follow=True))
    copy = blacked_out(senco, paper)
    for part in parts:
        where = f"{to('review', row)}?part={part}"
        form = senco.get(where)
        senco.post(where, as_it_stands(form, decision="give"))
        if "not decided" in text_of(senco.get(where)):
            back = as_it_stands(
                senco.get(where), decision="withhold", ground="others", why="Theirs."
            )
            assert "Say in a few words" in text_of(senco.post(where, back))
            senco.post(where, {**back, "why": "They name others."})
    with given_away(senco, row) as package:
        checked(package)
        files = [package.read(name) for name in package.namelist() if name.startswith("files/")]
        assert copy in files
        assert b"".join(senco.get(to("piece_file", paper))) not in files
        page = package.read("index.html").decode()
        assert "Some words are blacked out: It tells of another person" in page
    sealed_and_opened(senco, row)
    answers_and_ends(senco, dsl, row)


def blacked_out(senco: Any, paper: GatheredItem) -> bytes:
    """Hand in a copy in place of a file; the same file, and one of no kind, are refused."""
    at = to("blacked_out", paper)
    assert at in senco.get(to("piece", paper)).text
    assert signed_in("dsl").get(at).status_code == 403
    original = b"".join(senco.get(to("piece_file", paper)))
    form = as_it_stands(senco.get(at), ground="others", why="Her sister is in it.")
    for name, content, refused in (
        (paper.file_name, original, "This is the same file: nothing in it is blacked out."),
        ("copy.exe", b"MZ\x90\x00", "We do not keep it."),
        ("copy.docx", docx("As she wrote it."), "can keep what was deleted in it"),
        ("boxes.txt", b"\xe2\x96\x88 " + original, "Every word of the file can still be copied"),
        ("saved.pdf", pdf() + b"\nstartxref\n9\n%%EOF", "keeps what stood in it before"),
    ):
        said = senco.post(at, {**form, "file": SimpleUploadedFile(name, content)}, follow=True)
        assert refused in text_of(said)
    photo = {**form, "file": SimpleUploadedFile("page.jpg", turned(PHOTO, "Telephone"))}
    assert "The copy is given in place" in text_of(senco.post(at, photo, follow=True))
    drawn = b"".join(senco.get(to("copy", paper)))
    assert drawn.startswith(b"\x89PNG"), "a camera's file holds a small picture of before"
    form = as_it_stands(senco.get(at), ground="others", why="Her sister is in it.")
    copy = b"As she wrote it, with ----- in place of a name."
    sent = {**form, "file": SimpleUploadedFile("copy.txt", copy)}
    assert "The copy is given in place" in text_of(senco.post(at, sent, follow=True))
    page = senco.get(to("piece", paper))
    assert "Open what is given in its place: copy.txt" in text_of(page)
    assert b"".join(senco.get(to("copy", paper))) == copy
    return copy


def sealed_and_opened(senco: Any, row: DataRequest) -> None:
    """Seal the package by a passphrase that is shown once, kept nowhere, and opens it."""
    with acting_as("senco", write=False):
        made = RequestPackage.objects.filter(data_request=row).order_by("-id")[0]
    at = to("sealed", made)
    assert at in senco.get(to("show", row)).text
    page = senco.get(at)
    [passphrase] = re.findall(r'name="password" value="([^"]+)"', page.text)
    assert page.text.count(passphrase) == 2, "it is shown, and sent back by the form"
    assert passphrase not in senco.get(at).text
    assert "Save the sealed package" in text_of(senco.post(at, {"password": "guess"}))
    answer = senco.post(at, {"password": passphrase})
    assert answer["Content-Disposition"].endswith('.zip.age"')
    opened = pyrage.passphrase.decrypt(answer.content, passphrase)
    assert opened == b"".join(senco.get(to("file", made)))
    assert passphrase not in str(dict(senco.session))


def all_refs(pupil: Pupil) -> set[tuple[str, Any]]:
    """Every row that belongs to the child as it stands now, of whichever model."""
    with acting_as("senco", write=False):
        child = held.whose(pupil)
        return {
            (model._meta.label, ref)
            for model, rows in held.everything(child)
            if not declared(model, "copy_of")
            for ref in rows.values_list("ref", flat=True)
        }


def checked(package: zipfile.ZipFile) -> None:
    page, data = package.read("index.html").decode(), json.loads(package.read("record.json"))
    assert WORD in page
    assert "Poppy Wren" not in page + package.read("csv/drafts.csv").decode()
    assert "█████ and █████" not in page
    assert f"{WORD} and █████, half typed" in page
    assert "It tells of another person, who has not agreed" in page
    assert "<script" not in page
    assert data["format"] == "opensenco-subject-access"
    assert all(one["what"] for one in data["pieces"])
    rows = list(csv.reader(io.StringIO(package.read("csv/kept-back.csv").decode("utf-8-sig"))))
    assert rows[1][0].startswith("It tells of another person")
    for line in package.read("checksums.sha256").decode().splitlines():
        digest, name = line.split("  ", 1)
        assert hashlib.sha256(package.read(name)).hexdigest() == digest
    assert not [name for name in package.namelist() if "Bruise" in name]


def answers_and_ends(senco: Any, dsl: Any, row: DataRequest) -> None:
    at = to("answer", row)
    told = as_it_stands(senco.get(at), on="10/3/2027", words="Handed to her in the office.")
    early = text_of(senco.post(at, told))
    assert "The safeguarding lead has not looked through their part yet." in early
    assert "Look through what is marked for you" in text_of(dsl.get("/"))
    assert senco.post(to("looked", row)).status_code == 403
    dsl.post(f"{to('review', row)}?part=safeguarding", {"decision": "give"})
    with acting_as("dsl", write=False):
        lead = GatheredItem.objects.filter(data_request=row, lead=True)
        parts = set(lead.filter(decision="").values_list("part", flat=True))
        own = {one.title for one in lead.filter(part="safeguarding")}
    for part in parts:
        where = f"{to('review', row)}?part={part}"
        form = as_it_stands(dsl.get(where), decision="withhold", ground="harm", why="It may harm.")
        dsl.post(where, form)
    dsl.post(to("looked", row))
    assert own
    fresh = as_it_stands(senco.get(at), on="10/3/2027", words="Handed to her in the office.")
    page = text_of(senco.post(at, fresh, follow=True))
    assert "Handed to her in the office." in page
    with acting_as("senco", write=False):
        left = GatheredItem.objects.filter(data_request=row)
        assert not left.exclude(content={}).exists(), "the copies are emptied"
        assert left.filter(decision="").count() == 0
        one = left.filter(lead=False).exclude(of_ref=None)[0]
    emptied = text_of(senco.get(reverse("protection:piece", args=[one.ref])))
    assert "The copy has been emptied" in emptied
    assert one.label not in emptied, "it is called what a person calls it"
    opened = text_of(senco.get(reverse("pupils:account", args=[row.pupil.ref]), {"what": "opened"}))
    assert "Answer requests about personal data" in opened


def test_a_request_to_put_right_is_decided_with_its_reason():
    head = signed_in("head")
    row = taken_down(head, asks="correction", words="Her name is spelt wrong.")
    assert "Write down the decision" in text_of(head.get(to("show", row)))
    assert "does not ask for a copy" in text_of(head.post(to("gather", row), follow=True))
    at = to("answer", row)
    none = text_of(head.post(at, as_it_stands(head.get(at), on="10/3/2027", words="Yes")))
    assert "Choose an answer" in none
    form = as_it_stands(head.get(at), outcome="done", on="10/3/2027", words="It was put right.")
    page = text_of(head.post(at, form, follow=True))
    assert "Done as they asked" in page
    assert "Her name is spelt wrong." in text_of(head.get(to("show", row)))
