"""The guides' tables of attacks, abuse and bad input name tests that exist, and leave none out."""

import pytest

from tests.contracts.guides import named_in, written_in
from tests.contracts.walk import ROOT

GUIDE = ROOT / "docs" / "guide"
#: files all of whose tests belong in the table of a guide
WHOLE = {
    "contracts/test_attacks.py": "tenancy.md",
    "contracts/test_nobody_elses.py": "tenancy.md",
    "contracts/test_reading_across.py": "tenancy.md",
    "contracts/test_forms_tell_nothing.py": "tenancy.md",
    "pages/gate/test_together.py": "tenancy.md",
    "pages/gate/test_deaths.py": "tenancy.md",
    "pages/gate/test_abuse.py": "abuse.md",
    "pages/imports/test_bad_sending.py": "imports.md",
    "exchange/test_full_disk.py": "imports.md",
    "exchange/test_worker_ends.py": "imports.md",
    "exchange/readers/test_pupils_any_file.py": "imports.md",
}


@pytest.mark.parametrize("guide", sorted(set(WHOLE.values())))
def test_every_attack_and_fault_in_the_guide_has_its_test(guide: str) -> None:
    named = named_in(GUIDE / guide)
    assert sum(map(len, named.values())) > 10
    for file, tests in named.items():
        assert tests
        assert tests <= written_in(file), f"{file} has no {tests - written_in(file)}"


def test_no_attack_and_no_fault_is_left_out_of_the_guides() -> None:
    # What public rows are is a rule of their own kind, told in the table of declarations.
    own = {"test_public_rows_are_changed_by_their_own_school_alone"}
    for file, guide in WHOLE.items():
        missing = written_in(file) - named_in(GUIDE / guide)[file] - own
        assert not missing, f"docs/guide/{guide} does not name {missing} of {file}"
