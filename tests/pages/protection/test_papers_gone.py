"""Single papers past their date are chosen, called off, and disposed of before their record."""

import uuid
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from opensenco.access.scope import system_scope
from opensenco.audit.acting import as_actor
from opensenco.cases.models import Fact
from opensenco.documents.keeping import Incoming, store_of
from opensenco.documents.models import Document, DocumentVersion, GonePaper, PaperText, StoredFile
from opensenco.documents.operations.filing import Paper, file_documents
from opensenco.documents.operations.holding import lift_hold, place_hold
from opensenco.gate.rows import change
from opensenco.kernel.errors import DomainError
from opensenco.ops import disposing
from opensenco.people.models import Pupil
from opensenco.protection.models import PaperDisposal
from opensenco.protection.operations import papers as pen
from opensenco.protection.states import Disposing
from tests.cast import TODAY
from tests.client import StrictClient, signed_in
from tests.documents import samples
from tests.pages.asking.test_round import as_it_stands
from tests.pages.concerns.walking import text_of
from tests.pages.packs.test_paper import at as edition_at
from tests.pages.packs.test_paper import filed, newest
from tests.pages.packs.test_paper import made as made_file
from tests.pages.protection.test_keeping import on_day
from tests.pages.provision.hands import link_to
from tests.people import acting_as
from tests.support.asking import asks
from tests.support.forms import forms_on

pytestmark = [pytest.mark.django_db, pytest.mark.worker]
WHY = "Copies of what the clinic keeps."
SECRET = "Zanzibar"
QUESTIONS = 20


def long_ago() -> Pupil:
    """Let Idris be 33: all of his papers have passed their date."""
    with acting_as("head") as actor, as_actor(actor):
        row = Pupil.objects.select_related("org").get(first_name="Idris")
        return change(row, version=None, birth_date=date(TODAY.year - 33, 3, 9))


def old_papers(*titles: str) -> tuple[Pupil, list[uuid.UUID]]:
    with acting_as("senco") as actor:
        refs = [
            uuid.UUID(filed(actor, f"{title}.pdf", samples.pdf(title), f"{SECRET} {title}"))
            for title in titles
        ]
    return long_ago(), refs


def grace_has(content: bytes) -> None:
    with acting_as("senco") as actor:
        row = Pupil.objects.select_related("org").get(first_name="Grace")
        sent = Paper(Incoming("x.pdf", [content]), title="Of Grace", kind="report")
        file_documents(actor=actor, pupil=row, papers=[sent])


def to(name: str, row: Any) -> str:
    return reverse(f"protection:{name}", args=[row.ref])


def choose(client: StrictClient, pupil: Pupil, *refs: uuid.UUID, **given: str) -> Any:
    sent = as_it_stands(
        client.get(to("papers", pupil)), papers=[str(ref) for ref in refs],
        **{"why": WHY, "sure": "on", **given},
    )  # fmt: skip
    return client.post(to("papers", pupil), sent, follow=True)


def left_of(pupil: Pupil, word: str) -> list[str]:
    """Give in which rows about the pupil's papers a word still stands."""
    found = []
    with system_scope("looking for what is left", write=False):
        for model in (Document, Document.history.model, DocumentVersion, PaperText, Fact,
                      GonePaper, PaperDisposal):  # fmt: skip
            rows = model._default_manager.filter(org=pupil.org_id).values()
            found += [model._meta.label for row in rows if word in str(row)]
    return found


@pytest.mark.rule("GOV-07")
@pytest.mark.usefixtures("own_files")
def test_chosen_papers_go_with_a_certificate_and_the_record_says_that_they_were_there(monkeypatch):
    pupil, (report, other, stays) = old_papers("report", "second", "third")
    head, senco = signed_in("head"), signed_in("senco")
    with acting_as("head", write=False):
        digests = list(
            DocumentVersion.objects.filter(document__ref__in=[report, other]).values_list(
                "file__digest", flat=True
            )
        )
    files = [store_of(pupil.org).path(one) for one in digests]
    listed = reverse("documents:passed")
    assert to("papers", pupil) in head.get(listed).text
    assert to("papers", pupil) not in senco.get(listed).text
    assert senco.get(to("papers", pupil)).status_code == 403
    assert f"{SECRET} report, Report of a professional, kept until 9 March 2025" in text_of(
        head.get(to("papers", pupil))
    )
    opened = link_to(head.get(to("papers", pupil)), f"{SECRET} report")
    assert opened == reverse("documents:show", args=[report])
    assert "Tick the box" in text_of(choose(head, pupil, report, sure=""))
    assert "Choose at least one paper." in text_of(choose(head, pupil))
    assert "Say in a few words why" in text_of(choose(head, pupil, report, why="Old"))
    page = text_of(choose(head, pupil, report, other))
    assert "Papers to be disposed of" in page
    assert "Report of a professional 2" in page
    assert "All papers 2" in page
    assert SECRET not in page
    assert "It was decided already" in refused(pupil, stays)
    with acting_as("head", write=False):
        row = PaperDisposal.objects.get(why=WHY)
    assert "Called off. The papers stay." in text_of(
        head.post(to("paper_certificate", row), follow=True)
    )
    choose(head, pupil, report, other)
    assert disposing.dispose_due() == 0, "seven days to call it off"
    on_day(7, monkeypatch)
    assert disposing.dispose_due() == 1
    assert [path for path in files if path.exists()] == []
    assert left_of(pupil, f"{SECRET} report") == []
    assert len(left_of(pupil, f"{SECRET} third")) >= 3, "what was not chosen stays"
    told(head, senco, pupil, report)
    assert disposing.dispose_due() == 0


def refused(pupil: Pupil, *refs: uuid.UUID) -> str:
    with acting_as("head") as actor:
        row = Pupil.objects.select_related("org").get(pk=pupil.pk)
        try:
            pen.decide_papers(actor=actor, pupil=row, papers=refs, why=WHY)
        except DomainError as why:
            return why.sentence
    return ""


def told(head: StrictClient, senco: StrictClient, pupil: Pupil, report: uuid.UUID) -> None:
    """The certificate, the list, the address of the paper, the timeline and the past say so."""
    with acting_as("head", write=False):
        done = PaperDisposal.objects.get(why=WHY, state=Disposing.DONE)
        gone = GonePaper.objects.filter(pupil=pupil, why=WHY)
        assert {one.certificate for one in gone} == {done.ref}
        assert (done.papers, done.left, done.files, done.files_kept) == ([], [], 2, 0)
    page = text_of(head.get(to("paper_certificate", done)))
    assert "Certificate of disposal of papers" in page
    assert "2 files were removed." in page
    assert "Idris" not in page
    assert "2 papers carried out" in text_of(head.get(reverse("protection:keeping")))
    words = (
        "A paper was here: Report of a professional, filed on 10 March 2027. "
        f"Disposed of on 17 March 2027: {WHY}"
    )
    shown = text_of(senco.get(reverse("documents:list", args=[pupil.ref])))
    assert shown.count(words) == 2
    here = reverse("documents:show", args=[report])
    assert words in text_of(senco.get(here))
    assert signed_in("ta").get(here).status_code == 403
    assert signed_in("outsider").get(here).status_code == 404
    past = reverse("pupils:as_of", args=[pupil.ref]) + "?on-day=10&on-month=3&on-year=2027"
    assert words in text_of(senco.get(past))
    with acting_as("senco", write=False):
        (fact,) = Fact.objects.filter(source_ref=report)
        assert fact.words.endswith(f"It was disposed of: {WHY}")


@pytest.mark.usefixtures("own_files")
def test_a_pack_that_holds_a_paper_stays_whole_and_says_so_and_the_same_bytes_stay(monkeypatch):
    pupil, (report, twin) = old_papers("report", "second")
    grace_has(samples.pdf("second"))
    senco, head = signed_in("senco"), signed_in("head")
    new = reverse("packs:paper_new", args=[pupil.ref])
    asked = forms_on(senco.get(new).text)[1].sent(lambda _field: None)
    senco.post(new, {**asked, "for_whom": "The panel", "audience": "authority",
                     "parts": ["profile"], "papers": [str(report)]})  # fmt: skip
    pack = newest()
    assert "It is in 1 pack on paper, which stays as it is." in text_of(
        head.get(to("papers", pupil))
    )
    choose(head, pupil, report, twin)
    on_day(7, monkeypatch)
    assert disposing.dispose_due() == 1
    page = text_of(senco.get(edition_at(pack)))
    assert f"{SECRET} report" in page
    assert (
        "Disposed of on 17 March 2027. This pack was put together before, and still holds" in page
    )
    assert made_file(senco, pack, "pdf").startswith(b"%PDF")
    with acting_as("head", write=False):
        done = PaperDisposal.objects.get(why=WHY)
        assert (done.files, done.files_kept) == (0, 2)
        assert StoredFile.objects.filter(digest=pack.annexes[0]["digest"]).exists()


@pytest.mark.usefixtures("own_files")
def test_what_holds_a_paper_since_then_keeps_it_and_bytes_that_came_again_stay(monkeypatch):
    pupil, (report, _other) = old_papers("report", "second")
    head = signed_in("head")
    choose(head, pupil, report)
    with acting_as("senco") as actor:
        row = Pupil.objects.select_related("org").get(pk=pupil.pk)
        hold = place_hold(actor=actor, pupil=row, reason="A claim is open.")
    on_day(8, monkeypatch)
    assert disposing.dispose_due() == 0
    assert len(left_of(pupil, f"{SECRET} report")) >= 3
    with acting_as("senco") as actor:
        lift_hold(actor=actor, hold=hold, reason="It was settled.")
    monkeypatch.setattr(disposing, "_files_go", lambda *_given: None)
    assert disposing.dispose_due() == 1, "cut off between rows and files"
    monkeypatch.undo()
    with acting_as("senco") as actor:
        again = filed(actor, "again.pdf", samples.pdf("report"), "Filed anew")
    on_day(9, monkeypatch)
    disposing.dispose_due()
    with acting_as("head", write=False):
        assert PaperDisposal.objects.get(why=WHY).state == Disposing.DONE
        version = DocumentVersion.objects.select_related("file").get(document__ref=again)
        assert store_of(pupil.org).whole(version.file.digest).exists()


@pytest.mark.usefixtures("own_files")
def test_that_a_confidential_paper_went_is_told_to_those_alone_who_could_know_of_it(monkeypatch):
    with acting_as("senco") as actor:
        ref = uuid.UUID(filed(actor, "a.pdf", samples.pdf("a"), SECRET, level="confidential"))
    pupil = long_ago()
    choose(signed_in("head"), pupil, ref)
    on_day(7, monkeypatch)
    assert disposing.dispose_due() == 1
    here, there = reverse("documents:show", args=[ref]), reverse("documents:list", args=[pupil.ref])
    timeline = reverse("pupils:show", args=[pupil.ref])
    for who, status, told_of in (("senco", 200, 1), ("teacher", 403, 0)):
        client = signed_in(who)
        assert client.get(here).status_code == status
        assert text_of(client.get(there)).count("A paper was here") == told_of
        assert (WHY in text_of(client.get(timeline))) == bool(told_of), who
    # the empty shell is opened and changed by nobody
    for name in ("correct", "in_error", "new_version"):
        at = reverse(f"documents:{name}", args=[ref])
        assert signed_in("senco").get(at).status_code == 403, name
        assert signed_in("senco").post(at, {"reason": "Once more now."}).status_code == 403, name


def test_only_papers_of_the_list_are_chosen_and_only_by_whoever_decides():
    pupil, (report,) = old_papers("report")
    with acting_as("senco", write=False):
        theirs = Document.objects.exclude(pupil=pupil).exclude(level="safeguarding")[0]
    for refs in ((theirs.ref,), (uuid.uuid4(),), (report, theirs.ref)):
        assert refused(pupil, *refs) == "Choose papers from the list only."
    with acting_as("head") as actor, as_actor(actor):
        change(Pupil.objects.get(pk=pupil.pk), version=None, birth_date=date(2018, 1, 1))
    assert refused(pupil, report) == "Choose papers from the list only."


def test_the_page_asks_as_often_however_many_papers_there_are():
    pupil, _refs = old_papers("one")
    head = signed_in("head")
    head.get(to("papers", pupil))
    with asks(QUESTIONS):
        head.get(to("papers", pupil))
    with acting_as("senco") as actor:
        for number in range(3):
            filed(actor, f"{number}.pdf", samples.pdf(str(number)), f"Paper {number}")
    with asks(QUESTIONS):
        head.get(to("papers", pupil))
