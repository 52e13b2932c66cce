"""Walking through the pages of concerns as somebody of the cast."""

import re
from typing import Any

from django.http.response import HttpResponseBase
from django.urls import reverse

from opensenco.concerns.models import Concern
from opensenco.people.models import Pupil
from tests.client import signed_in
from tests.domain.concerns import making
from tests.people import acting_as, person

ANSWERS = {
    "noticed": "She guesses long words from the first letter.",
    "where_when": "Reading aloud, every day.",
    "tried": "A ruler under the line.",
    "said": "She says the letters move.",
}


def to(name: str, row: Any) -> str:
    """Give the address of a page about a row."""
    return reverse(f"concerns:{name}", args=[row.ref])


def pupil(first_name: str) -> Pupil:
    """Give a pupil of Larkrise, outside any scope of the test's own."""
    with acting_as("senco", write=False):
        return Pupil.objects.get(first_name=first_name)


def latest() -> Concern:
    """Give the concern that was recorded last."""
    with acting_as("senco", write=False):
        return making.again(Concern.objects.order_by("-id")[0])


def record(by: str, about: str, **answers: str) -> Concern:
    """Record a concern by the page alone."""
    answer = signed_in(by).post(to("new", pupil(about)), {**ANSWERS, **answers})
    assert answer.status_code == 302, answer.content.decode()
    return latest()


def decide(row: Concern, by: str = "senco", **given: str) -> HttpResponseBase:
    """Decide about a concern by the page alone."""
    usual = {
        "version": str(row.version),
        "outcome": "with_teacher",
        "owner": str(person("teacher").ref),
        "until": "7/4/2027",
        "reason": "",
        "reply": "Thank you. Please try two things in class first.",
    }
    return signed_in(by).post(to("triage", row), {**usual, **given})


def text_of(answer: Any) -> str:
    """Give the words of a page without its tags, spaces as one."""
    marked = re.sub(r"</?(ins|del)>", "", answer.content.decode())
    plain = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", marked, flags=re.S)
    return " ".join(re.sub(r"<[^>]*>", " ", plain).split())
