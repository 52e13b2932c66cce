"""From an empty database to a working school, with a stop-watch: `python -m bench.first_day`.

Everything is done as people do it: an empty database, a small register, the questions of
`opensenco setup`, `opensenco serve` with its worker, and a browser that follows the guide. Each
step is printed with the seconds that passed, the clicks and the fields that were filled in.

    python -m bench.first_day primary      # 420 pupils; "secondary" has 1,500
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

from bench.made_up_school import made_up
from opensenco.law.calendar.years import AcademicYear
from tests.browser import first_day as steps
from tests.browser.steps import Desk, shows_a_code
from tests.cast import PASSWORD
from tests.exchange.registers import register
from tests.support import binaries
from tests.support.browser import LAUNCH
from tests.support.server import free_port

ROOT = Path(__file__).parent.parent
EMAIL = "ida@larkmead.example"
#: how long a person takes to read and click, and to fill a field in, in seconds
CLICK, FILL = 5, 8
HALF = 60


@dataclass
class Counts:
    """What was done in one step."""

    name: str
    seconds: float = 0.0
    clicks: int = 0
    fills: int = 0


@dataclass(frozen=True)
class CountingDesk(Desk):
    """A desk that counts what its person does."""

    watch: list[Counts] = field(default_factory=list)

    def opens(self, words: str | re.Pattern[str]) -> None:
        """Follow a link."""
        self.watch[-1].clicks += 1
        super().opens(words)

    def presses(self, words: str | re.Pattern[str]) -> None:
        """Press a button."""
        self.watch[-1].clicks += 1
        super().presses(words)

    def types(self, label: str, words: str, within: Locator | None = None) -> None:
        """Fill a field in."""
        self.watch[-1].fills += 1
        super().types(label, words, within)


def environment(folder: Path, port: int) -> dict[str, str]:
    """Give the environment of an installation of its own."""
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith(("OPENSENCO_", "DATABASE_"))}  # fmt: skip
    return {**kept, "OPENSENCO_DATA": str(folder), "OPENSENCO_HTTPS": "0",
            "OPENSENCO_HOSTS": f"127.0.0.1,localhost:{port}"}  # fmt: skip


def command(where: dict[str, str], *words: str, typed: str = "") -> str:
    """Run `opensenco` and give what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "opensenco.ops.cli", *words], cwd=ROOT, env=where, input=typed,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"opensenco {words[0]}: {done.stdout}{done.stderr}")
    return done.stdout


@contextmanager
def served(where: dict[str, str], port: int) -> Iterator[str]:
    """Serve the pages with a worker; gives the address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "opensenco.ops.cli", "serve", "--port", str(port)], cwd=ROOT,
        env=where, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        for line in process.stdout or ():
            if "serves at" in line:
                yield f"http://127.0.0.1:{port}"
                return
        raise RuntimeError("the server did not start")
    finally:
        process.terminate()
        process.wait()


def follow(page: Page, kind: str) -> list[Counts]:
    """Follow the guide to its end; gives what each step took."""
    today = datetime.now(tz=UTC).date()
    told: list[Counts] = []
    senco = CountingDesk(page, told)

    def step(name: str, act: Callable[[], object]) -> None:
        told.append(Counts(name))
        begun = time.perf_counter()
        act()
        told[-1].seconds = time.perf_counter() - begun

    files = made_up(kind, today)
    step("sign in", lambda: sign_in(senco))
    step("term dates, typed", lambda: terms(senco, AcademicYear.of(today).starts))
    step("choose four lists, read them", lambda: steps.brings_the_lists(senco, files.lists))
    while True:
        heading = page.get_by_role("heading", level=1).inner_text()
        step(f"apply: {heading}", lambda: steps.applies_a_list(senco))
        told.append(Counts("go on"))
        if not steps.goes_on(senco):
            break
    step("needs that the list lacks, a page of 50", lambda: needs(senco, told))
    page.goto("/start/")
    step("links for the team", lambda: steps.makes_the_links(senco))
    step("the home page", senco.goes_home)
    senco.sees("Missing from the record")
    return told


def needs(senco: Desk, told: list[Counts]) -> None:
    """Set the needs that the list lacks; each is a field filled in."""
    told[-1].fills += steps.sets_what_the_list_did_not_say(senco)


def sign_in(senco: CountingDesk) -> None:
    """Sign in and begin with the guide."""
    senco.page.goto("/")
    senco.page.get_by_label("Email address").fill(EMAIL)
    senco.page.get_by_label("Password", exact=True).fill(PASSWORD)
    senco.page.get_by_role("button", name="Sign in", exact=True).click()
    shows_a_code(senco.page, EMAIL)
    senco.watch[-1].fills += 2
    senco.watch[-1].clicks += 1
    senco.opens("Begin")


def terms(senco: CountingDesk, starts: int) -> None:
    """Type the year in, and go back to the guide."""
    steps.enters_the_term_dates(senco, starts)
    senco.page.goto("/start/")


def tell(told: Sequence[Counts], installing: float) -> None:
    """Print each step, and what a person would take."""
    for one in told:
        print(f"{one.seconds:8.1f} s {one.clicks:4} clicks {one.fills:4} fields  {one.name}")
    machine = installing + sum(one.seconds for one in told)
    clicks, fills = sum(one.clicks for one in told), sum(one.fills for one in told)
    person = machine + CLICK * clicks + FILL * fills
    print(f"installing {installing:.1f} s; machine in all {machine:.1f} s, {clicks} clicks, "
          f"{fills} fields")  # fmt: skip
    print(f"a person with {CLICK} s for a click and {FILL} s for a field: "
          f"{person / HALF:.1f} minutes")  # fmt: skip


def main(words: Sequence[str]) -> int:
    """Do it for one kind of school."""
    kind = words[0] if words else "primary"
    with tempfile.TemporaryDirectory() as folder:
        begun, port = time.perf_counter(), free_port()
        where = environment(Path(folder), port)
        command(where, "migrate")
        command(where, "import", "gias", str(register(Path(folder))))
        answers = ["Larkmead", "1", EMAIL, "Ida", "Fen", "", PASSWORD]
        command(where, "setup", typed="".join(f"{one}\n" for one in answers))
        with served(where, port) as url, sync_playwright() as playwright:
            installing = time.perf_counter() - begun
            browser = playwright.chromium.launch(
                executable_path=binaries.chromium(), args=list(LAUNCH)
            )
            page = browser.new_context(base_url=url, locale="en-GB").new_page()
            page.set_default_timeout(steps.LONG)
            tell(follow(page, kind), installing)
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
