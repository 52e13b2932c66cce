"""The scope: which organisations' rows may be touched, opened once per request, job or command.

Outside a scope nothing that belongs to an organisation can be queried. Inside one, the managers
filter by it on both databases and PostgreSQL repeats the rule by row-level security
(docs/guide/tenancy.md).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal

from django.db import connection, transaction

from opensenco.access import postgres

Kind = Literal["staff", "guest", "system"]
ROLES: dict[Kind, str] = {
    "staff": postgres.APP,
    "guest": postgres.GUEST,
    "system": postgres.SYSTEM,
}


class NoScope(RuntimeError):
    """A row of an organisation was asked for with no scope open, or in another scope."""


@dataclass(frozen=True)
class Scope:
    """Whose rows: ids of organisations, of pupils for guests, and of the acting person.

    The ids are integers, so the text sent to the database cannot carry anything else.
    """

    orgs: frozenset[int] = frozenset()
    pupils: frozenset[int] = frozenset()
    kind: Kind = "staff"
    person: int = 0
    reason: str = ""

    def statements(self, *, read_only: bool) -> str:
        """Give the statements that open this scope on PostgreSQL, as one round trip."""
        lines = [
            f"SET LOCAL ROLE {ROLES[self.kind]}",
            f"SET LOCAL app.org_ids = '{braces(self.orgs)}'",
            f"SET LOCAL app.pupil_ids = '{braces(self.pupils)}'",
            f"SET LOCAL app.person_id = '{int(self.person)}'",
        ]
        if read_only:
            lines.append("SET LOCAL transaction_read_only = on")
        return "; ".join(lines)


@dataclass(frozen=True)
class _Open:
    scope: Scope
    write: bool


_now: ContextVar[_Open | None] = ContextVar("opensenco_scope", default=None)


def braces(ids: Iterable[int]) -> str:
    """Write ids as PostgreSQL reads an array of bigint: "{1,2}"."""
    return "{" + ",".join(str(int(i)) for i in sorted(ids)) + "}"


def current() -> Scope:
    """Give the open scope.

    Raises:
        NoScope: none is open.
    """
    opened = _now.get()
    if opened is None:
        raise NoScope("Open a scope first: rows of an organisation are read in nobody's name.")
    return opened.scope


def current_or_none() -> Scope | None:
    """Give the open scope or None."""
    opened = _now.get()
    return opened.scope if opened else None


def may_write() -> bool:
    """Tell whether the open scope was opened for writing."""
    opened = _now.get()
    return opened is not None and opened.write


@contextmanager
def scope(new: Scope, *, write: bool = False) -> Iterator[Scope]:
    """Open a scope for the block, in one transaction on PostgreSQL.

    A reading scope cannot write: PostgreSQL gets a read-only transaction, SQLite `query_only`.
    Scopes nest; the outer one is put back at the end. A nested scope can narrow writing to
    reading in Python, but the database keeps what the outermost scope allowed.
    """
    if connection.vendor == "postgresql":
        outer = _now.get()
        reading = outer is not None and not outer.write and not write
        with _reading_within(new) if reading else _postgresql(new, write=write):
            yield new
    else:
        with _sqlite(new, write=write):
            yield new


@contextmanager
def system_scope(reason: str, orgs: Iterable[int] = (), *, write: bool = True) -> Iterator[Scope]:
    """Open the scope that sees every organisation, for the worker and for commands only.

    A web process is not a member of the system role, so PostgreSQL refuses it there.

    Args:
        reason: why, in a few words; written to the audit by the caller's operations.
    """
    if not reason.strip():
        raise ValueError("say why the whole record has to be open")
    new = Scope(orgs=frozenset(orgs), kind="system", reason=reason)
    with scope(new, write=write) as opened:
        yield opened


@contextmanager
def as_login() -> Iterator[None]:
    """Be the database's login for the block, in the open transaction: for the worker's own table.

    A scope's role may not write to that. The login may, and sees no row of any organisation; what
    it writes is kept or lost with all else that the operation does.
    """
    here = _now.get()
    if connection.vendor != "postgresql" or here is None:
        yield
        return
    # In a savepoint: where the block fails, going back to it puts the scope back as well.
    with transaction.atomic():
        _run(_restored(None))
        yield
        _run(_restored(here))


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@contextmanager
def _postgresql(new: Scope, *, write: bool) -> Iterator[None]:
    outer, inside = _now.get(), connection.in_atomic_block
    with transaction.atomic():
        _run(new.statements(read_only=not write and outer is None))
        token = _now.set(_Open(new, write))
        try:
            yield
            if inside or outer is not None:
                _close(outer, write=write)
            # Else the end of the transaction puts the settings back: a commit for reading too,
            # since after a rollback the driver forgets the statements that it has prepared.
        finally:
            _now.reset(token)


@contextmanager
def _reading_within(new: Scope) -> Iterator[None]:
    """Read as another in a transaction that only reads: there is nothing to go back to.

    The outer scope is put back after an error too, but where the database itself refused: then it
    refuses everything until the savepoint or transaction round it ends, which puts the scope back.
    """
    outer = _now.get()
    _run(new.statements(read_only=False))
    token = _now.set(_Open(new, write=False))
    try:
        yield
    finally:
        _now.reset(token)
        if _goes_on():
            _run(_restored(outer))


def _goes_on() -> bool:
    """Tell whether the open transaction would still answer."""
    status: str = connection.connection.info.transaction_status.name
    return status == "INTRANS"


def _close(outer: _Open | None, *, write: bool) -> None:
    if outer is None and not write:
        # Nothing was written. Rolling back puts the settings back to a savepoint's.
        transaction.set_rollback(True)
    else:
        _run(_restored(outer))


def _restored(outer: _Open | None) -> str:
    """Releasing a savepoint keeps SET LOCAL, so the outer scope is written again, by name."""
    if outer is not None:
        return outer.scope.statements(read_only=False)
    login = str(connection.settings_dict["USER"])
    return (
        f"SET LOCAL ROLE \"{login}\"; SET LOCAL app.org_ids = ''; "
        "SET LOCAL app.pupil_ids = ''; SET LOCAL app.person_id = ''"
    )


@contextmanager
def _sqlite(new: Scope, *, write: bool) -> Iterator[None]:
    outer = _now.get()
    token = _now.set(_Open(new, write))
    try:
        if write:
            with transaction.atomic():
                yield
        else:
            # An open read transaction would block writers here, so reading stays in autocommit.
            _query_only(True)
            try:
                yield
            finally:
                if outer is None or outer.write:
                    _query_only(False)
    finally:
        _now.reset(token)


def _query_only(on: bool) -> None:
    """Switch writing off or on. Past Django's cursor, which refuses all after an error."""
    connection.ensure_connection()
    connection.connection.execute(f"PRAGMA query_only = {'ON' if on else 'OFF'}")
