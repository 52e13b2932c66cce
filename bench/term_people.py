"""Who plays the term, and what is counted of what they do."""

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Error, Locator, Page

from tests.browser.steps import Desk, link

#: a machine that does other work too is slow, and no fault of a page
PATIENCE = 10_000
#: the people of the village's school, by what they are there
PEOPLE = {
    "senco": "Hannah Lythgarth-Marr", "head": "Sunita Bhogalwar", "admin": "Carol Haverigge",
    "val": "Val Crosthwick", "moira": "Moira Quernstone",
    "joel": "Joel Abernethorpe", "rob": "Rob Millichamp-Dean", "anjali": "Anjali Devrajan",
}  # fmt: skip


@dataclass
class Counts:
    """What one kind of task took each time: clicks and fields."""

    clicks: list[int] = field(default_factory=list)
    fields: list[int] = field(default_factory=list)


@dataclass
class Ledger:
    """Counts by task, and what went wrong. `shots` is a folder for pictures, or None."""

    shots: Path | None = None
    tasks: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    faults: list[str] = field(default_factory=list)

    def tell(self) -> None:
        """Print what each task took at least and at most, and how often it was done."""
        print("times  clicks  fields  task")
        for name, one in self.tasks.items():
            clicks, fields = _span(one.clicks), _span(one.fields)
            print(f"{len(one.clicks):5}  {clicks:>6}  {fields:>6}  {name}")


def _span(values: list[int]) -> str:
    low, high = min(values), max(values)
    return str(low) if low == high else f"{low}-{high}"


@dataclass(frozen=True)
class Player(Desk):
    """One person at a desk, whose clicks and fields are counted."""

    who: str = ""
    ledger: Ledger = field(default_factory=Ledger)
    now: Counts = field(default_factory=Counts)

    @contextmanager
    def doing(self, task: str, about: str = "") -> Iterator[None]:
        """Count what a task takes, from the home page on; what fails is noted and passed over."""
        self.goes_home()
        self.now.clicks.append(0)
        self.now.fields.append(0)
        try:
            yield
        except (Error, AssertionError) as fault:
            self._note(task, about, str(fault))
        else:
            self.ledger.tasks[task].clicks.append(self.now.clicks[-1])
            self.ledger.tasks[task].fields.append(self.now.fields[-1])

    def _note(self, task: str, about: str, fault: str) -> None:
        heading = self.page.locator("h1").first.inner_text(timeout=2000)
        errors = self.page.locator(".govuk-error-summary")
        said = errors.inner_text(timeout=2000) if errors.count() else ""
        first = " ".join(fault.split())[:260]
        said = " ".join(said.split())
        self.ledger.faults.append(f"{self.who}, {task} {about}: on “{heading}”. {said} {first}")
        print(self.ledger.faults[-1], flush=True)
        if self.ledger.shots is not None:
            self.ledger.shots.mkdir(parents=True, exist_ok=True)
            name = f"{len(self.ledger.faults):02}-{self.who}.png"
            self.page.screenshot(path=str(self.ledger.shots / name), full_page=True)

    def opens(self, words: str | re.Pattern[str]) -> None:
        """Follow a link of the page."""
        self.now.clicks[-1] += 1
        super().opens(words)

    def presses(self, words: str | re.Pattern[str]) -> None:
        """Press a button of the page."""
        self.now.clicks[-1] += 1
        super().presses(words)
        self.page.wait_for_load_state()
        refused = self.page.locator(".govuk-error-summary")
        if refused.count():
            raise AssertionError(f"refused after {words}")

    def types(self, label: str, words: str, within: Locator | None = None) -> None:
        """Fill in a field that begins with these words."""
        self.now.fields[-1] += 1
        said = re.compile(rf"^\s*{re.escape(label)}")
        (within or self.page.get_by_role("main")).get_by_label(said).first.fill(words)

    def ticks(self, label: str | re.Pattern[str]) -> None:
        """Tick a box, or choose one of several."""
        self.now.clicks[-1] += 1
        main = self.page.get_by_role("main")
        one = main.get_by_role("radio", name=label).or_(main.get_by_role("checkbox", name=label))
        one.first.check(force=True)

    def picks(self, label: str, words: str | re.Pattern[str]) -> None:
        """Choose from a list the first entry in which these words stand."""
        self.now.fields[-1] += 1
        box = self.page.get_by_role("main").get_by_label(re.compile(rf"^\s*{re.escape(label)}"))
        entries = box.first.locator("option")
        wanted = re.compile(words) if isinstance(words, str) else words
        text = next(one for one in entries.all_inner_texts() if wanted.search(one))
        box.first.select_option(label=text)

    def goes_to(self, words: str) -> None:
        """Go by the menu at the top of every page."""
        self.now.clicks[-1] += 1
        menu = self.page.get_by_role("navigation", name="Main")
        menu.get_by_role("link", name=re.compile(rf"^{words}")).first.click()

    def finds(self, surname: str) -> None:
        """Look for a pupil from the home page, and open them."""
        self.now.fields[-1] += 1
        self.now.clicks[-1] += 2
        box = self.page.get_by_role("searchbox", name="Find a pupil")
        box.fill(surname)
        box.press("Enter")
        link(self.page.get_by_role("main"), re.compile(surname)).first.click()


@dataclass
class Cast:
    """All who play on one day; each has a window of their own, opened when they are first asked."""

    browser: Browser
    url: str
    ledger: Ledger
    _there: dict[str, Player] = field(default_factory=dict)

    def __getitem__(self, who: str) -> Player:
        if who not in self._there:
            page = self._walked_in(PEOPLE[who])
            self._there[who] = Player(page, who, self.ledger)
        return self._there[who]

    def _walked_in(self, name: str) -> Page:
        window = self.browser.new_context(base_url=self.url, locale="en-GB")
        window.set_default_timeout(PATIENCE)
        window.set_default_navigation_timeout(10 * PATIENCE)
        page = window.new_page()
        page.goto("/walk-in/")
        page.get_by_role("button", name=re.compile(name)).first.click()
        return page

    def go_home(self) -> None:
        """Let everybody leave their windows."""
        for one in self._there.values():
            one.page.context.close()
