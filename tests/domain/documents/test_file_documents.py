"""Papers are filed: bytes first, rows after, all or none; and known to those who may know."""

import errno
import os
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from opensenco.access.models import Organisation
from opensenco.audit.models import Entry
from opensenco.cases.models import Fact, Task
from opensenco.cases.queries import timeline
from opensenco.documents import queries
from opensenco.documents.files import store as stores
from opensenco.documents.keeping import Incoming, store_of
from opensenco.documents.models import Document, DocumentVersion, StoredFile
from opensenco.documents.operations.filing import (
    FilesNotTaken,
    Paper,
    add_version,
    file_documents,
    file_for_safeguarding,
)
from opensenco.documents.operations.putting_right import (
    correct_document,
    correct_documents,
    mark_filed_in_error,
)
from opensenco.documents.queries import Wanted
from opensenco.documents.states import Level
from opensenco.gate.operation import Refused
from opensenco.gate.rows import NotYours
from opensenco.kernel.errors import Invalid, NotPossible, Stale
from opensenco.people.models import Pupil
from tests.documents import samples
from tests.people import acting_as

pytestmark = pytest.mark.django_db


def idris() -> Pupil:
    return Pupil.objects.select_related("org").get(first_name="Idris")


def paper(content: bytes = b"A letter.", name: str = "letter.txt", **said) -> Paper:
    return Paper(Incoming(name, [content]), **{"title": "A letter", "kind": "letter", **said})


def titles(actor, *, in_error: bool = False) -> set[str]:
    rows = queries.chosen(actor, idris(), Wanted(in_error=in_error))
    return set(rows.values_list("title", flat=True))


def kept(org: Organisation) -> set[str]:
    return set(store_of(org).names())


def left_over(org: Organisation) -> list[Path]:
    return list((store_of(org).folder / "incoming").glob("*"))


@pytest.mark.requirement("S4-40")
def test_a_paper_is_kept_once_by_its_content_and_told_on_the_timeline():
    with acting_as("senco") as actor:
        (made,) = file_documents(
            actor=actor, pupil=idris(),
            papers=[paper(samples.docx(), "../../etc/\u202excod.exe", dated=date(2026, 5, 1))],
        )  # fmt: skip
        (version,) = queries.versions_of(made)
        assert version.name == "xcod.exe"
        assert version.file.kind == "docx"
        place = store_of(made.org).path(version.file.digest)
        assert place.read_bytes() == samples.docx()
        assert place.is_relative_to(Path(settings.FILES) / made.org.ref.hex)
        assert place.stat().st_mode & 0o222 == 0
        assert not left_over(made.org)
        fact = Fact.objects.get(source_ref=made.ref)
        assert fact.words == "Filed: A letter."
        entry = Entry.objects.get(verb="file_documents", person=actor.person, at=actor.at)
        assert entry.pupil_id == made.pupil_id
        # the same bytes about another child are kept once, and the first file is not touched
        before = place.stat().st_mtime_ns
        grace = Pupil.objects.select_related("org").get(first_name="Grace")
        file_documents(actor=actor, pupil=grace, papers=[paper(samples.docx())])
        assert StoredFile.objects.filter(digest=version.file.digest).count() == 1
        assert place.stat().st_mtime_ns == before


def test_several_are_filed_all_or_none_and_each_that_is_refused_says_why():
    with acting_as("senco") as actor:
        before = kept(idris().org)
        with pytest.raises(FilesNotTaken) as refused:
            file_documents(
                actor=actor, pupil=idris(),
                papers=[paper(b"one"), paper(samples.PROGRAM, "plan.docx"), paper(samples.SVG)],
            )  # fmt: skip
        assert set(refused.value.why) == {1, 2}
        assert "program" in str(refused.value.why[1])
        assert "letter" not in str(refused.value)
        with pytest.raises(FilesNotTaken) as refused:
            file_documents(actor=actor, pupil=idris(), papers=[paper(b"one"), paper(b"one")])
        assert set(refused.value.why) == {1}
        assert kept(idris().org) == before
        assert not left_over(idris().org)
        assert not Document.objects.filter(title="A letter").exists()
        file_documents(actor=actor, pupil=idris(), papers=[paper(b"one"), paper(b"two")])
        with pytest.raises(FilesNotTaken, match="already"):
            file_documents(actor=actor, pupil=idris(), papers=[paper(b"two")])


def test_too_much_is_refused_without_being_read(settings):
    settings.LARGEST_FILE = 1_000

    def endless():
        yield bytes(600)
        yield bytes(600)
        raise AssertionError("read on past the limit")

    with acting_as("senco") as actor:
        with pytest.raises(FilesNotTaken, match="larger than"):
            file_documents(
                actor=actor, pupil=idris(),
                papers=[Paper(Incoming("x.txt", endless()), "A letter", "letter")],
            )  # fmt: skip
        with pytest.raises(NotPossible, match="at most 50"):
            file_documents(actor=actor, pupil=idris(), papers=[paper()] * 51)
        assert not left_over(idris().org)


def test_a_full_disk_is_said_and_leaves_nothing(monkeypatch):
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with acting_as("senco") as actor:
        with pytest.raises(FilesNotTaken, match="no room"):
            file_documents(actor=actor, pupil=idris(), papers=[paper()])
        assert not left_over(idris().org)
        assert not Document.objects.filter(title="A letter").exists()


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("title", {"title": "  "}),
        ("kind", {"kind": "nonsense"}),
        ("level", {"level": "secret"}),
        ("dated", {"dated": date(2030, 1, 1)}),
        ("title", {"title": "x" * 201}),
        ("came_from", {"came_from": "x" * 121}),
    ],
)
def test_what_cannot_be_said_of_a_paper_is_refused_at_its_field(field, said):
    with acting_as("senco") as actor, pytest.raises(Invalid) as refused:
        file_documents(actor=actor, pupil=idris(), papers=[paper(**said)])
    assert refused.value.field == field


def test_confidential_papers_are_not_even_counted_by_those_outside():
    with acting_as("senco") as actor:
        confidential = paper(b"c", title="Confidential", level=Level.CONFIDENTIAL)
        (made,) = file_documents(actor=actor, pupil=idris(), papers=[confidential])
        assert "Confidential" in titles(actor)
    with acting_as("teacher") as actor:
        assert "Confidential" not in titles(actor)
        with pytest.raises(NotYours):
            queries.document(actor, made.ref)
        with pytest.raises(NotYours):
            queries.version(actor, DocumentVersion.objects.get(document=made).ref)
        # the same bytes are taken from somebody who may not know that they are here
        (own,) = file_documents(
            actor=actor, pupil=idris(),
            papers=[paper(b"c", title="My own", level=Level.CONFIDENTIAL)],
        )  # fmt: skip
        assert {"My own", "IEP Spring 2026", "A story in two steps"} == titles(actor)
    with acting_as("dsl") as actor:
        assert titles(actor) == {"IEP Spring 2026", "A story in two steps"}
    with acting_as("senco") as actor:
        facts = Fact.objects.filter(source_ref__in=[made.ref, own.ref])
        assert {fact.reader for fact in facts} == {"document.confidential"}


def test_what_is_for_the_safeguarding_lead_is_known_to_nobody_else():
    with acting_as("ta") as actor:
        (made,) = file_for_safeguarding(
            actor=actor, pupil=idris(),
            papers=[paper(b"s", title="Drawing", level=Level.SAFEGUARDING)],
        )  # fmt: skip
        entry = Entry.objects.get(verb="file_for_safeguarding")
        assert entry.action == "safeguarding.note"
    for key in ("senco", "head", "teacher"):
        with acting_as(key) as actor:
            assert "Drawing" not in titles(actor)
            assert "Drawing" not in titles(actor, in_error=True)
            assert not Fact.objects.filter(source_ref=made.ref).exists()
            with pytest.raises(NotYours):
                queries.document(actor, made.ref)
    with acting_as("dsl") as actor:
        assert "Drawing" in titles(actor)
        assert Task.objects.get(source_ref=made.ref).role_action == "safeguarding.view"
        row = queries.document(actor, made.ref)
        with pytest.raises(NotPossible):
            correct_document(actor=actor, document=row, version=None, level=Level.ORDINARY)
        correct_document(actor=actor, document=row, version=None, title="A drawing")
        assert Entry.objects.get(verb="correct_document").action == "safeguarding.view"
    with acting_as("senco") as actor:
        ordinary = queries.document(actor, Document.objects.get(title="IEP Spring 2026").ref)
        with pytest.raises(NotPossible):
            correct_document(actor=actor, document=ordinary, version=None, level=Level.SAFEGUARDING)
        with pytest.raises(NotPossible):
            file_documents(actor=actor, pupil=idris(), papers=[paper(level=Level.SAFEGUARDING)])
        with pytest.raises(NotPossible):
            file_for_safeguarding(actor=actor, pupil=idris(), papers=[paper()])


def test_a_newer_version_stands_beside_the_older_ones():
    with acting_as("teacher") as actor:
        document = Document.objects.select_related("org").get(title="IEP Spring 2026")
        version = add_version(
            actor=actor, document=document, file=Incoming("n.pdf", [samples.pdf("New")]), note="New"
        )
        assert version.number == 2
        first, second = reversed(queries.versions_of(document))
        assert first.file.digest != second.file.digest
        with pytest.raises(FilesNotTaken, match="newest version already"):
            add_version(
                actor=actor, document=document, file=Incoming("n.pdf", [samples.pdf("New")])
            )
        assert queries.bytes_of(first).read_bytes().startswith(b"%PDF-")


def test_who_filed_it_and_who_co_ordinates_put_it_right_and_nobody_else():
    with acting_as("senco") as actor:
        (made,) = file_documents(actor=actor, pupil=idris(), papers=[paper()])
    with acting_as("teacher") as actor, pytest.raises(Refused):
        correct_document(actor=actor, document=made, version=None, title="Mine")
    with acting_as("senco") as actor:
        row = queries.document(actor, made.ref)
        with pytest.raises(Stale):
            correct_document(actor=actor, document=row, version=9, title="Other")
        correct_document(actor=actor, document=row, version=1, level=Level.CONFIDENTIAL)
        with pytest.raises(Invalid) as refused:
            correct_documents(actor=actor, documents=[row], said=[{"version": 2, "title": ""}])
        assert refused.value.field == "title-0"
    with acting_as("teacher") as actor:
        assert "A letter" not in titles(actor)
        told = " ".join(fact.words for fact in timeline(idris(), actor))
        assert "A letter" not in told
        assert "known to others" not in told
    with acting_as("senco") as actor:
        assert "Filed: A letter." in [fact.words for fact in timeline(idris(), actor)]


def test_what_was_filed_in_error_stays_and_is_closed():
    with acting_as("teacher") as actor:
        (made,) = file_documents(actor=actor, pupil=idris(), papers=[paper()])
        row = queries.document(actor, made.ref)
        with pytest.raises(Invalid):
            mark_filed_in_error(actor=actor, documents=[row], reason="wrong")
        mark_filed_in_error(actor=actor, documents=[row], reason="Of another child.", version=1)
        assert "A letter" not in titles(actor)
        assert "A letter" in titles(actor, in_error=True)
        with pytest.raises(NotPossible):
            mark_filed_in_error(actor=actor, documents=[row], reason="Of another child.")
        with pytest.raises(NotPossible):
            add_version(actor=actor, document=row, file=Incoming("x.txt", [b"x"]))
        # it can be filed again where it belongs, or here after all
        file_documents(actor=actor, pupil=idris(), papers=[paper(title="Again")])
    with acting_as("dsl") as actor:
        assert "A letter" not in titles(actor, in_error=True)
    with acting_as("senco") as actor:
        assert "A letter" in titles(actor, in_error=True)


def test_bytes_that_are_not_as_they_were_kept_are_not_given_out():
    with acting_as("senco") as actor:
        (made,) = file_documents(actor=actor, pupil=idris(), papers=[paper(b"whole")])
        (version,) = queries.versions_of(made)
        place = store_of(made.org).path(version.file.digest)
        place.chmod(0o640)
        place.write_bytes(b"other")
        with pytest.raises(stores.FileNotTaken, match="not as it was kept"):
            queries.bytes_of(version)
        place.unlink()
        with pytest.raises(stores.FileNotTaken, match="not where it was kept"):
            queries.bytes_of(version)
