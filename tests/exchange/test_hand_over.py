"""A large list is handed to the worker, which applies it in the person's name."""

import pytest
from django_tasks_db.models import DBTaskResult

from opensenco.access.actor import Actor
from opensenco.audit.acting import as_actor
from opensenco.exchange import jobs
from opensenco.exchange.models import FileImport
from opensenco.exchange.operations import handing
from opensenco.exchange.operations.imports import abandon_import, decide
from opensenco.exchange.operations.worker import apply_for, take_from_worker, undo_for
from opensenco.exchange.sentences import said
from opensenco.kernel.errors import NotPossible
from opensenco.notices.models import Notice
from opensenco.people.models import Pupil
from opensenco.people.operations import groups, pupils, rolls
from tests.exchange.lists import IDRIS, NOOR, changed, staged
from tests.people import acting_as

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handing, "AT_ONCE", 0)


def handed(actor: Actor, *rows: tuple[str, ...]) -> FileImport:
    file = staged(actor, *rows)
    return handing.apply_now_or_soon(actor=actor, file_import=file, version=file.version)


def fresh(file: FileImport) -> FileImport:
    return FileImport.objects.select_related("org").get(pk=file.pk)


def test_the_worker_applies_it_once_the_page_has_ended():
    with acting_as("senco") as actor:
        file = handed(actor, NOOR, changed(IDRIS, year="5"))
        assert (file.state, file.handed_at) == ("applying", actor.at)
        assert not Pupil.objects.filter(first_name="Noor").exists()
        for act in (abandon_import, handing.hand_over):
            with pytest.raises(NotPossible):
                act(actor=actor, file_import=file, version=None)
        with pytest.raises(NotPossible, match="being applied just now"):
            decide(actor=actor, file_import=file, version=None, answers={})
        key = actor.hat.key
    given = DBTaskResult.objects.filter(task_path=jobs.apply_list.module_path)
    assert given.count() == 1, "the job stands or falls with the page's work"
    jobs.apply_list.func(actor.person.pk, key, str(file.ref), file.version)
    with acting_as("senco", write=False) as actor:
        row = fresh(file)
        assert (row.state, row.settled_by) == ("applied", actor.person)
        assert Pupil.objects.get(first_name="Idris").year_group == 5
        notice = Notice.objects.filter(person=actor.person).latest("id")
        assert "pupils.csv has been applied." in notice.words
    # a job that comes twice does it once
    jobs.apply_list.func(actor.person.pk, key, str(file.ref), file.version)
    with acting_as("senco", write=False):
        assert Pupil.objects.filter(first_name="Noor").count() == 1


def test_what_stops_the_worker_is_told_and_the_list_waits_again(monkeypatch):
    def refuse(**_given: object) -> None:
        raise NotPossible("The class cannot be made.")

    with acting_as("senco") as actor, as_actor(actor):
        file = handed(actor, NOOR)
        monkeypatch.setattr(groups, "add_group", refuse)
        apply_for(actor, fresh(file), file.version)
        row = fresh(file)
        assert (row.state, row.handed_at) == ("read", None)
        assert "The class cannot be made." in said(row.stopped)
        assert not Pupil.objects.filter(first_name="Noor").exists()


def test_a_record_that_changed_meanwhile_is_looked_at_again():
    with acting_as("senco") as actor, as_actor(actor):
        file = handed(actor, changed(IDRIS, year="5"))
        idris = Pupil.objects.get(first_name="Idris")
        pupils.change_pupil(actor=actor, pupil=idris, version=None, year_group=6)
        apply_for(actor, fresh(file), file.version)
        assert fresh(file).state == "read"
        assert Pupil.objects.get(first_name="Idris").year_group == 6
        notice = Notice.objects.filter(person=actor.person).latest("id")
        assert "Look at it again." in notice.words


def test_a_list_taken_from_the_worker_is_not_applied_by_it():
    with acting_as("senco") as actor, as_actor(actor):
        file = handed(actor, NOOR)
        version = file.version
        back = take_from_worker(actor=actor, file_import=file, version=version)
        assert back.state == "read"
        apply_for(actor, fresh(file), version)
        assert not Pupil.objects.filter(first_name="Noor").exists()
        with pytest.raises(NotPossible, match="not being applied"):
            take_from_worker(actor=actor, file_import=back, version=None)


def test_the_worker_takes_a_list_back_with_the_same_promises():
    with acting_as("senco") as actor, as_actor(actor):
        file = handed(actor, NOOR, changed(IDRIS, year="5"))
        apply_for(actor, fresh(file), file.version)
        file = fresh(file)
        file = handing.undo_now_or_soon(actor=actor, file_import=file, version=file.version)
        assert (file.state, file.handed_at) == ("undoing", actor.at)
        for act in (handing.hand_back, handing.hand_over):
            with pytest.raises(NotPossible):
                act(actor=actor, file_import=file, version=None)
        back = take_from_worker(actor=actor, file_import=fresh(file), version=file.version)
        assert back.state == "applied"
        undo_for(actor, fresh(file), file.version)
        assert fresh(file).state == "applied", "a job of an earlier version does nothing"
        file = handing.hand_back(actor=actor, file_import=fresh(file), version=None)
        key, version = actor.hat.key, file.version
    jobs.take_list_back.func(actor.person.pk, key, str(file.ref), version)
    with acting_as("senco", write=False) as actor:
        row = fresh(file)
        assert (row.state, row.undone_by, row.handed_at) == ("undone", actor.person, None)
        assert Pupil.objects.get(first_name="Idris").year_group == 4
        assert (
            "has been taken back." in Notice.objects.filter(person=actor.person).latest("id").words
        )


def test_what_cannot_be_taken_back_just_now_stands_applied_with_the_reason(monkeypatch):
    def refuse(**_given: object) -> None:
        raise NotPossible("The pupil cannot be changed.")

    with acting_as("senco") as actor, as_actor(actor):
        file = handed(actor, changed(IDRIS, year="5"))
        apply_for(actor, fresh(file), file.version)
        file = handing.hand_back(actor=actor, file_import=fresh(file), version=None)
        monkeypatch.setattr(rolls, "change_pupils", refuse)
        undo_for(actor, fresh(file), file.version)
        row = fresh(file)
        assert row.state == "applied"
        assert "The pupil cannot be changed." in said(row.stopped)
