"""A run passes by what another leg tests, and looks over once what every leg draws."""

from tests.contracts.walk import ROOT, python_files
from tests.support.found_fine import FoundFine
from tests.support.legs import elsewhere

LEGS = {("code", "sqlite"), ("code", "postgres"), ("browser", "postgres"), ("browser", "sqlite")}
HERE = ROOT / "tests"


def legs_of(name: str) -> set[tuple[str, str]]:
    return {one for one in LEGS if not elsewhere(HERE / name, *one)}


def test_a_file_is_loaded_by_every_leg_that_may_have_a_test_of_it():
    on_both = {("code", "sqlite"), ("code", "postgres")}
    assert legs_of("pages/home/test_home.py") == on_both
    assert legs_of("law/test_dated.py") == {("code", "sqlite")}
    assert legs_of("law/test_records.py") == on_both, "it proves a requirement"
    assert legs_of("browser/test_look.py") == {("browser", "postgres")}
    assert legs_of("browser/test_journey.py") == {("browser", "postgres"), ("browser", "sqlite")}
    assert legs_of("ops/test_first_change.py") == LEGS
    assert legs_of("browser/conftest.py") == LEGS


def test_every_file_of_tests_is_loaded_by_some_leg_and_by_a_run_without_legs():
    ours = [path for path in python_files("tests") if path.name.startswith("test_")]
    assert len(ours) > 400
    assert not [path for path in ours if all(elsewhere(path, *one) for one in LEGS)]
    assert not [path for path in ours if elsewhere(path, None, "postgres")]


def test_what_one_process_found_fine_another_knows_until_the_check_changes(tmp_path):
    one, other = FoundFine(tmp_path, b"a check"), FoundFine(tmp_path, b"a check")
    assert "<p>" not in one
    one.add("<p>")
    other.add("<b>")
    assert "<p>" in other
    assert "<b>" in one
    assert "<i>" not in one
    assert "<p>" in FoundFine(tmp_path, b"a check")
    assert "<p>" not in FoundFine(tmp_path, b"another check")
