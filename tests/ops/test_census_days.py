"""Days of the census that the department published take the place of the usual ones."""

import io
from datetime import date

import pytest
from django.core.management import call_command

from opensenco.kernel.errors import Invalid
from opensenco.support.queries.census import censuses
from tests.cast import TODAY
from tests.people import acting_as

pytestmark = [pytest.mark.django_db, pytest.mark.worker]


def command(*words: str) -> str:
    out = io.StringIO()
    call_command("census", *words, stdout=out)
    return out.getvalue()


def coming() -> list[date]:
    with acting_as("senco", write=False):
        return [one.day for one in censuses(TODAY)]


@pytest.mark.rule("IDN-09")
def test_a_published_day_counts_for_every_school():
    assert date(2027, 10, 7) in coming()
    assert "autumn  7 October 2027, by the usual rule" in command("2027/28")
    told = command("2027/28", "--autumn", "2027-10-14")
    assert "autumn  14 October 2027, published" in told
    assert "spring  20 January 2028, by the usual rule" in told
    assert date(2027, 10, 14) in coming()
    assert date(2027, 10, 7) not in coming()
    # entered again, the last entry counts
    command("2027/28", "--autumn", "2027-10-07")
    assert date(2027, 10, 7) in coming()
    with pytest.raises(Invalid, match="not in 2027/28"):
        command("2027/28", "--summer", "2027-05-20")
    with pytest.raises(Invalid):
        command("2027/28", "--autumn", "soon")
