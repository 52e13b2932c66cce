"""From an empty installation to a school that works, by the guide alone."""

from pathlib import Path

import pytest

from bench.made_up_school import made_up
from tests.browser import first_day as steps
from tests.browser.steps import DESK, Windows, comes_through_a_link, signs_in, sits_down
from tests.cast import PASSWORD, TODAY
from tests.exchange.lists import csv_of
from tests.exchange.registers import register
from tests.support.server import Server

SENCO = "ida@larkmead.example"
AUTHORITY = "Nottinghamshire"
DAYS = [
    ("Autumn term", "01/09/2026", "18/12/2026"),
    ("Spring term", "04/01/2027", "25/03/2027"),
    ("Summer term", "12/04/2027", "21/07/2027"),
]


@pytest.mark.postgres
@pytest.mark.worker
@pytest.mark.requirement("S4-17")
def test_a_school_is_found_and_works_by_the_end_of_the_guide(
    new_context: Windows, server: Server, tmp_path: Path
) -> None:
    server.copy.command("import", "gias", str(register(tmp_path)))
    answers = ["Larkmead", "1", SENCO, "Ida", "Fen", "", PASSWORD]
    done = server.copy.command("setup", typed="".join(f"{one}\n" for one in answers))
    assert "The home page leads on from there" in done.stdout
    terms = tmp_path / "terms.csv"
    terms.write_bytes(csv_of(DAYS, ("Term", "First day", "Last day")))
    server.copy.command("import", "terms", str(terms), "--authority", "891")

    senco = signs_in(new_context, SENCO, DESK)
    senco.sees("Set up Larkmead Primary School")
    senco.opens("Begin")
    steps.starts_from_published_days(senco, AUTHORITY)
    senco.page.goto("/start/")
    steps.brings_the_lists(senco, made_up("small", TODAY).lists)
    applied = 1
    steps.applies_a_list(senco)
    while steps.goes_on(senco):
        steps.applies_a_list(senco)
        applied += 1
    assert applied == 4
    senco.sees("6 pupils on roll.", "2 classes. 2 have staff.", "6 of 6 pupils have a contact.")
    steps.sets_what_the_list_did_not_say(senco)
    senco.page.goto("/start/")
    assert steps.makes_the_links(senco) == 3
    link = senco.page.get_by_role("main").get_by_role("code").first.inner_text()
    comes_through_a_link(sits_down(new_context, DESK), link)
    senco.goes_home()
    senco.sees("Missing from the record", "no plan in use", "the parents were told")
    senco.page.goto("/start/")
    senco.sees("This is set up", "1 colleague can sign in. 2 have not used their link.")
