"""An assistant watches a child with a phone in one hand, and what was seen is counted."""

import re

import pytest

from tests.browser import steps
from tests.browser.steps import PHONE, Windows, signs_in


@pytest.mark.requirement("S3-59", "S4-38")
def test_an_assistant_tallies_on_a_phone_and_reads_the_shares(new_context: Windows) -> None:
    assistant = signs_in(new_context, "ta", PHONE)
    steps.finds(assistant, "Hassan")
    assistant.opens("Hassan-Cole, Idris")
    assistant.opens("Observations")
    assistant.page.get_by_role("button", name="Watch and write down").first.click()
    assistant.presses("Begin to look")
    for number in range(1, 11):
        look = assistant.page.get_by_role("group", name=re.compile(rf"Look {number},"))
        seen = "On task" if number < 9 else "Off task, quiet"
        look.get_by_role("radio", name=seen, exact=True).check()
    assistant.presses("Keep this")
    assistant.is_told("Written down. It stands on the timeline.")
    assistant.sees("Something was noted at 10 of 10 looks.")
    assistant.sees("80 %")
