"""A disk that is really full, in the middle: SQLite refuses its next page, the record is whole."""

import pytest
from django.db import OperationalError, connection

from opensenco.audit.models import Entry
from opensenco.exchange.models import FileImport, ImportRow, KeptFile
from opensenco.exchange.operations.applying import apply_import
from opensenco.people.models import Pupil
from tests.exchange.lists import NOOR, changed, csv_of, staged
from tests.people import acting_as
from tests.support.databases import kind

MANY = [
    changed(NOOR, upn="", legal_forename="Noor" + chr(97 + n // 26) + chr(97 + n % 26))
    for n in range(400)
]
#: pages that the database may still grow by; a list of four hundred needs far more
ROOM = 12


def pragma(words: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {words}")
        return int(cursor.fetchone()[0])


def fill_up(room: int) -> None:
    """Let the database grow by so many pages and no more."""
    pragma(f"max_page_count = {pragma('page_count') + room}")


def counts() -> tuple[int, ...]:
    with acting_as("senco", write=False):
        return tuple(one.objects.count() for one in (Pupil, FileImport, ImportRow, KeptFile, Entry))


@pytest.mark.skipif(kind() != "sqlite", reason="PostgreSQL has no limit that a test may set")
@pytest.mark.usefixtures("own_database")
def test_a_disk_that_fills_up_while_a_list_is_read_or_applied_leaves_all_as_it_was() -> None:
    before = counts()
    fill_up(ROOM)
    with pytest.raises(OperationalError, match="full"), acting_as("senco") as actor:
        staged(actor, *MANY)
    assert counts() == before

    fill_up(100_000)
    with acting_as("senco") as actor:
        file = staged(actor, *MANY, content=csv_of(MANY))
    read = counts()
    assert read[0] == before[0]
    fill_up(ROOM)
    with pytest.raises(OperationalError, match="full"), acting_as("senco") as actor:
        apply_import(actor=actor, file_import=file, version=file.version)
    assert counts() == read
    with acting_as("senco", write=False):
        assert FileImport.objects.get(pk=file.pk).state == "read"

    # with room again the same list is applied, whole
    fill_up(100_000)
    with acting_as("senco") as actor:
        file = FileImport.objects.select_related("org").get(pk=file.pk)
        apply_import(actor=actor, file_import=file, version=file.version)
    assert counts()[0] == before[0] + len(MANY)
