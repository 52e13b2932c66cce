"""What OpenSENCO has to do, and which of it the tests prove.

Two files meet here. `docs/requirements.toml` says what is wanted and whether we call it built;
`.proof/requirements.json` says which tests named it, on which database, with what outcome.

A requirement is **proven** when
  1. all its tests passed on the databases they ran on (a test skipped on every database counts
     against it),
  2. at least one of its tests passed on each database, and
  3. at least one of its tests that passed drives pages or a browser.

Browser stories run on PostgreSQL alone but for one smoke story, so the third condition asks for
one database and not for both. docs/adr/0008-requirement-proof.md gives the reasons.
"""

import difflib
import json
import os
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, cast, get_args

ROOT = Path(__file__).resolve().parents[2]
REGISTER = Path("docs") / "requirements.toml"
RESULTS = Path(".proof") / "requirements.json"

State = Literal["open", "built"]
Kind = Literal["requirement", "rule", "vector"]
Outcome = Literal["passed", "skipped", "xfailed", "failed"]

STATES: tuple[State, ...] = get_args(State)
KINDS: tuple[Kind, ...] = get_args(Kind)
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
DATABASES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
PAGE_FOLDERS = ("tests/pages/", "tests/browser/")

PATTERNS: Mapping[Kind, re.Pattern[str]] = {
    "requirement": re.compile(r"S[0-4]-\d{2}"),
    # A rule and a worked example look alike; the prefixes of examples are no rules.
    "rule": re.compile(r"(?!VEC|DTV|FTV)[A-Z]{3,4}-\d{2,3}"),
    "vector": re.compile(r"(?:VEC|DTV|FTV)-\d{2,3}"),
}
FORMAT = 1
SHOWN_TESTS = 3


class RequirementsError(ValueError):
    """One of the two files cannot be used; the message says which and why, in one line."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One block of the register."""

    id: str
    title: str
    priority: int
    state: State
    note: str


@dataclass(frozen=True, slots=True, order=True)
class Result:
    """One test that names one ID, as it came out on one database."""

    kind: Kind
    id: str
    test: str
    database: str
    outcome: Outcome
    drives_pages: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """A requirement beside its results; `missing` is empty exactly when it is proven."""

    requirement: Requirement
    results: tuple[Result, ...]
    missing: tuple[str, ...]

    @property
    def proven(self) -> bool:
        """Whether the tests bear it out, as the module says."""
        return not self.missing

    @property
    def tests(self) -> int:
        """How many tests name it, each counted once however many databases it ran on."""
        return len({result.test for result in self.results})

    @property
    def unfounded(self) -> bool:
        """Whether it is called built without proof."""
        return self.requirement.state == "built" and not self.proven


def read_register(path: Path) -> tuple[Requirement, ...]:
    """Read the register in the order it is written.

    Raises:
        RequirementsError: the file is missing, is not TOML, or a block is wrong or doubled.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise RequirementsError(f"{path} is not there.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RequirementsError(f"{path} cannot be read: {error}.") from error
    blocks = document.get("requirement")
    if not isinstance(blocks, list) or not blocks or set(document) != {"requirement"}:
        raise RequirementsError(f"{path} must hold [[requirement]] blocks and nothing else.")
    found: dict[str, Requirement] = {}
    for block in blocks:
        requirement = _requirement(block, path)
        if requirement.id in found:
            raise RequirementsError(f"{path}: {requirement.id} is there twice.")
        found[requirement.id] = requirement
    return tuple(found.values())


def _requirement(block: object, path: Path) -> Requirement:
    fields = block if isinstance(block, dict) else {}
    name = fields.get("id", "a block without id")
    faults = {
        "id": not _is_id("requirement", fields.get("id")),
        "title": not (isinstance(fields.get("title"), str) and fields["title"].strip()),
        "priority": type(fields.get("priority")) is not int or fields["priority"] not in {1, 2, 3},
        "state": fields.get("state") not in STATES,
        "note": not isinstance(fields.get("note"), str),
    }
    wrong = [field for field, faulty in faults.items() if faulty]
    wrong += sorted(set(fields) - set(faults))
    if wrong:
        raise RequirementsError(f"{path}: {name}: missing, wrong or unknown: {', '.join(wrong)}.")
    return Requirement(**fields)


def _is_id(kind: Kind, value: object) -> bool:
    return isinstance(value, str) and PATTERNS[kind].fullmatch(value) is not None


def fault_in_id(kind: Kind, value: object, known: Collection[str]) -> str:
    """Say what is wrong with an ID named by a test, or nothing ("") where it is right.

    Args:
        kind: which marker named it.
        value: what stands in the marker.
        known: the IDs of the register; rules and vectors are judged by their look alone.
    """
    if not _is_id(kind, value):
        example = {"requirement": "S1-13", "rule": "APD-05", "vector": "VEC-18"}[kind]
        near = _near(value, known) if kind == "requirement" else ""
        return f'{value!r} does not look like a {kind} (such as "{example}").{near}'
    if kind == "requirement" and value not in known:
        return f"{value} is not in {REGISTER.as_posix()}.{_near(value, known)}"
    return ""


def _near(value: object, known: Collection[str]) -> str:
    names = difflib.get_close_matches(str(value), known, n=3, cutoff=0.5)
    return f" Near: {', '.join(names)}." if names else ""


def drives_pages(test: str) -> bool:
    """Whether a test, by its node ID, drives pages or a browser: its folder decides."""
    return test.startswith(PAGE_FOLDERS)


def read_results(path: Path) -> tuple[Result, ...]:
    """Read what the last runs left; nothing where no run has been.

    Raises:
        RequirementsError: the file is damaged, or of another format.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["format"] != FORMAT:
            raise ValueError(document["format"])
        return tuple(
            sorted(
                _result(kind, name, row)
                for kind in KINDS
                for name, rows in document[kind].items()
                for row in rows
            )
        )
    except FileNotFoundError:
        return ()
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RequirementsError(
            f"{path} is damaged or of another version. Delete it and run: python3 run.py test"
        ) from error


def _result(kind: Kind, name: str, row: Mapping[str, object]) -> Result:
    result = Result(
        kind=kind,
        id=name,
        test=str(row["test"]),
        database=str(row["database"]),
        outcome=cast("Outcome", row["outcome"]),
        drives_pages=row["drives_pages"] is True,
    )
    if result.outcome not in OUTCOMES or result.database not in DATABASES:
        raise ValueError(row)
    return result


def write_results(path: Path, results: Iterable[Result]) -> None:
    """Write the results per ID, whole or not at all, the same for the same results."""
    document: dict[str, object] = {"format": FORMAT}
    ordered = sorted(results)
    for kind in KINDS:
        by_id: dict[str, list[dict[str, object]]] = {}
        for result in (each for each in ordered if each.kind == kind):
            by_id.setdefault(result.id, []).append(facts(result))
        document[kind] = by_id
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    os.replace(fresh, path)


def facts(result: Result) -> dict[str, object]:
    """Give a result without its kind and ID, which stand above it in the file."""
    return {key: value for key, value in asdict(result).items() if key not in {"kind", "id"}}


def judge(requirement: Requirement, results: Iterable[Result]) -> Verdict:
    """Say whether the results prove a requirement, and what is missing if they do not.

    Args:
        requirement: one block of the register.
        results: results of any requirement; those of others are left aside.
    """
    own = tuple(
        each for each in results if each.kind == "requirement" and each.id == requirement.id
    )
    if not own:
        return Verdict(requirement, (), ("no test names it",))
    passed = [each for each in own if each.outcome == "passed"]
    missing = []
    for database, name in DATABASES.items():
        broken = [
            f"{each.test} {each.outcome}"
            for each in own
            if each.database == database and each.outcome in {"failed", "xfailed"}
        ]
        if broken:
            missing.append(f"on {name}: {_some(broken)}")
    ran = {each.test for each in own if each.outcome != "skipped"}
    idle = sorted({each.test for each in own} - ran)
    if idle:
        missing.append(f"skipped wherever it ran: {_some(idle)}")
    missing += [
        f"no test of it passed on {name}"
        for database, name in DATABASES.items()
        if not any(each.database == database for each in passed)
    ]
    if not any(each.drives_pages for each in passed):
        missing.append("no test of it that passed drives pages or a browser")
    return Verdict(requirement, own, tuple(missing))


def _some(names: list[str]) -> str:
    rest = len(names) - SHOWN_TESTS
    return ", ".join(names[:SHOWN_TESTS]) + (f" and {rest} more" if rest > 0 else "")


def join(register: Iterable[Requirement], results: Iterable[Result]) -> tuple[Verdict, ...]:
    """Lay the register beside the results: one verdict a requirement, in the register's order."""
    by_id: dict[str, list[Result]] = {}
    for result in results:
        by_id.setdefault(result.id, []).append(result)
    return tuple(judge(requirement, by_id.get(requirement.id, ())) for requirement in register)
