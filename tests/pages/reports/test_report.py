"""A report told by its pages: begun, written, sent, sent back, approved, published, and kept."""

import io
import zipfile
from contextlib import suppress
from typing import Any

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from pypdf import PdfReader

from opensenco.gate.operation import Refused
from opensenco.kernel.errors import NotPossible
from opensenco.reports import jobs, queries
from opensenco.reports.kinds import kinds
from opensenco.reports.models import Report, ReportEdition, ReportPaper, ReportPart, ReportPoint
from opensenco.reports.operations import approving, writing
from opensenco.reports.operations.papers import ask_for_paper
from opensenco.reports.states import Setting
from tests.cast import TODAY
from tests.client import signed_in
from tests.pages.asking.test_round import as_it_stands
from tests.pages.concerns.walking import text_of
from tests.people import acting_as

pytestmark = pytest.mark.django_db
LAW, GOVERNORS = "sen-information-report", "governors-sen-report"
LIST = "/reports/"


def to(name: str, row: Any) -> str:
    return reverse(f"reports:{name}", args=[row.ref])


def report() -> Report:
    with acting_as("senco", write=False):
        return Report.objects.select_related("org").order_by("-id")[0]


def part(row: Report, name: str) -> ReportPart:
    with acting_as("senco", write=False):
        rows = ReportPart.objects.select_related("report__org")
        return rows.get(report=row, part=name)


def step(key: str, name: str, row: Any, **given: Any) -> str:
    client = signed_in(key)
    form = client.get(to(name, row))
    return text_of(client.post(to(name, row), as_it_stands(form, **given), follow=True))


def written(row: Report, *without: str) -> None:
    """Write every part but some, as somebody would part by part."""
    with acting_as("senco") as actor:
        for one in ReportPart.objects.select_related("report__org").filter(report=row):
            about = kinds()[row.kind].part(one.part)
            if about is not None and about.written and one.part not in without:
                words = f"What we do: {about.title}.\n\nAnd more of it."
                writing.write_part(actor=actor, report_part=one, words=words, version=None)


def begun() -> Report:
    with acting_as("senco") as actor:
        org = queries.standings(actor)[0].org
        return writing.begin_report(
            actor=actor, org=org, kind=GOVERNORS, since=TODAY.replace(month=1, day=1)
        )


def published() -> ReportEdition:
    row = begun()
    with acting_as("senco") as actor:
        approving.send_for_approval(actor=actor, report=row, version=None)
    with acting_as("head") as actor:
        approving.approve_report(actor=actor, report=row, version=None)
    with acting_as("senco") as actor:
        return approving.publish_report(actor=actor, report=row, version=None)


@pytest.mark.rule("SCH-03")
def test_a_report_is_written_part_by_part_and_the_law_says_what_is_missing():
    senco = signed_in("senco")
    assert LIST in senco.get("/school/who-sees/").content.decode()
    form = senco.get(f"{reverse('reports:begin')}?kind={LAW}")
    page = text_of(senco.post(reverse("reports:begin"), as_it_stands(form), follow=True))
    assert "0 of 25 parts are written." in page
    assert "24 points that the law asks for are missing" not in page, "one is guidance"
    assert "23 points that the law asks for are missing" in page
    row = report()
    needs = part(row, "needs")
    later = as_it_stands(senco.get(to("part", needs)), words="Half a sent", finish_later="1")
    senco.post(to("part", needs), later)
    assert "Part of a report" in text_of(senco.get("/"))
    assert "Half a sent" in senco.get(to("part", needs)).content.decode()
    early = as_it_stands(senco.get(to("part", needs)), words="Mine.")
    saved = step("senco", "part", needs, words="We meet every need.")
    assert "1 of 25 parts are written." in saved
    assert "Go on: How we find and assess needs" in saved, "what comes next stands first"
    assert "1. Kinds of need we provide for" in saved
    assert "Two versions of the same record" in text_of(senco.post(to("part", needs), early))
    assert "It cannot be sent yet." in text_of(senco.get(to("send", row)))
    refused = step("senco", "send", row)
    assert "The law asks for 22 points that are not answered." in refused
    written(row, "plan")
    assert "The law asks for 1 point that is not answered." in step("senco", "send", row)
    with acting_as("senco", write=False):
        point = ReportPoint.objects.select_related("report__org").get(report=row, point="69-plan")
    elsewhere = step("senco", "point", point, part="access")
    assert "The accessibility plan MUST" in elsewhere
    placed = step("senco", "point", point, part="", reason="The new plan is voted on in May.")
    assert "Not answered: The new plan is voted on in May." in placed
    out = step("senco", "part", part(row, "outcomes"), left_out="on")
    assert "Left out of this report." in out
    assert "Sent." in step("senco", "send", row)


def test_it_is_approved_by_another_exactly_as_it_was_sent_and_published_for_good():
    row = begun()
    for key, status in (("governor", 403), ("teacher", 403), ("outsider", 404)):
        assert signed_in(key).get(to("show", row)).status_code == status
    step("senco", "send", row)
    assert "1 report waits for your approval" in text_of(signed_in("governor").get("/"))
    assert "A report waits for your approval" in text_of(signed_in("head").get("/"))
    with acting_as("senco") as actor, pytest.raises(Refused):
        approving.approve_report(actor=actor, report=row, version=None)
    with acting_as("senco") as actor, pytest.raises(NotPossible):
        writing.write_part(actor=actor, report_part=part(row, "money"), words="Else.", version=None)
    no = step("governor", "decide", row, decision="return", reason="")
    assert "Say what should be changed" in no
    words = step("governor", "decide", row, decision="approve", reason="Well done.")
    assert "An approval goes without words." in words, "they would be lost"
    late = as_it_stands(signed_in("head").get(to("decide", row)), decision="approve")
    said = step("governor", "decide", row, decision="return", reason="Say more on trips.")
    assert "Sent back. Amara Okafor is told, with what you wrote." in said
    gone = signed_in("head").post(to("decide", row), late)
    assert "You cannot" not in text_of(signed_in("head").get(to("show", row))), "heads write here"
    assert "This report does not wait for approval." in text_of(gone)
    came = signed_in("governor").get(to("decide", row))
    assert came.status_code == 403
    assert "This report is being written. You find it on your home page once" in text_of(came)
    back = text_of(signed_in("senco").get(to("show", row)))
    assert "Colin Basing: Say more on trips." in back
    step("senco", "part", part(row, "money"), words="Everybody goes on every trip.")
    step("senco", "send", row)
    assert "Everybody goes on every trip." in text_of(signed_in("governor").get(to("show", row)))
    yes = step("governor", "decide", row, decision="approve")
    assert "Approved. Amara Okafor is told, and can publish it." in yes
    assert "Approved by Colin Basing" in text_of(signed_in("senco").get(to("show", row)))
    page = step("senco", "publish", row)
    assert "Edition 2, published on 10 March 2027, approved by Colin Basing." in page
    assert "Everybody goes on every trip." in page
    assert "Promised and delivered" in page
    assert "under 5" in page, "three pupils could be told apart"
    with acting_as("senco") as actor, pytest.raises(NotPossible):
        approving.take_back(actor=actor, report=report(), version=None)


def test_the_next_edition_begins_with_the_last_ones_words_and_tells_what_changed():
    first = published()
    row = begun()
    page = text_of(signed_in("senco").get(to("show", row)))
    assert "1 of 10 parts are written. 1 is as last time and not looked at yet." in page
    assert "No figure differs." in page
    same = step("senco", "part", part(row, "register"))
    assert "as last time" not in same
    step("senco", "part", part(row, "risks"), words="Other words.")
    step("senco", "send", row)
    step("head", "decide", row, decision="approve")
    step("senco", "publish", row)
    with acting_as("senco", write=False):
        second = ReportEdition.objects.get(report=row)
    assert second.number == 3
    newest = text_of(signed_in("governor").get(to("edition", second)))
    assert "Other words: Risks and decisions wanted." in newest
    assert "This is not the newest edition." in text_of(signed_in("head").get(to("edition", first)))
    begun_again = begun()
    with acting_as("senco") as actor, pytest.raises(NotPossible):
        writing.begin_report(actor=actor, org=begun_again.org, kind=GOVERNORS, since=TODAY)
    assert "Dropped." in step("senco", "drop", begun_again)


def asked_of_the_worker() -> Any:
    return DBTaskResult.objects.filter(task_path=jobs.set_paper.module_path, status="READY")


def work() -> None:
    """Do what the worker does with each job that waits; one that fails is told and left."""
    for job in asked_of_the_worker():
        with suppress(RuntimeError):
            jobs.set_paper.func(*job.args_kwargs["args"])
    asked_of_the_worker().update(status="SUCCESSFUL")


def waiting_paper(form: str) -> ReportPaper:
    with acting_as("senco", write=False):
        return ReportPaper.objects.select_related("report").filter(form=form).order_by("-id")[0]


def test_pdf_and_word_are_made_in_the_background_and_found_again():
    edition = published()
    senco = signed_in("senco")
    at = to("ask_paper", edition.report)
    assert "Being made" in text_of(senco.post(at, {"form": "pdf"}, follow=True))
    senco.post(at, {"form": "word"}, follow=True)
    work()
    paper = waiting_paper("pdf")
    assert "Save the PDF" in text_of(senco.get(to("paper", paper)))
    assert "The PDF is ready" in text_of(senco.get("/"))
    assert "PDF" in text_of(senco.get(to("edition", edition)))
    pdf = b"".join(senco.get(to("file", paper)))
    reader = PdfReader(io.BytesIO(pdf))
    words = "\n".join(page.extract_text() for page in reader.pages)
    assert "Edition 2, published on 10 March 2027" in words
    assert "/StructTreeRoot" in reader.root_object, "a tagged paper"
    word = b"".join(senco.get(to("file", waiting_paper("word"))))
    inside = zipfile.ZipFile(io.BytesIO(word)).read("word/document.xml").decode()
    assert "Register and movement" in inside
    assert "<w:tblHeader/>" in inside
    again = senco.post(at, {"form": "pdf"})
    assert again.headers["Location"] == to("paper", paper), "an edition is set once"


def test_a_paper_of_a_draft_stays_with_its_writers_when_the_report_is_sent():
    row = begun()
    step("senco", "part", part(row, "money"), words="Named here for now.")
    signed_in("senco").post(to("ask_paper", row), {"form": "pdf"})
    work()
    draft = waiting_paper("pdf")
    step("senco", "part", part(row, "money"), words="Nobody is named here any more.")
    step("senco", "send", row)
    governor = signed_in("governor")
    assert to("paper", draft) not in governor.get(to("show", row)).content.decode()
    assert {governor.get(to(name, draft)).status_code for name in ("paper", "file")} == {403}
    governor.post(to("ask_paper", row), {"form": "pdf"})
    work()
    own = waiting_paper("pdf")
    assert (own.pk != draft.pk, own.state) == (True, Setting.DONE)
    assert "Save the PDF" in text_of(governor.get(to("paper", own)))


def test_a_paper_whose_worker_was_killed_is_made_once_and_one_that_fails_says_so(monkeypatch):
    edition = published()
    with acting_as("senco") as actor:
        row = ask_for_paper(actor=actor, report=edition.report, form="word")
    (job,) = asked_of_the_worker()
    papers_made = []

    def killed(*_given: Any) -> None:
        papers_made.append(_given)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("opensenco.documents.setting._settle", killed)
        with pytest.raises(KeyboardInterrupt):
            jobs.set_paper.func(*job.args_kwargs["args"])
    assert papers_made
    assert waiting_paper("word").state == Setting.WAITS, "a kill leaves nothing half done"
    for _again in range(2):
        jobs.set_paper.func(*job.args_kwargs["args"])
    made = waiting_paper("word")
    assert (made.pk, made.state, made.version) == (row.pk, Setting.DONE, 2)
    work()

    def refuses(*_given: Any) -> bytes:
        raise RuntimeError("no typesetter")

    with acting_as("senco") as actor:
        ask_for_paper(actor=actor, report=edition.report, form="pdf")
    monkeypatch.setattr("opensenco.reports.papers.pdf_of", refuses)
    work()
    stopped = text_of(signed_in("senco").get(to("paper", waiting_paper("pdf"))))
    assert "It could not be made" in stopped
