"""The scope that sees every school is opened by commands alone, in listed places, with a reason."""

import ast

import pytest
from django.db import DatabaseError

from opensenco.access.scope import system_scope
from opensenco.people.models import Pupil
from tests.contracts.walk import name, python_files, tree

COMMANDS = "opensenco/ops/management/commands"
#: each place, and what it says there; a new one is a decision of whoever reviews it
ALLOWED = {
    f"{COMMANDS}/createadmin.py": [
        "see whether this person signs in already",
        "give a setting its first person",
    ],
    f"{COMMANDS}/census.py": ["enter published days of the census"],
    f"{COMMANDS}/_export_pupil.py": ["say in the books that a pupil's record is copied"],
    f"{COMMANDS}/_import_gias.py": [
        "compare the register with a file",
        "tell which settings here have closed",
        "take over the national register",
    ],
    f"{COMMANDS}/_import_lists.py": ["import a list"],
    f"{COMMANDS}/_import_papers.py": ["file a heap of papers"],
    f"{COMMANDS}/_import_settings.py": ["import a list of settings"],
    f"{COMMANDS}/adopt.py": ["bring settings of the register here"],
    f"{COMMANDS}/_import_undo.py": ["take a list back"],
    f"{COMMANDS}/_import_place.py": [
        "see whether a place is here already",
        "bring a place in from its file",
    ],
    f"{COMMANDS}/export.py": ["say in the books that a place is copied"],
    f"{COMMANDS}/invite.py": ["invite the people of a place that was brought in"],
    f"{COMMANDS}/resetsignin.py": ["take away a second step that was lost"],
    f"{COMMANDS}/demoworld.py": ["see whether the database is empty"],
    "opensenco/ops/approach.py": ["ask new staff to read how their place works"],
    "opensenco/ops/chasing.py": ["remind people who have not answered"],
    "opensenco/ops/clearing.py": [
        "give up lists that nobody settled",
        "take a list from the worker whose sender has no role any more",
        "forget what was typed behind links that have ended",
    ],
    "opensenco/ops/disposing.py": [
        "see what is to be disposed of",
        "say that the files of what was disposed of are gone",
        "dispose of what somebody decided and whose time is over",
    ],
    "opensenco/ops/listening.py": ["raise provision that has gone quiet"],
    "opensenco/ops/not_held.py": ["write into the ledger what was said not to be held"],
    "opensenco/ops/posting.py": [
        "see whether mail is due",
        "give up mail that is worth nothing any more",
        "forget to whom mail went",
        "see of which notices somebody is to be mailed",
        "see to whom mail is due",
        "mark the address of a mail that came back",
        "see of which mail nobody knows whether it arrived",
        "take a mail out of the outbox",
        "say who is to be mailed of a notice, and when",
        "write the mail that is due to a person",
        "mark the address of a mail that was returned",
        "write down what came of a mail",
    ],
    "opensenco/ops/backup/making.py": ["list the files that a backup has to hold"],
    "opensenco/ops/doctor/files.py": ["list the files that the record names"],
    "opensenco/ops/doctor/isolation.py": ["find a row that the walls are tried on"],
    "opensenco/ops/upgrading.py": ["make the dates of the law again"],
    "opensenco/ops/waiting.py": ["count what waits"],
    "opensenco/ops/protecting.py": ["read what was typed about a pupil and not sent"],
    "opensenco/ops/protected_time.py": ["tell heads where time to co-ordinate is short"],
    "opensenco/ops/photos.py": ["remove the files of photos that were taken down"],
    "opensenco/ops/scanning.py": [
        "list the files that wait",
        "see whether files wait for the scanner",
        "write down what the scanner said",
    ],
    "opensenco/ops/taking_back.py": ["free the mail that a worker held which was ended"],
    "opensenco/ops/management/commands/read.py": [
        "list the files that wait to be read",
        "write down the words inside a file",
    ],
    "opensenco/ops/demo/__init__.py": ["making the demo world"],
    "opensenco/ops/demo/keeping.py": ["dispose of a paper of the demonstration"],
}


def opened_in(path) -> list[str]:
    """Give the reason of each call that opens it; "?" where it is not written there."""
    found = []
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
        reason = node.args[0] if node.args else None
        if called == "system_scope":
            said = reason.value if isinstance(reason, ast.Constant) else "?"
            found.append(str(said))
        elif any(k.arg == "kind" and ast.unparse(k.value) == "'system'" for k in node.keywords):
            found.append(f"kind='system' in {called}()")
    return found


def test_the_whole_record_is_opened_in_listed_places_with_their_reasons() -> None:
    found = {name(p): opened for p in python_files("opensenco") if (opened := opened_in(p))}
    assert found.pop("opensenco/access/scope.py") == ["kind='system' in Scope()"]
    assert found == ALLOWED
    assert all(path.startswith("opensenco/ops/") for path in found)


def test_nothing_that_serves_pages_may_import_it() -> None:
    strays = [
        name(path)
        for path in python_files("opensenco")
        if not name(path).startswith(("opensenco/ops/", "opensenco/access/scope.py"))
        and "system_scope" in path.read_text(encoding="utf-8")
    ]
    assert not strays, f"only commands open the whole record: {strays}"


@pytest.mark.django_db
@pytest.mark.postgres
def test_the_web_login_cannot_open_it() -> None:
    with pytest.raises(DatabaseError, match="sen_system"), system_scope("as a page would"):
        Pupil.objects.count()


def test_it_is_not_opened_without_a_reason() -> None:
    with pytest.raises(ValueError, match="say why"), system_scope("  "):
        Pupil.objects.count()
