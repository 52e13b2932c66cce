"""What waits for the scanner is asked about by the worker, in the name of who filed it."""

from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django_tasks_db.models import DBTaskResult

from opensenco.documents import jobs
from opensenco.documents.files.scanner import Scanned, Scanner, Verdict
from opensenco.documents.keeping import Incoming
from opensenco.documents.models import StoredFile
from opensenco.documents.operations.filing import Paper, file_documents
from opensenco.documents.operations.scanning import record_scan
from opensenco.documents.states import SCANS, Scan
from opensenco.kernel.errors import NotPossible
from opensenco.notices.models import Notice
from opensenco.ops import scanning
from opensenco.people.models import Pupil
from tests.people import acting_as

pytestmark = pytest.mark.django_db
ADDRESS = "tcp://127.0.0.1:3310"


def filed(settings, monkeypatch, said: dict[bytes, Scanned]) -> tuple[int, str]:
    """File a paper for each content, with a scanner that says so of it; give who filed them."""

    def scan(_self: Scanner, path: Path) -> Scanned:
        return said[path.read_bytes()]

    settings.SCANNER = ADDRESS
    monkeypatch.setattr(Scanner, "scan", scan)
    with acting_as("senco") as actor:
        pupil = Pupil.objects.select_related("org").get(first_name="Idris")
        papers = [
            Paper(Incoming("x.txt", [content]), title=f"Paper {n}", kind="other")
            for n, content in enumerate(said)
        ]
        file_documents(actor=actor, pupil=pupil, papers=papers)
        assert StoredFile.objects.filter(scan=Scan.WAITS).count() == len(said)
        return actor.person.pk, actor.hat.key


def verdicts() -> list[str]:
    with acting_as("senco", write=False):
        return [one.scan for one in StoredFile.objects.order_by("id") if one.scan != Scan.NONE]


def test_a_file_is_opened_or_closed_by_what_the_scanner_says(settings, monkeypatch):
    said = {b"one": Scanned(Verdict.CLEAN), b"two": Scanned(Verdict.FOUND, "Eicar")}
    jobs.scan_waiting.func(*filed(settings, monkeypatch, said))
    assert verdicts() == ["clean", "found"]
    with acting_as("senco") as actor:
        told = Notice.objects.filter(person=actor.person, words__contains="scanner found")
        assert told.count() == 1


def test_where_it_does_not_answer_the_rest_waits_for_another_time(settings, monkeypatch):
    said = {b"one": Scanned(Verdict.WAITS), b"two": Scanned(Verdict.CLEAN)}
    who, hat = filed(settings, monkeypatch, said)
    jobs.scan_waiting.func(who, hat)
    assert verdicts() == ["waits", "waits"]
    said[b"one"] = Scanned(Verdict.CLEAN)
    jobs.scan_waiting.func(who, "another hat")
    assert verdicts() == ["waits", "waits"]
    jobs.scan_waiting.func(who, hat)
    assert verdicts() == ["clean", "clean"]


@pytest.mark.parametrize("before", Scan)
@pytest.mark.parametrize("after", Scan)
def test_only_what_may_follow_is_written(before, after):
    with acting_as("senco") as actor:
        row = StoredFile.objects.first()
        assert row is not None
        row.scan = before
        name = "Eicar" if after == Scan.FOUND else ""
        if after in SCANS[before]:
            done = record_scan(actor=actor, stored_file=row, said=Scanned(Verdict(after), name))
            assert done.scan == after
        else:
            with pytest.raises(NotPossible):
                record_scan(actor=actor, stored_file=row, said=Scanned(Verdict(after), name))


@pytest.mark.worker
def test_the_command_asks_about_what_waits_and_about_all(settings, monkeypatch, capsys):
    assert django_settings.SCANNER == ""
    with pytest.raises(CommandError, match="No scanner is set"):
        call_command("scan")
    said = {b"one": Scanned(Verdict.CLEAN)}
    filed(settings, monkeypatch, said)
    call_command("scan")
    assert verdicts() == ["clean"]
    monkeypatch.setattr(Scanner, "scan", lambda _self, _path: Scanned(Verdict.WAITS))
    with pytest.raises(CommandError, match="did not answer"):
        call_command("scan", "--all")


@pytest.mark.worker
def test_the_clock_asks_again_about_what_a_scanner_did_not_answer(settings, monkeypatch):
    said = {b"one": Scanned(Verdict.WAITS)}
    filed(settings, monkeypatch, said)
    path = scanning.scan_again.module_path
    for _twice in range(2):
        scanning.ask_again()
        assert DBTaskResult.objects.filter(task_path=path).count() == 1
    scanning.scan_again.func()
    assert verdicts() == ["waits"], "it hangs still"
    said[b"one"] = Scanned(Verdict.CLEAN)
    scanning.scan_again.func()
    assert verdicts() == ["clean"]
    DBTaskResult.objects.filter(task_path=path).update(status="SUCCESSFUL")
    scanning.ask_again()
    assert not DBTaskResult.objects.filter(task_path=path, status="READY").exists()
