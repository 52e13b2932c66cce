"""What else can be asked for, told by its pages: a paper, an agreement, a statement."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from opensenco.access.actor import hats_of
from opensenco.documents import jobs
from opensenco.documents.models import Document
from opensenco.documents.states import Level
from opensenco.participation.models import Asked
from tests.client import signed_in
from tests.documents import samples
from tests.pages.asking.test_links import OUTSIDE, address_sent, with_a_code
from tests.pages.asking.test_round import as_it_stands, idris, latest, part_of, to
from tests.pages.concerns.walking import text_of
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db


def ask(wanted: str, **given: Any) -> Any:
    """Let the SENCO ask for something, and give the page of the round."""
    senco = signed_in("senco")
    sent = as_it_stands(senco.get(to("new", idris())), wanted=wanted, **given)
    return senco.post(to("new", idris()), sent, follow=True)


def file(name: str, content: bytes) -> dict[str, SimpleUploadedFile]:
    return {"a_paper": SimpleUploadedFile(name, content)}


@pytest.mark.requirement("S4-33")
def test_a_professional_hands_a_report_in_by_a_link_and_it_is_filed_by_type_source_role_and_date():
    missing = ask("report", **OUTSIDE)
    assert "Write a heading" in text_of(missing)
    page = ask(
        "report", **OUTSIDE, report_heading="Report of the hearing test", report_kind="report"
    )
    assert "Dr Wren Ashdown" in text_of(page)
    address, browser = address_sent(), Client()
    shown = with_a_code(address, browser)
    assert "A paper about Idris" in text_of(shown)
    assert 'enctype="multipart/form-data"' in shown.content.decode()
    sent = as_it_stands(shown, a_paper_role="Audiologist", a_paper_dated="4/3/2027")
    sent.pop("a_paper", None)
    # nothing, a program in a paper's clothes, a day to come: calm words, and nothing is filed
    assert "Choose a file" in text_of(browser.post(address, sent))
    refused = browser.post(address, {**sent, **file("Report.docx", samples.PROGRAM)})
    assert refused.status_code == 200
    assert "Audiologist" in refused.content.decode()
    late = {**sent, **file("Report.pdf", samples.pdf("Heard.")), "a_paper_dated": "4/3/2028"}
    assert "in the future" in text_of(browser.post(address, late))
    with acting_as("senco", write=False):
        assert not Document.objects.filter(title="Report of the hearing test").exists()
    done = browser.post(address, {**sent, **file("Report.pdf", samples.pdf("Heard."))}, follow=True)
    assert "Thank you, it has arrived" in text_of(done)
    with acting_as("senco", write=False):
        paper = Document.objects.get(title="Report of the hearing test")
        assert (paper.kind, paper.level) == ("report", Level.CONFIDENTIAL)
        assert (paper.came_from, paper.author_role) == ("Dr Wren Ashdown", "Audiologist")
        assert str(paper.dated) == "2027-03-04"
    side_by_side = signed_in("senco").get(to("round", latest())).content.decode()
    assert f'{reverse("documents:show", args=[paper.ref])}"' in side_by_side
    assert signed_in("senco").get(reverse("documents:show", args=[paper.ref])).status_code == 200


def test_a_paper_by_a_link_is_looked_into_in_the_role_at_work_of_who_asked(monkeypatch):
    with acting_as("parent", write=False) as actor:
        at_home = actor.hat
    monkeypatch.setattr(
        "opensenco.documents.operations.answers.hats_of",
        lambda *who: [at_home, *hats_of(*who)],
    )
    ask("report", **OUTSIDE, report_heading="Hearing", report_kind="report")
    address, browser = address_sent(), Client()
    sent = as_it_stands(with_a_code(address, browser))
    sent.pop("a_paper", None)
    browser.post(address, {**sent, **file("Report.pdf", samples.pdf("Heard."))})
    job = DBTaskResult.objects.filter(task_path=jobs.read_waiting.module_path).latest("enqueued_at")
    with acting_as("senco", write=False) as actor:
        assert job.args_kwargs["args"] == [actor.person.pk, actor.hat.key]


def test_words_are_agreed_to_by_name_or_not_with_a_reason_and_stay_as_they_were():
    words = "Idris has two sessions of reading a week until {date}."
    page = ask(
        "signature", people=[str(person(key).ref) for key in ("teacher", "ta")],
        signature_heading="The plan for the spring", signature_words=words,
    )  # fmt: skip
    assert "Not answered yet: 2 of 2" in text_of(page)
    teacher, ta = signed_in("teacher"), signed_in("ta")
    there = to("answer", part_of("teacher"))
    shown = teacher.get(there)
    assert words in text_of(shown)
    silent = text_of(teacher.post(there, as_it_stands(shown, a_sign="")))
    assert "Choose whether you agree." in silent
    unnamed = teacher.post(there, as_it_stands(shown, a_sign="yes"))
    assert "Write your full name." in text_of(unnamed)
    teacher.post(there, as_it_stands(shown, a_sign="yes", a_sign_name="Priya Raman"))
    there = to("answer", part_of("ta"))
    no = {"a_sign": "no", "a_sign_name": "Jo Birkett"}
    assert "Say why you do not agree" in text_of(ta.post(there, as_it_stands(ta.get(there), **no)))
    ta.post(there, as_it_stands(ta.get(there), **no, a_sign_because="One week has no room."))
    told = text_of(signed_in("senco").get(to("round", latest())))
    assert re.search(r"Agreed: Priya Raman, 10 March 2027 at \d\d:\d\d", told)
    assert "Does not agree: Jo Birkett" in told
    assert "One week has no room." in told
    assert part_of("teacher").answers["sign"]["words"] == words


def test_a_statement_and_questions_with_a_paper_stand_beside_each_other_and_once_is_once():
    ask(
        "statement", people=[str(person("teacher").ref)],
        statement_heading="What changed since the new seat", statement_about="Reading, mornings",
    )  # fmt: skip
    teacher = signed_in("teacher")
    there = to("answer", part_of("teacher"))
    shown = teacher.get(there)
    assert "Reading, mornings" in text_of(shown)
    empty = text_of(teacher.post(there, as_it_stands(shown, a_statement="")))
    assert "Fill in “Reading, mornings”" in empty
    assert "(needed)" not in empty, "there is nothing else that one might leave"
    teacher.post(there, as_it_stands(shown, a_statement="He starts by himself."))
    senco = signed_in("senco")
    assert "He starts by himself." in text_of(senco.get(to("round", latest())))
    assert "What changed since" not in text_of(senco.get(reverse("asking:sets")))
    own = as_it_stands(
        senco.get(reverse("asking:own_set")), title="With a picture", text_0="What do you see?",
        kind_0="longtext", text_1="A piece of work", kind_1="file",
    )  # fmt: skip
    senco.post(reverse("asking:own_set"), own)
    fresh = senco.get(to("new", idris()))
    key = re.search(r'value="(own:[\w-]+)"', fresh.content.decode())
    assert key
    sent = as_it_stands(fresh, people=[str(person("teacher").ref)], questions=key[1])
    senco.post(to("new", idris()), sent)
    there = to("answer", part_of("teacher"))
    shown = teacher.get(there)
    names = re.findall(r'name="(a_[\w-]+)"', shown.content.decode())
    picture = next(name for name in names if f"{name}_dated" in names)
    sent = as_it_stands(shown, **{names[0]: "He draws."})
    sent[picture] = SimpleUploadedFile("work.jpg", samples.JPEG)
    assert "Thank you" in text_of(teacher.post(there, sent, follow=True))
    assert "A piece of work" in text_of(senco.get(to("round", latest())))
    # put right in words alone: what was handed in stays
    again = as_it_stands(teacher.get(there), **{names[0]: "He draws boats."})
    again.pop(picture, None)
    teacher.post(there, again)
    part: Asked = part_of("teacher")
    assert [one["title"] for one in part.answers[picture[2:]]["papers"]] == ["A piece of work"]
