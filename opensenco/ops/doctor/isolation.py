"""The doctor tries the walls: as the web's own login, from outside and from next door.

Nothing is believed of policies and grants: each table is read, changed, added to and taken from,
and each try is undone. "Next door" is a place that is nobody's, so one place alone can be tried.
Run with the addresses of both logins: the worker's finds the rows, the web's tries to reach them.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import dj_database_url
import psycopg
from django.core.management.base import CommandError
from django.db import connection, models
from psycopg import sql
from psycopg.errors import InsufficientPrivilege

from opensenco.access.keys import all_models
from opensenco.access.scope import Scope, scope, system_scope
from opensenco.access.tenancy import Account, Between, PersonRows, Public
from opensenco.access.walls import FRAMEWORK_TABLES, tenancy_of

#: numbers that no row has: of a place, a pupil and a person next door
NOBODYS = 2**62
#: the place in whose name a row would be added, where there is none at all
ANY_PLACE = 1


@dataclass(frozen=True)
class Tried:
    """What came of the tries at one table.

    Args:
        rows: that it has.
        leaks: what got through, and from where.
        open_by_design: why it may be read, where it may.
    """

    table: str
    rows: int
    leaks: tuple[str, ...]
    open_by_design: str = ""

    @property
    def holds(self) -> bool:
        """Nothing got through that should not."""
        return not self.leaks


@dataclass(frozen=True)
class Sample:
    """A row that somebody owns, by the ids that scopes and policies go by."""

    pk: Any
    rows: int


def tables() -> Iterator[Tried]:
    """Try every table of an organisation, person or account.

    Raises:
        CommandError: the web's address is not known here, or it is not the web's login.
    """
    if connection.vendor != "postgresql":
        yield from _by_managers()
        return
    with _as_web() as web:
        for model in _own_models():
            yield _tried(web, model, _sampled(model))
        for table in (*FRAMEWORK_TABLES, "django_session"):
            yield _framework(web, table)


def _own_models() -> list[type[models.Model]]:
    found = [
        model for model in all_models()
        if model._meta.managed and not model._meta.proxy and tenancy_of(model).policies()
    ]  # fmt: skip
    return sorted(found, key=lambda model: model._meta.db_table)


def _sampled(model: type[models.Model]) -> Sample:
    """Give a row to try: what signing in needs is read without a scope, all else past the walls."""
    if tenancy_of(model).before_scope:
        return _sample(model)
    with system_scope("find a row that the walls are tried on", write=False):
        return _sample(model)


def _sample(model: type[models.Model]) -> Sample:
    rows = model._default_manager.order_by("pk")
    count = rows.count()
    if isinstance(tenancy := tenancy_of(model), Account):
        # the installation's own name stands beside what its commands did, for everybody
        rows = rows.exclude(email=tenancy.keeper)
    return Sample(rows.values_list("pk", flat=True).first(), count)


def _as_web() -> psycopg.Connection[Any]:
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        raise CommandError(
            "The walls are tried as the web's login: give its address in DATABASE_URL, beside "
            "that of the worker in DATABASE_WORKER_URL."
        )
    given = dj_database_url.parse(url)
    options = {k: v for k, v in given.get("OPTIONS", {}).items() if k.startswith("ssl")}
    return psycopg.connect(
        host=str(given["HOST"]) or None, port=given["PORT"] or None, user=str(given["USER"]),
        password=str(given["PASSWORD"]) or None,
        # another database is tried where tests say so
        dbname=str(connection.settings_dict["NAME"]), autocommit=True, **options,
    )  # fmt: skip


def _tried(web: psycopg.Connection[Any], model: type[models.Model], sample: Sample) -> Tried:
    tenancy, table = tenancy_of(model), model._meta.db_table
    by_design = _by_design(model)
    next_door = [
        ("next door", Scope(orgs=frozenset({NOBODYS}), person=NOBODYS)),
        ("a guest next door", Scope(orgs=frozenset({NOBODYS}), pupils=frozenset({NOBODYS}),
                                    person=NOBODYS, kind="guest")),
    ]  # fmt: skip
    leaks = []
    for where, within in [("no scope", None), *next_door]:
        # signing in reads and writes accounts before there is a scope
        if where == "no scope" and tenancy.before_scope and not isinstance(tenancy, Public):
            continue
        readable = isinstance(tenancy, Public)
        if sample.pk is not None and not readable and _reads(web, model, sample, within):
            leaks.append(f"read with {where}")
        leaks += [f"{what} with {where}" for what in _writes(web, model, sample, within)]
    return Tried(table, sample.rows, tuple(leaks), by_design)


def _by_design(model: type[models.Model]) -> str:
    tenancy = tenancy_of(model)
    if isinstance(tenancy, Public):
        return f"read by all: {tenancy.reason}"
    return "read without a scope, to sign people in" if tenancy.before_scope else ""


def _reads(
    web: psycopg.Connection[Any], model: type[models.Model], sample: Sample, within: Scope | None
) -> bool:
    table, key = sql.Identifier(model._meta.db_table), sql.Identifier(_key_of(model))
    row = sql.Literal(sample.pk)
    asked = sql.SQL("SELECT count(*) FROM {} WHERE {} = {}").format(table, key, row)
    return bool(_got_through(web, asked, within))


def _writes(
    web: psycopg.Connection[Any], model: type[models.Model], sample: Sample, within: Scope | None
) -> Iterator[str]:
    table = sql.Identifier(model._meta.db_table)
    if sample.pk is not None:
        # a column that staff may change, where not all may be
        changeable = (tenancy_of(model).changeable or ("",))[0]
        key = sql.Identifier(_key_of(model))
        column = sql.Identifier(changeable) if changeable else key
        row = sql.Literal(sample.pk)
        where = sql.SQL("WHERE {} = {}").format(key, row)
        change = sql.SQL("UPDATE {} SET {} = {} {}").format(table, column, column, where)
        if _got_through(web, change, within):
            yield "changed"
        if _got_through(web, sql.SQL("DELETE FROM {} {}").format(table, where), within):
            yield "taken away"
    named = _owner_columns(model)
    add = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        table,
        sql.SQL(", ").join(map(sql.Identifier, named)),
        sql.SQL(", ").join(sql.Literal(ANY_PLACE) for _column in named),
    )
    if _got_through(web, add, within):
        yield "added"


def _owner_columns(model: type[models.Model]) -> list[str]:
    """Give the columns by which policies tell whose a row is; all are set to somebody else."""
    tenancy = tenancy_of(model)
    names = {field.column for field in model._meta.concrete_fields}
    if isinstance(tenancy, Public):
        wanted = {name for name in (tenancy.own, tenancy.adds) if name}
    elif isinstance(tenancy, Account):
        wanted = {"added_by_id"}
    elif isinstance(tenancy, Between):
        wanted = {"from_org_id", "org_id"}
    elif isinstance(tenancy, PersonRows):
        wanted = {"org_id", "person_id"}
    else:
        wanted = {"org_id"}
    return sorted(wanted & names) or [_key_of(model)]


def _key_of(model: type[models.Model]) -> str:
    """Give the column that names a row; set to itself, a change that gets through does nothing."""
    return str(model._meta.pk.column)


def _got_through(
    web: psycopg.Connection[Any], statement: sql.Composed, within: Scope | None
) -> bool:
    """Tell whether a statement reached a row. Whatever it did is undone.

    A wall refuses before anything else is looked at: any other complaint came from behind it.
    """
    try:
        with web.transaction(force_rollback=True):
            if within is not None:
                web.execute(within.statements(read_only=False).encode())
            done = web.execute(statement)
            if done.description is not None:
                [(count,)] = done.fetchall()
                return bool(count)
            return done.rowcount > 0
    except InsufficientPrivilege:
        return False
    except psycopg.DatabaseError:
        return True


def _framework(web: psycopg.Connection[Any], table: str) -> Tried:
    """Try a table of Django inside a scope: sign-ins are not readable there."""
    within = Scope(orgs=frozenset({NOBODYS}), person=NOBODYS)
    asked = sql.SQL("SELECT 1 + count(*) FROM {}").format(sql.Identifier(table))
    leaks = ("read in a scope",) if _got_through(web, asked, within) else ()
    return Tried(table, 0, leaks, "read without a scope alone: nothing of any record is in it")


def _by_managers() -> Iterator[Tried]:
    """Try what stands in the place of walls on SQLite: managers that add the condition."""
    nobody = Scope(orgs=frozenset({NOBODYS}), person=NOBODYS)
    guest = Scope(
        orgs=frozenset({NOBODYS}), pupils=frozenset({NOBODYS}), person=NOBODYS, kind="guest"
    )
    for model in _own_models():
        sample = _sampled(model)
        leaks = []
        if sample.pk is not None and not isinstance(tenancy_of(model), Public):
            for where, within in (("next door", nobody), ("a guest next door", guest)):
                with scope(within):
                    if model._default_manager.filter(pk=sample.pk).exists():
                        leaks.append(f"read with {where}")
        yield Tried(model._meta.db_table, sample.rows, tuple(leaks), _by_design(model))
