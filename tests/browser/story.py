"""The main job as a story: what is given, what people do, and what then holds.

Told of Grace by whoever teaches her, co-ordinates for her and works with her, at any school.
"""

from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.steps import Desk


def given_a_concern(teacher: Desk) -> None:
    """A class teacher records a concern about Grace, and sees whose turn it is."""
    steps.records_a_concern(teacher)
    teacher.is_told("Your concern is recorded. You will be told what happens.")
    teacher.sees(steps.NOTICED, steps.WHERE_WHEN, steps.TRIED, steps.SAID, "Waits for a decision.")


def when_it_is_decided(senco: Desk) -> None:
    """The SENCO finds the concern waiting, decides for support and sets the status."""
    senco.page.get_by_role("link", name="Grace Atherton").first.click()
    senco.has_heading("Concern about Grace Atherton")
    steps.decides_for_support(senco)
    senco.is_told("Decided.")
    steps.opens_grace(senco)
    steps.writes_down_what_grace_says(senco)
    senco.is_told("Saved. Every adult who works with this pupil sees it now.")
    steps.opens_grace(senco)
    steps.sets_the_status(senco)
    senco.is_told("The status is recorded.")
    steps.tells_the_parents(senco)
    senco.sees("Parents told on 10 March 2027, at a meeting, by Amara Okafor.")
    steps.ranks_the_needs(senco)
    senco.sees("Specific learning difficulty", "Speech, language and communication needs")


def then_the_child_speaks_first(senco: Desk) -> None:
    """The first section of a plan, on screen and on paper, is what the child says."""
    expect(senco.page.get_by_role("main").get_by_role("region").first).to_contain_text(
        steps.OWN_WORDS
    )


def when_a_plan_is_agreed(senco: Desk) -> str:
    """The SENCO writes the plan, gives something from the library and locks it all."""
    steps.starts_a_plan(senco)
    senco.has_heading("Plan, cycle 1")
    plan = senco.page.url
    steps.writes_an_outcome(senco)
    senco.is_told("Saved.")
    name = steps.gives_from_the_library(senco)
    senco.page.goto(plan)
    expect(steps.outcome(senco, 1)).to_contain_text(name)
    expect(steps.outcome(senco, 1)).to_contain_text("Jo Birkett")
    steps.agrees_the_plan(senco)
    senco.is_told("Agreed and locked.")
    senco.sees("Agreed on 10 March 2027", "31 words", "60 words")
    then_the_child_speaks_first(senco)
    return name


def then_the_session_takes_three_taps(assistant: Desk, name: str) -> None:
    """The assistant logs today's session as it was planned."""
    assistant.sees(name, "Grace")
    assert steps.logs_today(assistant, name) <= 3
    expect(assistant.page.get_by_role("heading", level=1)).to_contain_text("Saved. 1 of 1 here")
    assistant.sees("Their teachers and the SENCO can see it now.")


def when_it_is_reviewed(teacher: Desk, senco: Desk) -> None:
    """The teacher writes a part; the SENCO, who had the page open before, writes the rest."""
    steps.opens_grace(teacher)
    teacher.opens("Open the plan")
    steps.writes_her_part_of_the_review(teacher)
    teacher.is_told("Saved for the review.")
    senco.page.reload()
    expect(senco.field("Teacher")).to_have_value("Reads the list aloud to her partner.")
    steps.finishes_the_review(senco)
    senco.is_told("The review is held.")
    senco.sees("I can read the bus sign now.", "She reads road signs to us.", "Now: 45 words.")


def then_nothing_is_typed_again(senco: Desk, name: str) -> None:
    """The next cycle begins where the review found Grace, with what she gets."""
    steps.starts_the_next_cycle(senco)
    senco.has_heading("Plan, cycle 2")
    first = steps.outcome(senco, 1)
    for label, value in (
        ("What Grace will be able to do", steps.OUTCOME),
        ("Begins at", "45 words"),
        ("Aim", "60 words"),
        ("Measured by", "The same list every second Friday"),
    ):
        expect(senco.field(label, first)).to_have_value(value)
    expect(first).to_contain_text(name)
    expect(first).to_contain_text("Jo Birkett")


def then_it_can_be_put_on_paper(senco: Desk) -> None:
    """The plan has a page for printing, without the frame, and a PDF."""
    steps.prints_the_draft(senco)
    senco.sees(steps.OUTCOME, "Private. Version")
    then_the_child_speaks_first(senco)
    senco.page.emulate_media(media="print")
    expect(senco.page.get_by_role("navigation", name="Main")).to_be_hidden()
    senco.page.emulate_media(media="screen")
    paper = steps.link(senco.page.get_by_role("main"), "PDF")
    answer = senco.page.request.get(paper.get_attribute("href") or "")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF")
