"""Lists that nobody settles are given up after a while, by the worker."""

from datetime import timedelta

from django_tasks_db.models import DBTaskResult

from opensenco.exchange.models import FileImport, ImportRow, KeptFile
from opensenco.exchange.operations.imports import WAITS
from opensenco.ops import clearing
from tests.cast import NOW
from tests.exchange.lists import GRACE, NOOR, staged
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
