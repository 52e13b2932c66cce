"""The list of what `test --fast` leaves out names tests that there are."""

from tests.contracts.guides import written_in
from tests.support.long_stories import known


def test_every_long_story_is_a_test():
    gone = [
        name
        for name in sorted(known())
        if name.partition("::")[2].partition("[")[0]
        not in written_in(name.partition("::")[0].removeprefix("tests/"))
    ]
    assert not gone, "run: python3 run.py test --fast --note-long"
