"""kill -9 of the server and the worker while people act: nothing lost, nothing by half."""

import os

import pytest

from bench.kills import trial
from tests.support.databases import Copy

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "killpg"), reason="this system has no groups of processes"),
    pytest.mark.worker,
    pytest.mark.thorough,
]


def test_what_was_acknowledged_is_there_and_every_mail_has_come(own_database: Copy) -> None:
    """Five deaths; `python -m bench.kills` lets them die two hundred times."""
    found = trial(own_database, times=5, seed=3, pause=0.6)
    assert not found.faults
    assert found.kills["web"] + found.kills["worker"] == 6
    assert found.done >= 4
    assert found.mails >= 2
