"""Below the pages nobody names an address; each thing that waits leads to a page of its own."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.urls import get_resolver

from opensenco.ui import ways
from tests.contracts.walk import ROOT, name, python_files, routes, tree

ABOVE = ("opensenco/config/", "opensenco/ops/", "opensenco/pages/")
#: where names become addresses
MAY_NAME = {
    "opensenco/ui/addresses.py": "the function itself",
    "opensenco/ui/jinja.py": "the templates' own function",
    "opensenco/ui/ways.py": "the table itself",
    "opensenco/gate/chrome.py": "the entries that the table of addresses hands in",
}
AN_ADDRESS = re.compile(r"/[a-z][a-z-]*/")
LEADS_SOMEWHERE = {"open_task", "tell", "replace_due_dates"}
#: the same of many records at once, whose model is named
MANY_LEAD = {"open_tasks", "replace_due_dates"}


def test_no_address_is_named_below_the_pages():
    named = [
        f"{name(path)}:{line}"
        for path in python_files("opensenco")
        if not name(path).startswith(ABOVE) and name(path) not in MAY_NAME
        for line in addresses(path)
    ]
    assert not named, (
        f"{named}: keep what it is about (`source=`) and let opensenco.config.urls say which page "
        "that has (WAYS)."
    )


def addresses(path: Path) -> Iterator[int]:
    """Give the lines that ask for an address by its name, or write one."""
    for node in ast.walk(tree(path)):
        match node:
            case ast.ImportFrom(module="django.urls", names=names):
                if "reverse" in {one.name for one in names}:
                    yield node.lineno
            case ast.JoinedStr(values=[ast.Constant(value=str(begins)), *_]):
                if AN_ADDRESS.match(begins):
                    yield node.lineno


def test_every_way_leads_to_a_page_that_takes_one_reference():
    known = dict(routes())
    assert ways.known()
    for label, way in ways.known().items():
        assert apps.get_model(label)._meta.label == label
        for called in {way.read, way.done or way.read, *way.kinds.values()}:
            assert len(known[called].pattern.converters) == 1, called


def test_whatever_waits_is_due_or_told_has_a_way():
    get_resolver().url_patterns  # noqa: B018 (the table of addresses fills the ways)
    with_a_way = {label.rpartition(".")[2] for label in ways.known()}
    seen = set()
    for path in python_files("opensenco"):
        for function in ast.walk(tree(path)):
            if isinstance(function, ast.FunctionDef):
                for kind, line in sources(function):
                    seen.add(kind)
                    assert kind in with_a_way, (
                        f"{path.relative_to(ROOT)}:{line} {kind} has no page. "
                        "Add it to WAYS in opensenco.config.urls."
                    )
    assert {"Concern", "Cycle", "SenStatus", "Allocation", "SafeguardingNote"} <= seen


def sources(function: ast.FunctionDef) -> list[tuple[str, int]]:
    """Give the kinds of record that a function says something waits, is due or is told about."""
    kinds = {one.arg: one.annotation for one in [*function.args.args, *function.args.kwonlyargs]}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    kinds[target.id] = node.value.func
    found = []
    for node in ast.walk(function):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        given = {one.arg: one.value for one in node.keywords}
        forgets = isinstance(dues := given.get("dues"), ast.Tuple) and not dues.elts
        named = given.get("of")
        if node.func.attr in MANY_LEAD and isinstance(named, ast.Name):
            found.append((named.id, node.lineno))
        if node.func.attr in LEADS_SOMEWHERE and "source" in given and not forgets:
            asked = given["source"]
            kind = kinds.get(asked.id) if isinstance(asked, ast.Name) else None
            if isinstance(kind, ast.Name) and kind.id != "Model":
                found.append((kind.id, node.lineno))
    return found
