"""The main job, from a worry to the next cycle, in a real browser against the real server."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import steps, story
from tests.browser.steps import DESK, PHONE, Windows, signs_in


def test_the_senco_signs_in_and_finds_a_pupil(new_context: Windows) -> None:
    senco = signs_in(new_context, "senco", DESK)
    senco.has_heading(re.compile(r"Good (morning|afternoon|evening), Amara"))
    steps.finds(senco, "hassan")
    senco.opens("Hassan-Cole, Idris")
    senco.has_heading("Idris Hassan-Cole")
    senco.sees("I know every bus.")


def then_others_see_nothing(windows: Windows, grace: str) -> None:
    """A governor may not open Grace's page; for a stranger there is no such page."""
    for key, status in (("governor", 403), ("outsider", 404)):
        person = signs_in(windows, key, DESK)
        answer = person.page.goto(grace)
        assert answer is not None
        assert answer.status == status
        expect(person.page.locator("body")).not_to_contain_text("Atherton")
        expect(person.page.locator("body")).not_to_contain_text("Grace")


@pytest.mark.smoke
@pytest.mark.requirement("S1-02", "S3-20", "S3-24", "S4-17", "S4-19")
def test_a_worry_becomes_a_plan_that_is_carried_out_reviewed_and_carried_on(
    new_context: Windows,
) -> None:
    teacher = signs_in(new_context, "teacher", PHONE)
    story.given_a_concern(teacher)
    senco = signs_in(new_context, "senco", DESK)
    story.when_it_is_decided(senco)
    teacher.goes_home()
    teacher.sees("SEN support")
    name = story.when_a_plan_is_agreed(senco)
    story.then_the_session_takes_three_taps(signs_in(new_context, "ta", PHONE), name)
    story.when_it_is_reviewed(teacher, senco)
    story.then_nothing_is_typed_again(senco, name)
    story.then_it_can_be_put_on_paper(senco)
    steps.opens_grace(senco)
    senco.sees("Current plan: cycle 2", name)
    then_others_see_nothing(new_context, re.sub(r"\?.*", "", senco.page.url))


def test_without_script_a_worry_becomes_a_plan_and_its_first_session(
    new_context: Windows,
) -> None:
    story.given_a_concern(signs_in(new_context, "teacher", PHONE, script=False))
    senco = signs_in(new_context, "senco", DESK, script=False)
    story.when_it_is_decided(senco)
    name = story.when_a_plan_is_agreed(senco)
    assistant = signs_in(new_context, "ta", PHONE, script=False)
    story.then_the_session_takes_three_taps(assistant, name)
