"""No log of the web, the worker or a command tells a name, whatever breaks on the way."""

import json
import logging
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError
from django.urls import reverse

from opensenco.ops import cli, disposing
from opensenco.people.models import Pupil
from opensenco.protection import copying, jobs
from opensenco.protection.models import DataRequest
from opensenco.protection.states import State
from tests.client import signed_in
from tests.pages.protection.test_access_request import idris, taken_down, to
from tests.pages.protection.test_keeping import decide, long_ago, on_day
from tests.people import acting_as
from tests.support.logs import log_kept

pytestmark = [pytest.mark.django_db, pytest.mark.worker]
NAME = "Quixwort"


def break_with(fault: Exception) -> Any:
    def broken(*_args: object, **_more: object) -> Any:
        raise fault

    return broken


def clean(log: list[str], *kinds: str) -> None:
    """The log tells what kind of fault it was, and not of whom."""
    told = "\n".join(log)
    assert NAME not in told
    assert "Idris" not in told
    assert "Hassan-Cole" not in told
    for kind in kinds:
        assert kind in told


def test_the_webs_log_tells_the_kind_of_a_fault_and_the_pattern_of_its_address(monkeypatch):
    senco = signed_in("senco")
    senco.raise_request_exception = False
    row = taken_down(senco)
    for fault in (ValueError(NAME), KeyError(f"Idris {NAME}"), RuntimeError({"name": NAME})):
        monkeypatch.setattr("opensenco.protection.queries.shown", break_with(fault))
        with log_kept() as log:
            assert senco.get(to("show", row)).status_code == 500
        clean(log, type(fault).__name__, "requests/<ref:data_request>/")
    with log_kept() as log:
        assert senco.get(f"/pupils/{NAME}-of-4R/requests/").status_code == 404
    clean(log, "Not Found")
    monkeypatch.undo()
    clash = IntegrityError(f"Key (name)=({NAME}) already exists.")
    monkeypatch.setattr(DataRequest, "save", break_with(clash))
    with log_kept() as log:
        form = {"asks": "access", "asked_by": NAME, "asker": "parent", "came": "email",
                "identity": "known", "received_on": "28/2/2027"}  # fmt: skip
        page = senco.post(to("add", idris()), form)
    assert "This clashes with what is already in the record." in page.content.decode()
    clean(log)


def test_the_workers_log_tells_of_a_job_that_failed_and_the_request_can_be_tried_again(
    monkeypatch,
):
    senco = signed_in("senco")
    row = taken_down(senco)
    senco.post(to("gather", row))
    with acting_as("senco", write=False):
        waits = DataRequest.objects.get(pk=row.pk)
    monkeypatch.setattr(copying, "pieces", break_with(LookupError(f"{NAME}, Idris")))
    with log_kept() as log:
        try:
            from opensenco.access.models import Person

            person = Person.objects.get(email="senco@larkrise.example")
            with acting_as("senco", write=False) as actor:
                hat = actor.hat.key
            jobs.gather.func(person.pk, hat, str(row.ref), waits.version)
        except LookupError:
            # as the worker's own loop tells of it
            logging.getLogger("django_tasks").exception("Task failed")
    clean(log, "LookupError", "in gather")
    with acting_as("senco", write=False):
        assert DataRequest.objects.get(pk=row.pk).state == State.OPEN
    pupil, head = long_ago(), signed_in("head")
    with acting_as("senco", write=False):
        assert Pupil.objects.filter(pk=pupil.pk).exists()
    senco.post(reverse("protection:happened", args=[row.ref]), {})
    on_day(8, monkeypatch)
    monkeypatch.setattr("opensenco.protection.removing.why_kept", lambda *_a, **_m: None)
    assert decide(head, pupil, decision="dispose", sure="on")
    monkeypatch.setattr(
        "opensenco.protection.removing.why_kept", lambda *_a, **_m: f"{NAME} is on the roll."
    )
    with log_kept() as log:
        assert disposing.dispose_due() == 0
    clean(log, "is kept for now")


def test_a_command_that_is_refused_or_fails_repeats_no_name(monkeypatch, capsys, tmp_path):
    to_file = str(tmp_path / "one.zip")
    with log_kept() as log, pytest.raises(CommandError) as refused:
        call_command("export", "pupil", "Larkrise Primary School", NAME, "--to", to_file)
    assert NAME not in str(refused.value)
    clean(log)
    with acting_as("senco", write=False):
        ref = str(idris().ref)
    call_command("export", "pupil", "Larkrise Primary School", ref, "--to", to_file, "--json")
    said = capsys.readouterr()
    told = json.loads(said.out)
    assert told["pieces"] > 50
    assert "Idris" not in said.out + said.err
    fault = LookupError(f"({NAME})")
    monkeypatch.setattr(cli, "_execute", break_with(fault))
    with log_kept() as log:
        assert cli.main(["scan"]) == 1
    clean(log)
    said = capsys.readouterr()
    assert NAME not in said.out + said.err
    assert "builtins.LookupError" in said.err
    assert "opensenco scan: it failed" in said.err
