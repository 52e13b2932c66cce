"""Help, cookies, what is new, and the pages that must be drawn without a database."""

import re

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.urls import reverse

from opensenco.gate import broken, errors
from opensenco.gate.cookies import cookies
from opensenco.notices.whats_new import NEWS
from opensenco.pages.public.answers import READERS
from tests.client import signed_in
from tests.documents.pdf.papers import Printed
from tests.support.logs import log_kept
from tests.ui.drawn import Reader


def test_a_fault_is_told_with_a_mark_and_without_any_database() -> None:
    request = RequestFactory().get("/")
    with log_kept() as log:
        try:
            raise KeyError
        except KeyError:
            answer = errors.failed(request)
    [mark] = re.findall(r"<b>([0-9a-f]{8})</b>", answer.text)
    assert answer.status_code == 500
    assert "Something went wrong here" in answer.text
    assert mark in "".join(log)


def test_a_database_that_refuses_is_said_with_when_to_try_again() -> None:
    try:
        raise OperationalError
    except OperationalError:
        answer = errors.failed(RequestFactory().get("/"))
    assert (answer.status_code, answer["Retry-After"]) == (503, str(broken.RETRY_AFTER))
    assert "cannot reach the record just now" in answer.text
    assert "<nav" not in answer.text


def test_where_no_page_can_be_drawn_there_is_still_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(broken, "bare_chrome", lambda: 1 / 0)
    with log_kept():
        answer = errors.failed(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "The fault is ours" in answer.text


@pytest.mark.django_db
def test_help_answers_by_who_asks_and_leads_to_pages_that_are_there() -> None:
    page = Client().get(reverse("public:help"))
    for reader in READERS:
        assert f'href="#{reader.key}"' in page.text
        for one in reader.answers:
            assert not one.address or f'href="{reverse(one.address)}"' in page.text


@pytest.mark.requirement("S0-51")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("help", "It is done on the page “Concerns”."),
        ("accessibility", "(https://www.equalityadvisoryservice.com/)"),
        ("cookies", "What it is for"),
        ("privacy", "The roles"),
        ("for_parents", "What is held, and what for"),
        ("for_pupils", "You can read this with somebody."),
        ("for_staff", "72 hours"),
    ],
)
def test_a_page_of_words_is_had_as_a_tagged_pdf_that_says_the_same(name: str, says: str) -> None:
    page = Client().get(reverse(f"public:{name}"))
    assert 'href="?file=pdf"' in page.text
    answer = Client().get(reverse(f"public:{name}"), {"file": "pdf"})
    assert answer["Content-Type"] == "application/pdf"
    paper = Printed(answer.content)
    assert says in paper.text
    assert "Save as PDF" not in paper.text
    heads = [" ".join(words.split()) for _attributes, words in Reader(page.text).all("h2")]
    assert [words for tag, words in paper.headings if tag == "H2"] == [
        words for words in heads if words != "Who are you?"
    ]


@pytest.mark.django_db
def test_every_cookie_that_is_set_is_told_of() -> None:
    client = Client()
    client.get(reverse("account_login"))
    form = {"login": "amara.okafor@larkrise.example", "password": "wrong"}
    client.post(reverse("account_login"), form)
    known = {one.name for one in cookies()}
    assert len(known) == len(cookies()), "one is told of twice"
    assert set(client.cookies) | set(signed_in("senco").cookies) <= known
    page = Client().get(reverse("public:cookies"))
    assert all(name in page.text for name in known)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["senco", "parent"])
def test_what_is_new_is_marked_until_it_is_read(who: str) -> None:
    client, address = signed_in(who), reverse("notices:whats_new")
    page = client.get(address)
    assert page.text.count(">new</span>") == len(NEWS)
    assert "I have read this" in page.text
    leads = f'href="{reverse("staffing:today")}"' in page.text
    assert leads is (who == "senco"), "nobody is led where they may not go"
    after = client.post(address, follow=True)
    assert ">new</span>" not in after.text
    assert "I have read this" not in after.text
    assert client.post(address).status_code == 302
