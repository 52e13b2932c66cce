"""Term dates of an authority are offered to its schools, and what it changes is shown to them."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from opensenco.access.installation import installation_actor
from opensenco.access.scope import system_scope
from opensenco.cases.models import PublishedYear
from opensenco.people.operations.places import affiliate
from opensenco.people.queries import place
from tests.cast import NOW, TODAY
from tests.client import signed_in
from tests.exchange.lists import csv_of
from tests.people import acting_as

pytestmark = [pytest.mark.django_db, pytest.mark.worker]
PAGE = "/school/term-dates/?year=2026"
YEAR = {
    "term_1_first": "1/9/2026", "term_1_last": "18/12/2026",
    "term_2_first": "4/1/2027", "term_2_last": "25/3/2027",
    "term_3_first": "12/4/2027", "term_3_last": "21/7/2027",
}  # fmt: skip


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def link(answer: Any, words: str) -> str:
    found = re.search(rf'href="([^"]+)">\s*{words}', answer.text)
    assert found, text(answer)
    return found[1].replace("&amp;", "&")


def larkrise_belongs() -> None:
    with acting_as("senco", write=False) as actor:
        ours = place(actor)
    with acting_as("officer", write=False) as officer:
        above = place(officer)
    with system_scope("test"):
        affiliate(actor=installation_actor(NOW), member=ours, of=above, starts=TODAY)


def test_a_school_starts_from_its_authoritys_days_and_is_shown_what_changes():
    larkrise_belongs()
    officer = signed_in("officer")
    assert "Our settings can start from these days" in text(officer.get(PAGE))
    assert officer.post(PAGE, {**YEAR, "version": "0"}).status_code == 302
    senco = signed_in("senco")
    guide = text(senco.get("/start/"))
    assert "Thornshire County Council has published its days of 2026/27" in guide
    page = senco.get(PAGE)
    filled = senco.get(link(page, "Start from the term dates of Thornshire County Council"))
    assert 'value="25/3/2027"' in filled.text
    assert "Nothing is kept yet" in text(filled)
    # one training day more than the authority has
    kept = senco.post(PAGE, {**YEAR, "inset_1_first": "4/1/2027", "version": "0"}, follow=True)
    assert "The term dates are saved." in text(kept)

    changed = {**YEAR, "term_2_first": "5/1/2027", "version": "1"}
    assert officer.post(PAGE, changed).status_code == 302
    page = senco.get(PAGE)
    assert "Thornshire County Council has changed its term dates" in text(page)
    assert "Term, 4 January 2027 to 25 March 2027: now 5 January 2027 to 25 March 2027." in text(
        page
    )
    taken = senco.get(link(page, "Fill these changes in"))
    assert 'value="5/1/2027"' in taken.text
    assert "Nothing is kept yet" in text(taken)


def test_an_authoritys_days_come_by_a_command(tmp_path: Path):
    rows = [
        ("Autumn term", "01/09/2026", "18/12/2026"),
        ("Spring term", "04/01/2027", "25/03/2027"),
        ("Summer term", "12/04/2027", "21/07/2027"),
    ]
    file = tmp_path / "terms.csv"
    file.write_bytes(csv_of(rows, ("Term", "First day", "Last day")))
    out = io.StringIO()
    call_command("import", "terms", str(file), "--authority=892", stdout=out)
    assert "Applied." in out.getvalue()
    row = PublishedYear.objects.get()
    assert (row.org.la_code, row.starts, len(row.days)) == ("892", 2026, 3)
