"""A school releases its figures by term; its authority reads the terms beside each other."""

import re
from datetime import date
from typing import Any

import pytest

from opensenco.access.models import Organisation
from opensenco.access.scope import system_scope
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.kernel.refs import short
from opensenco.network import figures
from opensenco.network.models import Release
from opensenco.network.operations.releasing import release_figures
from opensenco.people.models import Pupil
from opensenco.people.queries import place
from tests.client import signed_in
from tests.people import acting_as

pytestmark = [pytest.mark.django_db, pytest.mark.worker]
PAGE, LIST = "/figures/release/", "/figures/"


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def county() -> Organisation:
    return Organisation.objects.get(name="Thornshire County Council")


def mark_on(page: str) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]+)"', page)
    assert found
    return found[1]


@pytest.mark.rule("GOV-13")
def test_a_school_releases_a_term_once_and_the_authority_reads_terms_side_by_side():
    senco, officer = signed_in("senco"), signed_in("authority")
    assert "No figures have been released to us yet" in text(officer.get(LIST))
    page = senco.get(PAGE)
    assert "Release the figures of the Spring term 2027" in text(page)
    assert "SEN support under 5" in text(page)
    with system_scope("a term ago", write=True):
        Release(
            org=county(), from_org=Organisation.objects.get(urn="990101"), term="2026/27-1",
            as_of=date(2026, 12, 1), at="2026-12-01T10:00Z", by_name="Amara Okafor",
            by_role="SENCO", figures={"cells": {"K": 15, "E": "hidden"}},
        ).save()  # fmt: skip
    with acting_as("senco", write=False) as actor:
        (above,) = figures.audiences(actor, place(actor))
    sent = {"to": short(above.ref), "seen": mark_on(page.text)}
    assert "They do not change any more" in text(senco.post(PAGE, sent, follow=True))
    assert "have been released to Thornshire" in text(senco.post(PAGE, sent))
    assert "Larkrise Primary School to Thornshire County Council" in text(senco.get(LIST))

    seen = text(officer.get(LIST))
    assert "Autumn term 2026 Spring term 2027" in seen
    assert "Larkrise Primary School about 15 under 5" in seen
    plans = text(officer.get(f"{LIST}?show=E"))
    assert "Larkrise Primary School hidden" in plans
    assert "Idris" not in seen + plans
    with acting_as("authority", write=False) as actor:
        assert Release.objects.filter(org=county()).count() == 2
        assert not Pupil.objects.filter(org__urn="990101").exists()
    with acting_as("outsider", write=False):
        assert not Release.objects.filter(org=county()).exists()


def test_what_was_looked_at_is_released_and_only_to_who_stands_above():
    with acting_as("senco") as actor:
        school = place(actor)
        mark = figures.seen(figures.figures_of(actor, school))
        with pytest.raises(Invalid, match="authority or trust"):
            release_figures(
                actor=actor, org=school, to=Organisation.objects.get(urn="990102"), seen=mark
            )
        with pytest.raises(NotPossible, match="have changed since"):
            release_figures(actor=actor, org=school, to=county(), seen="0" * 32)
        row = release_figures(actor=actor, org=school, to=county(), seen=mark)
    assert row.term == figures.term_of(row.as_of) == "2026/27-2"
    cells = row.figures["cells"]
    assert set(cells) <= set(figures.MEASURES)
    assert all(cell in ("small", "hidden") or cell % 5 == 0 for cell in cells.values())


@pytest.mark.parametrize(
    ("day", "term", "words"),
    [
        (date(2026, 9, 1), "2026/27-1", "Autumn term 2026"),
        (date(2026, 12, 31), "2026/27-1", "Autumn term 2026"),
        (date(2027, 1, 1), "2026/27-2", "Spring term 2027"),
        (date(2027, 4, 1), "2026/27-3", "Summer term 2027"),
        (date(2027, 8, 31), "2026/27-3", "Summer term 2027"),
    ],
)
def test_a_day_has_its_term(day: date, term: str, words: str) -> None:
    assert figures.term_of(day) == term
    assert figures.term_words(term) == words
