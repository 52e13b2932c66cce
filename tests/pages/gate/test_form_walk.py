"""Every form of every page is sent what no form expects: nothing breaks, nothing runs, no half.

The forms are found by opening each address that may write, so a new page is walked without being
listed. Each sending is rolled back, so that the next address finds the world as it was.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from opensenco.audit.models import Entry
from tests.client import house, signed_in
from tests.contracts.test_routes import ALL, at_every, door, fill
from tests.contracts.walk import Named, parts
from tests.people import acting_as, person
from tests.support.forms import TYPED, Field, PageForm, choosing, forms_on
from tests.support.logs import log_kept
from tests.support.undone import undone

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
#: a name that is nowhere else, in markup that would run if it were not escaped
NAME = "Quixwort"
HOSTILE = f"""{NAME}"'><script>alert("{NAME}")</script><img src=x onerror=alert(1)>&amp;%0a%s\\"""
LONG = "x" * 100_000
WRITING = parts(((name, entry) for name, entry in ALL if door(entry).writes), count=8)
ADDRESSES = re.compile(r'(?:href|src|action|hx-get|hx-post|data-draft-url)="([^"]*)"')
Answering: TypeAlias = Callable[[Field], list[str] | None]
DAYS = {"day": "7", "month": "4", "year": "2027"}


def plain(key: str) -> Client:
    """Sign in with a client that does not look each page over, which takes its time."""
    client = Client()
    client.handler = house()
    client.force_login(person(key))
    return client


def who_may(entry: URLPattern) -> str:
    """Give somebody of Larkrise who comes in here, the SENCO before others."""
    allowed = [key for key, status in door(entry).who.items() if status == 200]
    return "senco" if "senco" in allowed else allowed[0]


def entries() -> int:
    with acting_as("senco", write=False):
        return Entry.objects.count()


def forms_at(client: Client, address: str, entry: URLPattern) -> list[PageForm]:
    if not door(entry).reads:
        return []
    answer = client.get(address)
    return forms_on(answer.content.decode()) if answer.status_code == 200 else []


def hostile(one: Field) -> list[str] | None:
    """Answer as somebody who means harm and wants it kept: all is right but the words."""
    if one.kind == "text":
        return [HOSTILE]
    if one.kind == "day":
        return [DAYS[one.name.rpartition("-")[2]]]
    answers = {"date": ["7/4/2027"], "number": one.value if any(one.value) else ["5"]}
    return answers.get(one.kind, choosing(one))


def impossible(one: Field) -> list[str] | None:
    """Answer with what cannot be: days that are not, words for numbers, an unknown choice."""
    if one.kind == "day":
        return [{"day": "31", "month": "2", "year": "2027"}[one.name.rpartition("-")[2]]]
    wrong = {
        "date": ["31/2/2027"],
        "number": ["-99999999999999999999"],
        "choice": ["' OR 1=1 --"],
        "tick": ["' OR 1=1 --"],
        "text": [LONG],
    }
    return wrong.get(one.kind)


def odd(one: Field) -> list[str] | None:
    """Answer with characters that no keyboard writes, and numbers that only look like ones."""
    strange = "\x00\x0b\ufffe\u202eniW\u202c\U0001f9d1\u200d\U0001f3eb e\u0301 \ud7ff"
    if one.kind in ("choice", "tick"):
        return choosing(one)
    if one.kind == "hidden":
        return ["\x00"] if one.name in ("version", "once") else None
    return [strange] if one.kind in TYPED else None


def check_answer(answer: Any) -> None:
    """What was typed is on the page as words; no address holds it."""
    html = answer.content.decode() if "html" in answer.headers.get("Content-Type", "") else ""
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert NAME not in answer.headers.get("Location", "")
    assert not [link for link in ADDRESSES.findall(html) if NAME in link]


def send(client: Client, to: str, form: PageForm, fill_in: Answering) -> Any:
    answer: Any = client.post(form.action or to, form.sent(fill_in))
    check_answer(answer)
    assert answer.status_code in {200, 302, 403, 404, 409}, f"{fill_in.__name__}: {answer}"
    return answer


@pytest.mark.parametrize("doors", WRITING)
def test_a_form_takes_words_as_words_and_refuses_what_cannot_be(doors: Sequence[Named]) -> None:
    def check(name: str, entry: URLPattern) -> None:
        with log_kept() as log:
            walk(name, entry)
        assert not [line for line in log if NAME in line]

    at_every(doors, check)


def walk(name: str, entry: URLPattern) -> None:
    key, address = who_may(entry), reverse(name, kwargs=fill(entry, "senco"))
    client, strict = plain(key), signed_in(key)
    for form in forms_at(client, address, entry) or [PageForm(address, "post")]:
        with undone(client, strict):
            answer = send(strict, address, form, hostile)
            if answer.status_code == 302:
                for reader in (client, plain("teacher")):
                    check_answer(reader.get(answer.headers["Location"]))
                check_answer(client.get("/"))
        typed = [one for one in form.fields.values() if one.kind in TYPED]
        for wrong, sender in ((impossible, client), (odd, strict)):
            with undone(client, strict):
                before = entries()
                answer = send(sender, address, form, wrong)
                if answer.status_code == 200:
                    assert entries() == before, "a refused form has written"
                    assert wrong is odd or not typed or "Error:" in answer.text
