"""A worker that is killed or cannot go on leaves the record as it was and its list to be found."""

import subprocess
import sys

import pytest
from django.db import Error, OperationalError, connection

from opensenco.access.models import Membership
from opensenco.exchange import jobs
from opensenco.exchange.models import FileImport
from opensenco.exchange.operations import handing
from opensenco.exchange.recovering import begun, hand_over_again
from opensenco.exchange.sentences import said
from opensenco.people.models import Pupil
from opensenco.people.operations import groups, staff
from tests.cast import YESTERDAY
from tests.exchange.lists import NOOR, staged
from tests.people import acting_as
from tests.support.databases import ROOT, Copy

#: a worker that dies by signal 9 once it has added the pupils of a list, before its commit
DIES = """
import os, signal, django
django.setup()
from django.core.management import call_command
from opensenco.people.operations import groups
groups.add_group = lambda **given: os.kill(os.getpid(), signal.SIGKILL)
call_command("worker", until_done=True)
"""


def handed() -> FileImport:
    with acting_as("senco") as actor:
        file = staged(actor, NOOR)
        return handing.hand_over(actor=actor, file_import=file, version=file.version)


def fresh(file: FileImport) -> FileImport:
    with acting_as("senco", write=False):
        return FileImport.objects.get(pk=file.pk)


def pupils_called(name: str) -> int:
    with acting_as("senco", write=False):
        return Pupil.objects.filter(first_name=name).count()


def killed_at_it(place: Copy) -> None:
    """Run a worker until it is killed in the middle of a list."""
    done = subprocess.run(
        [sys.executable, "-c", DIES],
        cwd=ROOT,
        env={
            **place.environment,
            "DJANGO_SETTINGS_MODULE": "opensenco.config.settings",
            "OPENSENCO_PROCESS": "worker",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -9, done.stdout + done.stderr


def test_a_list_whose_worker_was_killed_is_applied_by_the_next(own_database: Copy) -> None:
    file = handed()
    killed_at_it(own_database)
    assert (fresh(file).state, pupils_called("Noor")) == ("applying", 0)
    assert len(begun()) == 1
    own_database.command("worker", "--until-done")
    row = fresh(file)
    assert (row.state, row.attempts, pupils_called("Noor")) == ("applied", 2, 1)
    assert hand_over_again() == 0
    assert row.digest == fresh(file).digest


def test_a_list_that_kills_each_worker_waits_in_the_end_for_a_person(own_database: Copy) -> None:
    file = handed()
    for _worker in range(handing.MOST_ATTEMPTS):
        killed_at_it(own_database)
    row = fresh(file)
    assert (row.state, row.attempts) == ("applying", handing.MOST_ATTEMPTS)
    own_database.command("worker", "--until-done")
    row = fresh(file)
    assert (row.state, row.attempts, pupils_called("Noor")) == ("read", 0, 0)
    assert "stopped in the middle of this list several times" in said(row.stopped)


@pytest.mark.parametrize("what", ["full disk", "lost connection"])
def test_a_list_with_which_the_server_cannot_go_on_waits_again(
    own_database: Copy, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    def fail(**_given: object) -> None:
        if what == "lost connection":
            connection.connection.close()
            Pupil.objects.count()
        raise OperationalError("database or disk is full")

    file = handed()
    with acting_as("senco", write=False) as actor:
        told = actor.person.pk, actor.hat.key, str(file.ref), file.version
    with monkeypatch.context() as broken:
        broken.setattr(groups, "add_group", fail)
        with pytest.raises(Error):
            jobs.apply_list.func(*told)
    row = fresh(file)
    assert (row.state, pupils_called("Noor")) == ("read", 0)
    assert "Nothing of it has been done" in said(row.stopped)


@pytest.mark.parametrize("killed", [False, True])
def test_a_list_of_somebody_whose_role_has_ended_comes_back_by_itself(
    own_database: Copy, killed: bool
) -> None:
    file = handed()
    if killed:
        killed_at_it(own_database)
    with acting_as("head") as actor:
        role = Membership.objects.get(person__last_name="Okafor", role="SENCO")
        staff.end_role(actor=actor, membership=role, version=None, on=YESTERDAY)
    own_database.command("worker", "--until-done")
    with acting_as("head", write=False):
        row = FileImport.objects.get(pk=file.pk)
        assert (row.state, row.attempts) == ("read", 0)
        assert "no longer has the role" in said(row.stopped)
        assert not Pupil.objects.filter(first_name="Noor").exists()
