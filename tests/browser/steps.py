"""The steps of the stories: what people of the cast do at their pages, as they would say it.

A step finds everything by its role, its label or its words, never by a class of the look. A story
reads `given`, `when` and `then`; the names below say what happens in between.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from playwright.sync_api import BrowserContext, FilePayload, Locator, Page, ViewportSize, expect

from tests.cast import BY_KEY, PASSWORD
from tests.support import second_step
from tests.support.browser import PATIENCE
from tests.support.forms import forms_on

DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
Windows: TypeAlias = Callable[..., BrowserContext]

NOTICED = "Grace looks at the first letter of a word and guesses the rest."
WHERE_WHEN = "In guided reading, every day since January."
TRIED = "Reading with a partner, and a window card over the line."
SAID = "Grace says the letters will not keep still. Her mother reads with her each night."
REPLY = "Thank you. We start SEN support this week and I will show you the plan."
OWN_WORDS = "I like horses. Letters jump about when I read."
HELPS = "A quiet corner and a finger under the line"
OUTCOME = "Grace reads 60 of the first 100 words at sight."


@dataclass(frozen=True)
class Desk:
    """One person at one window."""

    page: Page

    def opens(self, words: str | re.Pattern[str]) -> None:
        """Follow the first link of the page itself with these words, also one drawn as a button."""
        link(self.page.get_by_role("main"), words).first.click()

    def presses(self, words: str | re.Pattern[str]) -> None:
        """Press a button of the page itself."""
        self.page.get_by_role("main").get_by_role("button", name=words).first.click()

    def types(self, label: str, words: str, within: Locator | None = None) -> None:
        """Fill in the field with exactly this label, whether or not it must be answered."""
        self.field(label, within).fill(words)

    def field(self, label: str, within: Locator | None = None) -> Locator:
        """Give the field with exactly this label."""
        said = re.compile(rf"^\s*{re.escape(label)}( \(optional\))?\s*$")
        return (within or self.page).get_by_label(said)

    def sees(self, *words: str) -> None:
        """Read these words on the page."""
        for one in words:
            expect(self.page.get_by_role("main")).to_contain_text(one)

    def is_told(self, words: str) -> None:
        """Read what the page says about what was just done."""
        expect(self.page.get_by_role("main").get_by_role("status").first).to_contain_text(words)

    def has_heading(self, words: str | re.Pattern[str]) -> None:
        """Stand on the page with this heading."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(words)

    def goes_home(self) -> None:
        """Open the home page."""
        self.page.goto("/")

    def day(self, question: str, day: str, month: str, year: str) -> None:
        """Answer a question for a day in three boxes."""
        group = self.page.get_by_role("group", name=question)
        for label, value in (("Day", day), ("Month", month), ("Year", year)):
            self.types(label, value, group)


def link(within: Locator, words: str | re.Pattern[str]) -> Locator:
    """Give the links with these words; a link that is drawn as a button says that it is one."""
    return within.get_by_role("link", name=words).or_(within.get_by_role("button", name=words))


def sits_down(windows: Windows, viewport: ViewportSize, *, script: bool = True) -> Desk:
    """Open a window of one's own. A phone is touched."""
    window = windows(viewport=viewport, java_script_enabled=script, has_touch=viewport == PHONE)
    window.set_default_timeout(PATIENCE)
    return Desk(window.new_page())


def signs_in(windows: Windows, who: str, viewport: ViewportSize, *, script: bool = True) -> Desk:
    """Open a window of one's own and sign in by email and password.

    Args:
        who: a key of the cast, or the address that somebody else signs in with.
    """
    desk = sits_down(windows, viewport, script=script)
    page = desk.page
    page.goto("/")
    page.get_by_label("Email address").fill(who if "@" in who else BY_KEY[who].email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    shows_a_code(page, who)
    return desk


#: the keys of people's authenticator apps, by their server and who they are
_keys: dict[str, str] = {}


def shows_a_code(page: Page, who: str) -> None:
    """Do the second step where one is asked for, or set it up: quickly, since each story begins so.

    `test_strength.py` does it as people do.
    """
    expect(page.get_by_role("heading", name="Sign in", level=1)).to_have_count(0)
    who = f"{who} {page.url.split('/', 3)[2]}"
    heading = page.get_by_role("heading", level=1).inner_text()
    if heading == "One more step before you begin":
        asked = page.request.get(second_step.SET_UP).text()
        _keys[who] = second_step.key_on(asked)
        form = forms_on(asked)[0].sent(lambda _field: None)
        given: dict[str, str | float | bool] = {name: values[0] for name, values in form.items()}
        given["code"] = second_step.code_of(_keys[who])
        page.request.post(second_step.SET_UP, form=given, headers={"Referer": page.url})
        page.goto("/")
    elif heading == "The second step":
        page.get_by_label("Code").fill(second_step.code_of(_keys[who]))
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_role("heading", name="The second step", level=1)).to_have_count(0)


def reads_a_list_in(person: Desk, name: str, content: bytes) -> None:
    """Choose a pupil list on the page for it, and have it read."""
    person.has_heading("Import lists")
    file = FilePayload(name=name, mimeType="text/csv", buffer=content)
    person.page.get_by_label("Lists (Excel or CSV)").set_input_files(file)
    person.presses("Read the lists and show me")
    person.has_heading(f"Pupils from {name}")


def adds_a_colleague(person: Desk, first: str, last: str, email: str, role: str) -> str:
    """Add somebody to the staff; give the one-time link to hand them."""
    person.page.goto("/school/staff/")
    person.opens("Add a colleague")
    person.types("First name", first)
    person.types("Surname", last)
    person.types("Email address", email)
    person.page.get_by_label("Role", exact=True).select_option(label=role)
    person.presses("Add this colleague")
    person.has_heading("Added")
    return person.page.get_by_role("main").get_by_role("code").inner_text().strip()


def comes_through_a_link(person: Desk, link: str) -> None:
    """Choose a first password behind a one-time link."""
    person.page.goto(link)
    person.page.get_by_label("Choose a password").fill(PASSWORD)
    person.page.get_by_label("The password again").fill(PASSWORD)
    person.presses("Keep this password and take the role")
    expect(person.page.get_by_role("heading", level=1)).to_have_text("Sign in")


def finds(person: Desk, name: str) -> None:
    """Look for a pupil from any page."""
    person.page.get_by_role("searchbox", name="Find a pupil").fill(name)
    person.page.get_by_role("searchbox", name="Find a pupil").press("Enter")
    person.has_heading("Find a pupil")


def opens_grace(person: Desk) -> None:
    """Find Grace and open her page."""
    finds(person, "Ather")
    person.opens("Atherton, Grace")
    person.has_heading("Grace Atherton")


def records_a_concern(teacher: Desk) -> None:
    """Answer the four questions about Grace, from the home page."""
    teacher.opens("Record a concern")
    teacher.opens("Atherton, Grace")
    teacher.has_heading("Record a concern about Grace Atherton")
    teacher.page.get_by_label("What have you noticed?").fill(NOTICED)
    teacher.page.get_by_label("Where and when").fill(WHERE_WHEN)
    teacher.page.get_by_label("What have you tried").fill(TRIED)
    teacher.page.get_by_label("What do the child and the parents say").fill(SAID)
    teacher.presses("Record this concern")


def decides_for_support(senco: Desk) -> None:
    """Decide from the concern's page that SEN support starts, and answer whoever raised it."""
    senco.opens("Decide what happens")
    senco.page.get_by_label("Start SEN support").check()
    senco.types("What Priya Raman is told", REPLY)
    senco.presses("Decide this and tell Priya Raman")


def writes_down_what_grace_says(senco: Desk) -> None:
    """Write the child's own page from her own page."""
    senco.opens("Write down what they say")
    senco.types("In my own words", OWN_WORDS)
    senco.types("What helps me", HELPS)
    senco.presses(re.compile("^Save"))


def sets_the_status(senco: Desk) -> None:
    """Record SEN support with what was seen and why; the parents are told later."""
    senco.opens("SEN status and needs")
    senco.opens("Change the status")
    senco.page.get_by_role("radio", name="SEN support").check()
    senco.page.get_by_label("The gap to others stays or grows").check()
    senco.types("Why did you decide this?", "Eighteen months behind in reading after two terms.")
    senco.presses("Record this decision")


def tells_the_parents(senco: Desk) -> None:
    """Record when, how and in which words the parents were told."""
    senco.opens("The parents were told")
    senco.day("When were they told?", "10", "3", "2027")
    senco.page.get_by_role("radio", name="At a meeting").check()
    senco.types("What were they told?", "Told her mother what we will do and why.")
    senco.presses("Keep this proof")


def ranks_the_needs(senco: Desk) -> None:
    """Rank two needs, none of them a diagnosis."""
    senco.opens("Rank the needs")
    senco.page.get_by_label("Main need").select_option("SPLD")
    senco.page.get_by_label("Second need").select_option("SLCN")
    senco.presses("Save this ranking")


def starts_a_plan(senco: Desk) -> None:
    """Begin a plan from the concern; what it says is filled in already."""
    menu = senco.page.get_by_role("navigation", name="Main")
    menu.get_by_role("link", name="Concerns").first.click()
    senco.opens("Atherton, Grace")
    senco.opens("Start a plan from this")
    found = senco.page.get_by_label("What did you find")
    expect(found).to_have_value(f"{NOTICED}\n{WHERE_WHEN}\n{TRIED}")
    expect(senco.field("What do the parents say?")).to_have_value(SAID)
    found.fill(f"{NOTICED} Reads 31 of 100 words.")
    senco.presses("Start this plan")


def outcome(senco: Desk, number: int) -> Locator:
    """Give the part of a plan that holds one outcome."""
    return senco.page.get_by_role("region", name=f"Outcome {number}", exact=True)


def writes_an_outcome(senco: Desk) -> None:
    """Write one outcome with where it begins, its aim and its day, and save."""
    first = outcome(senco, 1)
    senco.types("What Grace will be able to do", OUTCOME, first)
    senco.types("Begins at", "31 words", first)
    senco.types("Aim", "60 words", first)
    senco.types("By", "30/6/2027", first)
    senco.types("Measured by", "The same list every second Friday", first)
    senco.presses(re.compile("^Save$"))


def gives_from_the_library(senco: Desk) -> str:
    """Give what the library offers for the outcome to Grace, run by Jo; say what it is called."""
    link(outcome(senco, 1), "Add from the library").click()
    senco.has_heading("What will Grace Atherton get?")
    senco.page.get_by_label("Words").fill("precision")
    senco.page.get_by_role("main").get_by_role("button", name="Apply").click()
    button = senco.page.get_by_role("button", name=re.compile("^Add and give")).first
    name = button.inner_text().replace("Add and give", "").strip()
    button.click()
    senco.has_heading(f"Give {name} to Grace")
    expect(senco.page.get_by_role("checkbox", name="Atherton, Grace")).to_be_checked()
    senco.page.get_by_label("Who delivers it?").select_option(
        label="Jo Birkett, Teaching assistant"
    )
    senco.presses("Give this to Grace")
    return name


def agrees_the_plan(senco: Desk) -> None:
    """Name the day of the review and who agreed, and lock the plan."""
    senco.page.get_by_label("Review on or before").fill("2/7/2027")
    senco.types("Who agreed, and how", "Grace and her mother, at a meeting")
    senco.presses("Agree and lock")


def logs_today(assistant: Desk, name: str) -> int:
    """Log today's session as planned, from the home page; count the taps."""
    taps = [
        # what changed names the provision too; this is the one that is given today
        assistant.page.locator("a[href^='/now/']", has_text=name),
        assistant.page.get_by_role("button", name=re.compile("^All done")),
    ]
    for target in taps:
        target.tap()
    return len(taps)


def writes_her_part_of_the_review(teacher: Desk) -> None:
    """Write what the teacher says, and leave the rest to others."""
    teacher.types("Teacher", "Reads the list aloud to her partner.")
    teacher.presses("Save so far")


def finishes_the_review(senco: Desk) -> None:
    """Score the outcome, write where it stands and two voices more, and hold the review."""
    senco.page.get_by_role("radio", name=re.compile("^2")).check(force=True)
    senco.page.get_by_label("Where is Grace now").fill("45 words")
    senco.types("Grace", "I can read the bus sign now.")
    senco.types("Parents or carers", "She reads road signs to us.")
    senco.presses("Finish the review")


def prints_the_draft(senco: Desk) -> None:
    """Open the page that is made for paper."""
    senco.opens("Print")


def starts_the_next_cycle(senco: Desk) -> None:
    """Go on; what is kept is ticked already."""
    senco.opens("Start the next cycle")
    senco.has_heading("Start cycle 2")
    senco.presses("Start the next cycle")
