"""Letters as people write them: merged from the record, looked through, sent, and proven."""

import hashlib
import io
import re
import zipfile
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from pypdf import PdfReader

from opensenco.cases.models import Fact, LoggedContact
from opensenco.documents.files import kinds
from opensenco.documents.keeping import store_of
from opensenco.documents.models import Document, DocumentVersion
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.kernel.refs import short
from opensenco.letters import queries
from opensenco.letters.models import LetterTemplate, Mailing, MailingLetter, SentLetter
from opensenco.letters.operations import mailings, templates
from opensenco.letters.operations.sending import send_mailing
from opensenco.letters.operations.templates import Words
from opensenco.letters.starter import fields, starters
from opensenco.letters.states import TRANSITIONS, State
from opensenco.letters.wording import check, fields_in, merged
from opensenco.people.models import Contact, Pupil
from opensenco.people.operations import pupils as people
from opensenco.support.models import SenStatus
from opensenco.support.operations import status
from tests.cast import TODAY
from tests.client import signed_in
from tests.people import acting_as

STARTS = "shipped:sen-support-starts"


def pupil(name: str = "Idris") -> Pupil:
    return Pupil.objects.select_related("org").get(first_name=name)


def version_on(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return found[1]


def text_of(pdf: bytes) -> str:
    return " ".join(
        " ".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf)).pages).split()
    )


def test_every_shipped_letter_names_fields_there_are_and_reads_without_what_is_empty():
    for one in starters().values():
        for text in (one.subject, one.standard, one.easy_read):
            check("standard", text)
            assert "{" not in merged(text, {})
        every = {name: f"<{name}>" for name in fields_in(one.standard)}
        assert merged(one.standard, every).count("<") == len(re.findall(r"\{\w+\}", one.standard))
    assert starters()["sen-support-starts"].tells_support
    assert merged(
        "Dear {contact_name}\n\nWhy: {reason_plain}\n\nYours", {"contact_name": "{x}"}
    ) == ("Dear {x}\n\nYours"), (
        "a line whose field is empty goes; what is filled in is never read for fields"
    )
    with pytest.raises(Invalid, match=r"Perhaps you mean \{pupil_first_name\}"):
        check("standard", "Dear {pupil_firstname}")
    with pytest.raises(Invalid, match="stands alone"):
        check("standard", "Dear {contact_name}} and friends")
    assert {one.value for one in State} == {one.value for one in TRANSITIONS}
    assert all(one.meaning for one in fields().values())


@pytest.mark.django_db
@pytest.mark.requirement("S1-12")
@pytest.mark.rule("IDN-15", "GOV-10", "GOV-12")
def test_a_letter_is_merged_sent_and_proves_that_the_parents_were_told():
    client = signed_in("senco")
    with acting_as("senco") as actor:
        grace = pupil("Grace")
        mother = people.add_contact(
            actor=actor, pupil=grace, name="Ruth Atherton", relation="Mother",
            email="ruth@home.example", language="Polish", interpreter_needed=True,
        )  # fmt: skip
        people.add_contact(
            actor=actor, pupil=grace, name="Carl Atherton", relation="Father", barred=True
        )
        held = status.set_status(
            actor=actor, pupil=grace, code="K", starts=TODAY, grounds=["gap"], reason="Reading."
        )
        assert held.told_on is None
    page = client.get(reverse("pupils:show", args=[grace.ref])).text
    assert reverse("letters:pupil", args=[grace.ref]) in page
    write = reverse("letters:begin") + f"?pupil={short(grace.ref)}"
    assert write in client.get(reverse("letters:pupil", args=[grace.ref])).text
    sent = {"letter": STARTS, "form": "standard", "pupils": short(grace.ref)}
    words = client.post(write, sent)["Location"]
    # the record's own facts are not asked for; what it lacks is
    asked = client.get(words).text
    assert "The reason in plain words" in asked
    assert "First name that the pupil uses" not in asked
    filled = {
        "form": "standard", "version": version_on(asked), "reason_plain": "Reading is hard.",
        "setting_phone": "01632 960 100",
    }  # fmt: skip
    look = client.post(words, filled)["Location"]
    page = client.get(look).text
    for said in ("Ruth Atherton", "Polish", "needs an interpreter", "What will be done"):
        assert said in page
    assert "Carl" not in page, "nobody is written to who must not be"
    with acting_as("senco", write=False):
        letter = MailingLetter.objects.get(contact=mother)
    one, paper = (reverse(f"letters:{name}", args=[letter.ref]) for name in ("one", "paper"))
    shown = client.get(one).text
    assert "Dear Ruth Atherton" in shown
    assert "Why: Reading is hard." in shown
    assert "What we will do:" not in shown, "its line is left out, because nothing is given yet"
    body = letter_text(shown) + "\n\nPS Do ring me."
    sent = {"subject": "Extra help for Grace", "body": body, "version": version_on(shown)}
    client.post(one, sent)
    printed = client.get(f"{paper}?as=pdf").content
    assert "PS Do ring me." in text_of(printed)
    going = {"how": "mail", "on": "10/3/2027", "version": version_on(client.get(look).text)}
    assert client.post(look, going).status_code == 302
    with acting_as("senco", write=False):
        proof = SentLetter.objects.get(pupil=grace)
        assert proof.body.endswith("PS Do ring me.")
        assert (proof.sent_to, proof.how, proof.sent_on) == ("ruth@home.example", "mail", TODAY)
        file = DocumentVersion.objects.select_related("file").get(document=proof.document).file
        kept = store_of(grace.org).path(file.digest).read_bytes()
        assert hashlib.sha256(kept).hexdigest() == proof.digest == file.digest
        assert "PS Do ring me." in text_of(kept)
        assert Document.objects.get(pk=proof.document_id).kind == "letter"
        logged = LoggedContact.objects.get(pk=proof.logged_id)
        assert (logged.how, logged.direction, logged.contact_id) == ("mail", "out", mother.pk)
        assert Fact.objects.filter(source_ref=logged.ref).count() == 1
        told = SenStatus.objects.get(pk=held.pk)
        assert (told.told_on, told.told_how) == (TODAY, "email")
    # later changes change nothing of the proof
    with acting_as("senco") as actor:
        people.change_contact(
            actor=actor, contact=Contact.objects.get(pk=mother.pk), version=None, name="Ruth Bell"
        )
    page = client.get(reverse("letters:proof", args=[proof.ref])).text
    for said in ("Ruth Atherton", "PS Do ring me.", proof.digest, "ruth@home.example"):
        assert said in page
    assert "PS Do ring me." in client.get("/letters/sent/?file=csv").content.decode()
    refused = client.post(look, going)
    assert "sent or dropped" in refused.text or "Two versions" in refused.text


def letter_text(page: str) -> str:
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.S)
    assert found
    return found[1].strip()


@pytest.mark.django_db
def test_letters_for_many_go_as_one_pdf_or_as_word_documents():
    client = signed_in("senco")
    begin = client.get(reverse("letters:begin") + "?status=all").text
    with acting_as("senco") as actor:
        idris, grace, poppy = (pupil(name) for name in ("Idris", "Grace", "Poppy"))
        for one in (grace, poppy):
            assert short(one.ref) in begin
        people.add_contact(actor=actor, pupil=grace, name="Ruth Atherton", relation="Mother")
        row = mailings.begin_mailing(
            actor=actor, pupils=[idris, grace, poppy], form="large",
            wording=queries.wording(actor, "shipped:review-meeting-invitation"),
        )  # fmt: skip
        letters = queries.letters_of(actor, row)
        assert [(one.pupil.first_name, one.addressed_to) for one in letters] == [
            ("Idris", "Leila Hassan"), ("Grace", "Ruth Atherton"), ("Poppy", ""),
        ]  # fmt: skip
    look = reverse("letters:mailing", args=[row.ref])
    assert "Nobody to write to is on the record" in client.get(look).text
    papers = reverse("letters:papers", args=[row.ref])
    reader = PdfReader(io.BytesIO(client.get(f"{papers}?as=pdf").content))
    assert "/StructTreeRoot" in reader.root_object, "tagged, for screen readers"
    assert len(reader.pages) >= 2
    with zipfile.ZipFile(io.BytesIO(client.get(f"{papers}?as=word").content)) as archive:
        names = archive.namelist()
        assert len(names) == 2
        assert not re.search("Idris|Hassan|Grace|Atherton", " ".join(names))
        word = archive.read(names[1])
    with zipfile.ZipFile(io.BytesIO(word)) as docx:
        for name in docx.namelist():
            ElementTree.fromstring(docx.read(name))  # noqa: S314 (we wrote it ourselves)
        text = docx.read("word/document.xml").decode()
    assert "Dear Ruth Atherton" in text
    assert 'w:val="36"' in zipfile.ZipFile(io.BytesIO(word)).read("word/styles.xml").decode()
    with acting_as("senco") as actor:
        going: dict[str, Any] = {"on": TODAY, "version": None, "actor": actor, "mailing": row}
        with pytest.raises(Invalid, match="no email address"):
            send_mailing(how="mail", **going)
        assert Mailing.objects.get(pk=row.pk).state == "draft"
        row.refresh_from_db()
        first = queries.letters_of(actor, row)[0]
        mailings.write_letter(
            actor=actor, letter=first, subject="Come", body="Come.", left_out=True, version=None
        )
        send_mailing(how="bag", **{**going, "mailing": Mailing.objects.get(pk=row.pk)})
        assert set(
            SentLetter.objects.filter(mailing=row).values_list("addressed_to", flat=True)
        ) == {"Ruth Atherton"}
        with pytest.raises(NotPossible):
            mailings.drop_mailing(actor=actor, mailing=Mailing.objects.get(pk=row.pk), version=None)


@pytest.mark.django_db
def test_a_word_document_of_ours_is_what_our_own_cabinet_takes_for_word(tmp_path):
    with acting_as("senco", write=False):
        letter = MailingLetter.objects.select_related("mailing").filter(pupil__first_name="Idris")[
            0
        ]
    answer = signed_in("senco").get(reverse("letters:paper", args=[letter.ref]) + "?as=word")
    file = tmp_path / "letter"
    file.write_bytes(answer.content)
    assert kinds.look(file).kind.code == "docx"
    assert ".docx" in answer["Content-Disposition"]
    assert "Hassan" not in answer["Content-Disposition"]


@pytest.mark.django_db
def test_a_school_words_its_own_letters_and_keeps_every_version():
    client = signed_in("admin")
    add = reverse("letters:add") + "?from=concern-thanks"
    page = client.get(add).text
    assert "{pupil_first_name}" in page
    words = {
        "version": "0", "name": "Thank you", "subject": "Thank you",
        "standard": "Dear {contact_nam}", "easy_read": "", "use_when": "",
    }  # fmt: skip
    refused = client.post(add, words).text
    assert "There is no field {contact_nam}" in refused
    assert "Perhaps you mean {contact_name}" in refused
    assert client.post(add, {**words, "standard": "Dear {contact_name}"}).status_code == 302
    listed = client.get("/letters/").text
    assert "?from=concern-thanks" not in listed, "the school's own stands in its place"
    with acting_as("admin") as actor:
        own = LetterTemplate.objects.get(name="Thank you")
        changed = templates.change_template(
            actor=actor, template=own, version=1,
            words=Words(name="Thank you", subject="Thanks", standard="Dear {contact_name},"),
        )  # fmt: skip
        assert changed.version == 2
        assert own.history.count() == 2
        row = mailings.begin_mailing(
            actor=actor, pupils=[pupil()], wording=queries.of_template(changed)
        )
        assert row.template_version == 2
        sent = send_mailing(actor=actor, mailing=row, how="post", on=TODAY, version=None)
        assert SentLetter.objects.get(mailing=sent).template_version == 2, "the office sends too"
    change = reverse("letters:change", args=[own.ref])
    away = {**words, "version": version_on(client.get(change).text), "standard": "x", "away": "1"}
    assert client.post(change, away).status_code == 302
    assert "?from=concern-thanks" in client.get("/letters/").text
    # who writes no letters reads of none
    teacher = signed_in("teacher")
    assert teacher.get("/letters/").status_code == 403
    assert (
        reverse("letters:pupil", args=[pupil_ref()])
        not in teacher.get(reverse("pupils:show", args=[pupil_ref()])).text
    )


def pupil_ref() -> str:
    with acting_as("senco", write=False):
        return short(pupil().ref)


@pytest.mark.django_db
def test_a_confidential_letter_is_read_by_its_sender_and_who_co_ordinates():
    with acting_as("senco") as actor:
        row = mailings.begin_mailing(
            actor=actor, pupils=[pupil()], wording=queries.wording(actor, STARTS)
        )
        send_mailing(
            actor=actor, mailing=row, how="post", on=TODAY, confidential=True, version=None
        )
        proof = SentLetter.objects.get(mailing=row)
        assert Document.objects.get(pk=proof.document_id).level == "confidential"
    address = reverse("letters:proof", args=[proof.ref])
    assert signed_in("head").get(address).status_code == 200
    assert signed_in("phase_senco").get(address).status_code == 200
    assert signed_in("admin").get(address).status_code == 403
    with acting_as("senco") as actor:
        late = replace(queries.wording(actor, STARTS), name="Later")
        row = mailings.begin_mailing(actor=actor, pupils=[pupil()], wording=late)
        mother = Contact.objects.get(name="Leila Hassan")
        people.change_contact(actor=actor, contact=mother, version=None, to_be_told=False)
        with pytest.raises(NotPossible, match="not to be written to any more"):
            send_mailing(actor=actor, mailing=row, how="post", on=TODAY, version=None)
