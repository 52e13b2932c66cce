"""A pack on paper by its pages: put together, read, made as PDF and Word, saved."""

import io
import re
import zipfile
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText

from opensenco.access.actor import Actor
from opensenco.audit.models import Opening
from opensenco.documents.keeping import Incoming
from opensenco.documents.operations.filing import (
    Paper,
    file_documents,
    file_for_safeguarding,
)
from opensenco.documents.states import Level
from opensenco.network import jobs
from opensenco.network.models import PackEdition, PackFile, Prepared, Receipt
from opensenco.network.operations.sending import withdraw_pack
from opensenco.people.models import Pupil
from opensenco.people.operations import pupils
from opensenco.support.operations import profile
from opensenco.support.operations.own_fields import FieldWords, make_field
from opensenco.support.operations.own_values import fill_in_fields
from tests.cast import TODAY
from tests.client import StrictClient, signed_in
from tests.documents import samples
from tests.domain.network.test_beside_plans import carded, noted
from tests.packs import idris, prepare, sent_by_senco
from tests.people import acting_as

pytestmark = pytest.mark.django_db
MOTHER = {"for_whom": "Leila Hassan, mother", "audience": "family", "why": "She asked for it."}


def text_of(answer: Any) -> str:
    words = re.sub(r"<[^>]*>", " ", answer.content.decode().split("<main", 1)[1])
    return " ".join(words.replace("&#39;", "’").split())


def new_url() -> str:
    with acting_as("senco", write=False):
        return reverse("packs:paper_new", args=[idris().ref])


def newest() -> PackEdition:
    with acting_as("senco", write=False):
        return PackEdition.objects.order_by("-id")[0]


def at(row: PackEdition) -> str:
    return reverse("packs:edition", args=[row.ref])


def work() -> None:
    """Do what the worker does with each file that waits."""
    waits = DBTaskResult.objects.filter(task_path=jobs.set_pack.module_path, status="READY")
    for job in waits:
        with suppress(RuntimeError):
            jobs.set_pack.func(*job.args_kwargs["args"])
    waits.update(status="SUCCESSFUL")


def made(client: StrictClient, row: PackEdition, form: str) -> bytes:
    """Ask for a file, let the worker make it, and save it."""
    client.post(at(row), {"form": form})
    work()
    words = "Save the PDF" if form == "pdf" else "Save the Word file"
    (address,) = re.findall(rf'href="([^"]+)">{words}', client.get(at(row)).text)
    answer = client.get(address)
    assert "Idris" not in answer.headers["Content-Disposition"]
    return b"".join(answer)


def filed(actor: Actor, name: str, content: bytes, title: str, level: str = Level.ORDINARY) -> str:
    paper = Paper(Incoming(name, [content]), title=title, kind="report", dated=None, level=level)
    (row,) = file_documents(actor=actor, pupil=idris(), papers=[paper])
    return str(row.ref)


def locked(content: bytes) -> bytes:
    """Give the same PDF with a field upon its page, which would be lost."""
    writer = PdfWriter(clone_from=io.BytesIO(content))
    writer.add_annotation(0, FreeText(text="A note", rect=(50, 550, 200, 650)))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pictures(drawn: Any) -> list[tuple[int, int]]:
    """Give how wide and high the pictures of a page are, also those of what is drawn upon it."""
    found = []
    for one in drawn.get("/Resources", {}).get("/XObject", {}).values():
        part = one.get_object()
        if part["/Subtype"] == "/Image":
            found.append((int(part["/Width"]), int(part["/Height"])))
        else:
            found += pictures(part)
    return found


def on_file() -> dict[str, str]:
    """Have a report of two lines, one with a note upon it, a picture's worth, and one apart."""
    with acting_as("senco") as actor:
        profile.write_profile(actor=actor, pupil=idris(), own_words="I like the quiet table.")
        return {
            "photo": filed(actor, "e.jpg", samples.turned(samples.PHOTO, "Snapper 7"), "Letter"),
            "report": filed(actor, "a.pdf", samples.pdf("Report of the psychologist"), "EP report"),
            "noted": filed(actor, "b.pdf", locked(samples.pdf("Noted")), "Report with notes"),
            "other": filed(actor, "c.pdf", samples.pdf("Not for this"), "Left on file"),
        }


def test_a_whole_record_is_put_together_read_and_handed_over_as_pdf_and_word():
    senco, papers = signed_in("senco"), on_file()
    page = senco.get(new_url())
    assert "EP report" in text_of(page)
    refused = senco.post(new_url(), {"audience": "family"})
    assert "Who is given it" in text_of(refused)
    given = {
        **MOTHER, "parts": ["about", "family", "profile", "needs", "plans"],
        "place_profile": "1", "place_about": "2", "place_needs": "3", "place_family": "4",
        "papers": [papers["report"], papers["noted"], papers["photo"]],
    }  # fmt: skip
    answer = senco.post(new_url(), given)
    row = newest()
    assert answer.headers["Location"] == at(row), text_of(answer)
    shown = text_of(senco.get(at(row)))
    assert shown.index("I like the quiet table.") < shown.index("Date of birth")
    assert "07700" not in shown, "other people’s numbers are not for the family"
    assert "Timeline It was not chosen for this pack." in shown
    assert "They are personal data of other people." in shown
    assert "Health alerts It was not chosen" not in shown, "whether there can be any is not said"
    assert "What is marked for the safeguarding lead alone It is never part of a pack" in shown
    pdf = PdfReader(io.BytesIO(made(senco, row, "pdf")))
    root: Any = pdf.root_object
    assert str(root["/Lang"]) == "en-GB"
    assert root["/MarkInfo"]["/Marked"].value is True
    assert "/StructTreeRoot" in root
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Pack: Idris Hassan-Cole"
    inner: Any = pdf.outline[1]
    marks = [mark for mark in inner if not isinstance(mark, list)]
    names = [mark.title for mark in marks]
    assert names[:4] == ["What the pupil says and what helps", "About the pupil",
                         "SEN status and needs", "Parents and other contacts"]  # fmt: skip
    assert names[-3:] == [
        "Annex 2: EP report", "Annex 3: Letter", "What was left out, and why",
    ]  # fmt: skip
    pages = [one.extract_text() for one in pdf.pages]
    photo = pdf.get_destination_page_number(marks[-2])
    assert photo is not None
    assert "Annex 3, page 1 of 1" in pages[photo + 1]
    # drawn anew, the right way up, and without what the telephone wrote into it
    ((wide, high),) = pictures(pdf.pages[photo + 1])
    assert wide < high
    cover = pdf.get_destination_page_number(marks[-3])
    assert cover is not None
    assert "Annex 2, page 1 of 1" in pages[cover + 1]
    assert "Report of the psychologist" in pages[cover + 1]
    assert f"Page {len(pages)} of {len(pages)}." in pages[-1]
    assert "Timeline" in pages[-1]
    whole = " ".join(" ".join(pages).split())
    assert "Beside this pack: it has fields or notes that would be lost." in whole
    assert f"From page {cover + 1} of this pack." in whole
    assert "Not for this" not in whole
    word = zipfile.ZipFile(io.BytesIO(made(senco, row, "word")))
    body = word.read("word/document.xml").decode()
    for words in ("I like the quiet table.", "What was left out, and why", 'TOC \\o "2-2"',
                  "EP report", 'w:anchor="_Toc1"'):  # fmt: skip
        assert words in body, words
    assert "NUMPAGES" in word.read("word/footer1.xml").decode()
    assert "A pack on paper is ready" in text_of(senco.get("/"))
    with acting_as("senco", write=False):
        file = PackFile.objects.get(edition=row, form="pdf")
        looks = Opening.objects.filter(wanted=str(file.ref), kind="document", pupil=idris())
        assert looks.count() == 1
    assert "Make the PDF" not in text_of(senco.get(at(row)))
    again = senco.post(at(row), {"form": "pdf"}, follow=True)
    assert text_of(again).count("Save the PDF") == 1, "of one edition each is made once"


def test_a_pupil_of_whom_no_paper_is_on_file_goes_on_paper_with_all_that_is_written():
    with acting_as("senco") as actor:
        pupil = Pupil.objects.select_related("org").get(first_name="Grace")
        noted(actor, pupil)
        carded(actor, pupil)
    senco, address = signed_in("senco"), reverse("packs:paper_new", args=[pupil.ref])
    form = senco.get(address)
    assert "Papers that belong to it" not in text_of(form)
    assert re.search(r'value="diagnoses"(?! checked)', form.text)
    assert re.search(r'value="ehc" checked', form.text)
    given = {**MOTHER, "audience": "own", "parts": ["beside", "ehc", "agencies", "observed"]}
    senco.post(address, given)
    reader = PdfReader(io.BytesIO(made(senco, newest(), "pdf")))
    words = " ".join(" ".join(one.extract_text() for one in reader.pages).split())
    for said in (
        "In the way: The hall is loud", "Did it help: It helps a little. Stays at lunch.",
        "Section F: provision F1: Teaching of listening Who: Teacher of the deaf",
        "Where it stands: Accepted, on a waiting list, since 10 March 2027",
        "Seen at set times: 4 looks.", "Diagnoses It was not chosen for this pack.",
    ):  # fmt: skip
        assert said in words, said
    assert "Hearing loss" not in words


def test_a_pack_of_a_day_shows_that_day_and_says_so(settings):
    with acting_as("senco") as now:
        profile.write_profile(actor=now, pupil=idris(), own_words="I like swimming.")
        asks = FieldWords("Where the bag is")
        bag = make_field(actor=now, org=idris().org, kind="line", words=asks)
        fill_in_fields(actor=now, pupil=idris(), given={str(bag.ref): "On the red peg"})
        after = Actor(now.person, now.hat, now.at + timedelta(days=9))
        profile.write_profile(actor=after, pupil=idris(), own_words="I like bees.")
        fill_in_fields(actor=after, pupil=idris(), given={str(bag.ref): "In locker 30"})
        pupil, day = idris(), TODAY + timedelta(days=2)
    settings.FROZEN_TODAY = (TODAY + timedelta(days=20)).isoformat()
    senco = signed_in("senco")
    there = reverse("pupils:as_of", args=[pupil.ref])
    asked = {"on-day": day.day, "on-month": day.month, "on-year": day.year}
    past = senco.get(there, asked)
    assert "You are reading the past" in text_of(past)
    assert "I like swimming." in text_of(past)
    assert "Where the bag is On the red peg" in text_of(past)
    assert "I like bees." not in text_of(past)
    assert 'value="own" checked' in senco.get(new_url()).text
    assert f"{new_url()}?on={day.isoformat()}" in past.text
    assert 'value="12"' in senco.get(f"{new_url()}?on={day.isoformat()}").text
    given = {**MOTHER, "audience": "own", "parts": ["profile", "own"],
             **{name: str(value) for name, value in asked.items()}}  # fmt: skip
    senco.post(new_url(), given)
    row = newest()
    assert row.as_on == day
    words = "\n".join(
        one.extract_text() for one in PdfReader(io.BytesIO(made(senco, row, "pdf"))).pages
    )
    assert "As it stood on 12 March 2027" in words
    assert "I like swimming." in words
    assert "On the red peg" in " ".join(words.split())
    assert "I like bees." not in words
    assert "locker 30" not in words
    assert "What was written later" in words
    tomorrow = senco.post(new_url(), {**given, "on-year": "2028"})
    assert tomorrow.status_code == 200
    too_early = senco.get(there, {**asked, "on-year": 1999})
    assert "not on the record on that day" in text_of(too_early)


def test_what_was_sent_and_what_came_go_on_paper_until_it_is_taken_back():
    pack = sent_by_senco()
    senco, authority = signed_in("senco"), signed_in("authority")
    with acting_as("senco", write=False):
        prepared = Prepared.objects.get(pack=pack)
    sent = senco.post(reverse("packs:paper_sent", args=[prepared.ref]))
    assert "The sender did not send it." in text_of(senco.get(sent.headers["Location"]))
    assert made(senco, newest(), "pdf").startswith(b"%PDF-")
    came = authority.post(reverse("packs:paper_received", args=[pack.ref])).headers["Location"]
    page = authority.get(came)
    assert "Idris Hassan-Cole" in text_of(page)
    with acting_as("authority", write=False) as actor:
        row = PackEdition.objects.get(org__in=actor.hat.orgs, pack=pack)
        assert (row.content, row.about, row.why) == ([], "", ""), "read from the pack alone"
    words = "".join(
        one.extract_text() for one in PdfReader(io.BytesIO(made(authority, row, "pdf"))).pages
    )
    assert "Larkrise Primary School" in words
    with acting_as("senco", write=False):
        assert Receipt.objects.filter(pack=pack).count() >= 2, "the sender is told of each look"
    (file,) = re.findall(r'href="([^"]+)">Save the PDF', authority.get(came).text)
    authority.post(came, {"form": "word"})
    with acting_as("senco") as actor:
        withdraw_pack(actor=actor, prepared=Prepared.objects.get(pk=prepared.pk), version=None,
                      reason="To the wrong place.")  # fmt: skip
    work()
    assert {authority.get(one).status_code for one in (came, file)} == {403}
    with acting_as("authority", write=False):
        assert PackFile.objects.get(edition=row, form="word").state == "waits"


def test_a_part_or_paper_that_is_not_for_a_colleague_is_neither_shown_nor_saved():
    on_file()
    with acting_as("senco") as actor:
        pupils.record_care_status(actor=actor, pupil=idris(), kind="looked_after", starts=TODAY)
        hidden = filed(actor, "d.pdf", samples.pdf("Deep"), "Court papers", Level.CONFIDENTIAL)
        dark = Paper(Incoming("e.pdf", [samples.pdf("Dark")]), title="For the lead", kind="report",
                     dated=None, level=Level.SAFEGUARDING)  # fmt: skip
        (locked_away,) = file_for_safeguarding(actor=actor, pupil=idris(), papers=[dark])
    senco, head = signed_in("senco"), signed_in("head")
    form = text_of(senco.get(new_url()))
    assert "Court papers" in form
    assert "For the lead" not in form
    given = {**MOTHER, "audience": "setting", "parts": ["about", "care"], "papers": [hidden]}
    senco.post(new_url(), given)
    row = newest()
    assert "Looked after" in text_of(senco.get(at(row)))
    refused = senco.post(new_url(), {**given, "papers": [str(locked_away.ref)]})
    assert refused.status_code == 200, "what is the lead’s alone is in no list"
    assert newest() == row
    with acting_as("head", write=False) as actor:
        sees = actor.can_somewhere("document.confidential")  # type: ignore[arg-type]
    other = text_of(head.get(at(row)))
    assert ("Court papers" in other) is sees
    for key in ("teacher", "ta", "governor", "dsl", "parent"):
        assert signed_in(key).get(at(row)).status_code == 403
    assert signed_in("outsider").get(at(row)).status_code == 404
    with acting_as("senco") as actor:
        blind = prepare(actor, "family", "moderation")
    assert senco.post(reverse("packs:paper_sent", args=[blind.ref])).status_code == 409
