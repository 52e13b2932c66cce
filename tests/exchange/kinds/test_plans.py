"""A heap of papers: each finds its child by name or first page, or is asked about; then filed."""

from datetime import date

import pytest

from opensenco.access.actor import Actor
from opensenco.documents.guessing import When, in_name, inside, proposal
from opensenco.documents.keeping import store_of
from opensenco.documents.models import Document, DocumentVersion
from opensenco.documents.operations.putting_right import correct_document
from opensenco.exchange.models import FileImport, ImportRow, Trace
from opensenco.exchange.operations.applying import apply_import
from opensenco.exchange.operations.imports import abandon_import
from opensenco.exchange.operations.papers import say_of_papers, stage_papers
from opensenco.exchange.operations.undoing import undo_import
from opensenco.exchange.readers.papers import Sheet
from opensenco.exchange.readers.words import FileRefused
from opensenco.exchange.sentences import said
from opensenco.exchange.states import Match, State
from opensenco.kernel.errors import Invalid, NotAllowed, NotPossible, Stale
from opensenco.people.models import Pupil
from opensenco.people.operations import rolls
from opensenco.people.queries import place
from tests.cast import TODAY
from tests.documents import samples
from tests.people import acting_as

pytestmark = pytest.mark.django_db


def paper(name: str, text: str = "", *, folder: str = "") -> Sheet:
    return Sheet(name, [samples.docx(text or f"Paper {name} {folder}")], folder)


def heap(actor: Actor, *papers: Sheet, level: str = "") -> FileImport:
    return stage_papers(actor=actor, org=place(actor), papers=papers, level=level)


def row(file: FileImport, line: int = 1) -> ImportRow:
    return ImportRow.objects.get(file=file, line=line)


def told(one: ImportRow) -> dict[str, object]:
    return {each["field"]: each["after"] for each in one.changes}


def why(one: ImportRow) -> str:
    return " ".join(map(said, one.reasons))


def pupil(first_name: str) -> Pupil:
    return Pupil.objects.get(first_name=first_name)


def with_upn(actor: Actor, first_name: str, upn: str) -> Pupil:
    rolls.change_pupils(actor=actor, pupils=[pupil(first_name)], values=[{"upn": upn}])
    return pupil(first_name)


def applied(actor: Actor, file: FileImport) -> FileImport:
    return apply_import(actor=actor, file_import=file, version=file.version)


@pytest.mark.parametrize(
    ("name", "text", "folder"),
    [
        ("Hassan-Cole, Idris - IEP Autumn 2025.docx", "", ""),
        ("IEP_Idris_Hassan_Cole_2025-10-03.docx", "", ""),
        ("idris hassan cole.docx", "", ""),
        ("IEP.docx", "", "SEN/Hassan-Cole Idris"),
        ("scan 1.docx", "Name: Idris Hassan-Cole\nDate of birth: {born}", ""),
        ("Plan {upn}.docx", "", ""),
        ("scan.docx", "UPN {upn}", ""),
        ("Hassan-Cole, Idris {born}.docx", "", ""),
    ],
)
def test_a_paper_finds_its_child(name, text, folder):
    with acting_as("senco") as actor:
        idris = with_upn(actor, "Idris", "T891999922005")
        facts = {"born": f"{idris.birth_date:%d.%m.%Y}", "upn": idris.upn}
        one = row(heap(actor, paper(name.format(**facts), text.format(**facts), folder=folder)))
        assert one.match == Match.NEW, why(one)
        assert one.pupil_id == idris.pk
        assert told(one)["dated"] != [idris.birth_date.isoformat(), ""]


@pytest.mark.parametrize(
    ("name", "text", "reason", "candidates"),
    [
        ("Idris IEP.docx", "", "Only a part", ["Idris"]),
        ("scan0001.docx", "", "Neither", []),
        ("scan0001.docx", "Idris Hassan-Cole is in year 4.", "Nothing else says", ["Idris"]),
        ("Hassan-Cole, Idris 04.05.2016.docx", "", "another date of birth", ["Idris"]),
        ("Hassan-Cole, Idris.docx", "UPN {other}", "the first page another", ["Idris", "Grace"]),
        ("Twin, Jo.docx", "", "Several", ["Jo", "Jo"]),
    ],
)
def test_what_leaves_a_doubt_is_asked(name, text, reason, candidates):
    with acting_as("senco") as actor:
        grace = with_upn(actor, "Grace", "L892000119001")
        born = {"last_name": "Twin", "birth_date": date(2018, 2, 3)}
        rolls.add_pupils(
            actor=actor, org=place(actor),
            rows=[{"first_name": "Jo", **born}, {"first_name": "Jo", **born}],
        )  # fmt: skip
        one = row(heap(actor, paper(name, text.format(other=grace.upn))))
        assert one.match == Match.DOUBTFUL
        assert reason in why(one)
        found = Pupil.objects.filter(pk__in=one.candidates).values_list("first_name", flat=True)
        assert sorted(found) == sorted(candidates)


@pytest.mark.requirement("S4-40")
def test_a_heap_is_filed_in_one_go_with_its_dates_and_taken_back():
    with acting_as("senco") as actor:
        file = heap(
            actor,
            paper("Hassan-Cole, Idris - IEP 3 October 2025.docx"),
            paper("Hassan-Cole, Idris - EP report.docx", "Date of report: 4 November 2025\nIdris"),
            paper("scan.docx"),
            Sheet("Hassan-Cole, Idris.docx", [samples.PROGRAM]),
        )
        assert [row(file, n).match for n in (1, 2, 3, 4)] == ["new", "new", "doubtful", "refused"]
        assert "program" in said(row(file, 4).faults[0]["wrong"])
        assert told(row(file, 2))["dated"] == ["2025-11-04", ""]
        grace = pupil("Grace")
        answer = {3: {"pupil": grace.pk, "title": "Her plan", "dated": "2025-01-07"}}
        say_of_papers(actor=actor, file_import=file, version=file.version, said=answer)
        assert row(file, 3).match == Match.NEW
        file = applied(actor, FileImport.objects.select_related("org").get(pk=file.pk))
        assert file.state == State.APPLIED
        plan = Document.objects.get(title="Hassan-Cole, Idris - IEP 3 October 2025")
        report = Document.objects.get(title="Hassan-Cole, Idris - EP report")
        hers = Document.objects.get(title="Her plan")
        assert (plan.pupil.first_name, plan.kind, plan.dated) == (
            "Idris",
            "plan",
            date(2025, 10, 3),
        )
        assert (report.kind, report.level) == ("report", "confidential")
        assert (hers.pupil, hers.dated) == (grace, date(2025, 1, 7))
        assert Trace.objects.filter(file=file).count() == 3
        assert not any("words" in one.values for one in ImportRow.objects.filter(file=file))
        version = DocumentVersion.objects.select_related("file", "org").get(document=plan)
        assert store_of(version.org).whole(version.file.digest).exists()
        # what somebody has put right since stays, the rest is marked as filed in error
        correct_document(actor=actor, document=hers, version=None, title="Plan of Grace")
        undo_import(actor=actor, file_import=file, version=file.version)
        assert Document.objects.get(pk=plan.pk).in_error
        assert not Document.objects.get(pk=hers.pk).in_error
        assert row(file, 3).outcome == "kept"


def test_the_same_paper_is_not_filed_twice():
    with acting_as("senco") as actor:
        name = "Hassan-Cole, Idris - IEP.docx"
        file = heap(actor, paper(name, "one"), paper(f"Copy of {name}", "one"))
        assert [row(file, n).match for n in (1, 2)] == ["new", "unchanged"]
        applied(actor, file)
        again = heap(actor, paper(name, "one"))
        assert row(again).match == Match.UNCHANGED
        assert "already" in why(row(again))
        assert Document.objects.filter(title__contains="Hassan-Cole").count() == 1


def test_what_was_said_may_not_be_of_another_school_nor_come_too_late():
    with acting_as("outside_teacher") as actor:
        stranger = Pupil.objects.get(first_name="Zebedee").pk
    with acting_as("senco") as actor:
        file = heap(actor, paper("scan.docx"))
        version = file.version
        for line in ({"pupil": stranger}, {"kind": "nonsense"}):
            with pytest.raises(Invalid) as refused:
                say_of_papers(actor=actor, file_import=file, version=version, said={1: line})
            assert refused.value.field == "line-1"
            file = FileImport.objects.select_related("org").get(pk=file.pk)
        say_of_papers(actor=actor, file_import=file, version=version, said={1: {"leave": True}})
        assert row(file).decision == "leave"
        with pytest.raises(Stale):
            say_of_papers(actor=actor, file_import=file, version=version, said={1: {}})
        waits = store_of(file.org).folder / "waiting" / file.ref.hex
        assert len(list(waits.iterdir())) == 1
        file = FileImport.objects.select_related("org").get(pk=file.pk)
        abandon_import(actor=actor, file_import=file, version=None)
        assert row(file).values == {}
        with pytest.raises(NotPossible):
            say_of_papers(actor=actor, file_import=file, version=None, said={})


def test_a_heap_that_cannot_be_brought_in_leaves_nothing(settings):
    with acting_as("senco") as actor:
        folder = store_of(place(actor)).folder
        before = list(folder.glob("waiting/*"))
        with pytest.raises(FileRefused, match="no paper"):
            heap(actor)

        def broken():
            yield paper("a.docx")
            raise FileRefused

        with pytest.raises(FileRefused):
            stage_papers(actor=actor, org=place(actor), papers=broken())
        assert list(folder.glob("waiting/*")) == before
        assert not list(folder.glob("incoming/*"))
    with acting_as("admin") as actor, pytest.raises(NotAllowed):
        heap(actor, paper("a.docx"))


@pytest.mark.parametrize(
    ("name", "on", "words", "kind"),
    [
        ("Okoye, Amara - IEP Autumn 2025.docx", date(2025, 9, 1), "Autumn 2025", "plan"),
        ("EP report 3rd Oct 2025.pdf", date(2025, 10, 3), "", "report"),
        ("EHCP_2024-02-29_final.pdf", date(2024, 2, 29), "", "ehc_plan"),
        ("20250107 letter home.doc", date(2025, 1, 7), "", "letter"),
        ("Annual review 7.1.25.pdf", date(2025, 1, 7), "", "review"),
        ("passport Oct 2025.pdf", date(2025, 10, 1), "October 2025", "plan"),
        ("IEP 30.02.2025.pdf", None, "", "plan"),
        ("IEP 01.09.2024 to 01.12.2024.pdf", None, "", "plan"),
        ("IEP 2030-01-01.pdf", None, "", "plan"),
        ("scan0001.pdf", None, "", "other"),
        ("SALT assessment born 05.05.2018.pdf", None, "", "report"),
    ],
)
def test_a_name_tells_what_it_says_and_no_more(name, on, words, kind):
    found = proposal(name, TODAY, not_days=[date(2018, 5, 5)])
    assert (found.when, found.kind.code) == (When(on, words), kind)


def test_inside_only_a_date_that_is_called_the_papers_own_counts():
    text = "Name: A\nDate of birth: 5 May 2018\nDate of plan: 3 October 2025\nReview: 1/2/2026"
    assert inside(text, TODAY) == When(date(2025, 10, 3))
    assert inside("Date of birth: 05/05/2018\nHe was seen on 3 October 2025", TODAY) == When()
    assert in_name("Spring term 2026 plan", TODAY) == When(date(2026, 1, 1), "Spring 2026")
