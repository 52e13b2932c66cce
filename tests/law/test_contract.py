"""What holds for every rule and every function of the law."""

import ast
import dataclasses
import inspect
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from opensenco.kernel.errors import NotFound
from opensenco.law import rules
from opensenco.law.registry import answered_by
from opensenco.law.rule import Kind, Rule
from opensenco.law.strength import Evidence, Strength
from tests.law.pages import headings, timetable_of

ROOT = Path(__file__).resolve().parents[2]
LAW = ROOT / "opensenco" / "law"
PAGES = ROOT / "docs" / "law"
ALL = [pytest.param(rule, id=rule.id) for rule in rules.listed()]
COMPUTING = [pytest.param(rule, id=rule.id) for rule in rules.listed() if rule.kind.computes]
RULE_MODULES = [
    module
    for module in rules.COMPUTING
    if module.__name__.split(".")[2] in {"timetables", "checks", "money", "agreement"}
]


def marked_rules(folder: str) -> set[str]:
    """Every identifier that some test under `folder` carries in a mark `rule`."""
    found: set[str] = set()
    for path in (ROOT / folder).rglob("test_*.py"):
        text = path.read_text("utf-8")
        for node in ast.walk(ast.parse(text)) if "mark.rule" in text else ():
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.rule":
                found |= {str(arg.value) for arg in node.args if isinstance(arg, ast.Constant)}
    return found


def rules_of_examples() -> set[str]:
    """The rules of every timetable whose page has a table that test_worked_examples.py reads."""
    names = {timetable_of(heading) for _, heading in headings()}
    return {rule for name in names for rule in rules.timetable(name).rule_ids}


@cache
def marked() -> set[str]:
    """The rules that some test proves; asked by a test alone, since all tests are read for it."""
    return marked_rules("tests") | rules_of_examples()


def identifiers() -> dict[str, bool]:
    """Every identifier of ids.txt and ids-funding.txt, and whether it is still pending."""
    files = sorted(Path(__file__).parent.glob("ids*.txt"))
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    words = [line.split() for line in lines if line and not line.startswith("#")]
    assert all(rest in ([], ["pending"]) for _, *rest in words)
    assert len({rule for rule, *_ in words}) == len(words)
    return {rule: bool(rest) for rule, *rest in words}


def test_every_rule_that_we_know_of_is_there() -> None:
    known = identifiers()
    assert len(known) == 229 + 128
    written = {rule for rule, pending in known.items() if not pending}
    assert written - set(rules.RULES) == set(), "These are gone."
    assert set(rules.RULES) - written == set(), "Take “pending” away in ids.txt."


@pytest.mark.parametrize("rule", ALL)
def test_every_rule_has_a_page_that_speaks_of_it(rule: Rule) -> None:
    page = PAGES / f"{rule.page}.md"
    assert page.is_file(), f"Write {page.relative_to(ROOT)}."
    text = page.read_text("utf-8")
    prefix, digits = rule.id.split("-")
    number = int(digits)
    spans = re.findall(rf"{prefix}-(\d+) to {prefix}-(\d+)", text)
    inside = any(int(first) <= number <= int(last) for first, last in spans)
    assert rule.id in text or inside, f"Name {rule.id} in {page.name}."
    assert f"({rule.page}.md)" in (PAGES / "README.md").read_text("utf-8")


@pytest.mark.parametrize("rule", COMPUTING)
def test_every_rule_that_computes_is_computed_and_tested(rule: Rule) -> None:
    assert answered_by(rule.id), f"No function or table carries {rule.id}."
    assert rule.id in marked(), f'No test carries @pytest.mark.rule("{rule.id}").'


@pytest.mark.parametrize("rule", [rule for rule in rules.listed() if not rule.kind.computes])
def test_a_note_computes_nothing(rule: Rule) -> None:
    assert not answered_by(rule.id), f"{rule.id} computes: give it another kind."


def test_every_mark_names_a_rule_that_is() -> None:
    assert set(rules.RULES) >= marked_rules("tests/law") | marked_rules("tests/kernel")


@pytest.mark.parametrize("rule", ALL)
def test_every_rule_says_what_it_is(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z]{3,4}-\d{2,3}", rule.id)
    assert rule.text.endswith(".")
    assert rule.title
    assert not rule.title.endswith(".")
    assert str(rule.provision)
    assert rule.provision.address.startswith(("https://", "http://", ""))
    assert not rule.unverified or re.fullmatch(r"Unverified: .+\.", rule.unverified)


@pytest.mark.parametrize("rule", ALL)
def test_every_rule_can_be_explained_to_a_program(rule: Rule) -> None:
    told = json.loads(json.dumps(rules.as_data(rule.id.lower())))
    assert told["rule"] == rule.id
    assert told["verified"] is (rule.evidence is not Evidence.UNVERIFIED)
    assert (ROOT / told["page"]).is_file()
    for parameter in told["parameters"]:
        assert parameter["rows"]


@pytest.mark.parametrize(
    ("rule", "module", "functions"),
    [
        ("APD-08", "parent_meetings", {"meetings", "timetable"}),
        ("EYS-13", "compulsory_school_age", {"first_day", "timetable"}),
        ("IDN-15", "tell_parents", {"timetable", "alert"}),
        ("REV-15", "phase_transfer", {"move_between", "timetable"}),
        ("TRA-01", "compulsory_school_age", {"leaving_day", "timetable"}),
        ("TRB-05", "appeal", {"appeal_time", "timetable"}),
    ],
)
def test_a_rule_names_all_that_computes_it(rule: str, module: str, functions: set[str]) -> None:
    whole = f"opensenco.law.timetables.{module}."
    assert {f"{whole}{each}" for each in functions} <= set(rules.explain(rule).computed_by)


def test_an_unknown_rule_is_not_found() -> None:
    with pytest.raises(NotFound):
        rules.explain("XYZ-99")


def test_rules_are_listed_by_kind() -> None:
    kinds = [rule.kind for rule in rules.listed()]
    assert {rule.id for rule in rules.listed(Kind.NOTE)} == {
        rule.id for rule in rules.listed() if rule.kind is Kind.NOTE
    }
    assert set(kinds) == set(Kind)
    assert all(strength.meaning for strength in Strength)


def functions() -> Iterator[Any]:
    """Public functions of the modules that hold rules."""
    for module in RULE_MODULES:
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                yield pytest.param(function, id=f"{module.__name__}.{name}")


@pytest.mark.parametrize("function", list(functions()))
def test_a_function_of_the_law_is_documented_and_typed(function: Callable[..., object]) -> None:
    signature = inspect.signature(function)
    assert function.__doc__
    assert signature.return_annotation is not inspect.Signature.empty
    for parameter in signature.parameters.values():
        assert parameter.annotation is not inspect.Parameter.empty


@pytest.mark.parametrize("function", list(functions()))
def test_a_rule_takes_its_facts_by_name(function: Callable[..., object]) -> None:
    dotted = f"{function.__module__}.{function.__qualname__}"
    registered = any(dotted in answered_by(rule.id) for rule in rules.listed())
    kinds = {each.kind for each in inspect.signature(function).parameters.values()}
    assert not registered or kinds == {inspect.Parameter.KEYWORD_ONLY}


def test_every_timetable_is_registered() -> None:
    declared = {each.gives[0].__module__ for each in rules.TIMETABLES.values()}
    for module in RULE_MODULES:
        if ".timetables." in module.__name__:
            assert module.__name__ in declared, f"{module.__name__} ends without TIMETABLES."
            answering = [each for rule in rules.listed() for each in answered_by(rule.id)]
            assert any(each.startswith(f"{module.__name__}.") for each in answering)


def test_every_module_of_rules_is_found() -> None:
    listed = {module.__name__ for module in rules.COMPUTING}
    for path in set(LAW.rglob("*.py")) - {LAW / "registry.py"}:
        text = path.read_text("utf-8")
        if re.search(r"^\s*@answers\(|^\w* ?=? ?tabulates\(", text, re.MULTILINE):
            dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            assert dotted in listed, f"{dotted} lies outside the packages of the law."


BANNED = ("django", "time", "os", "requests", "urllib", "socket", "random")


@pytest.mark.parametrize(
    "path",
    [pytest.param(path, id=path.stem) for path in sorted(LAW.rglob("*.py"))],
)
def test_the_law_reads_no_clock_and_knows_no_framework(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        else:
            names = []
        for name in names:
            assert name.split(".")[0] not in BANNED, f"{path.name} imports {name}."
            assert name != "opensenco.kernel.clock", f"{path.name} reads the clock."
        if isinstance(node, ast.Attribute):
            assert node.attr not in {"now", "today", "utcnow"}, f"{path.name} reads the clock."


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=f"{path.parent.name}.{path.stem}")
        for path in sorted([*LAW.rglob("*.py"), *(LAW.parent / "kernel").glob("*.py")])
    ],
)
def test_what_a_refusal_says_can_be_translated(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            error = ast.unparse(node.exc.func)
            words = node.exc.args[-1] if node.exc.args else None
            plain = isinstance(words, ast.JoinedStr | ast.Constant)
            internal = error in {"ValueError", "AssertionError"}
            assert internal or not plain, f"{path.name}:{node.lineno}: use mark() or sentence()."


def fact_names() -> set[str]:
    """Field names of every class of facts that a rule takes."""
    names: set[str] = set()
    for module in RULE_MODULES:
        for _, kind in inspect.getmembers(module, dataclasses.is_dataclass):
            names |= {field.name for field in dataclasses.fields(kind)}
    return names


@pytest.mark.rule("IDN-01")
@pytest.mark.rule("IDN-03")
@pytest.mark.requirement("S4-35")
def test_no_rule_asks_for_a_language_or_a_diagnosis() -> None:
    names = fact_names()
    assert {"status", "needs", "raised"} <= names
    asked = [name for name in names if re.search("language|diagnos|mother_tongue", name)]
    assert not asked, f"No rule may ask for {asked}."
    assert "never, by itself" in rules.get("IDN-01").text
