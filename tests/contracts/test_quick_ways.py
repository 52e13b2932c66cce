"""What makes a page quick keeps what the slow way promised (docs/adr/0024)."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import OperationalError, connection, transaction
from django.db.models.sql import compiler as usual
from django.db.utils import ConnectionHandler
from django.utils.translation import gettext_lazy
from markupsafe import Markup, escape

from opensenco.access import compiling
from opensenco.access.actions import Action
from opensenco.access.entering import enter
from opensenco.access.managers import NoRight
from opensenco.access.questions import OneOf
from opensenco.access.registry import visible
from opensenco.access.scope import NoScope, Scope, moved, scope, system_scope
from opensenco.access.sqlite.base import DatabaseWrapper
from opensenco.access.wording import put
from opensenco.audit.models import Opening
from opensenco.config import environment
from opensenco.people.models import Pupil
from opensenco.ui.escaping import written
from tests.people import acting_as

ADD = "INSERT INTO thing VALUES (1)"
COUNT = "SELECT count(*) FROM thing"


@pytest.fixture
def file(tmp_path: Path, django_db_blocker: Any) -> Iterator[DatabaseWrapper]:
    """A database of SQLite with one table, as the settings open one."""
    with django_db_blocker.unblock():
        found = ConnectionHandler({"default": environment.database({}, tmp_path)})["default"]
        assert isinstance(found, DatabaseWrapper)
        with found.cursor() as cursor:
            cursor.execute("CREATE TABLE thing (n)")
        yield found
        found.close()


def asked(wrapper: DatabaseWrapper, sql: str) -> list[Any]:
    with wrapper.cursor() as cursor:
        return cursor.execute(sql).fetchall()


def test_reading_refuses_to_write_and_sees_what_was_written_before(file):
    for before in range(2):
        with file.reading():
            assert asked(file, COUNT) == [(before,)]
            with pytest.raises(OperationalError, match="readonly"):
                asked(file, ADD)
        asked(file, ADD)


def test_reading_inside_a_transaction_sees_what_it_wrote_and_writes_no_more(file):
    # by hand, for Django's own blocks are of the connection in the settings
    file.set_autocommit(False)
    file.in_atomic_block = True
    asked(file, ADD)
    with file.reading():
        assert asked(file, COUNT) == [(1,)]
        with pytest.raises(OperationalError, match="readonly"):
            asked(file, ADD)
    asked(file, ADD)
    file.in_atomic_block = False
    file.rollback()
    file.set_autocommit(True)
    assert asked(file, COUNT) == [(0,)]


def test_closing_closes_both_connections(file):
    with file.reading():
        reader = file.connection
    assert reader is not file.connection
    file.close()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        reader.execute(COUNT)
    with file.reading():
        assert asked(file, COUNT) == [(0,)]


@pytest.mark.django_db
def test_whoever_moved_to_another_scope_asks_nothing_after_it():
    with acting_as("senco") as actor:
        pass
    with pytest.raises(NoScope), moved(actor.scope):
        pass
    with scope(Scope(person=actor.person.pk)):
        assert not visible(actor, Action.PUPIL_VIEW, Pupil).exists()
        with moved(actor.scope):
            actor._made.clear()
            assert visible(actor, Action.PUPIL_VIEW, Pupil).exists()
        with pytest.raises(NoScope):
            Pupil.objects.exists()
    with pytest.raises(NoScope):
        Pupil.objects.exists()


@pytest.mark.django_db
@pytest.mark.postgres
def test_the_database_too_is_back_in_the_outer_scope_after_a_move():
    def orgs() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('app.org_ids', true), current_user")
            found: tuple[str, str] = cursor.fetchone()
        return " ".join(found)

    with transaction.atomic(), scope(Scope(orgs=frozenset({3}), person=1), write=True):
        before = orgs()
        with scope(Scope(person=2), write=True), moved(Scope(frozenset({4}), person=2)):
            assert orgs() == "{4} sen_app"
        assert orgs() == before == "{3} sen_app"
    assert "{" not in orgs()


@pytest.mark.django_db
def test_a_book_takes_rows_of_its_own_scope_alone_and_nothing_else_is_a_book():
    with acting_as("outsider") as stranger:
        pass
    with acting_as("senco") as actor:
        pass
    look = {
        "at": actor.at,
        "person": actor.person,
        "role": "x",
        "action": Action.REGISTER_VIEW.value,
        "kind": Opening.Kind.LIST,
        "wanted": "quick",
        "count": 3,
    }
    [own], [other] = actor.hat.orgs, stranger.hat.orgs
    with pytest.raises(NoScope):
        enter(Opening(org_id=own, **look))
    with scope(actor.scope, write=True):
        enter(Opening(org_id=own, **look))
        kept = Opening.objects.get(wanted="quick")
        assert (kept.count, kept.person, kept.at) == (3, actor.person, actor.at)
        assert (kept.pupil_id, kept.out_of_duty, kept.org_id) == (None, False, own)
        with pytest.raises(NoScope):
            enter(Opening(org_id=other, **look))
        with pytest.raises(NoRight):
            enter(Pupil(org_id=own))


@pytest.mark.django_db
@pytest.mark.worker
def test_known_columns_make_the_words_that_django_makes(monkeypatch):
    """Of every table: with what it points at, some columns left out, in a part of a question."""

    def said() -> list[str]:
        every = []
        with system_scope("reading words", write=False):
            for model in apps.get_models():
                rows = model._default_manager.all()
                ways = [
                    rows,
                    rows.select_related(),
                    rows.only("pk").order_by("-pk"),
                    rows.reverse(),
                ]
                ways.append(rows.filter(pk__in=rows.order_by("pk")[:5]).order_by("pk"))
                every += [str(way.query) for way in ways]
        return every

    known = said()
    assert len(known) > 300
    for name in ("compile", "get_default_columns"):
        monkeypatch.setattr(compiling.Quick, name, getattr(usual.SQLCompiler, name))
    assert said() == known


@pytest.mark.django_db
def test_what_people_write_is_never_said_outright():
    with acting_as("senco"):
        typed = put(Pupil.objects.filter(first_name="O'Brien", last_name="closed"))
    assert {"O'Brien", "closed"} <= set(typed.params)
    assert "O'Brien" not in typed.sql
    assert "closed" not in typed.sql
    with pytest.raises(ValueError, match="no names from our code"):
        OneOf("kind", ["pupil.view", "x') OR ('1' = '1"])


@pytest.mark.parametrize(
    "value",
    [
        "<b>'\"&", "plain", "", 5, 5.5, None, True, date(2027, 3, 10),
        Markup("<b>"), gettext_lazy("<b>"), type("Name", (str,), {})("<b>"),
    ],
    ids=repr,
)  # fmt: skip
def test_a_value_is_written_as_markupsafe_escapes_it(value):
    assert written(value) == str(escape(value))
