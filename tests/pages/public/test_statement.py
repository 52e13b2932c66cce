"""The accessibility statement: one link away on every page, and whole."""

import pytest
from django.urls import reverse

from opensenco.pages.public.views import STATEMENT
from tests.client import StrictClient, signed_in
from tests.ui.drawn import Reader

pytestmark = pytest.mark.django_db


def test_the_statement_is_linked_from_the_foot_and_says_all_that_the_regulations_ask() -> None:
    address = reverse("public:accessibility")
    for page in (signed_in("senco").get("/"), StrictClient().get("/sign-in/")):
        assert ("Accessibility") in [
            words
            for attributes, words in Reader(page.text).all("a")
            if attributes["href"] == address
        ]
    answer = StrictClient().get(address)
    read = Reader(answer.text)
    said = " ".join(read.text("main").split())
    assert [" ".join(words.split()) for _attributes, words in read.all("h2")] == [
        "What does not work yet",
        "If you need it in another form, or find something that does not work",
        "If you are not content with the answer",
        "How far the standard is met",
        "How it was tested",
    ]
    for part in (
        "Equality and Human Rights Commission",
        "Equality Advisory and Support Service",
        "partially compliant",
        "version 2.2",
        "level AA",
        "No. 2) Accessibility Regulations 2018",
        f"{STATEMENT.day} {STATEMENT:%B %Y}",
        "on paper, in large print, in easy words, read aloud or by phone",
    ):
        assert part in said, part
