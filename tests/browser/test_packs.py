"""A pack without names goes to the family of schools, is answered there without script."""

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.browser import steps
from tests.browser.axe import faults
from tests.browser.steps import DESK, Desk, Windows, signs_in

NARROW: ViewportSize = {"width": 320, "height": 800}


def is_in_order(page: Page, *, script: bool = True) -> None:
    """The page has no sideways scroll, wide and narrow, and no fault (which a script looks for)."""
    for size in (NARROW, DESK):
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], page.url
        assert not script or not faults(page), page.url


def given_a_copy(senco: Desk) -> None:
    """The SENCO finds Idris and says for whom a copy is made and what for."""
    steps.finds(senco, "hassan")
    senco.opens("Hassan-Cole, Idris")
    senco.opens("Share part of this record")
    is_in_order(senco.page)
    senco.page.get_by_label("Moderation, without names").check()
    senco.field("Who gets it?").select_option(label="Larkrise family of schools, family of schools")
    senco.types("What do you ask of them?", "Is Idris at level 3?")
    senco.presses("Make the copy")
    senco.has_heading("Read this before Larkrise family of schools does")
    senco.sees("It cannot be sent until the names and dates are gone.")
    is_in_order(senco.page)


def when_the_name_is_taken_out(senco: Desk) -> None:
    """The SENCO reads what was found and takes the words that are proposed."""
    senco.opens("Take them out")
    is_in_order(senco.page)
    senco.presses("Use these words")
    senco.sees("Is the pupil at level 3?")
    senco.opens("Choose other parts")
    is_in_order(senco.page)
    senco.page.go_back()
    senco.presses("Send to Larkrise family of schools")
    senco.is_told("Sent to Larkrise family of schools.")
    is_in_order(senco.page)


def then_the_family_reads_and_answers(family: Desk) -> None:
    """The Family SENCO finds it on the home page, reads it and answers."""
    family.sees("Not opened yet.")
    family.page.get_by_role("region", name="Packs").get_by_role("link").click()
    family.sees("A copy sent without names", "Is the pupil at level 3?")
    assert "Idris" not in family.page.content()
    is_in_order(family.page, script=False)
    family.opens("Answer")
    is_in_order(family.page, script=False)
    family.page.get_by_label("We agree in part").check()
    family.types("Your answer", "Level 2 until the next review.")
    family.presses("Send the answer")
    family.sees("Level 2 until the next review.")


@pytest.mark.requirement("S1-14")
def test_a_copy_without_names_is_sent_answered_and_taken_back(new_context: Windows) -> None:
    senco = signs_in(new_context, "senco", DESK)
    given_a_copy(senco)
    when_the_name_is_taken_out(senco)
    then_the_family_reads_and_answers(signs_in(new_context, "family", DESK, script=False))
    senco.goes_home()
    senco.sees("Larkrise family of schools has answered.")
    senco.page.goto("/packs/")
    is_in_order(senco.page)
    senco.opens("Idris Hassan-Cole")
    senco.sees("Level 2 until the next review.", "Bernadette Quill")
    senco.presses("We have read this")
    senco.opens("Take it back")
    is_in_order(senco.page)
    senco.types("Why do you take it back?", "The meeting is over.")
    senco.presses("Take it back")
    senco.sees("Amara Okafor took it back")
