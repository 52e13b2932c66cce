"""A database with the demo world in it, for the reading of many tests."""

from collections.abc import Iterator

import pytest

from tests.cast import TODAY
from tests.conftest import DATABASES, HERE
from tests.support import databases
from tests.support.databases import Copy


@pytest.fixture(scope="module")
def made(django_db_blocker, django_db_setup) -> Iterator[Copy]:
    """Make the demo world once, beside the tests' own world; its tests are marked `worker`."""
    from opensenco.ops import demo

    place = DATABASES.copy(f"{HERE.name}_demo")
    try:
        with django_db_blocker.unblock(), databases.connected(place):
            demo.build(TODAY)
            yield place
    finally:
        DATABASES.drop(place)
