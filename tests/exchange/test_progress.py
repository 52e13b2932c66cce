"""How far the worker is with a list is seen by others before it is done."""

import errno
import os
import threading
import time
import uuid
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from opensenco.exchange import jobs, progress
from opensenco.exchange.models import FileImport
from opensenco.exchange.operations import handing
from opensenco.kernel.refs import short
from opensenco.people.operations import rolls
from tests.client import signed_in
from tests.exchange.lists import NOOR, changed, staged
from tests.people import acting_as
from tests.support.databases import Copy


def test_a_share_of_the_rows_is_seen_while_they_are_written(
    own_database: Copy,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    settings: Any,
) -> None:
    settings.PROGRESS = tmp_path / "progress"
    others = [
        changed(NOOR, upn="", legal_forename=f"Pupil{letter}", reg="") for letter in ("a", "b", "c")
    ]
    seen: list[progress.Far] = []
    change_pupils = rolls.change_pupils

    def page() -> str:
        return signed_in("senco").get(f"/imports/{short(file.ref)}/").text

    def slowly(**given: object) -> object:
        # the pupils who are new are added, and nobody sees them yet
        done = change_pupils(**given)  # type: ignore[arg-type]
        for _try in range(500):
            # the first telling may be from before the first row
            if (far := progress.far(file.ref)) and far.done:
                seen.append(far)
                break
            time.sleep(0.01)
        return done

    with acting_as("senco") as actor:
        grace = ("", "Atherton", "Grace", "12/09/2018", "F", "4R", "5", "Red")
        file = staged(actor, *others, grace)
        file = handing.hand_over(actor=actor, file_import=file, version=file.version)
        told = actor.person.pk, actor.hat.key, str(file.ref), file.version
    assert "rows are done" not in page()
    board = progress._board()
    board.write(str(file.ref), progress.Far(2, 4))
    assert "2 of 4 rows are done." in page()
    board.wipe(str(file.ref))
    monkeypatch.setattr(progress, "EACH", 0.02)
    monkeypatch.setattr(rolls, "change_pupils", slowly)
    jobs.apply_list.func(*told)
    with acting_as("senco", write=False):
        assert FileImport.objects.get(pk=file.pk).state == "applied"
        assert progress.far(file.ref) is None
    # Grace is still to be changed
    assert seen == [progress.Far(3, 4)]
    assert not list(settings.PROGRESS.glob("*"))


def test_what_a_worker_that_was_ended_told_is_not_shown_for_ever(
    tmp_path: Path, settings: Any
) -> None:
    settings.PROGRESS = tmp_path / "progress"
    board = progress._InFiles(settings.PROGRESS)
    ref = str(uuid.uuid4())
    board.write(ref, progress.Far(3, 4))
    (settings.PROGRESS / str(uuid.uuid4())).write_text("half")
    assert board.read(ref) == progress.Far(3, 4)
    assert board.read(str(uuid.uuid4())) is None
    long_ago = time.time() - progress.SILENT - 1
    os.utime(settings.PROGRESS / ref, (long_ago, long_ago))
    assert board.read(ref) is None
    board.clear(than=progress.SILENT)
    assert [one.read_text() for one in settings.PROGRESS.glob("*")] == ["half"]


def test_a_list_is_applied_where_telling_how_far_it_is_fails(
    own_database: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(**given: object) -> object:
        done = change_pupils(**given)  # type: ignore[arg-type]
        assert tried.wait(5)
        return done

    def tell(*_given: object) -> None:
        tried.set()
        raise OSError(errno.ENOSPC, "No space left on device")

    tried, change_pupils = threading.Event(), rolls.change_pupils
    with acting_as("senco") as actor:
        file = staged(actor, ("", "Atherton", "Grace", "12/09/2018", "F", "4R", "5", "Red"))
        file = handing.hand_over(actor=actor, file_import=file, version=file.version)
        told = actor.person.pk, actor.hat.key, str(file.ref), file.version
    monkeypatch.setattr(progress, "EACH", 0.02)
    monkeypatch.setattr(rolls, "change_pupils", slowly)
    monkeypatch.setattr(progress, "_board", lambda: Mock(write=tell))
    jobs.apply_list.func(*told)
    with acting_as("senco", write=False):
        assert FileImport.objects.get(pk=file.pk).state == "applied"
