"""Lists that nobody settles are given up after a while, by the worker."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from opensenco.exchange.models import FileImport, ImportRow, KeptFile
from opensenco.exchange.operations.imports import WAITS
from opensenco.ops import clearing, failing
from tests.cast import NOW
from tests.exchange.lists import GRACE, NOOR, staged
from tests.ops.jobs import fail
from tests.people import acting_as
from tests.support.databases import Copy


def test_a_list_that_nobody_settles_is_forgotten_and_one_that_still_may_be_is_not(
    own_database: Copy,
) -> None:
    with acting_as("senco") as actor:
        late, early = staged(actor, NOOR), staged(actor, GRACE)
        FileImport.objects.filter(pk=late.pk).update(compared_at=NOW - WAITS - timedelta(days=1))
        FileImport.objects.filter(pk=early.pk).update(compared_at=NOW - WAITS + timedelta(days=1))
    own_database.command("worker", "--until-done")
    with acting_as("senco", write=False):
        states = dict(FileImport.objects.values_list("pk", "state"))
        assert (states[late.pk], states[early.pk]) == ("abandoned", "read")
        assert [row.values for row in ImportRow.objects.filter(file=late)] == [{}]
        assert bytes(KeptFile.objects.get(file=late).content) == b""
        assert bytes(KeptFile.objects.get(file=early).content)


def test_each_day_has_its_turn_however_many_workers_begin(own_database: Copy) -> None:
    for _worker in range(2):
        own_database.command("worker", "--until-done")
    path = clearing.clear_each_day.module_path
    (waits,) = DBTaskResult.objects.filter(status="READY", task_path=path)
    (done,) = DBTaskResult.objects.filter(status="SUCCESSFUL", task_path=path)
    assert waits.run_after - done.enqueued_at >= clearing.EACH


def test_of_a_job_that_fails_its_kind_and_lines_are_kept_and_none_of_its_words(
    own_database: Copy,
) -> None:
    fail.enqueue("Zebedee Markerword")
    done = own_database.command("worker", "--until-done")
    assert "FAILED" in done.stderr
    assert "Markerword" not in done.stderr
    row = DBTaskResult.objects.get(status="FAILED")
    assert row.exception_class_path == "builtins.ValueError"
    assert "tests/ops/jobs.py" in row.traceback
    assert row.traceback.endswith("builtins.ValueError")
    assert "builtins.LookupError" in row.traceback
    assert "Markerword" not in row.traceback


def test_jobs_and_sign_ins_that_are_long_over_are_forgotten_each_day(own_database: Copy) -> None:
    now = timezone.now()
    rows = [DBTaskResult.objects.get(pk=fail.enqueue("x").id) for _number in range(3)]
    for row, days in zip(rows, (failing.KEPT + timedelta(days=1), timedelta(days=1)), strict=False):
        DBTaskResult.objects.filter(pk=row.pk).update(status="FAILED", finished_at=now - days)
    DBTaskResult.objects.filter(pk=rows[2].pk).update(run_after=now + timedelta(days=9))
    for key, ends in (("over", now - timedelta(days=1)), ("open", now + timedelta(days=1))):
        Session.objects.create(session_key=key, session_data="kept", expire_date=ends)
    own_database.command("worker", "--until-done")
    left = set(DBTaskResult.objects.values_list("pk", flat=True))
    assert [row.pk in left for row in rows] == [False, True, True]
    assert [one.session_key for one in Session.objects.all()] == ["open"]
