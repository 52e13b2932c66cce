"""The scope: which organisations' rows may be touched, opened once per request, job or command.

Outside a scope nothing that belongs to an organisation can be queried. Inside one, the managers
filter by it on both databases and PostgreSQL repeats the rule by row-level security
(docs/guide/tenancy.md).
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from opensenco.access import postgres
from opensenco.access.sqlite.base import DatabaseWrapper

_HASH = re.compile(r"[0-9a-f]{64}")
Kind = Literal["staff", "guest", "system"]
ROLES: dict[Kind, str] = {
    "staff": postgres.APP,
    "guest": postgres.GUEST,
    "system": postgres.SYSTEM,
}


READ_ONLY = "SET LOCAL transaction_read_only = on"


class NoScope(RuntimeError):
    """A row of an organisation was asked for with no scope open, or in another scope."""


@dataclass(frozen=True)
class LinkKey:
    """What somebody without an account holds: the place in a link's address, and its secret.

    Args:
        org: the organisation whose link it says it is.
        key: the SHA-256 of the secret, in hex.

    Raises:
        ValueError: the key is no hash.
    """

    org: int
    key: str

    def __post_init__(self) -> None:
        """Refuse a key that is no hash."""
        if not _HASH.fullmatch(self.key):
            raise ValueError("a link is known by the hash of its secret")


@dataclass(frozen=True)
class Scope:
    """Whose rows: ids of organisations, of pupils for guests, and of the acting person.

    The ids are integers and a link is a hash, so the text sent to the database cannot carry
    anything else.

    Args:
        link: for whoever comes by a link and has no account. A guest's scope with a link and
            nothing else shows what that one link asks, and no more.
    """

    orgs: frozenset[int] = frozenset()
    pupils: frozenset[int] = frozenset()
    kind: Kind = "staff"
    person: int = 0
    reason: str = ""
    link: LinkKey | None = None

    def statements(self, *, read_only: bool) -> str:
        """Give the statements that open this scope on PostgreSQL, as one round trip."""
        return "; ".join([*self._lines(), *[READ_ONLY] * read_only])

    def statements_after(self, other: "Scope") -> str:
        """Give the statements that make another open scope this one; what is alike is left."""
        known = other._lines()
        return "; ".join(line for line in self._lines() if line not in known)

    def _lines(self) -> list[str]:
        return [
            f"SET LOCAL ROLE {ROLES[self.kind]}",
            f"SET LOCAL app.org_ids = '{braces(self.orgs)}'",
            f"SET LOCAL app.pupil_ids = '{braces(self.pupils)}'",
            f"SET LOCAL app.person_id = '{int(self.person)}'",
            f"SET LOCAL app.link_org = '{int(self.link.org) if self.link else ''}'",
            f"SET LOCAL app.link = '{self.link.key if self.link else ''}'",
        ]


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
def moved(new: Scope) -> Iterator[Scope]:
    """Go on in another scope for the rest of the one that is open, which may do nothing after it.

    Whoever asks is found out in their own scope, and served in that of their hat. Nothing is put
    back between, for the end of the outer scope puts back everything: that spares each request a
    savepoint and two round trips. From the end of the block to there, nothing can be asked.

    Raises:
        NoScope: none is open.
    """
    outer = _now.get()
    if outer is None:
        raise NoScope("There is no scope to go on from.")
    if connection.vendor == "postgresql" and (sql := new.statements_after(outer.scope)):
        _run(sql)
    _now.set(_Open(new, outer.write))
    try:
        yield new
    finally:
        _now.set(None)


@contextmanager
def snapshot(new: Scope) -> Iterator[Scope]:
    """Open a scope for reading in which all is as it was at one moment, however long it takes.

    For copies of a whole place: what others write meanwhile is seen by none of its parts. Whoever
    is in a transaction already goes on in that one.
    """
    if connection.in_atomic_block:
        with scope(new):
            yield new
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            _run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            with scope(new):
                yield new
    else:
        # The second connection, which only ever reads, gets one transaction for all its questions.
        with scope(new):
            reader = connection.connection
            reader.execute("BEGIN")
            try:
                yield new
            finally:
                reader.execute("ROLLBACK")


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
    """Be the database's login for the block, in the open transaction: for the worker's own table,
    and for one's own account.

    A scope's role may not write to those. The login may, and sees no row of any organisation; what
    it writes is kept or lost with all else that the operation does.
    """
    here = _now.get()
    if here is None:
        yield
        return
    token = _now.set(None)
    try:
        if connection.vendor != "postgresql":
            yield
            return
        # In a savepoint: where the block fails, going back to it puts the scope back as well.
        with transaction.atomic():
            _run(_restored(None))
            yield
            _run(_restored(here))
    finally:
        _now.reset(token)


def _run(sql: str) -> None:
    """Tell the database, together with the transaction's beginning where that is still to come.

    Past the driver's cursor, which would begin by a round trip of its own. The text is made of
    names and numbers alone.
    """
    from psycopg.errors import error_from_result  # where SQLite is, its driver is not loaded
    from psycopg.pq import ExecStatus, TransactionStatus

    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    raw = connection.connection
    idle = raw.pgconn.transaction_status == TransactionStatus.IDLE
    begins = idle and not raw.autocommit and raw.isolation_level is None
    with connection.wrap_database_errors:
        if idle and not begins:
            raw.execute(sql)
            return
        told = raw.pgconn.exec_((f"BEGIN; {sql}" if begins else sql).encode())
        if told.status != ExecStatus.COMMAND_OK:
            raise error_from_result(told)


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
        "SET LOCAL app.pupil_ids = ''; SET LOCAL app.person_id = ''; SET LOCAL app.link_org = ''; "
        "SET LOCAL app.link = ''"
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
            with _wrapper().reading(back=outer is None or outer.write):
                yield
    finally:
        _now.reset(token)


def _wrapper() -> DatabaseWrapper:
    found = connections[DEFAULT_DB_ALIAS]
    if not isinstance(found, DatabaseWrapper):
        raise TypeError("SQLite is used by our own engine, opensenco.access.sqlite")
    return found
