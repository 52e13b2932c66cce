"""A heap of papers by command: files, folders and ZIP files; tried, filed, taken back."""

import io
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from opensenco.access.scope import system_scope
from opensenco.documents.models import Document
from opensenco.exchange.readers.words import FileRefused
from tests.documents import samples

pytestmark = [pytest.mark.django_db, pytest.mark.worker]
LARKRISE = ("--urn", "990101")


def command(*words: str) -> dict:
    out = io.StringIO()
    call_command("import", *words, "--json", stdout=out)
    return json.loads(out.getvalue())


def standing() -> set[str]:
    with system_scope("looking what a command did", write=False):
        rows = Document.objects.filter(in_error_at__isnull=True, org__urn="990101")
        return set(rows.values_list("title", flat=True))


@pytest.mark.requirement("S4-40")
def test_a_folder_and_a_zip_file_are_tried_filed_and_taken_back(tmp_path):
    before = standing()
    folder = tmp_path / "SEN" / "Atherton, Grace"
    folder.mkdir(parents=True)
    (folder / "IEP 3.10.2025.docx").write_bytes(samples.docx("one"))
    (folder / ".DS_Store").write_bytes(b"x")
    (folder / "link.docx").symlink_to("/etc/passwd")
    (tmp_path / "SEN" / "scan.docx").write_bytes(samples.docx("two"))
    packed = tmp_path / "old.zip"
    packed.write_bytes(samples.zipped({"Hassan-Cole, Idris - plan.docx": samples.docx("three")}))
    words = ("plans", str(tmp_path / "SEN"), str(packed), *LARKRISE)
    tried = command(*words, "--dry-run")
    assert (tried["read"], tried["new"], tried["doubtful"]) == (3, 2, 1)
    assert standing() == before
    done = command(*words)
    assert done["applied"]
    assert standing() - before == {"IEP 3.10.2025", "Hassan-Cole, Idris - plan"}
    back = command("undo", done["import"], *LARKRISE)
    assert standing() == before, back


def test_what_is_not_there_or_broken_is_said(tmp_path):
    with pytest.raises(CommandError, match="is not there"):
        command("plans", str(tmp_path / "no.docx"), *LARKRISE)
    broken = tmp_path / "a.zip"
    broken.write_bytes(b"PK\x03\x04broken")
    with pytest.raises(FileRefused, match="damaged"):
        command("plans", str(broken), *LARKRISE)
