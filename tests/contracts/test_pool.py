"""One connection serves one person after the other: nothing of the one is there for the next."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from opensenco.access import postgres
from opensenco.access.scope import Scope, as_login, scope
from opensenco.people.models import Pupil
from tests.people import acting_as, person

pytestmark = pytest.mark.postgres
NOBODY = (postgres.WEB, "", "", "")


def asked(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()


def held() -> Any:
    """Give the role and the scope that the connection is in now."""
    return asked(
        "SELECT current_user, coalesce(current_setting('app.org_ids', true), ''), "
        "coalesce(current_setting('app.pupil_ids', true), ''), "
        "coalesce(current_setting('app.person_id', true), '')"
    )


@pytest.fixture(autouse=True)
def same_connection(own_database: object) -> Iterator[None]:
    """Keep one connection for the whole test, in no transaction, as a server does."""
    connection.ensure_connection()
    server = asked("SELECT pg_backend_pid()")
    yield
    assert asked("SELECT pg_backend_pid()") == server


@pytest.mark.parametrize("write", [False, True], ids=["reading", "writing"])
@pytest.mark.parametrize("how", ["ends", "fails in Python", "fails in SQL"])
def test_nothing_of_a_scope_stays(write: bool, how: str) -> None:
    faults: list[type[Exception]] = []
    inside = Scope(frozenset({1, 2}), frozenset({3}), person=person("senco").pk)
    try:
        with scope(inside, write=write):
            assert held()[:3] == (postgres.APP, "{1,2}", "{3}")
            if how == "fails in Python":
                raise LookupError("in the middle of a page")
            if how == "fails in SQL":
                asked("SELECT 1 / 0")
    except (LookupError, DatabaseError) as fault:
        faults.append(type(fault))
    assert bool(faults) == (how != "ends")
    assert held() == NOBODY
    assert asked("SELECT current_setting('transaction_read_only')") == ("off",)
    # the question itself is one
    assert asked("SELECT count(*) FROM pg_cursors WHERE is_holdable") == (0,)


def test_a_scope_set_outside_a_transaction_is_gone_at_once() -> None:
    for statement in Scope(frozenset({1})).statements(read_only=False).split("; "):
        with connection.cursor() as cursor:
            cursor.execute(statement)
    assert held() == NOBODY


def test_after_an_error_a_scope_answers_nothing_more_and_the_next_is_right() -> None:
    def go_on_after_an_error() -> None:
        with acting_as("senco"):
            with pytest.raises(DatabaseError, match="division by zero"):
                asked("SELECT 1 / 0")
            Pupil.objects.count()

    with pytest.raises(DatabaseError, match="aborted"):
        go_on_after_an_error()
    with acting_as("outsider", write=False):
        assert {p.first_name for p in Pupil.objects.all()} == {"Zebedee", "Markerword"}
    assert held() == NOBODY


def test_an_inner_scope_that_ends_or_fails_puts_the_outer_one_back() -> None:
    with acting_as("senco") as actor:
        outer = held()
        with scope(Scope(frozenset({999}))):
            assert Pupil.objects.count() == 0
        assert held() == outer
        with pytest.raises(DatabaseError), scope(Scope(frozenset({999}))):
            asked("SELECT 1 / 0")
        assert held() == outer
        assert Pupil.objects.filter(org__in=actor.hat.orgs).count() == 3


def test_a_statement_repeated_in_two_scopes_gives_each_their_own() -> None:
    """Twelve times is past where the driver prepares it and the server keeps its plan."""
    for _time in range(6):
        for who, seen in (
            ("senco", {"Idris", "Grace", "Poppy"}),
            ("outsider", {"Zebedee", "Markerword"}),
        ):
            with acting_as(who, write=False):
                assert {p.first_name for p in Pupil.objects.order_by("id")} == seen
    with acting_as("parent", write=False):
        assert {p.first_name for p in Pupil.objects.order_by("id")} == {"Idris"}
    kept = asked("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%_pupil%'")
    assert kept != (0,), "no plan was kept, so this proves nothing"


def test_the_login_of_a_block_sees_nobody_and_the_scope_comes_back_even_after_an_error() -> None:
    with acting_as("senco"):
        outer = held()
        with as_login():
            assert held() == NOBODY
            with pytest.raises(DatabaseError, match="denied"), transaction.atomic():
                asked("SELECT count(*) FROM people_pupil")
        assert held() == outer
        with pytest.raises(DatabaseError), as_login():
            asked("SELECT 1 / 0")
        assert held() == outer
        assert Pupil.objects.count() == 3
