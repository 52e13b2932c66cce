"""Lists of a school by command: read, shown, applied, taken back, each with its exit."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from opensenco.access.scope import system_scope
from opensenco.exchange.readers.words import FileRefused
from opensenco.kernel.errors import NotPossible
from opensenco.people.models import Contact, Pupil
from tests.exchange.books import book_of
from tests.exchange.kinds.test_contacts import HEADER as CONTACTS
from tests.exchange.kinds.test_contacts import LEILA
from tests.exchange.lists import HEADER, IDRIS, NOOR, changed, csv_of

pytestmark = [pytest.mark.django_db, pytest.mark.worker]
LARKRISE = ("--urn", "990101")


def command(*words: str) -> dict:
    out = io.StringIO()
    call_command("import", *words, "--json", stdout=out)
    return json.loads(out.getvalue())


def written(folder: Path, name: str, content: bytes) -> str:
    path = folder / name
    path.write_bytes(content)
    return str(path)


def here(model, **wanted) -> int:
    with system_scope("looking what a command did", write=False):
        return model.objects.filter(**wanted).count()


def test_a_list_is_tried_applied_and_taken_back(tmp_path):
    book = written(
        tmp_path, "pupils.xlsx", book_of([HEADER, NOOR, changed(IDRIS, dob="31/02/2018")])
    )
    tried = command("pupils", book, *LARKRISE, "--dry-run")
    assert (tried["read"], tried["new"], tried["refused"], tried["applied"]) == (2, 1, 1, False)
    assert tried["refused_lines"][0]["line"] == 3
    assert here(Pupil, first_name="Noor") == 0
    done = command("pupils", book, *LARKRISE)
    assert (done["applied"], here(Pupil, first_name="Noor")) == (True, 1)
    contacts = written(tmp_path, "contacts.csv", csv_of([LEILA], CONTACTS))
    assert command("contacts", contacts, *LARKRISE)["changed"] == 1
    assert here(Contact, phone="07700900123") == 1
    assert command("undo", done["import"], *LARKRISE, "--dry-run")["back"] == 1
    assert command("undo", done["import"], *LARKRISE)["undone"] is True
    assert here(Pupil, first_name="Noor", in_error_at__isnull=True) == 0
    with pytest.raises(NotPossible):
        command("undo", done["import"], *LARKRISE)


def test_what_cannot_be_done_is_said_and_changes_nothing(tmp_path):
    odd = written(tmp_path, "odd.csv", b"One,Two\n1,2\n")
    with pytest.raises(FileRefused):
        command("staff", odd, *LARKRISE)
    with pytest.raises(CommandError, match="No setting with the URN"):
        command("pupils", odd, "--urn", "999999")
    with pytest.raises(CommandError, match="no reference"):
        command("undo", "everything", *LARKRISE)
