"""The worker goes on where its database fails it, and no job is lost or done twice."""

import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connections, transaction
from django_tasks_db.models import DBTaskResult

from opensenco.ops import enduring, living, taking_back
from tests.ops import jobs
from tests.support import away
from tests.support.databases import COMMAND, ROOT, Copy

pytestmark = pytest.mark.worker
A_WHILE = 90
JOBS, DEADLY = 1000, 400
TABLE = DBTaskResult._meta.db_table


def waited_for(true: Callable[[], bool]) -> None:
    end = time.monotonic() + A_WHILE
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def status(job: object) -> str:
    return str(DBTaskResult.objects.get(pk=job.id).status)  # type: ignore[attr-defined]


@contextmanager
def worker() -> Iterator[threading.Thread]:
    """Let a worker run in a thread of this process."""
    one = enduring.Enduring(
        queue_names=["*"], excluded_queue_names=[], interval=0.05, batch=False,
        backend_name="default", startup_delay=False, max_tasks=None, worker_id="the one here",
    )  # fmt: skip

    def run() -> None:
        try:
            one.run()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield thread
    finally:
        one.running = False
        thread.join(A_WHILE)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a worker rest for a moment only."""
    monkeypatch.setattr(enduring, "REST", 0.1)


@pytest.mark.usefixtures("quick")
def test_a_worker_outlives_a_database_that_is_busy_before_in_and_after_a_job(
    own_database: Copy, tmp_path: Path
) -> None:
    begun, until, done = (tmp_path / name for name in ("begun", "until", "done"))
    with away.impatient(own_database), worker() as thread:
        with away.held(own_database, TABLE):
            # many times as long as it waits for one answer
            time.sleep(5 * away.SHORT)
            assert thread.is_alive()
        job = jobs.hold.enqueue(str(begun), str(until))
        after = jobs.write.enqueue(str(done), "after it")
        waited_for(begun.exists)
        with away.held(own_database, TABLE):
            # it comes to its end, and that cannot be written down: three tries for each way to end
            until.touch()
            time.sleep(10 * away.SHORT)
            assert thread.is_alive()
        waited_for(done.exists)
        waited_for(lambda: status(after) == "SUCCESSFUL")
        row = DBTaskResult.objects.get(pk=job.id)
        assert (row.status, row.worker_ids) == ("SUCCESSFUL", ["the one here"] * 2)


@pytest.mark.usefixtures("quick", "own_database")
def test_a_job_that_the_database_failed_is_begun_again_and_not_for_ever(tmp_path: Path) -> None:
    once, ever = tmp_path / "once", tmp_path / "ever"
    with worker():
        one, other = (jobs.stumble.enqueue(str(path), times) for path, times in
                      ((once, 1), (ever, 99)))  # fmt: skip
        waited_for(lambda: status(one) == "SUCCESSFUL")
        waited_for(lambda: ever.exists() and len(ever.read_text()) == taking_back.MOST_TRIES)
        waited_for(lambda: status(other) == "FAILED")
        time.sleep(0.5)
    assert (once.read_text(), status(other)) == ("xx", "FAILED")
    assert len(ever.read_text()) == taking_back.MOST_TRIES


def begun(copy: Copy, log: Path) -> subprocess.Popen[bytes]:
    with log.open("ab") as output:
        return subprocess.Popen(
            [*COMMAND, "worker"], cwd=ROOT, stdout=output, stderr=output,
            env=copy.environment | {"OPENSENCO_PROCESS": "worker"},
        )  # fmt: skip


def living_in(folder: Path) -> list[Path]:
    """Give the workers that are born; one that is not yet has another name."""
    return [file for file in folder.glob("*-*") if not file.name.startswith("born-")]


def left() -> Counter[str]:
    return Counter(
        DBTaskResult.objects.filter(task_path=jobs.tell.module_path).values_list(
            "status", flat=True
        )
    )


@pytest.mark.skipif(not living.LOCKS, reason="this system has no locks that end with a process")
def test_of_two_workers_at_a_thousand_jobs_one_is_killed_and_each_job_is_done_once(
    own_database: Copy, tmp_path: Path
) -> None:
    log, folder = tmp_path / "workers.log", tmp_path / "told"
    folder.mkdir()
    pair = [begun(own_database, log) for _each in range(2)]
    try:
        alive = own_database.data / living.FOLDER
        waited_for(lambda: len(living_in(alive)) == len(pair))
        with transaction.atomic():
            for number in range(JOBS):
                jobs.tell.enqueue(str(folder), number, number == DEADLY)
        waited_for(lambda: left() == {"SUCCESSFUL": JOBS})
        codes = [one.poll() for one in pair]
        assert sorted(codes, key=str) == [-9, None], log.read_text()
    finally:
        for one in pair:
            one.kill()
            one.wait()
    told = {int(path.name): path.read_text().split() for path in folder.iterdir()}
    assert sorted(told) == list(range(JOBS))
    at_it = Counter(pid for pids in told.values() for pid in pids)
    assert set(at_it) == {str(one.pid) for one in pair}
    # what the killed one was at was begun again; nothing else was done twice
    assert {number for number, pids in told.items() if len(pids) > 1} == {DEADLY}
    assert len(set(told[DEADLY])) == 2
