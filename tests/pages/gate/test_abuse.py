"""What people send by mistake or on purpose: calm words, nothing disclosed, nothing lost, an entry.

`docs/guide/abuse.md` names these tests, and those that stand beside what they are about.
"""

import re
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from opensenco.audit.models import Entry
from opensenco.documents.files import folded
from opensenco.documents.models import Document, DocumentVersion
from opensenco.documents.states import Level
from opensenco.gate import held
from opensenco.meetings.models import Meeting
from opensenco.notices.models import Notice
from opensenco.participation.models import Asked
from opensenco.people.models import Pupil
from tests.client import signed_in
from tests.documents import samples
from tests.pages.concerns.walking import text_of
from tests.people import acting_as, person
from tests.support.forms import forms_on

pytestmark = pytest.mark.django_db
CALENDAR = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Review\r\n"
    b"DTSTART:20270401T090000Z\r\nRRULE:FREQ=SECONDLY;UNTIL=30270401T090000Z\r\n"
    b"END:VEVENT\r\nEND:VCALENDAR\r\n"
)


def idris() -> Pupil:
    with acting_as("senco", write=False):
        return Pupil.objects.get(first_name="Idris")


def sent(name: str, content: bytes, where: str = "file", key: str = "senco") -> Any:
    address = reverse(f"documents:{where}", args=[idris().ref])
    files = {"papers": [SimpleUploadedFile(name, content)]}
    return signed_in(key).post(address, files, follow=True)


def entries(**wanted: Any) -> list[str]:
    with acting_as("senco", write=False):
        rows = Entry.objects.filter(thing_ref=idris().ref, **wanted).order_by("id")
        return [f"{row.verb} {row.outcome}" for row in rows]


def test_what_could_do_harm_is_refused_calmly_kept_nowhere_and_written_into_the_books(monkeypatch):
    monkeypatch.setattr(folded, "MOST_UNFOLDED", 2_000_000)
    before = len(entries())
    for name, content, words in (
        ("plan.docx", samples.PROGRAM, "This is a program and not a paper"),
        ("plan.docx", samples.bomb(3_000_000), "unfolds to more than"),
        ("drawing.svg", samples.SVG, "can run scripts"),
        ("page.pdf", samples.HTML, "can run scripts"),
        ("plan.docx", samples.docx(more={"word/vbaProject.bin": b"x"}), "holds macros"),
    ):
        page = text_of(sent(name, content))
        assert words in page
        assert re.search("Nothing (is|has been) (saved|filed)", page), page
    assert entries()[before:] == ["file_documents refused"] * 5
    with acting_as("senco", write=False):
        assert not Document.objects.filter(title__in=["plan", "drawing", "page"]).exists()
    # whoever answers for the record reads that it was tried, and nothing of what it was
    account = signed_in("senco").get(
        reverse("pupils:account", args=[idris().ref]) + "?view=changes"
    )
    assert "vbaProject" not in account.text
    # that something was to be handed to the safeguarding lead is told to no one else
    refused = sent("x.docx", samples.PROGRAM, "hand_in", "ta")
    assert "This is a program" in refused.text
    assert entries(action="safeguarding.view") == ["file_for_safeguarding refused"]


def test_a_name_that_climbs_folders_is_a_name_and_no_path():
    page = sent("../../../../etc/x..\\..\\passwd\u202etxt.pdf", samples.pdf("climbing"))
    assert "passwdtxt" in text_of(page)
    with acting_as("senco", write=False):
        version = DocumentVersion.objects.select_related("document").latest("id")
        assert version.name == "passwdtxt.pdf"
        assert (version.document.title, version.document.level) == ("passwdtxt", Level.ORDINARY)


def test_a_calendar_of_a_thousand_years_is_a_text_that_nobody_follows():
    """We write calendar files and read none, so no rule of theirs can come in."""
    with acting_as("senco", write=False):
        before = Meeting.objects.count()
    assert "Who has opened it" in text_of(sent("every second.ics", CALENDAR))
    with acting_as("senco", write=False):
        assert Meeting.objects.count() == before
        version = DocumentVersion.objects.latest("id")
    saved = signed_in("senco").get(reverse("documents:download", args=[version.ref]))
    assert (saved["Content-Type"], saved["X-Content-Type-Options"]) == ("text/plain", "nosniff")
    assert saved["Content-Disposition"].endswith('.txt"')


def test_a_hundred_answers_in_a_second_are_one_answer():
    """From one page, from a finger that does not stop; then with other words each time."""
    senco, teacher = signed_in("senco"), signed_in("teacher")
    new = reverse("asking:new", args=[idris().ref])
    senco.post(new, forms_on(senco.get(new).text)[0].sent(lambda _field: None))
    who = person("teacher")
    with acting_as("senco", write=False):
        asked = Asked.objects.select_related("ask_round").filter(person=who).latest("id")
        told = Notice.objects.count()
    address = reverse("asking:answer", args=[asked.ref])
    form = forms_on(teacher.get(address).text)[0].sent(lambda _field: None)
    form["a_strengths"] = ["<script>alert(1)</script> Drawing"]
    ends = {teacher.post(address, form)["Location"] for _each in range(30)}
    assert len(ends) == 1
    with acting_as("senco", write=False):
        row = Asked.objects.get(pk=asked.pk)
        entry = Entry.objects.filter(thing_ref=asked.ref)
        assert (entry.count(), row.version) == (1, asked.version + 1)
        assert Notice.objects.count() <= told + 1
    for number in range(5):
        other = {**form, held.ONCE: [str(uuid.uuid4())], "a_strengths": [f"Maps {number}"]}
        assert teacher.post(address, other).status_code in (200, 302)
    read = text_of(senco.get(reverse("asking:round", args=[asked.ask_round.ref])))
    assert "1 of 2" in read
    with acting_as("senco", write=False):
        assert Asked.objects.get(pk=asked.pk).answers["strengths"]
