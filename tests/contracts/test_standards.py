"""The documents on security say what is so: settings, ways in, tests that are written."""

import re
from importlib import import_module
from typing import Any

from django.conf import settings

from tests.contracts.guides import named_in, rows_under, written_in
from tests.contracts.walk import ROOT, each, routes, view_of
from tests.support import standards

CONTROLS = ROOT / "docs" / "security" / "controls.md"
THREATS = ROOT / "docs" / "security" / "threat-model.md"
#: how many requirements the standard has at each level, over all of its chapters
LEVELS = {1: 70, 2: 183}
#: and in each chapter
CHAPTERS = {
    **{"1": 27, "2": 11, "3": 19, "4": 10, "5": 9, "6": 35, "7": 18, "8": 7, "9": 7},
    **{"10": 29, "11": 14, "12": 9, "13": 13, "14": 9, "15": 13, "16": 16, "17": 7},
}
SET = re.compile(r"`([\w.]+:)?([\w.]+)(?:\[\"(\w+)\"\])?`")


def test_every_requirement_of_the_standard_stands_in_the_list_once():
    rows = standards.requirements()
    numbers = [row.number for row in rows]
    assert len(set(numbers)) == len(numbers)
    keys = [tuple(map(int, number.split("."))) for number in numbers]
    assert keys == sorted(keys)
    assert {n: sum(row.level == n for row in rows) for n in LEVELS} == LEVELS
    assert {n: sum(row.chapter == n for row in rows) for n in CHAPTERS} == CHAPTERS


@each(standards.requirements(), lambda row: row.number)
def test_a_requirement_is_proven_or_its_want_is_told(row: standards.Requirement):
    assert row.state in standards.STATES
    assert row.asks
    if row.state != standards.MET:
        assert row.why, "say what is missing, or why it does not apply"
        assert not row.proof
        return
    assert row.proof, "name a test that fails when this is not so"
    for test in row.proof:
        file, _colons, function = test.partition("::")
        assert function in written_in(file), f"{test} is not written"


def test_the_page_is_what_the_list_says():
    said = standards.PAGE.read_text(encoding="utf-8")
    mend = "run: python -m tests.support.standards"
    assert said == standards.page(standards.requirements()), mend


def test_the_controls_name_what_the_code_sets():
    rows = [
        row
        for heading in ("Signing in, links and codes", "What may be sent")
        for row in rows_under(CONTROLS, heading)
    ]
    assert len(rows) > 20
    wrong = [f"{where} is {is_set(where)!r}" for _what, where, told, _why in rows
             if str(is_set(where)) != told.strip("`")]  # fmt: skip
    assert not wrong, f"{CONTROLS.name} says otherwise: {wrong}"


def is_set(where: str) -> Any:
    """Give the value of a setting, of a constant of a module, or of one of its parts."""
    match = SET.fullmatch(where)
    assert match, where
    module, path, key = match.groups()
    value: Any = import_module(module.rstrip(":")) if module else settings
    for part in path.split("."):
        value = getattr(value, part)
    return value[key] if key else value


def test_every_way_in_without_a_door_is_told():
    """Whatever can be opened without signing in is a page for all, or stands with its proof."""
    told = {
        way for row in rows_under(CONTROLS, "Ways in") for way in re.findall("`([^`]+)`", row[0])
    }
    # there where a provider of mail is set up
    told -= {"notices:heard"}
    # these ask for the person themselves, or say what became of something
    for_all = {"account_logout", "account_change_password", "account_reauthenticate"}
    for_all |= {"asking:thanks", "account:not_elsewhere", "account:left", "account:leave_there"}
    for_all |= {"tablet:done", "account:again_elsewhere"}
    open_ways = {
        entry_name
        for entry_name, entry in routes()
        if getattr(view_of(entry), "public", "") and not entry_name.startswith("public:")
    }
    behind = {way for way in open_ways if way.startswith(("asking:link", "mfa_"))}
    missing = open_ways - told - for_all - behind
    assert not missing, f"{CONTROLS.name} does not tell of: {sorted(missing)}"
    assert told <= open_ways, f"there is no such way: {sorted(told - open_ways)}"


def test_every_threat_names_tests_that_are_written():
    named = named_in(THREATS)
    assert sum(map(len, named.values())) > 40
    missing = [f"{file}: {t}" for file, tests in named.items() for t in tests - written_in(file)]
    assert not missing, missing
