"""Looks pages over, one after the other: each kind of part once, each kind of control by keyboard.

axe-core takes longer than all else on a page, and most of a page is what the page before was made
of. So a page is asked for its shapes: each element with its classes, its attributes and the three
elements round it, which is all that a rule can judge it by. axe reads every page that has one not
seen before at that width. What hangs on a whole page (title, headings, labels, ids, tables) the
strict client proves on every page that any test fetches.
"""

from collections import defaultdict
from itertools import pairwise
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, ViewportSize

from tests.browser import axe

#: a window of 1280 by 1024 at 400 per cent
CLOSE: ViewportSize = {"width": 320, "height": 256}
SCRIPT = (Path(__file__).parent / "looking.js").read_text(encoding="utf-8")


class Looking:
    """What one walk has seen."""

    def __init__(self) -> None:
        self._shapes: defaultdict[int, set[int]] = defaultdict(set)
        self._stops: set[int] = set()
        self.read = 0

    def over(self, context: BrowserContext) -> None:
        """Prepare the windows of somebody."""
        context.add_init_script(SCRIPT)

    def faults(self, page: Page, screen: ViewportSize) -> list[str]:
        """Give what is wrong with the page that is open, wide and at 400 per cent."""
        page.set_viewport_size(screen)
        told = page.evaluate("looking.look()")
        found: list[str] = told["faults"]
        new = set(told["shapes"]) - self._shapes[screen["width"]]
        if new:
            self._shapes[screen["width"]] |= new
            self.read += 1
            found += axe.faults(page)
        found += self._by_keyboard(page, told["stops"])
        page.set_viewport_size(CLOSE)
        return found + [f"at 400 %: {one}" for one in page.evaluate("looking.narrow()")]

    def _by_keyboard(self, page: Page, stops: list[int]) -> list[str]:
        """Press Tab to each kind of control that was not come to yet, and away from it."""
        found: list[str] = []
        fresh = [at for at, stop in enumerate(stops) if self._is_new(stop)]
        for last, at in pairwise([-1, *fresh]):
            if at != last + 1 or last < 0:
                page.evaluate("at => looking.before(at)", at)
            page.keyboard.press("Tab")
            found += filter(None, [page.evaluate("at => looking.arrived(at)", at)])
            if at + 1 not in fresh:
                page.keyboard.press("Tab")
                found += filter(None, [page.evaluate("at => looking.left(at)", at)])
        return found

    def _is_new(self, stop: int) -> bool:
        new = stop not in self._stops
        self._stops.add(stop)
        return new
