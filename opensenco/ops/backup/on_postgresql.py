"""The database of a server: by pg_dump, as the owner, who reads past the walls when it says so.

`pg_dump` would refuse to read a table behind a wall, or with the wall on give the rows that its
login may see: none. The owner has a policy of its own, `kept`, that lets it read all while it says
`app.keep`. That this held is proven each time: rows are counted in the same moment, by two roles
that two policies let through, and once more in the finished dump.
"""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.core.management.base import CommandError
from django.db import connection
from psycopg import sql
from psycopg.pq import Conninfo

from opensenco.access import postgres
from opensenco.access.standing import kept_policy

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
#: walled tables that the owner could not read, whatever it says
CLOSED = """SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relrowsecurity
    AND NOT EXISTS (SELECT FROM pg_policies WHERE tablename = relname AND policyname = 'kept')
    ORDER BY 1"""
#: walled tables that the system role reads too, by a policy of its own
BOTH = """SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relrowsecurity
    AND has_table_privilege(%s, oid, 'SELECT')"""
#: what is said in `kept`, which is the same everywhere
SAID = "SELECT count(DISTINCT qual) FROM pg_policies WHERE policyname = 'kept'"
MAY_SET = "SELECT has_function_privilege('pg_catalog.set_config(text, text, boolean)', 'EXECUTE')"
#: what the administrator made once, and no backup brings
NOT_OURS = ("SCHEMA - public", "ACL - SCHEMA public", "ACL pg_catalog ", "COMMENT - ")
LOCK_WAIT = "60s"
END_OF_ROWS = b"\\.\n"


class OnPostgresql:
    """How a database of PostgreSQL is dumped and brought back.

    Attributes:
        kind, file: what a backup calls the database, and its part with it.
    """

    kind = "postgresql"
    file = "database.dump"

    def dump(self, to: Path) -> dict[str, int]:
        """Dump the database as it is at one moment, and give its rows by table.

        Raises:
            CommandError: a role or a wall is in the way, or what was dumped is not all.
        """
        with _connected(keeping=True) as owner:
            _refuse_closed(owner)
            owner.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            with owner.transaction():
                snapshot = _one(owner, "SELECT pg_export_snapshot()")
                counted = _counted(owner)
                _run("pg_dump", "--format=custom", "--no-owner", "--enable-row-security",
                     f"--snapshot={snapshot}", f"--lock-wait-timeout={LOCK_WAIT}",
                     f"--file={to}", keeping=True)  # fmt: skip
        found = rows_in(to)
        for table, rows in counted.items():
            if found.get(table, 0) != rows:
                raise CommandError(
                    f"The dump holds {found.get(table, 0):,} rows of {table}, where there are "
                    f"{rows:,}. Nothing was kept."
                )
        return counted

    def is_empty(self) -> bool:
        """Tell whether nothing is here yet."""
        with _connected() as owner:
            return not owner.execute(TABLES).fetchall()

    def load(self, source: Path) -> None:
        """Make the database what a dump holds, whatever it was: all of it, or nothing is there.

        What was there goes first, a table at a time: to drop all in the transaction that loads
        would take more locks than PostgreSQL has unless it is told otherwise.

        Raises:
            CommandError: PostgreSQL refuses.
        """
        self.take_away()
        wanted = source.with_name("wanted")
        wanted.write_text(_wanted(source), encoding="utf-8")
        try:
            _piped(
                ["pg_restore", "--no-owner", f"--use-list={wanted}", "--file=-", str(source)],
                ["psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction",
                 "--output=/dev/null", f"--command=SET lock_timeout = '{LOCK_WAIT}'", "--file=-"],
            )  # fmt: skip
        finally:
            wanted.unlink(missing_ok=True)

    def take_away(self) -> None:
        """Take away every table, each in a transaction of its own.

        Raises:
            CommandError: somebody else holds one of them for too long.
        """
        connection.close()
        with _connected() as owner:
            owner.execute(sql.SQL("SET lock_timeout = {}").format(sql.Literal(LOCK_WAIT)))
            try:
                for (table,) in owner.execute(TABLES).fetchall():
                    owner.execute(sql.SQL("DROP TABLE {} CASCADE").format(sql.Identifier(table)))
            except psycopg.errors.LockNotAvailable:
                raise CommandError(f"{table} is in use by another program.") from None

    def counts(self) -> dict[str, int]:
        """Give the rows by table as they are now."""
        with _connected(keeping=True) as owner:
            _refuse_closed(owner)
            with owner.transaction():
                return _counted(owner)

    def make_ready(self) -> None:
        """Let the owner read a database whose walls an earlier version raised."""
        with _connected() as owner, owner.transaction():
            for (table,) in owner.execute(CLOSED).fetchall():
                policy = kept_policy()
                owner.execute(
                    sql.SQL("CREATE POLICY {} ON {} " + policy.text).format(
                        sql.Identifier(policy.name), sql.Identifier(table)
                    )
                )


def rows_in(dump: Path) -> dict[str, int]:
    """Count the rows that a dump holds, by table."""
    command = ["pg_restore", "--data-only", "--file=-", str(dump)]
    found: dict[str, int] = {}
    table = ""
    with subprocess.Popen([_program(command[0]), *command[1:]], stdout=subprocess.PIPE) as reading:
        for line in reading.stdout or ():
            if table and line == END_OF_ROWS:
                table = ""
            elif table:
                found[table] += 1
            elif line.startswith(b"COPY public."):
                table = line.split(b" ", 2)[1].decode().removeprefix("public.").strip('"')
                found[table] = 0
    if reading.returncode:
        raise CommandError("The dump that was written cannot be read.")
    return found


def _counted(owner: psycopg.Connection[Any]) -> dict[str, int]:
    """Count every table, the walled ones as two roles that two policies let through."""
    tables = [table for (table,) in owner.execute(TABLES).fetchall()]
    walled = {table for (table,) in owner.execute(BOTH, [postgres.SYSTEM]).fetchall()}
    as_owner = {table: _rows(owner, table) for table in tables}
    with owner.transaction(force_rollback=True):
        owner.execute(f"SET LOCAL ROLE {postgres.SYSTEM}")
        for table in walled:
            if _rows(owner, table) != as_owner[table]:
                raise CommandError(f"The owner does not see every row of {table}.")
    return as_owner


def _rows(owner: psycopg.Connection[Any], table: str) -> int:
    [(count,)] = owner.execute(
        sql.SQL("SELECT count(*) FROM public.{}").format(sql.Identifier(table))
    ).fetchall()
    return int(count)


def _one(owner: psycopg.Connection[Any], asked: str) -> Any:
    [(answer,)] = owner.execute(asked.encode()).fetchall()
    return answer


def _refuse_closed(owner: psycopg.Connection[Any]) -> None:
    """Stop where a table would be left out, instead of leaving it out.

    Raises:
        CommandError: says which, and what to do.
    """
    if not _one(owner, MAY_SET):
        raise CommandError(
            f"{postgres.OWNER} may not call set_config, which pg_dump and psql need. Let the "
            "administrator run once more what `opensenco postgres` prints."
        )
    if closed := owner.execute(CLOSED).fetchall():
        raise CommandError(
            f"{len(closed)} tables cannot be read whole, such as {closed[0][0]}: their walls are "
            "of an earlier version. Run `opensenco upgrade`."
        )
    if _one(owner, SAID) > 1:
        raise CommandError("The policy `kept` is not the same on every table: run `migrate`.")


def _parameters() -> dict[str, str]:
    """Give what libpq is told of the connection, by its own names."""
    known = {option.keyword.decode() for option in Conninfo.get_defaults()}
    given = connection.get_connection_params()
    return {name: str(value) for name, value in given.items() if name in known and value != ""}


@contextmanager
def _connected(*, keeping: bool = False) -> Iterator[psycopg.Connection[Any]]:
    opened = psycopg.connect(**_parameters(), autocommit=True)  # type: ignore[arg-type]
    with opened:
        if keeping:
            opened.execute(f"SET {postgres.KEEP} = 'on'")
        yield opened


def _environment(*, keeping: bool = False) -> dict[str, str]:
    """Give the same to a program: by the environment, where no other user reads a password."""
    names = {option.keyword.decode(): option.envvar for option in Conninfo.get_defaults()}
    told = {
        envvar.decode(): value
        for keyword, value in _parameters().items()
        if (envvar := names[keyword])
    }
    kept = {"PGOPTIONS": f"-c {postgres.KEEP}=on"} if keeping else {}
    return {**os.environ, **told, **kept}


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise CommandError(f"{name} is not here. Install PostgreSQL's client (postgresql-client).")
    return found


def _run(name: str, *words: str, keeping: bool = False) -> str:
    done = subprocess.run(
        [_program(name), *words],
        env=_environment(keeping=keeping), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise CommandError(f"{name}: {_reason(done.stderr)}")
    return done.stdout


def _wanted(dump: Path) -> str:
    """Give the list of what is brought back: all but what belongs to the database itself."""
    lines = _run("pg_restore", "--list", str(dump)).splitlines(keepends=True)
    return "".join(line for line in lines if not any(mark in line for mark in NOT_OURS))


def _piped(first: list[str], second: list[str]) -> None:
    """Let one program read what another writes, and end in a failure where the first fails."""
    environment = _environment()
    with (
        tempfile.TemporaryFile() as told,
        subprocess.Popen(
            [_program(first[0]), *first[1:]],
            env=environment, stdout=subprocess.PIPE, stderr=told,
        ) as giving,
        subprocess.Popen(
            [_program(second[0]), *second[1:]], env=environment, stdin=subprocess.PIPE, stderr=told
        ) as taking,
    ):  # fmt: skip
        if giving.stdout is None or taking.stdin is None:
            raise CommandError(f"{first[0]} cannot speak to {second[0]}.")
        with contextlib.suppress(BrokenPipeError), taking.stdin as line:
            shutil.copyfileobj(giving.stdout, line)
            if giving.wait():
                line.write(b"\n\\.\n;not whole;\n")
        giving.stdout.close()
        if taking.wait() or giving.wait():
            told.seek(0)
            raise CommandError(f"{second[0]}: {_reason(told.read().decode(errors='replace'))}")


def _reason(told: str) -> str:
    """Give the first line of what went wrong: later ones can hold values of rows."""
    told_of = ("ERROR:", "FATAL:", "error:")
    lines = [line for line in told.splitlines() if any(one in line for one in told_of)]
    lines = lines or told.splitlines()
    return lines[0] if lines else "it failed without a word"
