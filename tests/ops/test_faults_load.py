"""Many write and read at once, through a real server: no write lost, nothing shown but pages."""

import pytest

from bench.load import trial
from tests.support.databases import Copy

pytestmark = pytest.mark.thorough


def test_no_update_is_lost_and_no_fault_is_shown_while_many_write(own_database: Copy) -> None:
    """A few seconds of it; `python -m bench.load` lets sixteen write for two minutes."""
    found = trial(
        own_database, seconds=60, writers=4, readers=4, think=0.1,
        enough=lambda book: book.conflicts >= 1 and book.acknowledged >= 8,
    )  # fmt: skip
    assert not found.faults
    assert found.book.acknowledged >= 8
    assert found.book.conflicts >= 1
    assert set(found.book.answers) == {200, 302}
