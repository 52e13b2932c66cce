"""A school's first day, as its SENCO does it: from a guide that knows nothing to a working record.

The story tells it with a few pupils; `bench.first_day` tells it with a whole school and a watch.
"""

import re

from playwright.sync_api import FilePayload, expect

from tests.browser.steps import Desk

#: how long a whole school may take to be read or applied, in milliseconds
LONG = 120_000
TERMS = (
    ("Autumn term", "1/9", "18/12"),
    ("Spring term", "4/1", "25/3"),
    ("Summer term", "12/4", "21/7"),
)


def enters_the_term_dates(senco: Desk, starts: int) -> None:
    """Type three terms in; half-terms and training days can come later."""
    senco.opens(f"Enter {starts}/{(starts + 1) % 100:02}")
    for name, first, last in TERMS:
        year = starts if name == "Autumn term" else starts + 1
        senco.types(f"{name}, first day", f"{first}/{year}")
        senco.types(f"{name}, last day", f"{last}/{year}")
    senco.presses("Save these term dates")
    senco.sees("The term dates are saved.")


def starts_from_published_days(senco: Desk, authority: str) -> None:
    """Take the authority's days as they stand."""
    senco.opens(f"Start from the days of {authority}")
    senco.sees("Nothing is kept yet")
    senco.presses("Save these term dates")
    senco.sees("The term dates are saved.")


def brings_the_lists(senco: Desk, lists: dict[str, bytes]) -> None:
    """Choose all lists at once and have them read."""
    senco.opens("Bring in several lists at once")
    chosen = [
        FilePayload(name=name, mimeType="text/csv", buffer=content)
        for name, content in lists.items()
    ]
    senco.page.get_by_label("Lists (Excel or CSV)").set_input_files(chosen)
    senco.presses("Read the lists and show me")
    expect(senco.page.get_by_role("heading", level=1)).to_contain_text("from", timeout=LONG)


def applies_a_list(senco: Desk) -> None:
    """Apply the list that is open, and wait for the worker where it is long."""
    senco.presses(re.compile(r"^(Add|Change|Put|Enter|Make|Take) "))
    done = senco.page.get_by_role("heading", name="Applied", exact=True)
    looks = senco.page.get_by_role("link", name="See whether it is done")
    expect(done.or_(looks)).to_be_visible(timeout=LONG)
    for _look in range(LONG // 250):
        if done.is_visible():
            return
        senco.page.wait_for_timeout(250)
        senco.page.reload()
    raise AssertionError("the list was not applied in time")


def goes_on(senco: Desk) -> bool:
    """Open the next list that waits, or the guide where none does; tells whether there was one."""
    more = senco.page.get_by_role("main").get_by_role("button", name=re.compile("^Next list: "))
    if more.count():
        senco.opens(re.compile("^Next list: "))
        return True
    senco.opens("What comes next")
    return False


def sets_what_the_list_did_not_say(senco: Desk) -> int:
    """Give those with SEN and no need a need, in the table; gives how many there were."""
    senco.opens("Status and needs in a table")
    senco.opens("With SEN and no need")
    boxes = senco.page.get_by_role("combobox", name=re.compile("^Main need"))
    count = boxes.count()
    for number in range(count):
        boxes.nth(number).select_option("SLCN")
    senco.presses("Save these")
    senco.sees("Kept.")
    return count


def makes_the_links(senco: Desk) -> int:
    """Make a link for everybody who has not come; gives how many."""
    senco.opens("Make their links")
    senco.presses("Make the links")
    expect(senco.page.get_by_role("heading", level=1)).to_contain_text("link", timeout=LONG)
    return senco.page.get_by_role("main").get_by_role("code").count()
