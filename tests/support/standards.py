"""The list of the security standard as a page, from the list as data."""

import tomllib
from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "docs" / "security"
LIST, PAGE = FOLDER / "asvs.toml", FOLDER / "asvs.md"
MET, NOT_MET, NOT_OURS = "met", "not met", "does not apply"
STATES = (MET, NOT_MET, NOT_OURS)
CHAPTERS = {
    "1": "Encoding and injection",
    "2": "Validation and the order of steps",
    "3": "What browsers do with our pages",
    "4": "Requests and interfaces",
    "5": "Files",
    "6": "Signing in",
    "7": "Sessions",
    "8": "Who may do and see what",
    "9": "Tokens that say something themselves",
    "10": "OAuth and OpenID Connect",
    "11": "Cryptography",
    "12": "Encrypted connections",
    "13": "Configuration",
    "14": "Data protection",
    "15": "Code and its libraries",
    "16": "Logs and faults",
    "17": "Calls (WebRTC)",
}
HEAD = """# OWASP ASVS 5.0, levels 1 and 2

What the Application Security Verification Standard 5.0.0 asks for at its levels 1 and 2, each
requirement by its number and in our own words; the standard's own text is at
<https://github.com/OWASP/ASVS>. *Met* names tests that fail when it is not. *Not met* says what is
missing, as plainly. This is our own reading; nobody from outside has reviewed it.

Written from `asvs.toml` by `python -m tests.support.standards`; a contract test keeps both alike
and looks up each test.
"""


@dataclass(frozen=True)
class Requirement:
    """One line of the standard: what it asks, and how we stand to it."""

    number: str
    level: int
    asks: str
    state: str
    proof: tuple[str, ...] = ()
    why: str = ""

    @property
    def chapter(self) -> str:
        """The number before the first dot."""
        return self.number.split(".", 1)[0]


def requirements() -> list[Requirement]:
    """Give the list in its order."""
    with LIST.open("rb") as file:
        rows = tomllib.load(file)["requirement"]
    return [Requirement(**{**row, "proof": tuple(row.get("proof", ()))}) for row in rows]


def page(rows: list[Requirement]) -> str:
    """Give the page of a list."""
    lines = [HEAD, *_counted(rows)]
    for chapter, inside in groupby(rows, lambda row: row.chapter):
        lines += [
            f"\n## {chapter} {CHAPTERS[chapter]}\n",
            "| | Level | Asks for | |",
            "|---|---|---|---|",
        ]
        lines += [f"| {row.number} | {row.level} | {row.asks} | {_stands(row)} |" for row in inside]
    return "\n".join(lines) + "\n"


def _counted(rows: list[Requirement]) -> list[str]:
    counts = Counter((row.level, row.state) for row in rows)
    head = ["| Level | Met | Not met | Does not apply |", "|---|---|---|---|"]
    cells = {level: " | ".join(str(counts[level, state]) for state in STATES) for level in (1, 2)}
    return head + [f"| {level} | {cell} |" for level, cell in cells.items()]


def _stands(row: Requirement) -> str:
    if row.state != MET:
        return f"**{row.state.capitalize()}.** {row.why}"
    files = groupby(sorted(row.proof), lambda test: test.split("::")[0])
    told = [f"`{file}`: " + ", ".join(f"`{t.split('::')[1]}`" for t in ts) for file, ts in files]
    return "Met. " + "; ".join(told)


if __name__ == "__main__":
    PAGE.write_text(page(requirements()), encoding="utf-8")
